"""Characters before they are drawn: what may not pass, and how wide those are that no font of ours has."""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u200d"
_MOST_MARKS = 4

# Controls but white space, lone surrogates and noncharacters are illegal in XML or do harm in it; marks that turn the
# direction of what follows let a name lie about itself.
_STRIPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SPACES = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
_MODIFIERS = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_PICTOGRAPHS = (range(0x1F000, 0x20000), range(0x2600, 0x27C0), range(0x2B00, 0x2C00))


def clean(text: str) -> str:
    """The text as one line that XML may hold: composed (NFC), without control, bidi and unpaired surrogate characters,
    every tab and line break a space, and at most four marks on a character."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", _STRIPPED.sub("", _SPACES.sub(" ", text)))
    return _unstacked(composed)


def _unstacked(text: str) -> str:
    """The text with at most a few marks on one character: a tower of them would stand over the whole picture."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clings(character: str) -> bool:
    """Whether the character belongs to the one before it: marks, joiners, variation selectors, skin tones."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf") or ord(character) in _MODIFIERS


def estimate(text: str) -> float:
    """The width in ems of text that no font of ours has: 1 for ideographs and pictographs, 0 for what clings to a
    character or is joined to it, about 0.6 for all others."""
    width, joined = 0.0, False
    for character in text:
        width += 0 if joined or clings(character) else _ems(character)
        joined = character == JOINER
    return width


def _ems(character: str) -> float:
    code = ord(character)
    if code in _FLAGS:
        return 0.5  # two of them make a flag
    wide = unicodedata.east_asian_width(character) in ("W", "F") or any(code in block for block in _PICTOGRAPHS)
    return 1.0 if wide else 0.6
