"""The action logs of landscapes and organizations, and their statistics."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from nunatak.api.icepanel.actions import Action
from nunatak.api.icepanel.forms import Form, record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, enveloped
from nunatak.core.errors import Invalid
from nunatak.core.fields import AuthType, Number, Own, in_utc
from nunatak.core.log import ActionType, Importance, LandscapeActionType, LogEntry, Period, SortDirection
from nunatak.services import logbook
from nunatak.services.logbook import Contributor, Log
from nunatak.store.logs import Asked

OPERATIONS = Operations()
operation = OPERATIONS.operation
_OF_LANDSCAPE = "/landscapes/{landscapeId}/action-logs"
_OF_ORGANIZATION = "/organizations/{organizationId}/logs"
_MOST = 100
_OwnImportance = Own[Importance | UnsetType]
_Limit = Annotated[int, Meta(ge=1, le=10_000)] | Annotated[float, Meta(ge=1, le=10_000)]
_BOUNDS = ("start_at", "start_after", "end_at", "end_before")


def _some(type_: Any) -> Any:
    """One value or up to a hundred."""
    return type_ | Annotated[list[type_], Meta(max_length=_MOST)]


def log_filter(name: str, types: Any) -> Form:
    """The filter of a log's list; older clients send its limit and order in it."""
    some = _some(types)
    others = record(f"{name}OtherThan", {"$not": some | UnsetType})
    bounds = {f"{bound}_{word}": type_ | UnsetType for bound in _BOUNDS for word, type_ in _WORDS.items()}
    return record(
        name,
        {
            "action_id": str | UnsetType,
            "action_type": some | others | UnsetType,
            "include_actions_in_context": bool | UnsetType,
            "performed_by": _some(AuthType) | UnsetType,
            "performed_by_id": _some(str) | UnsetType,
            "limit": Number | UnsetType,
            "order": SortDirection | UnsetType,
            **bounds,
        },
    )


_WORDS: dict[str, Any] = {"date": datetime, "id": str}


def log_query(name: str, filter_: Form) -> Form:
    return record(
        name,
        {
            "filter": filter_ | UnsetType,
            "cursor": str | UnsetType,
            "limit": _Limit | UnsetType,
            "order": SortDirection | UnsetType,
        },
    )


def _stats_query(name: str, types: Any) -> Form:
    fields = {
        "action_type": _some(types) | UnsetType,
        "end_at_date": datetime | UnsetType,
        "entity_id": _some(str) | UnsetType,
        "performed_by": _some(AuthType) | UnsetType,
        "performed_by_id": _some(str) | UnsetType,
        "start_at_date": datetime | UnsetType,
    }
    return record(f"{name}Query", {"filter": record(f"{name}Filter", fields) | UnsetType, "period": Period | UnsetType})


def log_entry(name: str, landscape_id: Any, importance: Any, action: Any = Action) -> Form:
    """An entry as the document shows it: what is stored, with its action spelled out."""
    fields: dict[str, Any] = {field.name: field.type for field in msgspec.structs.fields(LogEntry)}
    return record(name, {**fields, "action": action, "landscape_id": landscape_id, "importance": importance})


def _by_type(name: str, types: Any) -> Form:
    item = record(f"{name}ItemByType", {"contributors": dict[str, Contributor], "count": Number, "type": types})
    day = record(f"{name}DateByType", {"actions": _map(item), "date": datetime})
    return _statistics(f"{name}ListByType", day)


def _statistics(name: str, day: Any) -> Form:
    return record(name, {"contributors": dict[str, Contributor], "dates": many_of(day), "total_count": Number})


def _map(value: Any) -> Any:
    return dict[str, value]


def many_of(value: Any) -> Any:
    return list[value]


ActionLog: Any = log_entry("ActionLog", str, Importance)
OrganizationLog: Any = log_entry("OrganizationLog", str | UnsetType, _OwnImportance)
ActionLogQuery = log_query("ActionLogQuery", log_filter("ActionLogFilter", LandscapeActionType))
OrganizationLogQuery = log_query("OrganizationLogQuery", log_filter("OrganizationLogFilter", ActionType))
ActionLogs = record("ActionLogsAnswer", {"action_logs": many_of(ActionLog), "next_cursor": str | UnsetType})
OrganizationLogs = record(
    "OrganizationLogsAnswer", {"organization_logs": many_of(OrganizationLog), "next_cursor": str | UnsetType}
)
StatsQuery = _stats_query("ActionLogStats", LandscapeActionType)
OrganizationStatsQuery = _stats_query("OrganizationLogStats", ActionType)
ByType = _by_type("ActionLogStats", LandscapeActionType)
OrganizationByType = _by_type("OrganizationLogStats", ActionType)
_Entity: Any = record(
    "ActionLogStatsItemByEntity", {"contributors": dict[str, Contributor], "count": Number, "entity_id": str}
)
_EntityDay = record("ActionLogStatsDateByEntity", {"date": datetime, "entities": _map(_Entity)})
ByEntity = _statistics("ActionLogStatsListByEntity", _EntityDay)


@operation("landscapes.logs.list", "GET", _OF_LANDSCAPE, query=ActionLogQuery, answer=ActionLogs)
def list_of_landscape(call: Call[Any]) -> bytes:
    """What was done in a landscape, the latest first. What followed from an action is under its `children`, and here
    when the filter names an entity or types."""
    return _listed(call, "actionLogs")


