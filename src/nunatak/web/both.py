"""One SVG of two: the light picture where its reader's system is light, the dark one where it is dark."""

from __future__ import annotations

import re

_OPENING = re.compile(rb"<svg [^>]*>")
_SYMBOL = re.compile(rb'<symbol id="([\w-]+)".*?</symbol>', re.DOTALL)
_RULES = (
    b"<style>.nt-night{display:none}"
    b"@media (prefers-color-scheme:dark){.nt-day{display:none}.nt-night{display:inline}}</style>"
)


def joined(light: bytes, dark: bytes) -> bytes:
    """Both pictures in one document. They are of the same diagram, so they have one size; what the second has of
    styles and symbols like the first is not written again."""
    opening = _OPENING.match(light)
    if opening is None:
        return light
    day, night = _inside(light), _inside(dark)
    for style in re.findall(rb"<style>.*?</style>", day, re.DOTALL):
        night = night.replace(style, b"")
    known = {found[1] for found in _SYMBOL.finditer(day)}
    night = _SYMBOL.sub(lambda found: b"" if found[1] in known else found[0], night)
    night = re.sub(rb"^<title>.*?</title><desc>.*?</desc>", b"", night, flags=re.DOTALL)
    return b"".join(
        (opening[0], _RULES, b'<g class="nt-day">', day, b'</g><g class="nt-night">', night, b"</g></svg>\n")
    )


def _inside(picture: bytes) -> bytes:
    opening = _OPENING.match(picture)
    start = opening.end() if opening else 0
    return picture[start : picture.rindex(b"</svg>")]
