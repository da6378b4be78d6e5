"""Share links: a version's pictures for whoever has the link."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.diagram import ExportTab
from nunatak.core.fields import Coordinate, Derived, Number, Own, Placed, Struct

Ids = Annotated[list[str], Meta(max_length=500)]


class ShareLinkStats(Struct, frozen=True, kw_only=True):
    """How often a link was opened, and when last."""

    total_visitor_count: Number = 0
    viewed_at: datetime | UnsetType = UNSET


class ShareView(Struct, frozen=True, kw_only=True):
    """What a link opens at: a diagram, the place and zoom, the overlay, a flow's step; `x` and `y` are the middle in
    the diagram's units. Visitors of a `locked` one stay there."""

    diagram_id: str
    x: Coordinate | UnsetType = UNSET
    y: Coordinate | UnsetType = UNSET
    scale: Annotated[float, Meta(gt=0, le=100)] | UnsetType = UNSET
    tab: ExportTab | UnsetType = UNSET
    group_id: str | UnsetType = UNSET
    pin_ids: Ids | UnsetType = UNSET
    focus_ids: Ids | UnsetType = UNSET
    hide_ids: Ids | UnsetType = UNSET
    flow_id: str | UnsetType = UNSET
    step_id: str | UnsetType = UNSET
    flow_path_ids: Ids | UnsetType = UNSET
    sequence: bool | UnsetType = UNSET
    locked: bool = False


class ShareLink(Placed, frozen=True, kw_only=True):
    """The link to a version; `short_id` is its address, and `view`, an addition of ours, what it opens at. A stored
    link holds no password but its digest, and answers hold neither."""

    protected: bool
    password: Annotated[str, Meta(min_length=8, max_length=64)] | UnsetType = UNSET
    draft_id: str | UnsetType | None = UNSET
    short_id: Derived[str]
    view: Own[ShareView | UnsetType | None] = UNSET


class StoredShareLink(ShareLink, frozen=True, kw_only=True):
    """A link as it is kept: with the digest of its password and what is counted."""

    password_digest: Derived[str] = ""
    stats: Derived[ShareLinkStats] = ShareLinkStats()
