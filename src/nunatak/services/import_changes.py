"""An import's file as changes: what is new is created, what is there changed, and all of it or nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET

from nunatak.core.errors import Conflict, Refusal
from nunatak.core.import_file import (
    LandscapeImportData,
    ModelConnectionImport,
    ModelObjectImport,
    TagGroupImport,
    TagImport,
)
from nunatak.core.import_order import ordered
from nunatak.core.kinds import DOMAIN, MODEL_CONNECTION, MODEL_OBJECT, TAG, TAG_GROUP, Kind
from nunatak.core.model import PARENTS, ModelObject
from nunatak.core.work import LandscapeImportError
from nunatak.services.changes import Ledger
from nunatak.services.import_entries import (
    KINDS,
    Entry,
    Known,
    Problems,
    Reading,
    Values,
    entries_of,
    kind_of,
    usable_id,
)
from nunatak.services.places import Place


class BadEntries(Exception):
    """The entries of a file that can't be brought in, each with what is wrong with it."""

    def __init__(self, errors: list[LandscapeImportError]) -> None:
        super().__init__(
            "1 entry can't be imported" if len(errors) == 1 else f"{len(errors)} entries can't be imported"
        )
        self.errors = errors


def bring(ledger: Ledger, place: Place, data: LandscapeImportData, *, prune: bool) -> None:
    """Writes a file into a landscape. With `prune`, what an earlier import of the same namespace brought and the file
    doesn't have is deleted. Raises BadEntries naming every bad entry: nothing must be committed then."""
    ledger.enter(place)
    for kind in (DOMAIN, *KINDS):
        ledger.unit.hold(kind, place.version_id)
    _Bringing(ledger, place, data).all(prune=prune)


def told(data: LandscapeImportData) -> Values:
    """How much a file holds, in the log's words."""
    counts = {f"{kind.one}Count": len(entries_of(data, kind)) for kind in KINDS}
    return {**counts, "modelObjectTypeCount": dict(Counter(entry.type for entry in data.model_objects or ()))}


