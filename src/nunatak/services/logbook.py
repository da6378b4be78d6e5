"""The log as it is read: pages of entries, what followed from one, and who did how much when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from nunatak.core.access import Actor, require
from nunatak.core.fields import AuthType, Number, Struct
from nunatak.core.kinds import LOG_ENTRY, ORGANIZATION
from nunatak.core.log import OWN_ACTION_TYPES, LogEntry, Period
from nunatak.services import places
from nunatak.services.pages import Page, cursor_at, place_of
from nunatak.services.service import Service
from nunatak.store import logs
from nunatak.store.logs import Asked, Count
from nunatak.store.unit import Unit

DEFAULT_LIMIT = 1000
_EPOCH = date(1970, 1, 1)
# Months and years have no fixed length: their days are put together here.
_DAYS: dict[Period, logs.Days] = {"day": "day", "week": "week", "month": "day", "year": "day", "all": "all"}


@dataclass(frozen=True, kw_only=True)
class Log:
    """Whose log is read: a landscape's, or else an organization's; `audit` is that with what the contract has no word
    for, which its clients could not read."""

    organization_id: str = ""
    landscape_id: str = ""
    audit: bool = False


class Contributor(Struct, frozen=True, kw_only=True):
    """Who did how much, and when last."""

    contributed_at: datetime
    count: Number
    id: str
    type: AuthType
    name: str | msgspec.UnsetType = msgspec.UNSET


@contextmanager
def _opened(service: Service, actor: Actor, log: Log, asked: Asked) -> Iterator[tuple[Unit, Asked]]:
    """A unit to read with, and what is asked of this log, where the actor may."""
    if not log.audit:
        asked = replace(asked, other_than=(*asked.other_than, *OWN_ACTION_TYPES))
    with service.reading() as unit:
        if log.landscape_id:
            land = places.landscape(unit, actor, log.landscape_id, "read")
            yield unit, replace(asked, landscape_id=land.id, organization_id=land.organization_id)
            return
        require(actor, "read", log.organization_id, whole=True)
        unit.get(ORGANIZATION, log.organization_id)
        yield unit, replace(asked, organization_id=log.organization_id)


def page(
    service: Service, actor: Actor, log: Log, asked: Asked, *, cursor: str | None, limit: int | None, rising: bool
) -> Page:
    """A page of what was done. What followed from something is listed by `children`, and here only when entries of one
    entity or type are asked for."""
    if not (asked.subject_ids or asked.types):
        asked = replace(asked, parent_id="")
    with _opened(service, actor, log, asked) as (unit, asked):
        return _page(unit, asked, cursor=cursor, limit=limit, rising=rising)


def children(
    service: Service,
    actor: Actor,
    log: Log,
    id_: str,
    asked: Asked,
    *,
    cursor: str | None,
    limit: int | None,
    rising: bool,
) -> Page:
    """What followed from an entry; raises NotFound for one that isn't there."""
    with _opened(service, actor, log, replace(asked, parent_id=id_)) as (unit, asked):
        parent = msgspec.json.decode(logs.text(unit, asked, id_), type=LogEntry)
        asked = replace(asked, organization_id=str(parent.organization_id))  # where it stayed if the landscape moved
        return _page(unit, asked, cursor=cursor, limit=limit, rising=rising)


def text(service: Service, actor: Actor, log: Log, id_: str) -> str:
    """The JSON text of one entry; raises NotFound."""
    with _opened(service, actor, log, Asked()) as (unit, asked):
        return logs.text(unit, asked, id_)


def _page(unit: Unit, asked: Asked, *, cursor: str | None, limit: int | None, rising: bool) -> Page:
    most = limit or DEFAULT_LIMIT
    after = place_of(cursor) if cursor else None
    texts = logs.page(unit, asked, after=after, limit=most + 1, rising=rising)
    if len(texts) <= most:
        return Page(texts=texts)
    last = msgspec.json.decode(texts.rests[most - 1], type=LogEntry)
    position = unit.position(LOG_ENTRY, str(last.organization_id), last.id)
    return Page(texts=texts.cut(most), next_cursor=cursor_at(position, last.id))


def stats(service: Service, actor: Actor, log: Log, asked: Asked, *, period: Period, by_entity: bool) -> dict[str, Any]:
    """How much was done in each period, by type of action or by entity, and by whom. A period is told by its
    first day in UTC, the whole time by 1970's. All levels count: what followed from something, too."""
    with _opened(service, actor, log, asked) as (unit, asked):
        found = logs.counts(unit, asked, days=_DAYS[period], by_entity=by_entity)
        names = _names(unit, asked, found)
    many, word = ("entities", "entityId") if by_entity else ("actions", "type")
    dates = []
    for start, group in sorted(_grouped(found, lambda one: _start(one, period)).items()):
        items = {
            key: {word: key, "count": sum(one.count for one in own), "contributors": _contributors(own, names)}
            for key, own in _grouped(group, lambda one: one.word).items()
        }
        dates.append({"date": datetime(start.year, start.month, start.day, tzinfo=UTC), many: items})
    return {
        "contributors": _contributors(found, names),
        "dates": dates,
        "totalCount": sum(one.count for one in found),
    }


def _start(one: Count, period: Period) -> date:
    """The first day of the period that a count is in."""
    if period == "all":
        return _EPOCH
    day = _EPOCH + timedelta(days=one.day)
    return day.replace(day=1, month=1 if period == "year" else day.month) if period in ("month", "year") else day


def _grouped(found: Iterable[Count], key: Any) -> dict[Any, list[Count]]:
    groups: dict[Any, list[Count]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _contributors(found: list[Count], names: dict[tuple[str, str], str]) -> dict[str, Contributor]:
    made = {}
    for (by, by_id), own in _grouped(found, lambda one: (one.by, one.by_id)).items():
        last = max(own, key=lambda one: one.last).at
        count = sum(one.count for one in own)
        name = names.get((by, by_id)) or msgspec.UNSET
        made[by_id] = Contributor(contributed_at=last, count=count, id=by_id, type=by, name=name)
    return made


def _names(unit: Unit, asked: Asked, found: list[Count]) -> dict[tuple[str, str], str]:
    """The performers' names, as their latest entries have them."""
    last = [max(one.last for one in own) for own in _grouped(found, lambda one: (one.by, one.by_id)).values()]
    entries = [msgspec.json.decode(body, type=LogEntry) for body in logs.at(unit, asked, last)]
    return {(e.performed_by, e.performed_by_id): e.performed_by_name for e in entries if e.performed_by_name}
