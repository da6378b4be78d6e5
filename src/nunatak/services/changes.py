"""The only write path: may? -> load -> apply -> check -> store -> note what must follow."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from nunatak.core.access import Actor
from nunatak.core.change import Change, applied, created, require_fresh, stamp
from nunatak.core.errors import Conflict, Invalid, NotFound, Refusal
from nunatak.core.kinds import MODEL_OBJECT, VERSION, Kind, kind_named
from nunatak.core.patch import as_given
from nunatak.services import cascades, locks, references, rules
from nunatak.services.places import Place
from nunatak.store.rows import scope_of
from nunatak.store.unit import Unit
from nunatak.store.waits import alone

_ALPHABET = string.ascii_letters + string.digits
_ID_LENGTH = 64
# Bytes as characters of ids, and those that would make some characters likelier than others.
_EVEN = len(_ALPHABET) * (256 // len(_ALPHABET))
_CHARACTERS = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))
_UNEVEN = bytes(range(_EVEN, 256))


def new_id(length: int = 20) -> str:
    """A fresh id of letters and digits; 20 for entities, 10 for handles."""
    found = b""
    while len(found) < length:
        found += secrets.token_bytes(length + 8).translate(_CHARACTERS, _UNEVEN)
    return found[:length].decode()


def new_number() -> str:
    """A fresh id of the drawings' API, where ids are numbers: 1 to 2^53 - 1, which a double still holds."""
    return str(secrets.randbelow(2**53 - 1) + 1)


@dataclass(kw_only=True, eq=False)
class Entry:
    """One change that was carried out: what it made of `before` (None: nothing was there) and, where it followed from
    another change, the entry of that one. `place` is None above versions."""

    change: Change
    kind: Kind
    place: Place | None
    parent: Entry | Note | None
    before: Any = None
    after: Any = None


@dataclass(kw_only=True, eq=False)
class Note:
    """Something that was done and is no change of its own, such as a view, an export or an import. `ids` are what it
    touched besides what it is about."""

    type: str
    id: str
    organization_id: str
    landscape_id: str = ""
    handle_id: str = ""
    parent: Entry | Note | None = None
    context: dict[str, Any] | None = None
    props: dict[str, Any] | None = None
    ids: list[str] = field(default_factory=list)


