"""Pages: a list in parts, each with the cursor of the next."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nunatak.core.errors import Invalid
from nunatak.core.kinds import Kind
from nunatak.store.rows import Texts, entity
from nunatak.store.unit import Unit

_MOST = 2**63 - 1  # no database holds a greater position


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a list: its entities' JSON texts, and where the next page starts."""

    texts: Texts
    next_cursor: str | None = None


def page_of(
    unit: Unit, kind: Kind, scope: str, asked: Mapping[str, Any], *, cursor: str | None, limit: int | None
) -> Page:
    """The entities of a scope that match, in the order of their creation; all of them without a limit. Raises Invalid
    for a cursor that no page had. One whose entity is gone meanwhile still says where the next page starts."""
    after = place_of(cursor) if cursor else None
    texts = unit.texts(kind, scope, asked, after=after, limit=None if limit is None else limit + 1)
    if limit is None or len(texts) <= limit:
        return Page(texts=texts)
    cut = texts.cut(limit)
    last = entity(kind, cut.head + cut.rests[-1]).id
    return Page(texts=cut, next_cursor=cursor_at(unit.position(kind, scope, last), last))


def cursor_at(position: int, id_: str) -> str:
    """The cursor behind an entity: letters, digits, `-` and `_` only, which mean nothing to clients."""
    return urlsafe_b64encode(f"{position}.{id_}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[int, str]:
    """The position and the id in a cursor; raises Invalid for one that `cursor_at` didn't make."""
    try:
        position, _, id_ = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(".")
        if position.isdecimal() and int(position) <= _MOST and cursor_at(int(position), id_) == cursor:
            return int(position), id_
    except ValueError:
        pass
    raise Invalid(
        "The cursor is none of this list's", ("query.cursor: expected a nextCursor that this list has answered",)
    )
