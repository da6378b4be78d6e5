"""The text of an import's file, JSON or YAML, as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from nunatak.exchange import yaml_text

_MARK = b"\xef\xbb\xbf"
# Words that older guides use for a type.
_TYPES = {"database": "store"}


def as_json(data: bytes, media_type: str) -> bytes:
    """The same file as JSON, with today's words. What calls itself YAML, or calls itself nothing and doesn't begin as
    JSON does, is read as YAML; all else is JSON, and its faults are for whoever decodes it. Raises Invalid for YAML
    that isn't usable."""
    text = data.removeprefix(_MARK).strip()
    is_yaml = "yaml" in media_type.lower() or ("json" not in media_type.lower() and not text.startswith((b"{", b"[")))
    if is_yaml and text:
        return msgspec.json.encode(_renamed(_read(text)))
    if any(b'"%s"' % word.encode() in text for word in _TYPES):
        try:
            return msgspec.json.encode(_renamed(msgspec.json.decode(text)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return data
    return data


def _read(text: bytes) -> Any:
    """YAML's values; most of what begins as JSON is JSON, which is read faster."""
    if text.startswith(b"{"):
        try:
            return msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
    found = yaml_text.read(text)
    return {} if found is None else found


def _renamed(file: Any) -> Any:
    entries = file.get("modelObjects") if isinstance(file, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("type"), str):
            entry["type"] = _TYPES.get(entry["type"], entry["type"])
    return file