@operation("organizations.logs.list", "GET", _OF_ORGANIZATION, query=OrganizationLogQuery, answer=OrganizationLogs)
def list_of_organization(call: Call[Any]) -> bytes:
    """What was done in an organization and all its landscapes, the latest first."""
    return _listed(call, "organizationLogs")


@operation(
    "landscapes.logs.listChildren",
    "GET",
    f"{_OF_LANDSCAPE}/{{actionLogId}}/children",
    query=ActionLogQuery,
    answer=ActionLogs,
)
def list_children(call: Call[Any]) -> bytes:
    """What followed from an action."""
    id_ = call.path["actionLogId"]
    page = logbook.children(call.service, actor_of(call), _log(call), id_, asked_of(call), **paging_of(call))
    return enveloped("actionLogs", page)


@operation(
    "landscapes.logs.get",
    "GET",
    f"{_OF_LANDSCAPE}/{{actionLogId}}",
    answer=record("ActionLogAnswer", {"action_log": ActionLog}),
)
def get_of_landscape(call: Call[Any]) -> bytes:
    """One action."""
    return _one(call, "actionLog")


@operation(
    "organizations.logs.get",
    "GET",
    f"{_OF_ORGANIZATION}/{{organizationLogId}}",
    answer=record("OrganizationLogAnswer", {"organization_log": OrganizationLog}),
)
def get_of_organization(call: Call[Any]) -> bytes:
    """One action."""
    return _one(call, "organizationLog")


@operation("landscapes.logs.stats.byType", "GET", f"{_OF_LANDSCAPE}/stats/by-type", query=StatsQuery, answer=ByType)
def types_of_landscape(call: Call[Any]) -> dict[str, Any]:
    """How often what was done in a landscape, by whom, in each period."""
    return _stats(call, by_entity=False)


@operation(
    "landscapes.logs.stats.byEntity", "GET", f"{_OF_LANDSCAPE}/stats/by-entity", query=StatsQuery, answer=ByEntity
)
def entities_of_landscape(call: Call[Any]) -> dict[str, Any]:
    """How often something was done to each entity of a landscape, by whom, in each period."""
    return _stats(call, by_entity=True)


@operation(
    "organizations.logs.stats.byType",
    "GET",
    f"{_OF_ORGANIZATION}/stats/by-type",
    query=OrganizationStatsQuery,
    answer=OrganizationByType,
)
def types_of_organization(call: Call[Any]) -> dict[str, Any]:
    """How often what was done in an organization, by whom, in each period."""
    return _stats(call, by_entity=False)


@operation(
    "organizations.logs.stats.byEntity",
    "GET",
    f"{_OF_ORGANIZATION}/stats/by-entity",
    query=OrganizationStatsQuery,
    answer=ByEntity,
)
def entities_of_organization(call: Call[Any]) -> dict[str, Any]:
    """How often something was done to each entity of an organization, by whom, in each period."""
    return _stats(call, by_entity=True)


def _log(call: Call[Any]) -> Log:
    return Log(organization_id=call.path.get("organizationId", ""), landscape_id=call.path.get("landscapeId", ""))


def _listed(call: Call[Any], many: str) -> bytes:
    return enveloped(many, logbook.page(call.service, actor_of(call), _log(call), asked_of(call), **paging_of(call)))


def _one(call: Call[Any], one: str) -> bytes:
    id_ = call.path.get("actionLogId") or call.path["organizationLogId"]
    return f'{{"{one}":{logbook.text(call.service, actor_of(call), _log(call), id_)}}}'.encode()


def _stats(call: Call[Any], *, by_entity: bool) -> dict[str, Any]:
    period = chosen(call.query, "period", "day")
    return logbook.stats(call.service, actor_of(call), _log(call), asked_of(call), period=period, by_entity=by_entity)


def paging_of(call: Call[Any]) -> dict[str, Any]:
    return {
        "cursor": chosen(call.query, "cursor") or None,
        "limit": int(chosen(call.query, "limit", 0)) or None,
        "rising": chosen(call.query, "order", "desc") == "asc",
    }


def asked_of(call: Call[Any]) -> Asked:
    """What a query's filter asks for."""
    wanted = chosen(call.query, "filter")
    if wanted is None:
        return Asked()
    types = chosen(wanted, "action_type", ())
    others = getattr(types, "not", UNSET) if isinstance(types, msgspec.Struct) else UNSET
    bounds: dict[str, Any] = {bound: _bound(wanted, bound) for bound in _BOUNDS}
    return Asked(
        subject_ids=_many(chosen(wanted, "action_id", chosen(wanted, "entity_id", ()))),
        touching=chosen(wanted, "include_actions_in_context", False),
        types=() if isinstance(types, msgspec.Struct) else _many(types),
        other_than=() if others is UNSET else _many(others),
        performed_by=_many(chosen(wanted, "performed_by", ())),
        performed_by_ids=_many(chosen(wanted, "performed_by_id", ())),
        **bounds,
    )


def _many(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _bound(wanted: Any, bound: str) -> datetime | str | None:
    """A bound of time: a date, which is UTC's where it doesn't say, or an entry."""
    at: datetime | None = chosen(wanted, f"{bound}_date")
    id_ = chosen(wanted, f"{bound}_id")
    if at is not None and id_ is not None:
        word = msgspec.structs.fields(type(wanted))
        names = [f.encode_name for f in word if f.name in (f"{bound}_date", f"{bound}_id")]
        error = f"query.filter.{names[0]}: expected either this or {names[1]}"
        raise Invalid("One bound can't be a date and an entry at once", (error,))
    if at is None:
        return str(id_) if id_ else None
    return in_utc(at)
