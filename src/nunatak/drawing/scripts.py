"""Scripts: the fonts beyond the bundled ones, which blocks of Unicode each draws, and what stands in for it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Script(NamedTuple):
    """A font's family, the blocks that it draws, and whether it has a bold of its own."""

    family: str
    blocks: tuple[tuple[int, int], ...]
    bold: bool = True


_HAN = (
    (0x2E80, 0x303F), (0x31C0, 0x31EF), (0x3200, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)  # fmt: skip
_SIGNS = ((0x2000, 0x2BFF), (0x1F000, 0x1FAFF))
_EVERY_HAN = (*_HAN, (0x1100, 0x11FF), (0x3040, 0x31BF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), *_SIGNS)

# In the order in which they are asked. Ideographs look different in each country: see `language`.
SCRIPTS: dict[str, Script] = {
    "arabic": Script(
        "Noto Sans Arabic", ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
    ),
    "hebrew": Script("Noto Sans Hebrew", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    "armenian": Script("Noto Sans Armenian", ((0x0530, 0x058F), (0xFB13, 0xFB17))),
    "devanagari": Script("Noto Sans Devanagari", ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF))),
    "bengali": Script("Noto Sans Bengali", ((0x0980, 0x09FF),)),
    "gurmukhi": Script("Noto Sans Gurmukhi", ((0x0A00, 0x0A7F),)),
    "gujarati": Script("Noto Sans Gujarati", ((0x0A80, 0x0AFF),)),
    "oriya": Script("Noto Sans Oriya", ((0x0B00, 0x0B7F),)),
    "tamil": Script("Noto Sans Tamil", ((0x0B80, 0x0BFF),)),
    "telugu": Script("Noto Sans Telugu", ((0x0C00, 0x0C7F),)),
    "kannada": Script("Noto Sans Kannada", ((0x0C80, 0x0CFF),)),
    "malayalam": Script("Noto Sans Malayalam", ((0x0D00, 0x0D7F),)),
    "sinhala": Script("Noto Sans Sinhala", ((0x0D80, 0x0DFF),)),
    "thai": Script("Noto Sans Thai", ((0x0E00, 0x0E7F),)),
    "lao": Script("Noto Sans Lao", ((0x0E80, 0x0EFF),)),
    "myanmar": Script("Noto Sans Myanmar", ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    "georgian": Script("Noto Sans Georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    "ethiopic": Script("Noto Sans Ethiopic", ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F))),
    "khmer": Script("Noto Sans Khmer", ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    "cjk-jp": Script("Noto Sans CJK JP", _EVERY_HAN),
    "cjk-kr": Script("Noto Sans CJK KR", _EVERY_HAN),
    "cjk-sc": Script("Noto Sans CJK SC", _EVERY_HAN),
    "cjk-tc": Script("Noto Sans CJK TC", _EVERY_HAN),
    "symbols": Script("Noto Sans Symbols", _SIGNS),
    "emoji": Script("Noto Emoji", (*_SIGNS, (0x0023, 0x0039), (0x00A9, 0x00AE), (0x3030, 0x303D), (0x3297, 0x3299))),
}
_COUNTRIES = ("cjk-jp", "cjk-kr", "cjk-sc", "cjk-tc")
_EMOJI_SIGN, _JOINER, _KEYCAP = "\ufe0f", "\u200d", "\u20e3"


def of(cluster: str, text: str) -> list[str]:
    """The scripts that may draw a character with its marks, of a text, in turn."""
    code = ord(cluster[0])
    found = [name for name, script in SCRIPTS.items() if any(first <= code <= last for first, last in script.blocks)]
    if any(name in _COUNTRIES for name in found):
        country = language(text)
        found = [name for name in found if name not in _COUNTRIES or name == country]
    if "emoji" in found:  # a pictograph is one thing with its tones and joined ones, or else a sign like others
        found.sort(key=lambda name: name != "emoji" if pictograph(cluster) else name == "emoji")
    return found


def pictograph(cluster: str) -> bool:
    """Whether a character is meant as an emoji: by its own nature, or by what follows it."""
    code = ord(cluster[0])
    return 0x1F000 <= code <= 0x1FAFF or any(sign in cluster[1:] for sign in (_EMOJI_SIGN, _JOINER, _KEYCAP))


@lru_cache(maxsize=8)  # it is asked for each character of one text after the other
def language(text: str) -> str:
    """Whose ideographs a text shows: Korean and Japanese ones have their own letters among them; of the Chinese the
    simplified are those that the mainland's first character set holds."""
    if any("\u3040" <= character <= "\u30ff" or "\uff66" <= character <= "\uff9f" for character in text):
        return "cjk-jp"
    if any("\uac00" <= character <= "\ud7ff" or "\u1100" <= character <= "\u11ff" for character in text):
        return "cjk-kr"
    ideographs = "".join(character for character in text if "\u3400" <= character <= "\u9fff")
    for encoding, country in (("gb2312", "cjk-sc"), ("big5", "cjk-tc"), ("shift_jis", "cjk-jp")):
        try:
            ideographs.encode(encoding)
        except UnicodeEncodeError:
            continue
        return country
    return "cjk-sc"
