"""A picture: a diagram with everything loaded, the last input of rendering and all that `nunatak render` reads."""

from __future__ import annotations

from typing import Literal

from nunatak.core.diagram import Connector, DiagramObjectShape, DiagramObjectType, DiagramType, Point
from nunatak.core.fields import Coordinate, Extent, LineShape, Percent, Struct
from nunatak.core.flow import StepSort
from nunatak.core.model import ModelConnectionDirection, ModelStatus
from nunatak.core.tag import TagColor

DifferenceSort = Literal["added", "removed", "moved", "changed"]


class Spot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something was: its top-left corner and its size, as they were given."""

    x: Coordinate
    y: Coordinate
    width: Extent = 0
    height: Extent = 0


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How something differs from what it is compared with: the words of the fields that changed, and where it was."""

    sort: DifferenceSort
    fields: list[str] = []
    was: Spot | None = None


class Thing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A placed object with its model's words. `x`, `y`: top-left corner; no size or 0 means the type's default, and
    for an area with members the size is always computed. `parent_ids`: nearest first; `group_ids`: every group around,
    `child_count`: objects one level below."""

    id: str
    model_id: str
    type: DiagramObjectType
    shape: DiagramObjectShape = "box"
    x: Coordinate
    y: Coordinate
    width: Extent = 0
    height: Extent = 0
    name: str = ""
    caption: str = ""
    external: bool = False
    status: ModelStatus = "live"
    technology_ids: list[str] = []
    icon_id: str | None = None
    parent_ids: list[str] = []
    group_ids: list[str] = []
    tag_ids: list[str] = []
    team_ids: list[str] = []
    domain: str = ""
    child_count: int = 0
    difference: Difference | None = None


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A drawn connection between two things' ids; a missing shape or connector is chosen by the renderer. `points` are
    the corners of a way that was laid out, from border to border; they count as long as they fit."""

    id: str
    model_id: str | None = None
    origin_id: str | None = None
    target_id: str | None = None
    name: str = ""
    direction: ModelConnectionDirection | None = "outgoing"
    status: ModelStatus = "live"
    line_shape: LineShape | None = None
    origin_connector: Connector = None
    target_connector: Connector = None
    label_position: Percent = 50
    points: list[Point] = []
    technology_ids: list[str] = []
    tag_ids: list[str] = []
    via: str = ""
    difference: Difference | None = None


class Pin(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A comment's place; `type` and `status` as in the comment's body."""

    id: str
    comment_id: str
    x: Coordinate
    y: Coordinate
    type: str = "question"
    status: str = "open"
    difference: Difference | None = None


class Technology(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A technology's words and its icon's SVG body on a 24 x 24 box, sanitised, for each theme."""

    name: str
    short: str = ""
    color: TagColor = "grey"
    icon_light: str = ""
    icon_dark: str = ""


class Mark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tag or team: a name and a colour; `group` is the tag group's id."""

    name: str
    color: TagColor
    group: str = ""


class Way(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A path of a fork."""

    id: str
    name: str


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step of the flow that the picture tells: its number in the order of telling (0 for none), the things it is at,
    the line it goes along, whether it answers, the path of a fork that it is on, and for a fork its own paths."""

    id: str
    sort: StepSort
    number: int = 0
    text: str = ""
    origin_id: str | None = None
    target_id: str | None = None
    line_id: str | None = None
    reply: bool = False
    path_id: str | None = None
    ways: list[Way] = []


class Picture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagram, loaded. Things are drawn in the order given, areas first and outer areas before inner ones.

    `version` is what a title says of the version; `flow` is the name of the flow whose `steps`, those of all paths in
    the order of telling, are told over it, with or without the lines' own words (`line_names`); `compared` names the
    two states of a picture that is there to show their differences."""

    id: str
    name: str
    type: DiagramType = "app-diagram"
    things: list[Thing] = []
    lines: list[Line] = []
    pins: list[Pin] = []
    technologies: dict[str, Technology] = {}
    tags: dict[str, Mark] = {}
    teams: dict[str, Mark] = {}
    line_shape: LineShape = "curved"
    version: str = ""
    flow: str = ""
    steps: list[Step] = []
    line_names: bool = True
    compared: str = ""


def differing(picture: Picture) -> list[Difference]:
    """How things, lines and pins of a picture differ, those that do."""
    things, lines, pins = picture.things, picture.lines, picture.pins
    found = [*(t.difference for t in things), *(one.difference for one in lines), *(pin.difference for pin in pins)]
    return [difference for difference in found if difference is not None]