class Ledger:
    """All writes of one unit of work, in order. Call `settle` before the unit ends: it makes back references true."""

    def __init__(self, unit: Unit, actor: Actor, *, now: Callable[[], datetime]) -> None:
        self.unit = unit
        self.actor = actor
        self.stamp = stamp(actor, now())
        self.done: list[Entry | Note] = []  # in the order in which they were begun
        self._entry: Entry | Note | None = None  # what is being carried out
        self.deleted: dict[str, list[str]] = {}
        self._stale: dict[str, references.Stale] = {}
        self._places: dict[str, Place] = {}
        self.known: dict[str, Any] = {}  # what rules have found above versions, by id, as long as nothing changes there

    @property
    def entries(self) -> list[Entry]:
        """The changes among what was done."""
        return [one for one in self.done if isinstance(one, Entry)]

    def write(self, place: Place, change: Change) -> Any:
        """Carries out one change of a landscape version and gives the entity after it, or before it for a delete.

        Raises Conflict for a stale commit or a snapshot, NotFound for a missing entity, Invalid for values that break
        a rule.
        """
        self.enter(place)
        kind = kind_named(change.kind)
        with self._entered(kind, change, place) as entry:
            match change.verb:
                case "create":
                    entry.after = self._create(place, kind, change)
                    return entry.after
                case "delete":
                    entry.before = self._delete(place, kind, change)
                    return entry.before
                case _:
                    entry.before, entry.after = self._update(place, kind, change)
                    return entry.after

    def enter(self, place: Place) -> None:
        """Begins to write to a landscape: from here on nobody else does, so what is read now stays true. Raises
        Conflict for a snapshot, NotFound for a landscape that is gone."""
        place.writable()
        if place.landscape_id not in self._places:
            self.unit.lock(place.landscape_id)
            if self.unit.find(VERSION, place.version_id, place.landscape_id) is None:  # deleted while we waited
                raise NotFound("Landscape not found")
            self._places[place.landscape_id] = place

    @contextmanager
    def _entered(self, kind: Kind, change: Change, place: Place | None) -> Iterator[Entry]:
        """The entry of a change; what is written meanwhile follows from it. One that is refused was never done."""
        before = len(self.done)
        entry = Entry(change=change, kind=kind, place=place, parent=self._entry)
        self.done.append(entry)
        self._entry = entry
        try:
            yield entry
        except BaseException:
            del self.done[before:]
            raise
        finally:
            self._entry = entry.parent

    def note(self, action_type: str, place: Place | None, id_: str, **about: Any) -> None:
        """Notes for the log that something was done to the entity `id_` which no change of it says: a view, an export,
        a merge. Above versions `place` is None and `organization_id` is given (`landscape_id` where there is one);
        `context` and `props` are the action's, `ids` what else it touched."""
        with self.noting(action_type, place, id_, **about):
            pass

    @contextmanager
    def noting(self, action_type: str, place: Place | None, id_: str, **about: Any) -> Iterator[Note]:
        """A note as `note` makes one, from which all that is written meanwhile follows."""
        if place is not None:
            about = {"organization_id": place.organization_id, "landscape_id": place.landscape_id, **about}
        note = Note(type=action_type, id=id_, parent=self._entry, **about)
        self.done.append(note)
        self._entry = note
        try:
            yield note
        finally:
            self._entry = note.parent

    def found(self, change: Change, head: dict[str, Any] | None = None) -> Any:
        """Carries out a change of something above versions: an organization, a landscape, a version, a key. `head` is
        what a create's writer doesn't choose."""
        kind = kind_named(change.kind)
        with self._entered(kind, change, None) as entry:
            if change.verb == "create":
                entry.after = created(kind, change, head or {}, self.stamp)
                self.unit.add(kind, entry.after)
                return entry.after
            self.known.clear()
            entry.before = self.held(kind, change.id)
            if change.verb == "delete":
                self.unit.remove(kind, scope_of(kind, entry.before), [entry.before.id])
                return entry.before
            entry.after = applied(kind, change, entry.before, self.stamp)
            self.unit.put(kind, entry.after, scope=scope_of(kind, entry.before))
            return entry.after

    def held(self, kind: Kind, id_: str, scope: str | None = None) -> Any:
        """Something above versions as it is, and as nobody else changes it until the unit ends: what is written next
        may be worked out from it. Raises NotFound."""
        alone(self.unit, kind, id_)
        return self.unit.get(kind, id_, scope)

    def create(self, place: Place, kind: Kind, values: dict[str, Any], id_: str | None = None) -> Any:
        """Writes a create of this kind; without an id it gets a fresh one."""
        return self.write(place, Change(verb="create", kind=kind.name, id=id_ or new_id(), values=values))

    def update(self, place: Place, kind: Kind, id_: str, values: dict[str, Any]) -> Any:
        """Writes an update without a check of the commit: for what follows from another change."""
        return self.write(place, Change(verb="update", kind=kind.name, id=id_, values=values))

    def delete(self, place: Place, kind: Kind, id_: str) -> Any:
        """Writes a delete."""
        return self.write(place, Change(verb="delete", kind=kind.name, id=id_))

    def settle(self) -> None:
        """Makes the back references of all that was touched true."""
        for landscape_id, stale in self._stale.items():
            references.refresh(self.unit, self._places[landscape_id].version_id, stale)
        self._stale.clear()

    def stale(self, place: Place) -> references.Stale:
        """What must be refreshed in this landscape."""
        return self._stale.setdefault(place.landscape_id, references.Stale())

    def _create(self, place: Place, kind: Kind, change: Change) -> Any:
        _usable(change.id)
        if self.unit.find(kind, change.id, place.version_id) is not None:
            raise Conflict(f"{kind.title} {change.id} exists already")
        values = dict(change.values)
        handle = values.get("handleId") or new_id(10)
        _usable(handle)
        if "handleId" in change.values and self.unit.find(kind, handle, place.version_id) is not None:
            error = f"body.handleId: expected one that no other {kind.title.lower()} of this version has, got {handle}"
            raise Conflict(f"{kind.title} {handle} exists already", (error,))
        head = {"landscapeId": place.landscape_id, "versionId": place.version_id, "handleId": handle}
        values, derived = rules.prepared(self, place, kind, values)
        change = Change(verb="create", kind=kind.name, id=change.id, values=values)
        made = rules.checked(self, place, kind, created(kind, change, {**head, **derived}, self.stamp))
        if kind is not MODEL_OBJECT:  # who makes an object says whose it is
            self._require_open(place, kind, made)
        self.unit.add(kind, made)
        self.stale(place).note(kind, None, made)
        rules.followed(self, place, kind, None, made, change.values)
        return made

    def _update(self, place: Place, kind: Kind, change: Change) -> tuple[Any, Any]:
        before = self.unit.get(kind, change.id, place.version_id)
        self._require_open(place, kind, before)
        values = rules.prepared(self, place, kind, dict(change.values), before)[0]
        values.pop("handleId", None)
        laid = Change(verb=change.verb, kind=kind.name, id=before.id, values=values, commit=change.commit)
        after = self._checked(place, kind, applied(kind, laid, before, self.stamp), before, change.values)
        if kind is not MODEL_OBJECT:  # what moves to an object that is locked is closed as what is there
            self._require_open(place, kind, after)
        self.unit.put(kind, after)
        self.stale(place).note(kind, before, after)
        rules.followed(self, place, kind, before, after, values)
        return before, after

    def _checked(self, place: Place, kind: Kind, after: Any, before: Any, values: dict[str, Any]) -> Any:
        """The entity after an update, checked; a refusal names the operators that the writer gave."""
        try:
            return rules.checked(self, place, kind, after, before)
        except Refusal as refusal:
            lists = {f.encode_name: getattr(after, f.name) for f in msgspec.structs.fields(after)}
            refusal.errors = tuple(as_given(error, values, lists) for error in refusal.errors)
            raise

    def _delete(self, place: Place, kind: Kind, change: Change) -> Any:
        before = self.unit.get(kind, change.id, place.version_id)
        require_fresh(change, before)
        self._require_open(place, kind, before)
        cascades.before_delete(self, place, kind, before)
        self._remove(place, kind, [before])
        return before

    def drop(self, place: Place, kind: Kind, gone: list[Any]) -> None:
        """Removes entities whose cascades are done, each with an entry of its own."""
        locks.require_open(self, place, kind, gone)
        for entity in gone:
            change = Change(verb="delete", kind=kind.name, id=entity.id)
            self.done.append(Entry(change=change, kind=kind, place=place, parent=self._entry, before=entity))
        self._remove(place, kind, gone)

    def _require_open(self, place: Place, kind: Kind, thing: Any) -> None:
        """Raises Forbidden for what is locked to the actor; what follows from a change of theirs is not asked again."""
        if self._entry is None or not isinstance(self._entry.parent, Entry):
            locks.require_open(self, place, kind, [thing])

    def _remove(self, place: Place, kind: Kind, gone: list[Any]) -> None:
        self.unit.remove(kind, place.version_id, [entity.id for entity in gone])
        self.deleted.setdefault(kind.name, []).extend(entity.id for entity in gone)
        for entity in gone:
            self.stale(place).note(kind, entity, None)


def _usable(id_: str) -> None:
    if not 1 <= len(id_) <= _ID_LENGTH or not all(c in _ALPHABET or c in "-_" for c in id_):
        raise Invalid(
            f"{id_[:80]!r} is no usable id", ("id: expected 1 to 64 letters, digits, hyphens and underscores",)
        )
