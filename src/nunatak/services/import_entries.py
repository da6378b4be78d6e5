"""What the entries of an import's file mean here: the entities they are, what they name, and their values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import UNSET

from nunatak.core.import_file import (
    ImportLink,
    LandscapeImportData,
    ModelConnectionImport,
    ModelObjectImport,
    TagGroupImport,
    TagImport,
)
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT, TAG, TAG_GROUP, TEAM, Kind
from nunatak.core.work import ImportEntityType, LandscapeImportError
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import Place
from nunatak.services.technologies import Names, among

Entry = ModelObjectImport | ModelConnectionImport | TagGroupImport | TagImport
Values = dict[str, Any]

IMPORTED, NAMESPACE, ORIGINAL = "imported", "import-namespace", "import-original-id"
KINDS: tuple[Kind, ...] = (TAG_GROUP, TAG, MODEL_OBJECT, MODEL_CONNECTION)
_KIND_OF: dict[type[Any], Kind] = {
    TagGroupImport: TAG_GROUP,
    TagImport: TAG,
    ModelObjectImport: MODEL_OBJECT,
    ModelConnectionImport: MODEL_CONNECTION,
}
_TYPE_OF: dict[str, ImportEntityType] = {
    TAG_GROUP.name: "tag-group",
    TAG.name: "tag",
    MODEL_OBJECT.name: "model-object",
    MODEL_CONNECTION.name: "model-connection",
}
_LONGEST_ID = 5000  # it is kept as a label


def kind_of(entry: Entry) -> Kind:
    """The kind of entity that an entry is; a domain's entry stands for its root."""
    return _KIND_OF[type(entry)]


def entries_of(data: LandscapeImportData, kind: Kind) -> Sequence[Any]:
    """A file's entries of a kind."""
    lists = {
        TAG_GROUP.name: data.tag_groups,
        TAG.name: data.tags,
        MODEL_OBJECT.name: data.model_objects,
        MODEL_CONNECTION.name: data.model_connections,
    }
    return lists[kind.name] or ()


@dataclass
class Problems:
    """What is wrong with a file, entry by entry. `bad` are the ids of the entries, by kind; `left` those of the ones
    that can't be made because what they name is bad."""

    found: list[LandscapeImportError] = field(default_factory=list)
    bad: dict[str, set[str]] = field(default_factory=lambda: {kind.name: set() for kind in KINDS})
    left: dict[str, set[str]] = field(default_factory=lambda: {kind.name: set() for kind in KINDS})

    def unmade(self, kind: Kind, id_: str) -> bool:
        """Whether the entry of this id isn't made."""
        return id_ in self.bad[kind.name] or id_ in self.left[kind.name]

    def add(self, entry: Entry, code: str, message: str) -> None:
        """One more."""
        kind = kind_of(entry).name
        self.bad[kind].add(entry.id)
        self.found.append(
            LandscapeImportError(
                message=message,
                code=code,
                entity_id=entry.id,
                entity_original_id=entry.id,
                entity_type=_TYPE_OF[kind],
            )
        )


class Known:
    """The entities that entries are or name: those of the file first, by its ids, then those of the version, by id or
    handle. `there` are the ones that an earlier import of the same namespace brought, by kind and original id."""

    def __init__(self, ledger: Ledger, place: Place, data: LandscapeImportData) -> None:
        self.namespace = None if data.namespace is UNSET else data.namespace
        self._unit, self._scope, self._organization = ledger.unit, place.version_id, place.organization_id
        self.there = {kind.name: self._labelled(kind) for kind in KINDS}
        self._ids = {kind.name: self._real(kind, entries_of(data, kind)) for kind in KINDS}
        self._technologies = self._found_technologies(data)
        wanted = {id_ for entry in entries_of(data, MODEL_OBJECT) for id_ in entry.team_ids or ()}
        self._teams = self._unit.lookup(TEAM, self._organization, wanted, "id").keys() if wanted else set()

    def _labelled(self, kind: Kind) -> dict[str, Any]:
        return {
            one.labels[ORIGINAL]: one
            for one in self._unit.every(kind, self._scope)
            if ORIGINAL in one.labels
            and one.labels.get(IMPORTED) == "true"
            and one.labels.get(NAMESPACE) == self.namespace
        }

    def _real(self, kind: Kind, entries: Iterable[Entry]) -> dict[str, str]:
        there = self.there[kind.name]
        return {entry.id: there[entry.id].id if entry.id in there else new_id() for entry in entries}

    def id_of(self, entry: Entry) -> str:
        """The id under which an entry's entity is kept."""
        return self._ids[kind_of(entry).name][entry.id]

    def made(self, entry: Entry, id_: str) -> None:
        """Says under which id an entry's entity is kept after all."""
        self._ids[kind_of(entry).name][entry.id] = id_

    def in_file(self, kind: Kind, id_: str) -> bool:
        """Whether the file has an entry of this id."""
        return id_ in self._ids[kind.name]

    def find(self, kind: Kind, id_: str) -> str | None:
        """The id of what an entry names; None where nothing is there."""
        here = self._ids[kind.name].get(id_)
        if here is not None:
            return here
        found = self._unit.find(kind, id_, self._scope)
        return None if found is None else str(found.id)

    def team(self, id_: str) -> str | None:
        """The id of a team of the organization."""
        return id_ if id_ in self._teams else None

    def technology(self, word: str) -> str | None:
        """The id of the technology of this id, name or slug."""
        found = self._technologies.get(word)
        return found[0] if found else None

    def icon(self, word: str) -> Values | None:
        """The icon of a technology; None where it has no picture."""
        id_, name, pictured = self._technologies[word]
        return {"catalogTechnologyId": id_, "name": name} if pictured else None

    def _found_technologies(self, data: LandscapeImportData) -> dict[str, tuple[str, str, bool]]:
        """Word of the file -> id, name, and whether it has a picture."""
        words = {word for entry in _bearers(data) for word in entry.technology_ids or ()}
        words |= {entry.icon.technology_id for entry in entries_of(data, MODEL_OBJECT) if entry.icon}
        if not words:
            return {}
        names = Names(self._unit, self._organization)
        by_id = {one.id: one for one in among(self._unit, self._organization, words) if one.deleted_at is UNSET}
        ids = {word: word if word in by_id else names.find(word) for word in words}
        rest = [id_ for id_ in ids.values() if id_ and id_ not in by_id]
        by_id |= {one.id: one for one in among(self._unit, self._organization, rest)}
        return {word: _shown(by_id[id_]) for word, id_ in ids.items() if id_ in by_id}


