"""Share links: a version's pictures for whoever has the link."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import Derived, Number, Placed, Struct


class ShareLinkStats(Struct, frozen=True, kw_only=True):
    """How often a link was opened, and when last."""

    total_visitor_count: Number = 0
    viewed_at: datetime | UnsetType = UNSET


class ShareLink(Placed, frozen=True, kw_only=True):
    """The link to a version; `short_id` is its address. A stored link holds no password but its digest, and answers
    hold neither."""

    protected: bool
    password: Annotated[str, Meta(min_length=8, max_length=64)] | UnsetType = UNSET
    draft_id: str | UnsetType | None = UNSET
    short_id: Derived[str]


class StoredShareLink(ShareLink, frozen=True, kw_only=True):
    """A link as it is kept: with the digest of its password and what is counted."""

    password_digest: Derived[str] = ""
    stats: Derived[ShareLinkStats] = ShareLinkStats()
