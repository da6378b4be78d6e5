"""Any colour as the nearest of the tag colours."""

from __future__ import annotations

import colorsys
import re

from nunatak.core.tag import TagColor

_HEX = re.compile(r"#?([0-9a-f]{6})$", re.IGNORECASE)
# In degrees of the colour circle; pure red is at both ends.
_HUES: dict[float, TagColor] = {
    0: "red", 26: "orange", 48: "yellow", 104: "green", 190: "blue", 222: "dark-blue", 274: "purple", 324: "pink",
    360: "red",
}  # fmt: skip


def nearest(color: str | None) -> TagColor:
    """The tag colour nearest to `#rrggbb`; grey for None and for anything that is no such colour."""
    found = _HEX.match(color or "")
    if found is None:
        return "grey"
    red, green, blue = (int(found[1][index : index + 2], 16) / 255 for index in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness < 0.15 or lightness > 0.93 or max(red, green, blue) - min(red, green, blue) < 0.12:
        return "black" if lightness < 0.3 else "white" if lightness > 0.85 else "grey"
    degrees = hue * 360
    if 8 < degrees < 45 and (saturation < 0.4 or lightness < 0.35):
        return "beaver"
    return _HUES[min(_HUES, key=lambda at: abs(at - degrees))]
