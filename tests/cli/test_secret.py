"""`nunatak secret`: a new secret takes over, and what the old one made is good until it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from nunatak.cli import backup, secret
from nunatak.core.access import Actor
from nunatak.core.errors import Busy, Invalid, NotFound, Unauthenticated
from nunatak.exchange import native
from nunatak.services import deliveries, keys, sessions, setup, webhooks
from nunatak.services.posting import Poster
from nunatak.services.service import Service
from nunatak.settings import Settings
from nunatak.wiring import build
from nunatak.wiring.secret import secrets_of


class Installation:
    """An installation with a key, a session, a file's address and a webhook."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        program = build(settings)
        first = setup.begin(program.service, native.read(_sample()))
        assert first is not None
        service = replace(program.service, poster=Poster(resolve=lambda _host, _port: ["93.184.215.14"]))
        self.credentials, self.organization = first.credentials, first.organization_id
        actor = keys.authenticate(service, first.credentials)
        self.cookie = sessions.begin(service, actor)
        self.token = service.tokens.sign("pictures/a.svg", "image/svg+xml", "a.svg")
        values = {"name": "W", "url": "https://told.example/"}
        self.hook, self.told = webhooks.create(service, actor, first.organization_id, values)
        program.stop()

    def opens(self) -> list[bool]:
        """Whether key, session and address are good."""
        program = build(self.settings)
        service = program.service
        tries = (
            lambda: keys.authenticate(service, self.credentials),
            lambda: sessions.actor(service, self.cookie),
            lambda: program.tokens.read(self.token),
        )
        found = [_passes(each) for each in tries]
        program.stop()
        return found

    def secret_of_the_hook(self) -> str:
        program = build(self.settings)
        operator = keys.operator([self.organization])
        found = deliveries.secret_of(program.service, _hook(program.service, operator, self))
        program.stop()
        return found


def _sample() -> bytes:
    return files("nunatak.exchange").joinpath("sample.json").read_bytes()


def _hook(service: Service, actor: Actor, made: Installation) -> webhooks.WebhookSubscription:
    return webhooks.get(service, actor, made.organization, made.hook.id)


def _passes(tried: object) -> bool:
    try:
        tried()  # type: ignore[operator]
    except (Unauthenticated, NotFound):
        return False
    return True


@pytest.fixture
def made(tmp_path: Path) -> Installation:
    return Installation(Settings(data=tmp_path / "data", jobs="none"))


def test_a_new_secret_takes_over_and_the_old_ones_end_when_they_are_forgotten(
    made: Installation, tmp_path: Path
) -> None:
    (before,) = secrets_of(made.settings)
    secret.rotate(made.settings)
    newest, oldest = secrets_of(made.settings)
    assert (oldest, len(newest)) == (before, 32)
    assert made.opens() == [True, True, True]
    backup.backup(made.settings, tmp_path / "kept.tar.gz")
    secret.forget(made.settings)
    assert secrets_of(made.settings) == (newest,)
    assert made.opens() == [False, False, False]
    assert made.secret_of_the_hook() == made.told
    made.settings = Settings(data=tmp_path / "restored", jobs="none")
    backup.restore(made.settings, tmp_path / "kept.tar.gz")
    assert secrets_of(made.settings) == (newest, oldest)
    assert made.opens() == [True, True, True]
    assert made.secret_of_the_hook() == made.told


def test_nothing_is_renewed_while_a_server_is_at_work(made: Installation) -> None:
    before = secrets_of(made.settings)
    program = build(made.settings)
    with program.jobs.held(), pytest.raises(Busy):
        secret.rotate(made.settings)
    program.stop()
    assert secrets_of(made.settings) == before


def test_a_secret_of_the_environment_is_renewed_there(made: Installation) -> None:
    (held,) = secrets_of(made.settings)
    outside = replace(made.settings, secret=held.hex())
    with pytest.raises(Invalid, match="no new secret"):
        secret.rotate(outside)
    made.settings = replace(outside, secret=f"{'0f' * 32},{held.hex()}")
    secret.rotate(made.settings)
    made.settings = replace(outside, secret="0f" * 32)
    assert made.secret_of_the_hook() == made.told
