"""Pages: a list in parts, each with the cursor of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nunatak.core.kinds import Kind
from nunatak.store.rows import entity
from nunatak.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a list: its entities' JSON texts, and where the next page starts."""

    texts: list[str]
    next_cursor: str | None = None


def page_of(
    unit: Unit, kind: Kind, scope: str, asked: Mapping[str, Any], *, cursor: str | None, limit: int | None
) -> Page:
    """The entities of a scope that match, in the order of their creation; all of them without a limit."""
    texts = unit.texts(kind, scope, asked, cursor=cursor, limit=None if limit is None else limit + 1)
    if limit is None or len(texts) <= limit:
        return Page(texts=texts)
    return Page(texts=texts[:limit], next_cursor=entity(kind, texts[limit - 1]).id)
