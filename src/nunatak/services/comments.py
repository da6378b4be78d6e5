"""Replies to comments; comments themselves have the verbs of all entities."""

from __future__ import annotations

from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.comment import Comment, CommentReply
from nunatak.core.errors import NotFound
from nunatak.core.kinds import COMMENT, COMMENT_REPLY
from nunatak.services import entities, places
from nunatak.services.changes import new_id
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.rows import Texts
from nunatak.store.unit import Unit


def replies(service: Service, actor: Actor, path: Path, comment_id: str) -> Texts:
    """The JSON texts of a comment's replies, in the order they were given; raises NotFound for the comment."""
    with viewing(service, actor, path) as (unit, place):
        comment: Comment = unit.get(COMMENT, comment_id, place.version_id)
        return unit.texts(COMMENT_REPLY, place.version_id, {"comment_id": comment.id})


def reply(service: Service, actor: Actor, path: Path, comment_id: str, reply_id: str) -> CommentReply:
    """One reply; raises NotFound for it and for the comment."""
    with viewing(service, actor, path) as (unit, place):
        return _found(unit, place.version_id, comment_id, reply_id)


def write(
    service: Service, actor: Actor, path: Path, comment_id: str, values: dict[str, Any], reply_id: str | None = None
) -> CommentReply:
    """A reply as it is after a create (without an id) or an upsert at the caller's id."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        comment: Comment = ledger.unit.get(COMMENT, comment_id, place.version_id)
        there = reply_id is not None and ledger.unit.find(COMMENT_REPLY, reply_id, place.version_id) is not None
        if there:
            _found(ledger.unit, place.version_id, comment_id, reply_id or "")
        change = Change(
            verb="replace" if there else "create",
            kind=COMMENT_REPLY.name,
            id=reply_id or new_id(),
            values=values if there else {**values, "commentId": comment.id},
        )
        written: CommentReply = entities.written(ledger, place, change)
        return written


def update(
    service: Service, actor: Actor, path: Path, comment_id: str, reply_id: str, values: dict[str, Any]
) -> CommentReply:
    """A reply with the given values laid over its own."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        before = _found(ledger.unit, place.version_id, comment_id, reply_id)
        written: CommentReply = entities.written(ledger, place, entities.updating(COMMENT_REPLY, before.id, values))
        return written


def delete(service: Service, actor: Actor, path: Path, comment_id: str, reply_id: str) -> None:
    """Deletes a reply."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        ledger.delete(place, COMMENT_REPLY, _found(ledger.unit, place.version_id, comment_id, reply_id).id)


def _found(unit: Unit, version_id: str, comment_id: str, reply_id: str) -> CommentReply:
    comment: Comment = unit.get(COMMENT, comment_id, version_id)
    found: CommentReply = unit.get(COMMENT_REPLY, reply_id, version_id)
    if found.comment_id != comment.id:
        raise NotFound("Comment reply not found")
    return found
