"""Colours, lengths and fractions as SVG attributes write them."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_HEX = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_FUNCTION = re.compile(r"rgba?\(([^)]*)\)")
_PART = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)%?")
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(%|px)?\s*")
# The names that icons use; all others are rare enough to be black.
_NAMES = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000", "blue": "#0000ff",
    "yellow": "#ffff00", "orange": "#ffa500", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0",
    "navy": "#000080", "teal": "#008080", "purple": "#800080", "maroon": "#800000", "lime": "#00ff00",
    "aqua": "#00ffff", "cyan": "#00ffff", "magenta": "#ff00ff", "fuchsia": "#ff00ff", "olive": "#808000",
    "pink": "#ffc0cb", "gold": "#ffd700", "tomato": "#ff6347", "crimson": "#dc143c", "indigo": "#4b0082",
    "darkblue": "#00008b", "darkgreen": "#006400", "darkred": "#8b0000", "brown": "#a52a2a",
}  # fmt: skip


def color_of(value: str, current: str = "#000") -> tuple[str, float]:
    """A colour as `#rrggbb` and its opacity; black for what names none."""
    value = value.strip()
    if value.lower() == "currentcolor":
        return color_of(current if current.lower() != "currentcolor" else "#000")
    if value.lower() == "transparent":
        return "#000000", 0.0
    if found := _HEX.fullmatch(value):
        return _hex(found[1])
    if found := _FUNCTION.fullmatch(value):
        return _channels(_PART.findall(found[1]))
    return _NAMES.get(value.lower(), "#000000"), 1.0


def length(text: str, whole: float) -> float:
    """A length in user units; a percentage is one of `whole`, and what is no length is 0."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return 0.0
    return float(found[1]) * (whole / 100 if found[2] == "%" else 1)


def fraction(text: str, *, most: float = 1.0) -> float:
    """A number between 0 and `most`, or a percentage of 1; `most` for what is neither."""
    found = NUMBER.match(text)
    value = float(found[0]) / (100 if text.endswith("%") else 1) if found else most
    return min(max(value, 0.0), most)


def _hex(digits: str) -> tuple[str, float]:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    opacity = int(digits[6:], 16) / 255 if len(digits) == 8 else 1.0
    return f"#{digits[:6].lower()}", opacity


def _channels(parts: list[str]) -> tuple[str, float]:
    if len(parts) not in (3, 4):
        return "#000000", 1.0
    values = [length(part, 255.0) for part in parts[:3]]
    opacity = length(parts[3], 1.0) if len(parts) == 4 else 1.0
    return "#" + "".join(f"{round(min(max(v, 0), 255)):02x}" for v in values), min(max(opacity, 0.0), 1.0)
