"""Answers kept under their callers' idempotency keys, so that a request that is sent twice has one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from nunatak.core.access import Actor
from nunatak.core.answer import KeptAnswer
from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import KEPT_ANSWER
from nunatak.services.service import Service
from nunatak.store.database import Joined
from nunatak.store.rows import entity
from nunatak.store.unit import Unit

_SWEPT = 2  # expired answers removed with each one that is kept: more than come in, so none are left for long
_INSTANCE = ""


class InHand(Conflict):
    """The first request with this key is still being carried out."""

    code = "idempotency-key-in-use"
    retry_after = 1


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a request was answered."""

    status: int
    media_type: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request with a key: `id` stands for the key and its caller, `digest` for all that makes it the same request
    again. The body of a `private` one's answer is told once and never kept."""

    id: str
    digest: str
    private: bool = False

    @staticmethod
    def by(actor: Actor, key: str, *parts: bytes, private: bool = False) -> Asked:
        """The request of an actor's key; `parts` are its path, query and body."""
        found = sha256()
        for part in parts:
            found.update(sha256(part).digest())
        id_ = sha256(f"{actor.kind}:{actor.id}:{key}".encode()).hexdigest()
        return Asked(id=id_, digest=found.hexdigest(), private=private)


class Hands:
    """The keyed requests that this process is carrying out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: set[str] = set()

    @contextmanager
    def on(self, id_: str) -> Iterator[None]:
        """Raises InHand while the same request is in hand already."""
        with self._lock:
            if id_ in self._ids:
                message = "A request with this Idempotency-Key is still being carried out"
                raise InHand(message, (f"header.Idempotency-Key: {message[0].lower()}{message[1:]}",))
            self._ids.add(id_)
        try:
            yield
        finally:
            with self._lock:
                self._ids.discard(id_)


def once(
    service: Service, asked: Asked, act: Callable[[Service], Answer], *, hands: Hands, keep: timedelta
) -> tuple[Answer, bool]:
    """The answer of `act`, or the one that the same request had before, and whether it is that one.

    All that `act` writes with the service it is given is committed together with its answer: a crash leaves both or
    neither, so no request has two effects. A refusal isn't kept: it had no effect. Raises Invalid for a key that
    another request had, and InHand while the first is being carried out; another process's is waited for.
    """
    with hands.on(asked.id), service.database.write() as unit:
        unit.lock(asked.id)
        now = service.clock()
        kept = _kept(unit, asked, now)
        if kept is not None:
            return kept, True
        answer = act(replace(service, database=Joined(service.database, unit)))
        unit.add(
            KEPT_ANSWER,
            KeptAnswer(
                id=asked.id,
                request_digest=asked.digest,
                created_at=now,
                delete_at=now + keep,
                status=answer.status,
                media_type=answer.media_type,
                body="" if asked.private else answer.body,
            ),
        )
        _sweep(unit, now)
        return answer, False


def _kept(unit: Unit, asked: Asked, now: datetime) -> Answer | None:
    found: KeptAnswer | None = unit.find(KEPT_ANSWER, asked.id, _INSTANCE)
    if found is None:
        return None
    if found.delete_at <= now:
        unit.remove(KEPT_ANSWER, _INSTANCE, [found.id])
        return None
    if found.request_digest != asked.digest:
        error = "header.Idempotency-Key: expected a new one; this came with another path, query or body before"
        raise Invalid("The Idempotency-Key belongs to another request", (error,))
    if asked.private:
        raise Conflict("The request with this Idempotency-Key was carried out; its answer is told once and not kept")
    return Answer(status=found.status or 200, media_type=found.media_type, body=found.body)


def _sweep(unit: Unit, now: datetime) -> None:
    """Removes the oldest answers that have run out."""
    oldest: list[KeptAnswer] = [
        entity(KEPT_ANSWER, text) for text in unit.texts(KEPT_ANSWER, _INSTANCE, {}, limit=_SWEPT)
    ]
    unit.remove(KEPT_ANSWER, _INSTANCE, [each.id for each in oldest if each.delete_at <= now])
