"""Characters before they are drawn: what may not pass, and how wide those are that no font of ours has."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

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
_JAMO = range(0x1160, 0x1200)
# Scripts that write two consonants without a vowel between them as one sign.
_INDIC = range(0x0900, 0x0E00)
_VIRAMA = 9
_FIRST_JOINING = 0x0300
_FOLLOWING = frozenset("\u0e33\u0eb3\uff9e\uff9f")  # vowels behind their consonant, and voicing marks
_LEADING = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")  # vowels before it
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
    if not any(map(unicodedata.combining, text)):
        return text
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


def joins(text: str, place: int) -> bool:
    """Whether the character at a place belongs to the one before it so that no line may end between them: marks and
    what `clings`, the parts of a flag, of an emoji, of a syllable."""
    character, before = text[place], text[place - 1]
    code = ord(character)
    if code < _FIRST_JOINING:
        return False
    if code in _FLAGS:
        return ord(before) in _FLAGS and _flags_before(text, place) % 2 == 1
    category = unicodedata.category(character)
    if category in ("Mn", "Mc", "Me", "Cf") or code in _MODIFIERS or before == JOINER or character in _FOLLOWING:
        return True
    if before in _LEADING or code in _JAMO:
        return True
    return category == "Lo" and unicodedata.combining(before) == _VIRAMA and ord(before) in _INDIC


def _flags_before(text: str, place: int) -> int:
    count = 0
    while count < place and ord(text[place - 1 - count]) in _FLAGS:
        count += 1
    return count


def clusters(text: str) -> list[str]:
    """The text as what readers take for single characters, each with its marks."""
    starts, flags = list[int](), 0
    for place, character in enumerate(text):
        flag = ord(character) in _FLAGS
        if not (flags % 2 if flag else place and joins(text, place)):
            starts.append(place)
        flags = flags + 1 if flag else 0
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


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
