"""Icons from the sets, made ours: shapes only, on a 24 x 24 box, with a version for light and one for dark grounds."""

from __future__ import annotations

import colorsys
import re
from xml.etree import ElementTree as Xml

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
KEPT = SHAPES | {"g", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask"}
ATTRIBUTES = {
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points",
    "transform", "id", "href", "opacity", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width",
    "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "clip-path",
    "clip-rule", "mask", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits",
}  # fmt: skip
NAMED = {"black": "#000000", "white": "#ffffff", "red": "#ff0000", "currentcolor": "#000000"}
LIGHT_INK, DARK_INK = "#e8eaed", "#1f2328"  # what near-black turns into on dark, and near-white on light
LARGEST = 24_000
Elements = dict[str | None, Xml.Element]
Names = dict[str, str]
_HREF = "{http://www.w3.org/1999/xlink}href"
_FLOAT = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:~[-+]?\d+)?)"
_NUMBER = re.compile(_FLOAT)
_ARC = re.compile(r"[\s,]*".join([_FLOAT] * 3 + [r"([01])"] * 2 + [_FLOAT] * 2))
_COLORED = ("fill", "stroke", "stop-color")


def body(source: str, box: tuple[float, float, float, float], prefix: str) -> str | None:
    """The markup of an icon drawn on `box` (left, top, width, height), fitted into 24 x 24; None for one that needs
    more than shapes, gradients, clips and masks, or is too large. Ids begin with `prefix`."""
    if re.search(r"<(image|pattern|text|foreignObject|script)\b", source):
        return None
    root = Xml.fromstring(f'<g xmlns:xlink="http://www.w3.org/1999/xlink">{source}</g>')
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}
    left, top, width, height = box
    names, digits = _names(root, prefix), 3 if max(width, height) < 60 else 2
    written = "".join(_written(child, by_id, names, digits) for child in root)
    scale = 24 / max(width, height)
    x, y = (24 - width * scale) / 2 - left * scale, (24 - height * scale) / 2 - top * scale
    placed = f"translate({_short(x)} {_short(y)}) scale({_short(scale, 5)})"
    fitted = written if (scale, x, y) == (1, 0, 0) else f'<g transform="{placed}">{written}</g>'
    return fitted if "<" in written and len(fitted) <= LARGEST else None


def _names(root: Xml.Element, prefix: str) -> dict[str, str]:
    ids = [e.get("id") or "" for e in root.iter() if e.get("id")]
    return {id_: f"{prefix}-{number}" for number, id_ in enumerate(dict.fromkeys(ids))}


def _written(e: Xml.Element, by_id: Elements, names: Names, digits: int, depth: int = 0) -> str:
    tag = e.tag.rpartition("}")[2]
    if depth > 12:
        return ""
    if tag == "use":
        return _used(e, by_id, names, digits, depth)
    if tag not in KEPT:
        return ""
    inner = "".join(_written(child, by_id, names, digits, depth + 1) for child in e)
    pairs = "".join(_attribute(key, value, names, digits) for key, value in _attributes(e).items())
    if not inner and tag in ("g", "defs"):
        return ""
    return f"<{tag}{pairs}/>" if not inner else f"<{tag}{pairs}>{inner}</{tag}>"


def _used(e: Xml.Element, by_id: Elements, names: Names, digits: int, depth: int = 0) -> str:
    """What a `<use>` shows, in its place."""
    shown = by_id.get((e.get("href") or e.get(_HREF) or "")[1:])
    if shown is None:
        return ""
    copy = Xml.Element(shown.tag, {key: value for key, value in shown.attrib.items() if key != "id"})
    copy.extend(shown)
    kept = {k: v for k, v in _attributes(e).items() if k not in ("href", "x", "y", "width", "height", "id")}
    if e.get("x") or e.get("y"):
        kept["transform"] = f"{kept.get('transform', '')} translate({e.get('x', 0)} {e.get('y', 0)})".strip()
    inner = _written(copy, by_id, names, digits, depth + 1)
    return (
        f"<g{''.join(_attribute(key, value, names, digits) for key, value in kept.items())}>{inner}</g>"
        if inner
        else ""
    )


