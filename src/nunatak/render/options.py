"""What a caller may ask of a picture."""

from __future__ import annotations

from nunatak.core.diagram import ExportTab, Theme
from nunatak.core.fields import Struct


class Options(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`padding` in units round the content; `transparent` leaves the canvas clear; the ids are of tags, technologies,
    statuses or teams, as `tab` says, but for `flow_path_ids`: of the
    paths that are followed."""

    theme: Theme = "light"
    padding: float = 32
    transparent: bool = False
    tab: ExportTab | None = None
    group_id: str | None = None
    focus_ids: tuple[str, ...] = ()
    hide_ids: tuple[str, ...] = ()
    pin_ids: tuple[str, ...] = ()
    legend: bool = False
    flow_path_ids: tuple[str, ...] = ()
