"""The two themes: every colour that a picture uses, chosen so that contrast holds on what is really behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardColors:
    """A card's fill, border and three inks; `lid` is the lighter top of a store."""

    fill: str
    border: str
    lid: str
    name: str
    caption: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinColors:
    """A comment pin's fill and its sign."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme. `areas` are the fills by nesting level, outermost first; deeper levels repeat the last."""

    name: str
    canvas: str
    areas: tuple[str, ...]
    area_border: str
    area_name: str
    area_type: str
    card: CardColors
    external: CardColors
    future: CardColors
    removed: CardColors
    line: str
    faint_line: str
    label: str
    label_type: str
    tile: str
    tile_ink: str
    hatch: str
    badge: str
    badge_ink: str
    pins: dict[str, PinColors]
    settled_pin: PinColors

    def area(self, depth: int) -> str:
        """The fill of an area that lies in `depth` others."""
        return self.areas[min(depth, len(self.areas) - 1)]

    def behind(self, depth: int | None) -> str:
        """What is behind a thing in an area of that depth, or on the canvas."""
        return self.canvas if depth is None else self.area(depth)


LIGHT = Theme(
    name="light",
    canvas="#ffffff",
    areas=("#f6f8fa", "#eef1f4", "#e6eaee", "#dfe4e9"),
    area_border="#7f8a95",
    area_name="#1b2127",
    area_type="#525c66",
    card=CardColors(fill="#e9eff6", border="#66778a", lid="#f5f8fb", name="#10161c", caption="#3c4752", type="#54616e"),
    external=CardColors(
        fill="#ffffff", border="#7d8792", lid="#ffffff", name="#2b333b", caption="#4a545e", type="#5d6771"
    ),
    future=CardColors(
        fill="#fbfcfe", border="#66778a", lid="#ffffff", name="#2b333b", caption="#4a545e", type="#5d6771"
    ),
    removed=CardColors(
        fill="#f7f7f8", border="#7f8790", lid="#fbfbfc", name="#5f6870", caption="#626b74", type="#626b74"
    ),
    line="#5b6772",
    faint_line="#7b8690",
    label="#2a323a",
    label_type="#56606a",
    tile="#54667a",
    tile_ink="#ffffff",
    hatch="#9a6a2f",
    badge="#fff3df",
    badge_ink="#7a4a0c",
    pins={
        "question": PinColors(fill="#2f6fd6", ink="#ffffff"),
        "inaccurate": PinColors(fill="#c43d3d", ink="#ffffff"),
        "idea": PinColors(fill="#8a6100", ink="#ffffff"),
    },
    settled_pin=PinColors(fill="#66717c", ink="#ffffff"),
)

DARK = Theme(
    name="dark",
    canvas="#17191b",
    areas=("#1d2023", "#24282c", "#2b3035", "#32383e"),
    area_border="#7b8691",
    area_name="#e9edf0",
    area_type="#a9b3bc",
    card=CardColors(fill="#2a333d", border="#7f90a2", lid="#36414d", name="#f1f4f6", caption="#c9d1d9", type="#a9b5c1"),
    external=CardColors(
        fill="#434b53", border="#98a3ae", lid="#4e5760", name="#f1f4f6", caption="#d9dfe4", type="#c6ced6"
    ),
    future=CardColors(
        fill="#1f2429", border="#8494a5", lid="#262c32", name="#dfe5ea", caption="#bac3cc", type="#a3aeb9"
    ),
    removed=CardColors(
        fill="#1f2225", border="#7d868f", lid="#25292d", name="#9aa3ac", caption="#969fa8", type="#969fa8"
    ),
    line="#a2adb7",
    faint_line="#808b95",
    label="#e3e8ec",
    label_type="#a9b3bc",
    tile="#8fa1b4",
    tile_ink="#17191b",
    hatch="#c99a58",
    badge="#3d3020",
    badge_ink="#f0c78c",
    pins={
        "question": PinColors(fill="#6ea3f2", ink="#10161c"),
        "inaccurate": PinColors(fill="#ec8080", ink="#1c1010"),
        "idea": PinColors(fill="#e0b04a", ink="#1c1710"),
    },
    settled_pin=PinColors(fill="#8b96a1", ink="#17191b"),
)

THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}


def luminance(color: str) -> float:
    """The relative luminance of `#rrggbb`, 0 to 1, as WCAG defines it."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
