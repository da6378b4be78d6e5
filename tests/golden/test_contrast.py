"""Every text of every golden case stands out from what is really behind it, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec
import pytest

from nunatak.drawing.scene import Ellipse, Group, Node, Path, Rect, Scene, Text
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import scene
from nunatak.render.theme import contrast
from tests.golden import cases

LEAST = 4.5
EDGE = 3.0  # of lines and borders against the canvas


class Ground(NamedTuple):
    """A filled shape: its box, and whether it is round."""

    x: float
    y: float
    right: float
    bottom: float
    fill: str
    round: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        if not (self.x <= x <= self.right and self.y <= y <= self.bottom):
            return False
        if not self.round:
            return True
        rx, ry = (self.right - self.x) / 2, (self.bottom - self.y) / 2
        return ((x - self.x - rx) / rx) ** 2 + ((y - self.y - ry) / ry) ** 2 <= 1


def ground(node: Node) -> Ground | None:
    """The ground that a shape makes; paths are taken for their boxes."""
    if not isinstance(node, Rect | Ellipse | Path) or node.paint.fill is None:
        return None
    fill = node.paint.fill
    if isinstance(node, Rect):
        return Ground(node.x, node.y, node.x + node.width, node.y + node.height, fill)
    if isinstance(node, Ellipse):
        return Ground(node.cx - node.rx, node.cy - node.ry, node.cx + node.rx, node.cy + node.ry, fill, round=True)
    numbers = [float(value) for segment in node.segments for value in segment[1:]]
    return Ground(min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]), fill)


def texts_on(nodes: tuple[Node, ...], grounds: list[Ground]) -> Iterator[tuple[Text, str]]:
    """The texts in the order in which they are painted, each with the colour of what lies behind it last. What is
    faded behind something else on purpose is left out: its contrast says that it is."""
    for node in nodes:
        if isinstance(node, Group):
            if node.opacity == 1:
                yield from texts_on(node.children, grounds)
        elif isinstance(node, Text):
            x, y = node.x + node.width / 2, node.y - node.size * 0.35
            under = next(found for found in reversed(grounds) if found.holds(x, y))
            yield node, node.halo or under.fill
        elif (made := ground(node)) is not None:
            grounds.append(made)


@cache
def drawn(name: str, theme: str) -> Scene:
    folder = cases.ROOT / name
    picture = msgspec.json.decode((folder / "picture.json").read_bytes(), type=Picture)
    chosen = folder / "options.json"
    options = msgspec.json.decode(chosen.read_bytes(), type=Options) if chosen.exists() else Options()
    return scene(picture, msgspec.structs.replace(options, theme=theme, transparent=False), cases.FONTS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", cases.NAMES)
def test_every_text_has_contrast_to_what_is_behind_it(name, theme):
    made = drawn(name, theme)
    canvas = Ground(made.x, made.y, made.x + made.width, made.y + made.height, made.background)
    low = [
        (text.text, text.fill, behind, round(contrast(text.fill, behind), 2))
        for text, behind in texts_on(made.children, [canvas])
        if contrast(text.fill, behind) < LEAST
    ]
    assert not low


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", cases.NAMES)
def test_no_text_is_smaller_than_twelve_units(name, theme):
    everywhere = Ground(-1e6, -1e6, 1e6, 1e6, "#ffffff")
    assert all(text.size >= 12 for text, _ in texts_on(drawn(name, theme).children, [everywhere]))


def strokes(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Group):
            if node.opacity == 1 and node.role != "pin":  # its sign is drawn on it
                yield from strokes(node.children)
        elif isinstance(node, Rect | Ellipse | Path) and node.paint.stroke is not None:
            yield node.paint.stroke


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", cases.NAMES)
def test_lines_and_borders_have_contrast_to_the_canvas(name, theme):
    made = drawn(name, theme)
    low = {stroke for stroke in strokes(made.children) if stroke != made.background}
    assert not {stroke for stroke in low if contrast(stroke, made.background) < EDGE}
