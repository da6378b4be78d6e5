"""The log of a unit of work: every change and note of its ledger becomes an entry, in the same transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import UNSET

from nunatak.core.kinds import API_KEY, INVITE, LANDSCAPE, LOG_ENTRY, ORGANIZATION
from nunatak.core.log import ACTION_TYPES, LogEntry, importance
from nunatak.services import actions
from nunatak.services.changes import Entry, Ledger, Note, new_id
from nunatak.services.contexts import MOST_TOLD, Contexts

_MOST_AGENT = 500
_VERBS = {"create": "create", "update": "update", "replace": "update", "delete": "delete"}


def keep(ledger: Ledger) -> list[LogEntry]:
    """Writes the log of what a ledger carried out, and gives it. What the contract has no word for isn't logged, nor is
    what the server notes for itself; and an organization that is deleted takes its log along."""
    done = [(one, type_) for one in ledger.done if (type_ := action_type(one)) in ACTION_TYPES and not _own(one)]
    if not done:
        return []
    writing = _Writing(ledger, done)
    kept = [writing.entry(one, type_) for one, type_ in done]
    gone = {entry.before.id for entry in ledger.entries if entry.kind is ORGANIZATION and entry.change.verb == "delete"}
    kept = [one for one in kept if one.organization_id not in gone]
    ledger.unit.add_all(LOG_ENTRY, kept, position=position(ledger.stamp.at))
    return kept


def position(at: datetime) -> int:
    """The place in the log of what was done at a time: its microseconds, with room for what was done in the same."""
    return int(at.timestamp() * 1_000_000) * 1000


def action_type(one: Entry | Note) -> str:
    """What was done in the contract's words, or a word that it doesn't have."""
    if isinstance(one, Note):
        return one.type
    if one.kind in (API_KEY, INVITE) and _revoked(one):
        return f"{one.kind.name}-{'delete' if one.kind is API_KEY else 'revoke'}"
    return f"{one.kind.name}-{_VERBS[one.change.verb]}"


def _own(one: Entry | Note) -> bool:
    """Whether this is an update of nothing but what the server keeps account of."""
    if isinstance(one, Note) or one.change.verb != "update" or not one.change.values or _revoked(one):
        return False
    return not actions.props(one, action_type(one))


def _revoked(entry: Entry) -> bool:
    ends = [getattr(one, "revoked_at", UNSET) is not UNSET for one in (entry.before, entry.after)]
    return ends == [False, True]


class _Writing:
    """The entries of one ledger while they are made."""

    def __init__(self, ledger: Ledger, done: list[tuple[Entry | Note, str]]) -> None:
        self._ids = {id(one): new_id() for one, _ in done}
        self._contexts = Contexts(ledger, [one for one, _ in done if isinstance(one, Entry)])
        self._bulk = len(done) > MOST_TOLD
        self._organizations: dict[str, str] = {}
        self._ledger = ledger
        at, actor = ledger.stamp.at.astimezone(UTC), ledger.actor
        self._by: dict[str, Any] = {
            "performed_at": at.replace(microsecond=at.microsecond // 1000 * 1000),  # as finely as clients ask for it
            "performed_by": actor.kind,
            "performed_by_id": actor.id,
            "performed_by_name": actor.name or UNSET,
            "performed_by_ip": actor.ip or UNSET,
            "performed_by_auth_provider": actor.provider or UNSET,
            "performed_by_client_id": actor.client_id or UNSET,
            "performed_by_user_agent": actor.user_agent[:_MOST_AGENT] or UNSET,
        }

    def entry(self, one: Entry | Note, type_: str) -> LogEntry:
        """One change or note as it is kept."""
        about = self._note(one) if isinstance(one, Note) else self._change(one, type_)
        return LogEntry(
            id=self._ids[id(one)], parent_id=self._parent(one), importance=importance(type_), **about, **self._by
        )

    def _parent(self, one: Entry | Note) -> str | None:
        """The entry that it followed from; one that isn't logged itself passes on its own."""
        parent = one.parent
        while parent is not None and id(parent) not in self._ids:
            parent = parent.parent
        return None if parent is None else self._ids[id(parent)]

    def _note(self, note: Note) -> dict[str, Any]:
        told = {"context": note.context, "props": note.props}
        own = [note.id, note.handle_id, *note.ids]
        return {
            "action": {"type": note.type, "id": note.id, **{k: v for k, v in told.items() if v is not None}},
            "action_ids": list(dict.fromkeys(id_ for id_ in own if id_)),
            "organization_id": note.organization_id,
            "landscape_id": note.landscape_id or UNSET,
            "entity_handle_id": note.handle_id or UNSET,
        }

    def _change(self, entry: Entry, type_: str) -> dict[str, Any]:
        entity = entry.before if entry.after is None else entry.after
        handle = getattr(entity, "handle_id", "")
        organization_id, landscape_id = self._whose(entry, entity)
        context, props = self._contexts.of(entry, type_), actions.props(entry, type_)
        told = {"context": context, "props": props}
        own = [entity.id, handle, *(() if self._bulk else actions.touched(entry, entity))]
        return {
            "action": {"type": type_, "id": entity.id, **{k: v for k, v in told.items() if v is not None}},
            "action_ids": list(dict.fromkeys(id_ for id_ in own if id_)),
            "organization_id": organization_id,
            "landscape_id": landscape_id or UNSET,
            "entity_handle_id": handle or UNSET,
        }

    def _whose(self, entry: Entry, entity: Any) -> tuple[str, str]:
        """Organization and landscape of a change."""
        if entry.place is not None:
            return entry.place.organization_id, entry.place.landscape_id
        match entry.kind.scope:
            case "instance":
                return entity.id, ""
            case "organization":
                return entity.organization_id, entity.id if entry.kind is LANDSCAPE else ""
            case _:
                return self._organization(entity.landscape_id), entity.landscape_id

    def _organization(self, landscape_id: str) -> str:
        if landscape_id not in self._organizations:
            known = [e for e in self._ledger.entries if e.kind is LANDSCAPE and e.change.id == landscape_id]
            land = known[-1].after or known[-1].before if known else self._ledger.unit.find(LANDSCAPE, landscape_id)
            self._organizations[landscape_id] = land.organization_id if land else ""
        return self._organizations[landscape_id]
