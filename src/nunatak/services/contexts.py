"""What stood around a change when it was made: the names that its log entry shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_GROUP,
    DOMAIN,
    DRAFT,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
    VERSION,
    Kind,
)
from nunatak.services.changes import Entry, Ledger

# A unit that does more than this, such as an import, tells only what its entries themselves hold.
MOST_TOLD = 50

Context = dict[str, Any]
_NONE = frozenset({"domain-create", "tag-group-create", "api-key-create"})
# The kinds whose creates tell the name too.
_NAMED_CREATES = frozenset({"landscape-create", "organization-create", "draft-create", "diagram-content-create"})
_NAMED = frozenset({
    "api-key", "diagram", "diagram-content", "diagram-group", "domain", "draft", "flow", "landscape",
    "model-connection", "model-object", "organization", "tag", "tag-group", "team",
})  # fmt: skip
_TYPED = frozenset({"diagram", "diagram-content", "model-object"})


class Contexts:
    """The contexts of one unit's entries; what they name is looked up at once, in as many queries as there are kinds
    of things named."""

    def __init__(self, ledger: Ledger, entries: list[Entry]) -> None:
        self._ledger = ledger
        self._known: dict[tuple[str, str], Any] = {}
        self._told = len(ledger.done) <= MOST_TOLD
        if self._told:
            self._learn(entries)

    def of(self, entry: Entry, type_: str) -> Context | None:
        """The context of an action; None for one that has none."""
        if type_ in _NONE:
            return None
        entity = entry.before if entry.before is not None else entry.after
        found: Context = {}
        if entry.kind.name in _NAMED and (type_ in _NAMED_CREATES or not type_.endswith("-create")):
            found["name"] = entity.name
        if entry.kind.name in _TYPED and (type_ in _NAMED_CREATES or not type_.endswith("-create")):
            found["type"] = entity.type
        if type_ in _SPECIAL:
            found |= _SPECIAL[type_](self, entry, entity)
        return found | self._around(entry, entity) if self._told and entry.place else found

    def _learn(self, entries: list[Entry]) -> None:
        """Looks up what the entries' entities refer to; those that are entries themselves are known already."""
        wanted: dict[tuple[str, str], set[str]] = {}
        for entry in entries:
            for entity in (entry.before, entry.after):
                if entity is not None:
                    self._known[entry.kind.name, entity.id] = entity
        for entry in entries:
            if entry.place is not None:
                for kind, id_ in _references(entry):
                    wanted.setdefault((entry.place.version_id, kind), set()).add(id_)
        for kind_name in (DIAGRAM, DIAGRAM_GROUP, TAG_GROUP, TAG, MODEL_OBJECT, DOMAIN):
            for (version_id, kind), ids in list(wanted.items()):
                if kind == kind_name.name:
                    self._look_up(kind_name, version_id, ids, wanted)

    def _look_up(self, kind: Kind, scope: str, ids: set[str], wanted: dict[tuple[str, str], set[str]]) -> None:
        missing = {id_ for id_ in ids if (kind.name, id_) not in self._known}
        found = self._ledger.unit.among(kind, scope, missing) if missing else []
        self._known |= {(kind.name, one.id): one for one in found}
        here = [self._known[kind.name, id_] for id_ in ids if (kind.name, id_) in self._known]
        if kind is DIAGRAM:
            wanted.setdefault((scope, MODEL_OBJECT.name), set()).update(one.model_id for one in here)
        if kind is MODEL_OBJECT:
            wanted.setdefault((scope, DOMAIN.name), set()).update(one.domain_id for one in here)
            above = {id_ for one in here for id_ in one.parent_ids} - ids
            if above:
                self._look_up(MODEL_OBJECT, scope, above, wanted)

    def _around(self, entry: Entry, entity: Any) -> Context:
        """Domain, family and groups, as far as they are known."""
        match entry.kind.name:
            case "model-object":
                return (
                    self._placed(entity.id)
                    | _names("groupNames", self._all(MODEL_OBJECT, entity.group_ids))
                    | (_names("tagNames", self._all(TAG, entity.tag_ids)))
                )
            case "model-connection":
                return self._joined(entity) | _names("tagNames", self._all(TAG, entity.tag_ids))
            case "diagram" | "diagram-content" | "diagram-group":
                return self._placed(entity.model_id) | self._group(entry, entity, DIAGRAM_GROUP)
            case "tag":
                return self._group(entry, entity, TAG_GROUP)
            case "flow":
                return self._told_of(entity)
            case _:
                return {}

    def _told_of(self, flow: Any) -> Context:
        """The diagram of a flow, and where that belongs."""
        diagram = self._known.get((DIAGRAM.name, flow.diagram_id))
        if diagram is None:
            return {}
        about = {"diagramHandleId": diagram.handle_id, "diagramName": diagram.name, "diagramType": diagram.type}
        return about | self._placed(diagram.model_id)

    def _placed(self, object_id: str) -> Context:
        """An object's domain, and all that it lies in from the outside in, itself the last."""
        family = self._family(object_id)
        return (self._domain(object_id) | {"modelFamily": family}) if family else {}

    def _domain(self, object_id: str) -> Context:
        one = self._known.get((MODEL_OBJECT.name, object_id))
        domain = self._known.get((DOMAIN.name, one.domain_id)) if one else None
        return {"domainHandleId": domain.handle_id, "domainName": domain.name} if domain else {}

    def _family(self, object_id: str) -> list[Context]:
        one = self._known.get((MODEL_OBJECT.name, object_id))
        if one is None:
            return []
        line = [*self._all(MODEL_OBJECT, reversed(one.parent_ids)), one]
        return [{"handleId": each.handle_id, "name": each.name, "type": each.type} for each in line]

    def _joined(self, connection: Any) -> Context:
        ends = {"origin": connection.origin_id, "target": connection.target_id, "via": connection.via_id}
        families = {f"{end}ModelFamily": self._family(id_) for end, id_ in ends.items() if id_}
        return self._domain(connection.origin_id) | {name: family for name, family in families.items() if family}

    def _group(self, entry: Entry, entity: Any, kind: Kind) -> Context:
        group = self._known.get((kind.name, getattr(entity, "group_id", None) or ""))
        if group is None or entry.kind is DIAGRAM_GROUP:
            return {}
        return {"groupHandleId": group.handle_id, "groupName": group.name}

    def _all(self, kind: Kind, ids: Iterable[str]) -> list[Any]:
        return [self._known[kind.name, id_] for id_ in ids if (kind.name, id_) in self._known]

    def one(self, kind: Kind, id_: str, scope: str) -> Any:
        """Something that a context can't do without, kept once it was looked up; None where it is gone."""
        if (kind.name, id_) not in self._known:
            self._known[kind.name, id_] = self._ledger.unit.find(kind, id_, scope)
        return self._known[kind.name, id_]


