"""What a caller may ask of a picture."""

from __future__ import annotations

from nunatak.core.diagram import ExportFormat, ExportTab, Theme
from nunatak.core.fields import Struct


class Options(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`padding` in units round the content; `transparent` leaves the canvas clear; the ids are of tags, technologies,
    statuses or teams, as `tab` says, but for `flow_path_ids`, of the
    paths that are followed, and `crop_ids`, of the things that are cut out; `legend` and `title` stand below;
    `sequence`: the story is told as a sequence diagram."""

    theme: Theme = "light"
    padding: float = 32
    transparent: bool = False
    tab: ExportTab | None = None
    group_id: str | None = None
    focus_ids: tuple[str, ...] = ()
    hide_ids: tuple[str, ...] = ()
    pin_ids: tuple[str, ...] = ()
    legend: bool = False
    title: bool = False
    crop_ids: tuple[str, ...] = ()
    flow_path_ids: tuple[str, ...] = ()
    sequence: bool = False


class Output(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which files a picture becomes: the PNG at most `max_width` pixels wide, or with `scale` pixels a unit, or none
    without `raster`; an SVG that holds its fonts or leaves them to the viewer, and one file more: a PDF, a PDF with a
    page for each step, a moving SVG, or an archive with an SVG and a PNG for each step."""

    max_width: int | None = None
    scale: float | None = None
    format: ExportFormat | None = None
    embed_fonts: bool = True
    raster: bool = True
