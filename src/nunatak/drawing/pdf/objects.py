"""PDF syntax: numbered objects in one file, the same bytes for the same objects."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from math import isfinite

from nunatak.drawing.characters import clean
from nunatak.drawing.errors import DrawingFailed

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ESCAPES = {"\\": "\\\\", "(": "\\(", ")": "\\)"}


class File:
    """Objects under numbers that others refer to. A number can be reserved before its object is known."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """The number of an object that is put in later."""
        self._objects.append(b"null")
        return len(self._objects)

    def put(self, number: int, body: str | bytes) -> None:
        self._objects[number - 1] = body.encode("ascii") if isinstance(body, str) else body

    def add(self, body: str | bytes) -> int:
        """Puts an object in, and gives its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, data: bytes, entries: Mapping[str, object] | None = None) -> int:
        """Puts a compressed stream in, and gives its number."""
        packed = zlib.compress(data, 9)
        head = dictionary({**(entries or {}), "Length": len(packed), "Filter": "/FlateDecode"})
        return self.add(b"%s\nstream\n%s\nendstream" % (head.encode("ascii"), packed))

    def written(self, *, root: int, info: int) -> bytes:
        """The whole file. Its identifier is the digest of what is in it, so it has no clock and no chance in it."""
        parts, places, at = [_HEADER], [], len(_HEADER)
        for number, body in enumerate(self._objects, 1):
            places.append(at)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(parts[-1])
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        size = len(places) + 1
        trailer = {"Size": size, "Root": reference(root), "Info": reference(info), "ID": f"[<{digest}><{digest}>]"}
        parts.append(f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode("ascii"))
        parts.append(f"trailer\n{dictionary(trailer)}\nstartxref\n{at}\n%%EOF\n".encode("ascii"))
        return b"".join(parts)


def reference(number: int) -> str:
    return f"{number} 0 R"


def dictionary(entries: Mapping[str, object]) -> str:
    """A dictionary; its names are ours, so they need no escapes."""
    return f"<<{''.join(f'/{name} {value}' for name, value in entries.items())}>>"


def array(values: Iterable[object]) -> str:
    return f"[{' '.join(map(str, values))}]"


def words(text: str) -> str:
    """Text for readers, as one cleaned line."""
    cleaned = clean(text)
    if cleaned.isascii():
        return f"({''.join(_ESCAPES.get(c, c) for c in cleaned)})"
    return f"<feff{cleaned.encode('utf-16-be').hex()}>"


def real(value: float) -> str:
    """A number with at most five decimals, for what is scaled up later. Raises DrawingFailed for what is no number."""
    if not isfinite(value):
        raise DrawingFailed(f"{value} is no number")
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