def _references(entry: Entry) -> Iterable[tuple[str, str]]:
    """Kind and id of what the context of an entry names."""
    entity = entry.before if entry.before is not None else entry.after
    match entry.kind.name:
        case "model-object":
            ids = [entity.id, *entity.parent_ids, *entity.group_ids]
            return [(MODEL_OBJECT.name, id_) for id_ in ids] + [(TAG.name, id_) for id_ in entity.tag_ids]
        case "model-connection":
            ends = [id_ for id_ in (entity.origin_id, entity.target_id, entity.via_id) if id_]
            return [(MODEL_OBJECT.name, id_) for id_ in ends] + [(TAG.name, id_) for id_ in entity.tag_ids]
        case "diagram" | "diagram-content":
            group = [(DIAGRAM_GROUP.name, entity.group_id)] if entity.group_id else []
            return [(MODEL_OBJECT.name, entity.model_id), *group]
        case "diagram-group":
            return [(MODEL_OBJECT.name, entity.model_id)]
        case "tag":
            return [(TAG_GROUP.name, entity.group_id)]
        case "flow":
            return [(DIAGRAM.name, entity.diagram_id)]
        case _:
            return []


def _names(key: str, found: list[Any]) -> Context:
    return {key: {one.handle_id: one.name for one in found}} if found else {}


def _of_version(_contexts: Contexts, _entry: Entry, version: Any) -> Context:
    return {"versionName": version.name}


def _of_revert(contexts: Contexts, _entry: Entry, revert: Any) -> Context:
    version = contexts.one(VERSION, revert.version_id, revert.landscape_id)
    return {"name": version.name if version else ""}


def _of_task(contexts: Contexts, _entry: Entry, task: Any) -> Context:
    draft = contexts.one(DRAFT, task.draft_id, task.version_id)
    return {"draftName": draft.name if draft else ""}


def _of_link(contexts: Contexts, entry: Entry, link: Any) -> Context:
    version = contexts.one(VERSION, link.version_id, link.landscape_id)
    about = {"versionModelHandleId": version.model_handle_id, "versionName": version.name} if version else {}
    short = {} if entry.change.verb == "create" else {"shortId": link.short_id}
    return {"versionModelHandleId": None, "versionName": "", **about, **short}


def _of_invite(_contexts: Contexts, _entry: Entry, invite: Any) -> Context:
    return {"email": invite.email, "permission": invite.permission}


_SPECIAL: dict[str, Callable[[Contexts, Entry, Any], Context]] = {
    "version-delete": _of_version,
    "version-revert-create": _of_revert,
    "draft-task-create": _of_task,
    "share-link-create": _of_link,
    "share-link-update": _of_link,
    "share-link-delete": _of_link,
    "organization-user-invite-revoke": _of_invite,
}
