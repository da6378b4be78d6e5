"""Queries of the log: its pages by time, and its counts by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_, union

from nunatak.core.errors import NotFound
from nunatak.core.kinds import LOG_ENTRY
from nunatak.store.rows import Texts, term_key
from nunatak.store.tables import TABLES, TERM
from nunatak.store.unit import Spot, Unit

_LOG = TABLES[LOG_ENTRY.name]
_C = _LOG.c
_MILLISECOND = 1_000_000  # of the log's positions, which are microseconds and a thousand places in each
_FARTHEST = 2**63 - 1
_DAY = 86_400_000 * _MILLISECOND
Days = Literal["day", "week", "all"]
# How many days are counted together, and how many of the first ones lie before 1970, which began on a Thursday.
_LENGTHS: dict[Days, tuple[int, int]] = {"day": (1, 0), "week": (7, 3), "all": (0, 0)}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which entries are wanted: an organization's, or one of its landscapes' where `landscape_id` is given. `parent_id`
    None is every level, "" the top one. Times are bounds in whole milliseconds, and a bound may name an entry instead;
    all that is empty asks for nothing."""

    organization_id: str = ""
    landscape_id: str = ""
    parent_id: str | None = None
    subject_ids: Sequence[str] = ()
    touching: bool = False  # whether to find what only touched the subjects, too
    types: Sequence[str] = ()
    other_than: Sequence[str] = ()
    performed_by: Sequence[str] = ()
    performed_by_ids: Sequence[str] = ()
    start_at: datetime | str | None = None
    start_after: datetime | str | None = None
    end_at: datetime | str | None = None
    end_before: datetime | str | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """How often somebody did something in the days from `day` on, in days since 1970, and where in the log they did so
    last."""

    day: int
    word: str
    by: str
    by_id: str
    count: int
    last: int

    @property
    def at(self) -> datetime:
        """When that was."""
        return datetime.fromtimestamp(self.last // _MILLISECOND / 1000, UTC)


def page(unit: Unit, asked: Asked, *, after: Spot | None, limit: int, rising: bool) -> Texts:
    """The JSON texts of the entries that match, the latest first unless `rising`. Raises NotFound for a bound that
    names no entry of this log."""
    query = select(_C.body).where(*_conditions(unit, asked))
    if after is not None:
        here = tuple_(_C.position, _C.id)
        query = query.where(here > after if rising else here < after)
    order = (_C.position, _C.id) if rising else (_C.position.desc(), _C.id.desc())
    found = unit.connection.execute(query.order_by(*order).limit(limit))
    return Texts("", list(found.scalars()))


def text(unit: Unit, asked: Asked, id_: str) -> str:
    """The JSON text of one entry; raises NotFound."""
    query = select(_C.body).where(_unindexed(asked), _C.id == id_, _C.action_type.not_in(asked.other_than))
    found: str | None = None if "\0" in id_ else unit.connection.execute(query).scalar()
    if found is None:
        raise NotFound("Action log not found")
    return found


def counts(unit: Unit, asked: Asked, *, days: Days, by_entity: bool) -> list[Count]:
    """How often what matches was done, by day, week or at all, by type of action or by entity, and by performer."""
    length, before = _LENGTHS[days]
    part = ((_C.position + before * _DAY) // (length * _DAY)).label("part") if length else literal(0).label("part")
    keys = (part, _C.handle_id if by_entity else _C.action_type, _C.performed_by, _C.performed_by_id)
    found = unit.connection.execute(
        select(*keys, func.count(), func.max(_C.position)).where(*_conditions(unit, asked)).group_by(*keys)
    )
    return [
        Count(day=int(part) * length - before, word=word, by=by, by_id=by_id, count=count, last=last)
        for part, word, by, by_id, count, last in found
    ]


def at(unit: Unit, asked: Asked, positions: Sequence[int]) -> list[str]:
    """The JSON texts of the entries in these places of the log."""
    query = select(_C.body).where(_scope(asked), _C.position.in_(positions))
    return list(unit.connection.execute(query).scalars())


def _scope(asked: Asked) -> ColumnElement[bool]:
    """The log that is asked for; a landscape's stays whole when the landscape moves to another organization."""
    return _C.landscape_id == asked.landscape_id if asked.landscape_id else _C.scope_id == asked.organization_id


def _conditions(unit: Unit, asked: Asked) -> list[ColumnElement[bool]]:
    found = [_about(asked) if asked.subject_ids else _unindexed(asked) if asked.parent_id else _scope(asked)]
    if asked.parent_id:
        found += [_C.scope_id == asked.organization_id, _C.parent_id == asked.parent_id]
    elif asked.parent_id is not None:
        found.append(func.coalesce(_C.parent_id, "") == "")
    lists = (
        (_C.action_type, asked.types),
        (_C.performed_by, asked.performed_by),
        (_C.performed_by_id, asked.performed_by_ids),
    )
    found += [column.in_(values) for column, values in lists if values]
    if asked.other_than:
        found.append(_C.action_type.not_in(asked.other_than))
    return found + _bounds(unit, asked)


def _about(asked: Asked) -> ColumnElement[bool]:
    """Entries of what has one of these ids or handles, or that touched it; found by two indexes of the organization."""
    ids = [id_ for id_ in asked.subject_ids if "\0" not in id_]
    fields = ("subject", "touched") if asked.touching else ("subject",)
    other = _LOG.alias()
    own = select(other.c.id).where(other.c.scope_id == asked.organization_id, other.c.handle_id.in_(ids))
    terms = select(TERM.c.id).where(
        TERM.c.scope_id == asked.organization_id,
        TERM.c.kind == LOG_ENTRY.name,
        TERM.c.field.in_(fields),
        TERM.c.value.in_([term_key(id_) for id_ in ids]),
    )
    return and_(_C.id.in_(union(own, terms)), _unindexed(asked))


def _unindexed(asked: Asked) -> ColumnElement[bool]:
    """The scope without its index, which a plan may otherwise go through from end to end."""
    if asked.landscape_id:
        return _C.landscape_id + "" == asked.landscape_id
    return _C.scope_id + "" == asked.organization_id


def _bounds(unit: Unit, asked: Asked) -> list[ColumnElement[bool]]:
    """The bounds of time. A date is the whole of its millisecond, as finely as entries tell theirs."""
    found: list[ColumnElement[bool]] = []
    for bound, first in ((asked.start_at, True), (asked.start_after, False)):
        if isinstance(bound, str):
            place = _place(unit, asked, bound, f"query.filter.{'startAtId' if first else 'startAfterId'}")
            found.append(_C.position >= place if first else _C.position > place)
        elif bound is not None:
            found.append(_C.position >= _begin(bound, after=not first))
    for bound, last in ((asked.end_at, True), (asked.end_before, False)):
        if isinstance(bound, str):
            place = _place(unit, asked, bound, f"query.filter.{'endAtId' if last else 'endBeforeId'}")
            found.append(_C.position <= place if last else _C.position < place)
        elif bound is not None:
            found.append(_C.position < _begin(bound, after=last))
    return found


def _begin(at: datetime, *, after: bool) -> int:
    """Where the millisecond of a time begins, or the one `after` it; times that no position tells are the nearest."""
    place = (int(at.timestamp() * 1_000_000) // 1000 + after) * _MILLISECOND
    return max(-_FARTHEST, min(place, _FARTHEST))


def _place(unit: Unit, asked: Asked, id_: str, path: str) -> int:
    query = select(_C.position).where(_unindexed(asked), _C.id == id_)
    place = None if "\0" in id_ else unit.connection.execute(query).scalar()
    if place is None:
        raise NotFound(f"{path} names no entry of this log", (f"{path}: expected the id of an entry of this log",))
    return int(place)
