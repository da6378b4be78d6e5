"""Our own exchange format: parts as JSON, with camelCase names."""

from __future__ import annotations

import msgspec

from nunatak.core.errors import Invalid
from nunatak.exchange.check import checked
from nunatak.exchange.parts import Parts


def read(data: bytes) -> Parts:
    """The parts of a native file. Raises Invalid naming what is wrong with it."""
    try:
        parts = msgspec.json.decode(data, type=Parts)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(f"The file is not a nunatak landscape: {error}", (str(error),)) from None
    return checked(parts)


def write(parts: Parts) -> bytes:
    """The file that `read` reads back as the same parts: UTF-8, indented by two."""
    return msgspec.json.format(msgspec.json.encode(parts), indent=2) + b"\n"
