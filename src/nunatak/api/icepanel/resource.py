"""The seven verbs of a family, written once for all of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Handler, Method, Operation
from nunatak.api.icepanel.table import NOTHING, Family, Verb
from nunatak.core.access import Actor
from nunatak.core.errors import Unauthenticated
from nunatak.core.fields import Number, Own
from nunatak.services import entities, landscapes
from nunatak.services.pages import Page
from nunatak.services.places import Path

# What reads of a version take besides: a draft that is applied first.
_DraftId = Own[str | UnsetType]
DRAFTED: dict[str, Any] = {"draft_id": _DraftId}
Deleted = record("Deleted", {"commit": Number})
_WORDS = {"adr": "architecture decision", "adrs": "architecture decisions"}
_METHODS: dict[Verb, Method] = {
    "list": "GET",
    "create": "POST",
    "get": "GET",
    "exists": "HEAD",
    "upsert": "PUT",
    "update": "PATCH",
    "delete": "DELETE",
}


def operations(family: Family) -> Iterable[Operation]:
    """A row of the table as operations."""
    for verb in family.verbs:
        yield Operation(
            id=f"{family.name}.{verb}",
            method=_METHODS[verb],
            path=family.path if verb in ("list", "create") else family.one_path,
            handler=_MAKERS[verb](family),
            title=_title(family, verb),
            **_shape(family, verb),
        )


def _title(family: Family, verb: Verb) -> str:
    """What the document says that it does."""
    one, many = (_WORDS.get(name, _words(name)) for name in (family.kind.one, family.kind.many))
    article = "an" if one[0] in "aeo" else "a"  # a user, but an organization
    return {
        "list": f"Lists {many}",
        "create": f"Makes {article} {one}",
        "get": f"Shows {article} {one}",
        "exists": f"Tells whether {article} {one} is there",
        "upsert": f"Makes {article} {one} with the id of the path, or changes the one that is there",
        "update": f"Changes the fields of {article} {one} that the body names",
        "delete": f"Deletes {article} {one}",
    }[verb]


def _words(name: str) -> str:
    return " ".join(re.findall("[A-Z]?[a-z]+", name)).lower()


def _shape(family: Family, verb: Verb) -> dict[str, Any]:
    """What an operation takes and answers, for decoding and for the document."""
    one, many = family.kind.one, family.kind.many
    shown: Any = family.shown
    match verb:
        case "list":
            cursor: dict[str, Any] = {"next_cursor": str | UnsetType} if family.paged else {}
            answer = envelope(family, "List", {many: list[shown], **cursor})
            return {"query": _query(family, paged=True), "answer": answer}
        case "get":
            answer = envelope(family, "Get", {one: shown})
            return {"query": _query(family, paged=False), "answer": answer, "light": True}
        case "exists":
            return {"answer": None, "light": True}
        case "delete":
            return {"answer": family.deleted or Deleted}
        case _:
            form = {"create": family.required, "upsert": family.upsert, "update": family.partial}[verb]
            return {"body": form, "answer": envelope(family, verb.capitalize(), {one: family.kind.struct})}


def envelope(family: Family, verb: str, fields: dict[str, Any]) -> type[msgspec.Struct]:
    """The struct of an answer that is keyed by the family's words."""
    return record(f"{family.kind.struct.__name__}{verb}Answer", fields)


def _query(family: Family, *, paged: bool) -> type[msgspec.Struct] | None:
    fields: dict[str, Any] = {}
    if paged and family.filter is not None:
        fields["filter"] = family.filter | UnsetType
    if family.expand is not None:
        fields["expand"] = list[family.expand] | UnsetType  # type: ignore[name-defined]
    if paged and family.paged:
        fields |= {"cursor": str | UnsetType, "limit": family.limit | UnsetType}
    if family.kind.in_snapshot:
        fields |= DRAFTED
    return record(f"{family.kind.struct.__name__}{'List' if paged else 'Get'}Query", fields) if fields else None


def actor_of(call: Call[Any]) -> Actor:
    """Who calls."""
    if call.actor is None:
        raise Unauthenticated("Authorization required")
    return call.actor


