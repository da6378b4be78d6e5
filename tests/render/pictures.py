"""Pictures for the tests of rendering: short ways to write things and lines, and any picture at all."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from nunatak.core.diagram import DiagramObjectType
from nunatak.core.fields import LineShape
from nunatak.core.model import ModelStatus
from nunatak.drawing.bundled import fonts
from nunatak.render.anchor import CONNECTORS
from nunatak.render.measure import Measured, measure
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Pin, Technology, Thing
from nunatak.render.resolve import resolve
from nunatak.render.route import Routed, route

FONTS = fonts()
TECHNOLOGIES = {
    "java": Technology(name="Java"),
    "pg": Technology(name="PostgreSQL", short="Postgres", icon_light="<g/>"),
}


def thing(id: str, x: float = 0, y: float = 0, type: DiagramObjectType = "app", **fields: Any) -> Thing:
    """A thing whose model is `m-ID`."""
    return Thing(**{"id": id, "model_id": f"m-{id}", "type": type, "x": x, "y": y, "name": id.upper(), **fields})


def line(origin: str, target: str, id: str = "", **fields: Any) -> Line:
    """A line named by its ends."""
    return Line(id=id or f"{origin}-{target}", origin_id=origin, target_id=target, **fields)


def picture(*parts: Thing | Line | Pin, **fields: Any) -> Picture:
    """A picture of things, lines and pins."""
    return Picture(
        id="p",
        name="Picture",
        things=[part for part in parts if isinstance(part, Thing)],
        lines=[part for part in parts if isinstance(part, Line)],
        pins=[part for part in parts if isinstance(part, Pin)],
        technologies=TECHNOLOGIES,
        **fields,
    )


def measured(*parts: Thing | Line | Pin, **fields: Any) -> Measured:
    return measure(resolve(picture(*parts, **fields), Options()), FONTS)


def routed(*parts: Thing | Line | Pin, **fields: Any) -> Routed:
    return route(measured(*parts, **fields))


_words = st.text(max_size=60) | st.sampled_from(
    ["", "x" * 4000, "漢字" * 90, "مرحبا بالعالم", "👩‍👩‍👧 " * 20, "a\x00\x1b\ud800b"]
)
_coordinates = st.integers(-1_000_000, 1_000_000) | st.integers(-600, 600) | st.floats(-900, 900)
_extents = st.sampled_from([0, 0, 0, 1, 40, 256, 5000, 1_000_000]) | st.floats(0, 900)
_ids = [f"t{number}" for number in range(8)]
_models = st.lists(st.sampled_from([f"m{number}" for number in range(6)]), max_size=3)


@st.composite
def things(draw: st.DrawFn, id: str) -> Thing:
    return Thing(
        id=id,
        model_id=draw(st.sampled_from([f"m{number}" for number in range(6)])),
        type=draw(st.sampled_from(get_args(DiagramObjectType))),
        shape=draw(st.sampled_from(["box", "box", "area"])),
        x=draw(_coordinates),
        y=draw(_coordinates),
        width=draw(_extents),
        height=draw(_extents),
        name=draw(_words),
        caption=draw(_words),
        external=draw(st.booleans()),
        status=draw(st.sampled_from(get_args(ModelStatus))),
        technology_ids=draw(st.lists(st.sampled_from(["java", "pg", "unknown"]), max_size=3)),
        icon_id=draw(st.sampled_from([None, "java", "pg", "unknown"])),
        parent_ids=draw(_models),
        group_ids=draw(_models),
        domain=draw(st.sampled_from(["", "Sales"])),
        child_count=draw(st.sampled_from([0, 7])),
    )


@st.composite
def lines(draw: st.DrawFn, id: str) -> Line:
    ends = st.sampled_from([*_ids, "nobody", None])
    connectors = st.sampled_from([None, None, *CONNECTORS])
    return Line(
        id=id,
        origin_id=draw(ends),
        target_id=draw(ends),
        name=draw(_words),
        direction=draw(st.sampled_from([None, "outgoing", "bidirectional"])),
        status=draw(st.sampled_from(get_args(ModelStatus))),
        line_shape=draw(st.sampled_from([None, *get_args(LineShape)])),
        origin_connector=draw(connectors),
        target_connector=draw(connectors),
        label_position=draw(st.floats(0, 100)),
        technology_ids=draw(st.lists(st.sampled_from(["java", "pg"]), max_size=2)),
        via=draw(st.sampled_from(["", "queue"])),
    )


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Any picture that the wire may bring, with overlaps, rings of areas, giants and hostile words."""
    ids = _ids[: draw(st.integers(0, len(_ids)))]
    return Picture(
        id="p",
        name=draw(_words),
        things=[draw(things(id)) for id in ids],
        lines=[draw(lines(f"l{number}")) for number in range(draw(st.integers(0, 6)))],
        pins=[Pin(id="pin", comment_id="c", x=draw(_coordinates), y=draw(_coordinates), type="idea")],
        technologies=TECHNOLOGIES,
        line_shape=draw(st.sampled_from(get_args(LineShape))),
    )