def _attributes(e: Xml.Element) -> dict[str, str]:
    found = {("href" if key == _HREF else key): value for key, value in e.attrib.items()}
    for rule in found.pop("style", "").split(";"):
        key, _, value = rule.partition(":")
        if key.strip() in ATTRIBUTES:
            found[key.strip()] = value.strip()
    return {key: value for key, value in found.items() if key in ATTRIBUTES}


def _attribute(key: str, value: str, names: Names, digits: int) -> str:
    if key == "id":
        return f' id="{names[value]}"'
    if key == "href":
        return f' href="#{names[value[1:]]}"' if value[1:] in names else ""
    address = re.fullmatch(r"url\(['\"]?#(.+?)['\"]?\)", value)
    if address:
        return f' {key}="url(#{names[address[1]]})"' if address[1] in names else ""
    if "url" in value.lower() or not re.fullmatch(r"[\w\s#.,()%+\-]*", value):
        return ""
    if key in _COLORED:
        value = plain_color(value)
    if key == "d":
        value = _rounded(value, digits)
    return f' {key}="{_points(value, digits) if key == "points" else value}"'


def plain_color(value: str) -> str:
    """A colour as #rrggbb, and anything else as it is."""
    value = NAMED.get(value.lower(), value.lower())
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(c * 2 for c in value[1:])
    return value


def _rounded(data: str, digits: int) -> str:
    """Path data without digits that nobody sees. An arc's two flags are single characters, often glued together."""
    parts: list[str] = []
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", re.sub(r"(?<=[0-9.])[eE](?=[-+0-9])", "~", data)):
        pattern = _ARC if command in "aA" else _NUMBER
        found = [token for match in pattern.finditer(rest) for token in match.groups()]
        written = [_short(float(token.replace("~", "e")), digits) for token in found]
        parts.append(command + " ".join(written).replace(" -", "-"))
    return "".join(parts)


def _points(data: str, digits: int) -> str:
    return " ".join(_short(float(token), digits) for token in re.split(r"[\s,]+", data.strip()))


def _short(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    text = "0" if text in ("", "-0") else text
    return re.sub(r"^(-?)0\.", r"\1.", text)


def colors(markup: str) -> list[str]:
    """All colours of an icon, as often as they are written; shapes without one are black."""
    found = re.findall(r'(?:fill|stroke|stop-color)="(#[0-9a-f]{6})"', markup)
    without = any('fill="' not in shape for shape in re.findall(r"<(?:path|rect|circle|ellipse|polygon)[^>]*>", markup))
    return found + (["#000000"] if without and not re.search(r'<g[^>]*fill="', markup) else [])


def lightness(color: str) -> float:
    """How light a colour looks, 0 to 1."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def variants(markup: str) -> tuple[str, str]:
    """The icon for a light ground and for a dark one. What is nearly black is lightened for dark unless light colours
    stand against it; an icon all in near-white is darkened for light."""
    found = colors(markup)
    dark_ones, light_ones = [c for c in found if lightness(c) < 0.28], [c for c in found if lightness(c) > 0.87]
    light = dark = markup
    if dark_ones and not light_ones:
        dark = _recolored(f'<g fill="#000000">{markup}</g>', 0.38, 1.0)
    if found and len(light_ones) == len(found):
        light = _recolored(markup, 0.0, 0.72)
    return light, dark


def forced(markup: str) -> tuple[str, str]:
    """Both versions with every colour moved to where it is seen, whatever it stands against."""
    inked = f'<g fill="#000000">{markup}</g>'
    return _recolored(inked, 0.0, 0.72), _recolored(inked, 0.38, 1.0)


def _recolored(markup: str, least: float, most: float) -> str:
    return re.sub(r"#[0-9a-f]{6}(?=\")", lambda found: _within(found[0], least, most), markup)


def tinted(path: str, color: str) -> tuple[str, str]:
    """A one-colour icon in its brand's colour, made darker or lighter where it would vanish in the ground."""
    return (
        f'<g fill="{_within(color, 0.0, 0.72)}">{path}</g>',
        f'<g fill="{_within(color, 0.38, 1.0)}">{path}</g>',
    )


def _within(color: str, least: float, most: float) -> str:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.12 and not least <= lightness(color) <= most:
        return LIGHT_INK if lightness(color) < least else DARK_INK
    while not least <= lightness(color) <= most and 0 < light < 1:
        light = min(1.0, light + 0.02) if lightness(color) < least else max(0.0, light - 0.02)
        color = "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, light, saturation))
    return color