def _bearers(data: LandscapeImportData) -> Iterable[Any]:
    return (*entries_of(data, MODEL_OBJECT), *entries_of(data, MODEL_CONNECTION))


def _shown(technology: Any) -> tuple[str, str, bool]:
    pictured = any((technology.icon_url, technology.icon_url_light, technology.icon_url_dark))
    return technology.id, technology.name, pictured


class Reading:
    """One entry's values, as far as what it names is there; what isn't is a problem of its own."""

    def __init__(self, known: Known, problems: Problems, entry: Any) -> None:
        self._known = known
        self._problems = problems
        self._entry = entry
        self.unmade = False  # whether it names an entry that is bad itself

    def values(self, before: Any) -> Values:
        """The values that the entry gives; `before` is the entity that is there from an earlier import, or None. What
        it leaves out is kept, but for the icon."""
        entry, given = self._entry, ("caption", "description", "external", "status")
        found = {name: value for name in given if (value := getattr(entry, name, UNSET)) is not UNSET}
        for field_, name, find in (
            ("tag_ids", "tagIds", self._finder(TAG)),
            ("group_ids", "groupIds", self._finder(MODEL_OBJECT, "Group")),
            ("team_ids", "teamIds", self._named("Team", self._known.team)),
            ("technology_ids", "technologyIds", self._named("Technology", self._known.technology)),
        ):
            ids = getattr(entry, field_, UNSET)
            if ids is not UNSET:
                found[name] = list(dict.fromkeys(real for id_ in ids if (real := find(id_)) is not None))
        found["labels"] = self._labels(before)
        if getattr(entry, "links", UNSET) is not UNSET:
            found["links"] = links_of(entry.links, before)
        return found

    def one(self, kind: Kind, id_: str, title: str = "") -> str | None:
        """The id of what the entry names; None, and a problem, where it isn't there."""
        return self._finder(kind, title)(id_)

    def parent(self) -> str | None:
        """The id of the entry's parent, which the file itself must have."""
        id_ = self._entry.parent_id
        if not self._known.in_file(MODEL_OBJECT, id_):
            self._problems.add(self._entry, "parent-not-found", f"Parent {id_[:200]} not found")
            return None
        return self.one(MODEL_OBJECT, id_)

    def icon(self) -> Values | None:
        """The entry's icon."""
        icon = self._entry.icon
        if icon is UNSET or icon is None:
            return None
        word = icon.technology_id
        return None if self._named("Technology", self._known.technology)(word) is None else self._known.icon(word)

    def _finder(self, kind: Kind, title: str = "") -> Callable[[str], str | None]:
        def find(id_: str) -> str | None:
            self.unmade |= self._problems.unmade(kind, id_)
            return self._known.find(kind, id_)

        return self._named(title or kind.title, find)

    def _named(self, title: str, find: Callable[[str], str | None]) -> Callable[[str], str | None]:
        def told(id_: str) -> str | None:
            found = find(id_)
            if found is None:
                self._problems.add(self._entry, "not-found", f"{title} {id_[:200]} not found")
            return found

        return told

    def _labels(self, before: Any) -> dict[str, str]:
        """The labels that the entry gives or that are there, and those by which the next import finds it."""
        given = self._entry.labels
        kept = (before.labels if before is not None else {}) if given is UNSET else given
        rest = {key: value for key, value in kept.items() if key not in (IMPORTED, NAMESPACE, ORIGINAL)}
        space = {} if self._known.namespace is None else {NAMESPACE: self._known.namespace}
        return {**rest, IMPORTED: "true", **space, ORIGINAL: self._entry.id}


def links_of(links: Sequence[ImportLink], before: Any) -> dict[str, Values]:
    """A file's links by id: the file's own, or that of the same link there, or one that follows from its words."""
    old = dict(before.links) if before is not None else {}
    found: dict[str, Values] = {}
    for index, link in enumerate(links):
        name = None if link.custom_name is UNSET else link.custom_name
        id_ = link.id or next((key for key, one in old.items() if _same(one, link) and key not in found), "")
        id_ = id_ or hashlib.sha256(f"{link.url}\n{name}\n{index}".encode()).hexdigest()[:20]
        kept = msgspec.to_builtins(old[id_]) if id_ in old and old[id_].url == link.url else {}
        found[id_] = {**kept, "url": link.url, "index": index, **({"customName": name} if name is not None else {})}
    return found


def _same(one: Any, link: ImportLink) -> bool:
    return bool(one.url == link.url and (one.custom_name or UNSET) == (link.custom_name or UNSET))


def usable_id(entry: Entry) -> bool:
    """Whether an entry's id can be kept as a label."""
    return 1 <= len(entry.id) <= _LONGEST_ID