def in_organization(handler: Handler) -> Handler:
    """The handler of a path that names a landscape's organization too: another one's landscape isn't there."""

    @functools.wraps(handler)
    def within(call: Call[Any]) -> Any:
        landscapes.require_in(call.service, actor_of(call), call.path["landscapeId"], call.path["organizationId"])
        return handler(call)

    return within


def path_of(call: Call[Any]) -> Path:
    """The version that a call's path names, and the draft that its query wants applied."""
    draft_id = chosen(call.query, "draft_id") or None
    return Path(landscape_id=call.path["landscapeId"], version_id=call.path["versionId"], draft_id=draft_id)


def given(body: msgspec.Struct) -> dict[str, Any]:
    """A body as the values of a change, by wire name: what was given and nothing else, with the commit its writer saw
    and the handle a creator chose."""
    found: dict[str, Any] = msgspec.to_builtins(body)
    return found


def asked(query: Any) -> dict[str, Any]:
    """The filter of a list's query, keyed by the names of the kind's filters; what wasn't asked isn't there."""
    wanted = getattr(query, "filter", UNSET)
    found = {} if wanted is UNSET else msgspec.structs.asdict(wanted)
    return {name: value for name, value in found.items() if value is not UNSET}


def chosen(query: Any, name: str, default: Any = None) -> Any:
    """A query's value, or the default where it wasn't given."""
    value = getattr(query, name, UNSET)
    return default if value is UNSET else value


def enveloped(many: str, page: Page) -> bytes:
    """A page of JSON texts as its answer, joined and never decoded; `many` is what the answer calls them."""
    more = f',"nextCursor":{msgspec.json.encode(page.next_cursor).decode()}' if page.next_cursor else ""
    return page.texts.joined(f'{{"{many}":[', f"]{more}}}").encode()


def _list(family: Family) -> Handler:
    def handle(call: Call[Any]) -> bytes:
        limit = int(chosen(call.query, "limit", 0)) or None
        page = entities.page(
            call.service,
            actor_of(call),
            family.kind,
            path_of(call),
            asked=asked(call.query),
            cursor=chosen(call.query, "cursor") or None,
            limit=call.service.bounds.paged(limit) if family.paged else limit,
            expand=chosen(call.query, "expand", ()),
        )
        return enveloped(family.kind.many, page)

    return handle


def _get(family: Family) -> Handler:
    def handle(call: Call[Any]) -> bytes:
        id_, expand = call.path[family.id_name], chosen(call.query, "expand", ())
        text = entities.text(call.service, actor_of(call), family.kind, path_of(call), id_, expand=expand)
        return f'{{"{family.kind.one}":{text}}}'.encode()

    return handle


def _exists(family: Family) -> Handler:
    def handle(call: Call[Any]) -> None:
        entities.text(call.service, actor_of(call), family.kind, path_of(call), call.path[family.id_name])

    return handle


def _create(family: Family) -> Handler:
    def handle(call: Call[Any]) -> dict[str, Any]:
        made = entities.create(call.service, actor_of(call), family.kind, path_of(call), given(call.body))
        return {family.kind.one: made}

    return handle


def _upsert(family: Family) -> Handler:
    def handle(call: Call[Any]) -> dict[str, Any]:
        id_ = call.path[family.id_name]
        put = entities.upsert(call.service, actor_of(call), family.kind, path_of(call), id_, given(call.body))
        return {family.kind.one: put}

    return handle


def _update(family: Family) -> Handler:
    def handle(call: Call[Any]) -> dict[str, Any]:
        id_ = call.path[family.id_name]
        changed = entities.update(call.service, actor_of(call), family.kind, path_of(call), id_, given(call.body))
        return {family.kind.one: changed}

    return handle


def _delete(family: Family) -> Handler:
    def handle(call: Call[Any]) -> dict[str, Any]:
        id_ = call.path[family.id_name]
        before, deleted = entities.delete(call.service, actor_of(call), family.kind, path_of(call), id_)
        if family.deleted is NOTHING:
            return {}
        return {"commit": before.commit + 1, **{name: deleted.get(kind, []) for name, kind in family.told.items()}}

    return handle


_MAKERS = {
    "list": _list,
    "create": _create,
    "get": _get,
    "exists": _exists,
    "upsert": _upsert,
    "update": _update,
    "delete": _delete,
}
