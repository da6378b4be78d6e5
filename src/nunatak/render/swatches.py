"""Swatches: the twelve colours that tags, teams and technologies may have, as each theme shows them."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.core.tag import TagColor


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour as a dot's fill, and as a border or line that stands at least 3:1 against the theme's canvas."""

    fill: str
    edge: str


_LIGHT: dict[TagColor, Swatch] = {
    "blue": Swatch("#1f8fe0", "#1874ba"),
    "green": Swatch("#3fa35a", "#2a7d43"),
    "yellow": Swatch("#e3b10c", "#93700a"),
    "orange": Swatch("#ee7f1d", "#b9590a"),
    "red": Swatch("#d94848", "#c23636"),
    "beaver": Swatch("#97786a", "#7d6053"),
    "dark-blue": Swatch("#3457c9", "#2f4fb8"),
    "purple": Swatch("#9450d3", "#8440c2"),
    "pink": Swatch("#dd4fa8", "#bd338b"),
    "white": Swatch("#ffffff", "#828d97"),
    "grey": Swatch("#84898c", "#6b7176"),
    "black": Swatch("#1e1f20", "#1e1f20"),
}
_DARK: dict[TagColor, Swatch] = {
    "blue": Swatch("#3ea3ee", "#5cb2f2"),
    "green": Swatch("#55b870", "#6cc685"),
    "yellow": Swatch("#e6bd3c", "#e6bd3c"),
    "orange": Swatch("#ee924a", "#f0a063"),
    "red": Swatch("#e26666", "#ea8080"),
    "beaver": Swatch("#b0917f", "#bda192"),
    "dark-blue": Swatch("#6d8bee", "#8aa2f2"),
    "purple": Swatch("#ae7be6", "#bd92ec"),
    "pink": Swatch("#e47fbf", "#ea98cb"),
    "white": Swatch("#f3f5f6", "#f3f5f6"),
    "grey": Swatch("#8d959c", "#a3abb2"),
    "black": Swatch("#000000", "#8b949c"),
}
SWATCHES: dict[str, dict[TagColor, Swatch]] = {"light": _LIGHT, "dark": _DARK}

# What a status is shown in.
STATUS_COLORS: dict[str, TagColor] = {"live": "green", "future": "blue", "deprecated": "orange", "removed": "red"}
