"""A scorecard of a scene, counted from its shapes alone: what a reader would trip over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Ellipse, Group, Node, Path, Rect, Scene, Text
from nunatak.render.grid import Grid
from nunatak.render.picture import Picture, Thing
from nunatak.render.theme import THEMES

Piece = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Counts, the smallest letters in units, and the lowest contrast of a text on what is behind it."""

    texts: int
    labels: int
    overlapping_texts: int
    crossed_texts: int
    crossed_labels: int
    crossed_boxes: int
    strayed: int
    smallest: float
    contrast: float


def score(scene: Scene, picture: Picture) -> Scorecard:
    """Counts a scene of a picture: the picture tells which box is at a line's end."""
    groups = {group.id or f"#{n}": group for n, group in enumerate(scene.children) if isinstance(group, Group)}
    lines = {id: list(_pieces(group)) for id, group in groups.items() if group.role == "line"}
    grid, pieces = Grid(), []
    for id, found in lines.items():
        for piece in found:
            grid.put(len(pieces), _around(piece))
            pieces.append((id, piece))
    near = _Near(grid, pieces)
    labels = {id: group for id, group in groups.items() if group.role == "label"}
    things = {id: group for id, group in groups.items() if group.role not in ("line", "label", "pin", "note", None)}
    own = [_letters(text) for group in things.values() for text in _texts(group)]
    texts = [text for group in groups.values() for text in _texts(group)]
    return Scorecard(
        texts=len(texts),
        labels=len(labels),
        overlapping_texts=_overlaps([_letters(text) for text in texts]),
        crossed_texts=sum(bool(near.crossing(box)) for box in own),
        crossed_labels=sum(
            bool(near.crossing(_letters(text)) - {id.removesuffix(":label")})
            for id, group in labels.items()
            for text in _texts(group)
        ),
        crossed_boxes=_through(picture, groups, near),
        strayed=_strayed(picture, groups),
        smallest=min((text.size for text in texts), default=99.0),
        contrast=min(_contrasts(scene), default=21.0),
    )


class _Near:
    """The pieces of all lines, found by place."""

    def __init__(self, grid: Grid, pieces: list[tuple[str, Piece]]) -> None:
        self._grid, self._pieces = grid, pieces

    def crossing(self, box: Box) -> set[str]:
        """The lines that run through a box."""
        found = (self._pieces[number] for number in self._grid.numbers(box))
        return {id for id, (a, b) in found if box.crossed_by(a, b)}


def _through(picture: Picture, groups: dict[str, Group], near: _Near) -> int:
    """How often a line runs through a card that it doesn't join."""
    ends = {line.id: {line.origin_id, line.target_id} for line in picture.lines}
    areas = {thing.id for thing in picture.things if thing.shape == "area" or thing.type == "group"}
    models = {thing.id: {thing.id, thing.model_id} for thing in picture.things}
    count = 0
    for thing in picture.things:
        if thing.id in groups and thing.id not in areas:
            body = _body(groups[thing.id])
            count += sum(not (ends[id] & models[thing.id]) for id in near.crossing(body.inset(2)))
    return count


def _strayed(picture: Picture, groups: dict[str, Group]) -> int:
    """How many things don't lie in the areas that are theirs, or lie in one that isn't."""
    areas = {
        thing.model_id: (thing, _body(groups[thing.id]))
        for thing in picture.things
        if thing.id in groups and (thing.shape == "area" or thing.type == "group")
    }
    count = 0
    for thing in picture.things:
        if thing.id not in groups:
            continue
        body = _body(groups[thing.id])
        own = _around_it(thing, areas)
        count += sum(not areas[id][1].encloses(body) for id in own)
        if thing.model_id not in areas:
            count += sum(areas[id][1].overlaps(body) for id in areas.keys() - own)
    return count


def _around_it(thing: Thing, areas: Mapping[str, tuple[Thing, Box]]) -> set[str]:
    """The areas that are a thing's, those of its areas with them."""
    found: set[str] = set()
    left = [thing]
    while left:
        one = left.pop()
        new = ({*one.parent_ids, *one.group_ids} & areas.keys()) - found
        found |= new
        left += [areas[id][0] for id in new]
    return found


