"""One module a format: read(bytes) -> parts, or write(parts) -> bytes; all pure."""
