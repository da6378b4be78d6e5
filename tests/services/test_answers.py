"""Answers kept under idempotency keys: one effect, whatever is sent again, crashes or comes at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import DOMAIN, KEPT_ANSWER, MODEL_OBJECT
from nunatak.services import entities
from nunatak.services.answers import Answer, Asked, Hands, InHand, once
from nunatak.services.service import Service
from tests.make import World

DAY = timedelta(days=1)


def asked(world: World, key: str = "k", body: bytes = b"{}", *, private: bool = False) -> Asked:
    return Asked.by(world.actor, key, b"/path", b"", body, private=private)


def making(world: World, name: str) -> Callable[[Service], Answer]:
    """Makes a domain and answers its id, read back in the same request."""

    def act(service: Service) -> Answer:
        made = entities.create(service, world.actor, DOMAIN, world.path, {"name": name})
        assert entities.get(service, world.actor, DOMAIN, world.path, made.id).name == name
        return Answer(status=200, media_type="application/json", body=made.id)

    return act


def domains(world: World) -> list[str]:
    with world.service.reading() as unit:
        return [one.name for one in unit.every(DOMAIN, world.version_id)][1:]


def kept(world: World) -> list[Any]:
    with world.service.reading() as unit:
        return list(unit.every(KEPT_ANSWER, None))


def test_the_same_request_has_one_effect_and_the_first_answer_twice(world: World) -> None:
    first, again = once(world.service, asked(world), making(world, "A"), hands=Hands(), keep=DAY)
    second, replayed = once(world.service, asked(world), making(world, "B"), hands=Hands(), keep=DAY)
    assert (again, replayed, second) == (False, True, first)
    assert domains(world) == ["A"]


def test_another_request_with_the_key_is_refused_by_the_headers_name(world: World) -> None:
    once(world.service, asked(world), making(world, "A"), hands=Hands(), keep=DAY)
    with pytest.raises(Invalid) as refused:
        once(world.service, asked(world, body=b'{"a":1}'), making(world, "B"), hands=Hands(), keep=DAY)
    assert refused.value.errors[0].startswith("header.Idempotency-Key: expected a new one")
    assert domains(world) == ["A"]


def test_keys_belong_to_their_callers(world: World) -> None:
    other = replace(world.actor, id="somebody else")
    once(world.service, asked(world), making(world, "A"), hands=Hands(), keep=DAY)
    once(world.service, Asked.by(other, "k", b"/path", b"", b"{}"), making(world, "B"), hands=Hands(), keep=DAY)
    assert domains(world) == ["A", "B"]


def test_parts_of_a_request_can_not_run_into_each_other(world: World) -> None:
    one, two = (Asked.by(world.actor, "k", *parts) for parts in ((b"/a", b"bc"), (b"/ab", b"c")))
    assert one.digest != two.digest


def test_what_fails_leaves_neither_effect_nor_answer_and_may_be_sent_again(world: World) -> None:
    def fails(service: Service) -> Answer:
        making(world, "A")(service)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(world.service, asked(world), fails, hands=Hands(), keep=DAY)
    assert (domains(world), kept(world)) == ([], [])
    assert not once(world.service, asked(world), making(world, "B"), hands=Hands(), keep=DAY)[1]
    assert domains(world) == ["B"]


def test_a_write_that_fails_within_a_request_is_undone_alone(world: World) -> None:
    def broken(service: Service) -> None:
        with service.writing(world.actor) as ledger:
            ledger.unit.remove(DOMAIN, world.version_id, world.ids(DOMAIN))
            raise Invalid("no")

    def act(service: Service) -> Answer:
        with pytest.raises(Invalid):
            broken(service)
        return making(world, "A")(service)

    once(world.service, asked(world), act, hands=Hands(), keep=DAY)
    assert len(world.ids(DOMAIN)) == 2
    assert len(world.ids(MODEL_OBJECT)) == 2


def test_an_answer_that_has_run_out_is_forgotten_and_old_ones_are_swept(world: World) -> None:
    times = iter(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in (0, 1, 2, 23, 24, 30))
    service = replace(world.service, clock=lambda: _at[0])
    _at = [next(times)]

    def send(key: str, name: str) -> bool:
        act = making(replace(world, service=service), name)
        replayed = once(service, asked(world, key), act, hands=Hands(), keep=DAY)[1]
        _at[0] = next(times)
        return replayed

    sent = [send("a", "1"), send("b", "2"), send("c", "3"), send("a", "4"), send("a", "5")]
    assert sent == [False, False, False, True, False]
    assert domains(world) == ["1", "2", "3", "5"]
    once(service, asked(world, "z"), making(world, "6"), hands=Hands(), keep=DAY)
    assert len(kept(world)) == 2  # at 30:00 the second of 1:00 and the third of 2:00 are gone


def test_a_private_answer_is_told_once(world: World) -> None:
    first, _ = once(world.service, asked(world, private=True), making(world, "A"), hands=Hands(), keep=DAY)
    assert first.body
    with pytest.raises(Conflict, match="told once"):
        once(world.service, asked(world, private=True), making(world, "B"), hands=Hands(), keep=DAY)
    assert (domains(world), [each.body for each in kept(world)]) == (["A"], [""])


@pytest.mark.parametrize("processes", [1, 2])
def test_a_key_whose_first_request_runs_is_refused_here_and_waited_for_elsewhere(world: World, processes: int) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(service: Service) -> Answer:
        begun.set()
        assert go_on.wait(20)
        return making(world, "A")(service)

    here = Hands()
    there = here if processes == 1 else Hands()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once, world.service, asked(world), slow, hands=here, keep=DAY)
        assert begun.wait(20)
        second = pool.submit(once, world.service, asked(world), making(world, "B"), hands=there, keep=DAY)
        if processes == 1:
            error = second.exception(20)
            assert isinstance(error, InHand)
            assert error.retry_after == 1
        go_on.set()
        answer, _ = first.result(20)
        if processes == 2:
            assert second.result(20) == (answer, True)
    assert domains(world) == ["A"]