def _body(group: Group) -> Box:
    """The largest shape of a card."""
    boxes = [box for node in _walk(group.children) if (box := _shape_box(node)) is not None]
    return max(boxes, key=lambda box: box.width * box.height)


def _shape_box(node: Node) -> Box | None:
    if isinstance(node, Rect):
        return Box(node.x, node.y, node.width, node.height)
    if isinstance(node, Ellipse):
        return Box(node.cx - node.rx, node.cy - node.ry, 2 * node.rx, 2 * node.ry)
    if isinstance(node, Path) and node.paint.fill is not None:
        points = [point for piece in _path_pieces(node) for point in piece]
        xs, ys = [p.x for p in points], [p.y for p in points]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if points else None
    return None


def _letters(text: Text) -> Box:
    """Where a text has ink: from its capitals' height to a little under its baseline."""
    return Box(text.x, text.y - text.size * 0.74, text.width, text.size * 0.94)


def _overlaps(boxes: list[Box]) -> int:
    grid, count = Grid(), 0
    for number, box in enumerate(boxes):
        room = box.inset(0.5)
        count += len(grid.numbers(room))
        grid.put(number, room)
    return count


def _texts(group: Group) -> Iterator[Text]:
    return (node for node in _walk(group.children) if isinstance(node, Text))


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Group):
            yield from _walk(node.children)


def _pieces(group: Group) -> Iterator[Piece]:
    """The strokes of a line, heads and dots left out."""
    for node in group.children:
        if isinstance(node, Path) and node.paint.fill is None:
            yield from _path_pieces(node)


def _path_pieces(path: Path) -> Iterator[Piece]:
    here = first = Point(0, 0)
    for letter, *numbers in path.segments:
        points = [Point(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        match letter:
            case "M":
                here = first = points[0]
                continue
            case "L":
                way = [here, *points]
            case "Q":
                way = [here, _middle(here, *points), points[-1]]
            case "C":
                way = [_bent(here, *points, share=part / 24) for part in range(25)]
            case _:
                way = [here, first]
        yield from pairwise(way)
        here = way[-1]


def _middle(a: Point, control: Point, b: Point) -> Point:
    return a.toward(control, 0.5).toward(control.toward(b, 0.5), 0.5)


def _bent(a: Point, b: Point, c: Point, d: Point, *, share: float) -> Point:
    """The place on a cubic curve, by halving its controls' ways."""
    first, middle, last = a.toward(b, share), b.toward(c, share), c.toward(d, share)
    return first.toward(middle, share).toward(middle.toward(last, share), share)


def _around(piece: Piece) -> Box:
    a, b = piece
    return Box(min(a.x, b.x) - 0.5, min(a.y, b.y) - 0.5, abs(a.x - b.x) + 1, abs(a.y - b.y) + 1)


def _contrasts(scene: Scene) -> Iterator[float]:
    """The contrast of each text with what was painted before it at its middle; faint groups are left out."""
    grid, fills = Grid(), list[tuple[str, float]]()
    for node in scene.children:
        if isinstance(node, Group) and node.opacity < 1:
            continue
        for part in _walk([node]):
            box = _shape_box(part)
            if box is not None and part.paint.fill is not None:  # type: ignore[attr-defined]
                grid.put(len(fills), box)
                fills.append((part.paint.fill, part.paint.fill_opacity))  # type: ignore[attr-defined]
            elif isinstance(part, Text):
                middle = _letters(part).center
                under = sorted(grid.numbers(Box(middle.x - 0.1, middle.y - 0.1, 0.2, 0.2)))
                behind = _rgb(scene.background or THEMES[scene.theme].canvas)
                for fill, opacity in (fills[number] for number in under):
                    behind = tuple(b + (f - b) * opacity for b, f in zip(behind, _rgb(fill), strict=True))
                yield _ratio(_rgb(part.fill), behind)


def _rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[index : index + 2], 16) / 255 for index in (1, 3, 5))


def _ratio(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
