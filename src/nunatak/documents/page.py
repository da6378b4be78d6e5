"""What is known of a document and of its pages: records that are stored and sent between processes as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

MediaType = Literal["application/pdf", "image/tiff", "image/png", "image/jpeg"]
Source = Literal["text", "ocr", "both", "none"]
Content = bytes | Path  # of a file: its bytes, or where a local copy is


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a document may cost: bytes of the file, pages, pixels of one image, and the longest side of a raster."""

    content_bytes: int = 1_000_000_000
    pages: int = 2_000
    pixels: int = 250_000_000
    png_side: int = 4_961  # an A3 sheet at 300 dots an inch
    svg_bytes: int = 60_000_000


class Page(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A page as it is displayed: turned, cropped. `number` counts from 1; `width` and `height` are in units of 1/72
    inch (PDF) or pixels (images); `rotation` is what the file says, in degrees clockwise, and is applied already. The
    rotation and crop box of a PDF's page are known once the page has been read, not from a look at the document."""

    number: int
    width: float
    height: float
    rotation: int = 0
    crop: tuple[float, float, float, float] | None = None  # left, bottom, right, top in the PDF's own space


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What the bytes are, whatever the file was called."""

    media_type: MediaType
    pages: tuple[Page, ...]


class Box(msgspec.Struct, frozen=True, gc=False):
    """A part of a page in 0..1 of its width and height as displayed; the origin is top left, y goes down."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the middle of the other box lies in this one."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Word(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Characters without a gap between them. `angle` is how far the reading direction is turned clockwise from left to
    right, in degrees: 0, 90 (downwards), 180, 270 (upwards) or what the page has. Words of a `line` follow each other.
    """

    text: str
    box: Box
    angle: float = 0.0
    line: int = 0
    confidence: float = 1.0


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one page in reading order, and where they come from."""

    page: int
    width: float
    height: float
    source: Source
    words: tuple[Word, ...]
    notes: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tag found on a page: the entity's text as it is read there, and the positions of the entities it may mean."""

    text: str
    page: int
    box: Box
    confidence: float
    entities: tuple[int, ...]
    name: str = ""  # the spelling among the entity's names that was found
    angle: float = 0.0


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An entity that a text may have meant: its position, the spelling that comes near, and how near (0..1)."""

    entity: int
    name: str
    score: float


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A text that looks like a tag and became no hit, with the entities that come near."""

    text: str
    page: int
    box: Box
    candidates: tuple[Candidate, ...]


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """What matching found: hits, texts like tags that match nothing, texts that match several entities by a part."""

    hits: tuple[Hit, ...]
    unmatched: tuple[Doubt, ...]
    ambiguous: tuple[Doubt, ...]
    warnings: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A tag to be drawn over a page. `identity` is the text of `<id>`; `link` is an address or None; `data` are further
    facts as `data-NAME` attributes; `status` colours the box."""

    text: str
    box: Box
    identity: str
    title: str = ""
    link: str | None = None
    confidence: float | None = None
    status: Literal["suggested", "approved", "rejected"] = "suggested"
    data: dict[str, str] = {}


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A page without marks: the inside of an SVG document in page units, and whether it is a `vector` drawing or a
    `picture`; `note` says why a vector page became a picture."""

    page: Page
    kind: Literal["vector", "picture"]
    body: str
    note: str = ""
