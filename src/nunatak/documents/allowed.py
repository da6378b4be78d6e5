"""What may stand in a drawing's SVG: elements, attributes and values; everything else is left out."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from collections.abc import Mapping

from PIL import Image

from nunatak.drawing.markup import quoted

ELEMENTS = frozenset(
    """
    path use g rect clipPath image pattern linearGradient radialGradient stop mask defs symbol filter feColorMatrix
    feComponentTransfer feFuncR feFuncG feFuncB feFuncA feFlood feComposite feBlend feOffset feGaussianBlur feMerge
    feMergeNode
    """.split()  # noqa: SIM905 - a list of them would fill a page
)
ATTRIBUTES = frozenset(
    """
    id d x y width height x1 y1 x2 y2 cx cy r fx fy fr rx ry transform fill fill-opacity fill-rule stroke stroke-width
    stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset clip-path clip-
    rule clipPathUnits mask maskUnits maskContentUnits mask-type opacity offset stop-color stop-opacity gradientUnits
    gradientTransform spreadMethod patternUnits patternContentUnits patternTransform viewBox preserveAspectRatio filter
    filterUnits primitiveUnits color-interpolation-filters in in2 result type values mode operator k1 k2 k3 k4 flood-
    color flood-opacity stdDeviation tableValues slope intercept amplitude exponent dx dy visibility style
    """.split()  # noqa: SIM905 - a list of them would fill a page
)
_COLORS = ("fill", "stroke", "stop-color", "flood-color")
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_STYLE = re.compile(r"(image-rendering|mix-blend-mode|isolation|mask-type):\s*[a-z-]+;?")
_REFERENCE = re.compile(r"url\(#[\w-]+\)")
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
_MOST_PIXELS = 60_000_000


def attributes(told: Mapping[str, str], *, grayscale: bool) -> dict[str, str]:
    """The attributes that may stay, with safe values; colours in grey if wanted."""
    kept: dict[str, str] = {}
    for name, value in told.items():
        if name in ("href", "xlink:href"):
            if safe := link(value, grayscale=grayscale):
                kept["xlink:href"] = safe
        elif name == "style":
            kept |= {"style": value} if _STYLE.fullmatch(value.strip()) else {}
        elif name in ATTRIBUTES and "NaN" not in value and "inf" not in value and _harmless(value):
            kept[name] = grey(value) if grayscale and name in _COLORS else value
    return kept


def link(value: str, *, grayscale: bool) -> str | None:
    """A reference within the document or a checked picture; None for anything else."""
    if re.fullmatch(r"#[\w-]+", value):
        return value
    found = _PICTURE.fullmatch(value)
    return _picture(found.group(2), grayscale=grayscale) if found else None


def grey(value: str) -> str:
    """A colour's brightness as a grey."""
    found = _HEX.fullmatch(value)
    if not found:
        return value
    red, green, blue = bytes.fromhex(found.group(1))
    return "#" + f"{(299 * red + 587 * green + 114 * blue + 500) // 1000:02x}" * 3


def tag(name: str, told: Mapping[str, str], *, closed: bool = False) -> str:
    """An element's start, its attributes escaped."""
    words = "".join(f' {key}="{quoted(value)}"' for key, value in told.items())
    return f"<{name}{words}{'/' if closed else ''}>"


def _harmless(value: str) -> bool:
    lowered = value.lower()
    if "url(" in lowered:
        return _REFERENCE.fullmatch(value.strip()) is not None
    return "javascript:" not in lowered and "data:" not in lowered


def _picture(data: str, *, grayscale: bool) -> str | None:
    """The picture encoded again, smaller: nothing of a hostile file comes through."""
    try:
        content = base64.b64decode(data, validate=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return None
                image.load()
                made = image.convert("LA" if image.mode in ("RGBA", "LA", "PA") else "L") if grayscale else image
                if made.mode in ("RGBA", "LA") and made.getextrema()[-1] == (255, 255):
                    made = made.convert("RGB" if made.mode == "RGBA" else "L")
    except (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError):
        return None
    file = io.BytesIO()
    made.save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
