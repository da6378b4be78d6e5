"""Pages: a list in parts, each with the cursor of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nunatak.core.kinds import Kind
from nunatak.store.rows import Texts, entity
from nunatak.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a list: its entities' JSON texts, and where the next page starts."""

    texts: Texts
    next_cursor: str | None = None


def page_of(
    unit: Unit, kind: Kind, scope: str, asked: Mapping[str, Any], *, cursor: str | None, limit: int | None
) -> Page:
    """The entities of a scope that match, in the order of their creation; all of them without a limit."""
    texts = unit.texts(kind, scope, asked, cursor=cursor, limit=None if limit is None else limit + 1)
    if limit is None or len(texts) <= limit:
        return Page(texts=texts)
    cut = texts.cut(limit)
    return Page(texts=cut, next_cursor=entity(kind, cut.head + cut.rests[-1]).id)
