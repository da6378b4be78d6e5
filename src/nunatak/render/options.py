"""What a caller may ask of a picture."""

from __future__ import annotations

from nunatak.core.diagram import ExportTab, Theme
from nunatak.core.fields import Struct


class Options(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`padding` in units round the content; `transparent` leaves the canvas clear; the ids are of tags, technologies,
    statuses or teams, as `tab` says, but for `flow_path_ids`, of the
    paths that are followed, and `crop_ids`, of the things that are cut out; `legend` and `title` stand below."""

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


class Output(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which files a picture becomes: the PNG at most `max_width` pixels wide, or with `scale` pixels a unit; a PDF
    besides, and an SVG that holds its fonts or leaves them to the viewer."""

    max_width: int | None = None
    scale: float | None = None
    pdf: bool = False
    embed_fonts: bool = True
