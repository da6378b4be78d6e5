"""Documents that mean harm, small to write and costly or impossible to read."""

from __future__ import annotations

import struct
import zlib

from tests.documents.files import pdf, stream, text

MEGABYTE = 1 << 20
TAG = text("23-PT-1", 50, 300)
ENCRYPT = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"


def encrypted() -> bytes:
    """Asks for a password that nobody knows."""
    return pdf(TAG, trailer=ENCRYPT)


def truncated() -> bytes:
    """Ends in the middle of its first object."""
    return pdf(TAG)[:40]


def many_pages(count: int = 10_000) -> bytes:
    """Has very many pages."""
    return pdf(*[""] * count)


def packed(data: bytes, told: str = "") -> str:
    """A stream that unpacks to the data."""
    return stream(zlib.compress(data, 9).decode("latin-1"), f"/Filter /FlateDecode {told}")


def large_object(megabytes: int = 200) -> bytes:
    """Draws a form whose stream unpacks to very many bytes."""
    form = packed(
        b"0 0 m 9 9 l S\n" * (megabytes * MEGABYTE // 14), "/Type /XObject /Subtype /Form /BBox [0 0 600 400]"
    )
    return pdf(TAG + "/X Do", resources="/Font << /F1 4 0 R >> /XObject << /X 5 0 R >>", more=[form])


def image_bomb(side: int = 20_000) -> bytes:
    """Shows an image of very many pixels."""
    told = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    picture = packed(bytes(8 * MEGABYTE), told)
    return pdf(f"{TAG}q 600 0 0 400 0 0 cm /X Do Q", resources="/XObject << /X 5 0 R >>", more=[picture])


def picture_bomb(side: int = 60_000) -> bytes:
    """A PNG whose pixels would take gigabytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(MEGABYTE))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def recursive_form() -> bytes:
    """Draws a form that draws itself."""
    told = "/Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /XObject << /X 5 0 R >> >>"
    resources = "/Font << /F1 4 0 R >> /XObject << /X 5 0 R >>"
    return pdf(TAG + "/X Do", resources=resources, more=[stream("/X Do", told)])


def recursive_pages() -> bytes:
    """Has a page tree whose first child is the tree."""
    return pdf(TAG, TAG).replace(b"/Kids [5 0 R", b"/Kids [2 0 R")


def nested() -> bytes:
    """Has arrays in arrays, very deep."""
    return pdf(TAG, page=f"/Deep {'[' * 50_000}{']' * 50_000}")


def with_scripts() -> bytes:
    """Runs JavaScript when it is opened, starts a program, and fetches an address."""
    actions = [
        "<< /S /JavaScript /JS (app.alert\\('23-PT-1'\\)) >>",
        "<< /Type /Annot /Subtype /Link /Rect [0 0 600 400] /A << /S /Launch /F (/bin/sh) >> >>",
        "<< /Type /Annot /Subtype /Link /Rect [0 0 600 400] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>",
    ]
    content = pdf(TAG, page="/Annots [6 0 R 7 0 R] /AA << /O 5 0 R >>", more=actions)
    return content.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction 5 0 R")
