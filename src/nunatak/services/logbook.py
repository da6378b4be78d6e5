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
from nunatak.core.kinds import ORGANIZATION
from nunatak.core.log import LogEntry, Period
from nunatak.services import places
from nunatak.services.pages import Page
from nunatak.services.service import Service
from nunatak.store import logs
from nunatak.store.logs import Asked, Count
from nunatak.store.unit import Unit

DEFAULT_LIMIT = 1000


@dataclass(frozen=True, kw_only=True)
class Log:
    """Whose log is read: a landscape's, or else an organization's."""

    organization_id: str = ""
    landscape_id: str = ""


class Contributor(Struct, frozen=True, kw_only=True):
    """Who did how much, and when last."""

    contributed_at: datetime
    count: Number
    id: str
    type: AuthType
    name: str | msgspec.UnsetType = msgspec.UNSET


@contextmanager
def _opened(service: Service, actor: Actor, log: Log) -> Iterator[Unit]:
    """A unit to read a log with, where the actor may."""
    with service.reading() as unit:
        if log.landscape_id:
            places.landscape(unit, actor, log.landscape_id, "read")
        else:
            require(actor, "read", log.organization_id)
            unit.get(ORGANIZATION, log.organization_id)
        yield unit


def page(
    service: Service, actor: Actor, log: Log, asked: Asked, *, cursor: str | None, limit: int | None, rising: bool
) -> Page:
    """A page of what was done. What followed from something is listed by `children`, and here only when entries of one
    entity or type are asked for."""
    if not (asked.subject_ids or asked.types):
        asked = replace(asked, parent_id="")
    with _opened(service, actor, log) as unit:
        return _page(unit, _of(log, asked), cursor=cursor, limit=limit, rising=rising)


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
    with _opened(service, actor, log) as unit:
        logs.text(unit, _of(log, asked), id_)
        return _page(unit, _of(log, replace(asked, parent_id=id_)), cursor=cursor, limit=limit, rising=rising)


def text(service: Service, actor: Actor, log: Log, id_: str) -> str:
    """The JSON text of one entry; raises NotFound."""
    with _opened(service, actor, log) as unit:
        return logs.text(unit, _of(log, Asked()), id_)


def _of(log: Log, asked: Asked) -> Asked:
    return replace(asked, organization_id=log.organization_id, landscape_id=log.landscape_id)


def _page(unit: Unit, asked: Asked, *, cursor: str | None, limit: int | None, rising: bool) -> Page:
    most = limit or DEFAULT_LIMIT
    texts = logs.page(unit, asked, cursor=cursor, limit=most + 1, rising=rising)
    if len(texts) <= most:
        return Page(texts=texts)
    return Page(texts=texts.cut(most), next_cursor=msgspec.json.decode(texts.rests[most - 1], type=LogEntry).id)


def stats(service: Service, actor: Actor, log: Log, asked: Asked, *, period: Period, by_entity: bool) -> dict[str, Any]:
    """How much was done in each period (of UTC, by its first day), by type of action or by entity, and by whom. All
    levels count: what followed from something, too."""
    with _opened(service, actor, log) as unit:
        asked = _of(log, asked)
        found = logs.counts(unit, asked, by_entity=by_entity)
        names = _names(unit, asked, found)
    many, word = ("entities", "entityId") if by_entity else ("actions", "type")
    dates = []
    for start, group in sorted(_grouped(found, lambda one: _start(one, period, found)).items()):
        items = {
            key: {word: key, "count": sum(one.count for one in own), "contributors": _contributors(own, names)}
            for key, own in _grouped(group, lambda one: one.word).items()
        }
        dates.append({"date": start, many: items})
    return {
        "contributors": _contributors(found, names),
        "dates": dates,
        "totalCount": sum(one.count for one in found),
    }


def _start(one: Count, period: Period, all_: list[Count]) -> datetime:
    """The first day of the period that a count is in; the first day of all for the whole time."""
    day = date(1970, 1, 1) + timedelta(days=one.day)
    match period:
        case "week":
            day -= timedelta(days=day.weekday())
        case "month":
            day = day.replace(day=1)
        case "year":
            day = day.replace(month=1, day=1)
        case "all":
            day = date(1970, 1, 1) + timedelta(days=min(each.day for each in all_))
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _grouped(found: Iterable[Count], key: Any) -> dict[Any, list[Count]]:
    groups: dict[Any, list[Count]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _contributors(found: list[Count], names: dict[tuple[str, str], str]) -> dict[str, Contributor]:
    made = {}
    for (by, by_id), own in _grouped(found, lambda one: (one.by, one.by_id)).items():
        last = datetime.fromtimestamp(max(one.last for one in own) / 1000, UTC)
        count = sum(one.count for one in own)
        name = names.get((by, by_id)) or msgspec.UNSET
        made[by_id] = Contributor(contributed_at=last, count=count, id=by_id, type=by, name=name)
    return made


def _names(unit: Unit, asked: Asked, found: list[Count]) -> dict[tuple[str, str], str]:
    performers = sorted({(one.by, one.by_id) for one in found})
    texts = logs.latest(unit, asked, performers)
    entries = {key: msgspec.json.decode(body, type=LogEntry) for key, body in texts.items()}
    return {key: entry.performed_by_name for key, entry in entries.items() if entry.performed_by_name}
