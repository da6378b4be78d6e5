"""WOFF2 files from TrueType files: tables as they are, compressed as one stream.

fontTools does this too, with a smaller result and in twenty times the time; see docs/decisions/0001-fonts-in-svg.md.
"""

from __future__ import annotations

import struct

import brotli

# The tags that a directory entry names by number (WOFF2, 5.1), in that order.
_KNOWN = (
    b"cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOS"
    b"GSUBEBSCJSTFMATHCBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorxopbdprop"
    b"trakZapfSilfGlatGlocFeatSill"
)
_NUMBERS = {_KNOWN[4 * number : 4 * number + 4]: number for number in range(63)}
_NULL_TRANSFORM = 3 << 6  # for glyf and loca, where 0 would mean the transformed kind
_QUALITY = 5  # a level above costs time and saves less than one part in fifty


def write(font: bytes) -> bytes:
    """The WOFF2 file of a TrueType file; the same bytes for the same input and brotli release."""
    tables = _tables(font)
    body: bytes = brotli.compress(b"".join(data for _, data in tables), mode=brotli.MODE_FONT, quality=_QUALITY)
    directory = b"".join(_entry(tag, len(data)) for tag, data in tables)
    length = 48 + len(directory) + len(body)
    padding = -length % 4
    whole = 12 + 16 * len(tables) + sum(len(data) + -len(data) % 4 for _, data in tables)
    header = struct.pack(
        ">4s4sIHHIIHHIIIII", b"wOF2", font[:4], length + padding, len(tables), 0, whole, len(body), 1, 0, 0, 0, 0, 0, 0
    )
    return header + directory + body + bytes(padding)


def _tables(font: bytes) -> list[tuple[bytes, bytes]]:
    """Tag and bytes of every table in the directory's order, but loca right behind glyf as WOFF2 wants it."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    found = {tag: font[offset : offset + length] for tag, _, offset, length in records}
    order = sorted(found, key=lambda tag: (b"glyf", 1) if tag == b"loca" else (tag, 0))
    return [(tag, found[tag]) for tag in order]


def table(font: bytes, tag: bytes) -> bytes:
    """One of a font's tables by its tag."""
    return dict(_tables(font))[tag]


def _entry(tag: bytes, length: int) -> bytes:
    transform = _NULL_TRANSFORM if tag in (b"glyf", b"loca") else 0
    number = _NUMBERS.get(tag)
    named = bytes((transform | 63,)) + tag if number is None else bytes((transform | number,))
    return named + _base128(length)


def _base128(number: int) -> bytes:
    digits = [number & 127]
    while number := number >> 7:
        digits.append(128 | number & 127)
    return bytes(reversed(digits))