class _Bringing:
    """One import."""

    def __init__(self, ledger: Ledger, place: Place, data: LandscapeImportData) -> None:
        self._ledger = ledger
        self._unit = ledger.unit
        self._place = place
        self._data = data
        self._known = Known(ledger, place, data)
        self._problems = Problems()
        self._counts: Counter[str] = Counter()

    def all(self, *, prune: bool) -> None:
        """Groups, tags, objects and connections, in this order; what goes goes before, unless something that stays is
        still in it."""
        self._check_ids()
        late = list(self._prune_early()) if prune else []
        for group in self._good(TAG_GROUP):
            self._tell(group, self._write(group, self._tag_group))
        for tag in self._good(TAG):
            self._tell(tag, self._write(tag, self._tag))
        self._objects(list(self._in_order()))
        for connection in self._good(MODEL_CONNECTION):
            self._tell(connection, self._write(connection, self._connection))
        if self._problems.found:
            raise BadEntries(self._problems.found)
        for kind, id_ in late:
            self._delete(kind, id_)

    def _check_ids(self) -> None:
        for kind in KINDS:
            seen: set[str] = set()
            for entry in entries_of(self._data, kind):
                if not usable_id(entry):
                    self._problems.add(entry, "invalid", "id: expected 1 to 5,000 characters")
                elif entry.id in seen:
                    self._problems.add(entry, "duplicate-id", f"The id {entry.id[:200]} is given twice")
                seen.add(entry.id)

    def _good(self, kind: Kind) -> Iterable[Any]:
        bad = self._problems.bad[kind.name]
        return (entry for entry in entries_of(self._data, kind) if entry.id not in bad)

    def _in_order(self) -> Iterable[ModelObjectImport]:
        order = ordered(list(self._good(MODEL_OBJECT)))
        for entry in order.rings:
            self._problems.add(entry, "cycle", "The object stands below itself, or in a group that stands in it")
        self._problems.left[MODEL_OBJECT.name] |= {entry.id for entry in order.after}
        return order.entries

    def _objects(self, rest: list[ModelObjectImport]) -> None:
        """Writes the objects in their order. A name that is taken may be free once others have theirs, so what is
        refused for one is tried again, with what is in it, as long as that helps."""
        left = self._problems.left[MODEL_OBJECT.name]
        while True:
            left -= {entry.id for entry in rest}
            taken: list[tuple[ModelObjectImport, Refusal]] = []
            for entry in rest:
                refusal = self._write(entry, self._object)
                if isinstance(refusal, Conflict):
                    taken.append((entry, refusal))
                    left.add(entry.id)
                else:
                    self._tell(entry, refusal)
            again = [entry for entry in rest if entry.id in left]
            if not taken or len(again) == len(rest):
                break
            rest = again
        for entry, refusal in taken:
            self._tell(entry, refusal)

    def _write(self, entry: Any, write: Callable[[Any, Reading, Any], None]) -> Refusal | None:
        """Writes one entry; gives what refuses it."""
        reading = Reading(self._known, self._problems, entry)
        try:
            write(entry, reading, self._known.there[kind_of(entry).name].get(entry.id))
        except Refusal as refusal:
            return refusal
        return None

    def _tell(self, entry: Any, refusal: Refusal | None) -> None:
        """Says what refused an entry, if anything did."""
        if refusal is not None:
            details = "; ".join(error.removeprefix("body.") for error in refusal.errors)
            message = f"{refusal.message} ({details})" if details else refusal.message
            self._problems.add(entry, refusal.code, message)

    def _keep(self, entry: Entry, reading: Reading, before: Any, values: Values) -> None:
        """Creates or changes an entry's entity, unless something it names is bad or nothing about it is new."""
        kind = kind_of(entry)
        if entry.id in self._problems.bad[kind.name]:
            return
        if reading.unmade:
            self._problems.left[kind.name].add(entry.id)
        elif before is None:
            self._ledger.create(self._place, kind, values, self._known.id_of(entry))
        elif changed := _changed(before, values):
            self._ledger.update(self._place, kind, before.id, changed)

    def _tag_group(self, entry: TagGroupImport, reading: Reading, before: Any) -> None:
        values = {"name": entry.name, "icon": entry.icon, **reading.values(before)}
        self._keep(entry, reading, before, values if before else {**values, "index": self._next(TAG_GROUP.name)})

    def _tag(self, entry: TagImport, reading: Reading, before: Any) -> None:
        group_id = reading.one(TAG_GROUP, entry.group_id)
        values = {"name": entry.name, "color": entry.color, "groupId": group_id, **reading.values(before)}
        self._keep(entry, reading, before, values if before else {**values, "index": self._next(f"tag {group_id}")})

    def _next(self, list_: str) -> int:
        """The index of a new one at the end of a list."""
        if list_ not in self._counts:
            groups = self._unit.every(TAG_GROUP, self._place.version_id)
            tags = self._unit.every(TAG, self._place.version_id)
            self._counts = Counter(f"tag {tag.group_id}" for tag in tags) + self._counts
            self._counts.setdefault(TAG_GROUP.name, len(groups))
            self._counts.setdefault(list_, 0)
        self._counts[list_] += 1
        return self._counts[list_] - 1

    def _object(self, entry: ModelObjectImport, reading: Reading, before: Any) -> None:
        if entry.type == "domain":
            self._domain(entry, reading, before)
            return
        values = {"name": entry.name, "type": entry.type, **reading.values(before)}
        parent, icon = self._parent(entry, reading, before), reading.icon()
        if before is None or not _same_icon(before.icon, icon):
            values["icon"] = icon
        self._keep(entry, reading, before, {**values, **parent})

    def _parent(self, entry: ModelObjectImport, reading: Reading, before: Any) -> Values:
        """The parent; an object that is there and whose entry gives none stays where it is."""
        if entry.parent_id:
            return {"parentId": reading.parent()}
        if before is None:
            allowed = ", ".join(PARENTS[entry.type]).replace("root", "domain")
            message = f"parentId: expected the id of an entry of type {allowed}"
            self._problems.add(entry, "parent-missing", message)
        return {}

    def _domain(self, entry: ModelObjectImport, reading: Reading, before: Any) -> None:
        """A domain's entry: its name is the domain's, all else its root's, which also bears the labels."""
        if entry.parent_id:
            self._problems.add(entry, "invalid", "A domain has no parent (parentId: expected none)")
        if before is not None and before.type != "root":
            self._problems.add(entry, "invalid", f"It is there as {before.type} (type: expected {before.type})")
        values = reading.values(before)
        if entry.id in self._problems.bad[MODEL_OBJECT.name]:
            return
        if reading.unmade:
            self._problems.left[MODEL_OBJECT.name].add(entry.id)
            return
        root = self._root(entry) if before is None else before
        if before is not None:
            self._named(entry, before.domain_id)
        if changed := _changed(root, values):
            self._ledger.update(self._place, MODEL_OBJECT, root.id, changed)

    def _root(self, entry: ModelObjectImport) -> ModelObject:
        """The root of a new domain."""
        index = len(self._unit.every(DOMAIN, self._place.version_id))
        domain = self._ledger.create(self._place, DOMAIN, {"name": entry.name, "index": index})
        ((_, id_),) = self._unit.with_column(MODEL_OBJECT, self._place.version_id, "domain_id", [domain.id])
        self._known.made(entry, id_)
        root: ModelObject = self._unit.get(MODEL_OBJECT, id_, self._place.version_id)
        return root

    def _named(self, entry: ModelObjectImport, domain_id: str) -> None:
        domain = self._unit.get(DOMAIN, domain_id, self._place.version_id)
        if domain.name != entry.name:
            self._ledger.update(self._place, DOMAIN, domain_id, {"name": entry.name})

    def _connection(self, entry: ModelConnectionImport, reading: Reading, before: Any) -> None:
        values = {
            "name": entry.name,
            "direction": entry.direction,
            "originId": reading.one(MODEL_OBJECT, entry.origin_id, "Origin"),
            "targetId": reading.one(MODEL_OBJECT, entry.target_id, "Target"),
        }
        if entry.via_id is not UNSET:
            values["viaId"] = reading.one(MODEL_OBJECT, entry.via_id, "Via")
        self._keep(entry, reading, before, values | reading.values(before))

    def _prune_early(self) -> Iterator[tuple[Kind, str]]:
        """Deletes what the file doesn't have any more; gives what must wait, for things that stay are still in it."""
        stay: set[str] = set()
        for kind in (TAG, MODEL_OBJECT):
            kept = [one for id_, one in self._known.there[kind.name].items() if self._known.in_file(kind, id_)]
            stay |= {above for one in kept for above in ([one.group_id] if kind is TAG else one.parent_ids)}
        for kind in (MODEL_CONNECTION, MODEL_OBJECT, TAG, TAG_GROUP):
            for id_, one in self._known.there[kind.name].items():
                if self._known.in_file(kind, id_):
                    continue
                if one.id in stay:
                    yield kind, one.id
                else:
                    self._delete(kind, one.id)

    def _delete(self, kind: Kind, id_: str) -> None:
        """Deletes an entity with all that is in it, unless it went with another; a root goes with its domain."""
        found = self._unit.find(kind, id_, self._place.version_id)
        if found is None:
            return
        if kind is MODEL_OBJECT and found.type == "root":
            self._ledger.delete(self._place, DOMAIN, found.domain_id)
        else:
            self._ledger.delete(self._place, kind, id_)


def _changed(before: Any, values: Values) -> Values:
    """Those of the values that aren't there already; an empty text and none are the same."""
    old = msgspec.to_builtins(before, builtin_types=(datetime,))
    return {name: value for name, value in values.items() if old.get(name, "") != value}


def _same_icon(before: Any, icon: Values | None) -> bool:
    if before is None or icon is None:
        return before is icon
    return bool(before.catalog_technology_id == icon["catalogTechnologyId"])
