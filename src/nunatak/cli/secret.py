"""`nunatak secret`: renews the installation's secret, and forgets the ones before it."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Sequence

from nunatak.cli.backup import existing, still
from nunatak.core.errors import Invalid
from nunatak.services import deliveries
from nunatak.settings import Settings
from nunatak.wiring.secret import path_of, secrets_of, text_of, write_private


def rotate(settings: Settings) -> None:
    """Puts a new secret before the ones that there are, and seals with it what is kept sealed. Raises Busy while a
    server is at work, Invalid where NUNATAK_SECRET holds only one."""
    existing(settings).stop()
    found = secrets_of(settings)
    if not settings.secret:
        found = (secrets.token_bytes(32), *found)
    elif len(found) < 2:
        expected = "expected a new one of 64 hexadecimal digits before the old one, with a comma between them"
        raise Invalid("There is no new secret yet", (f"NUNATAK_SECRET: {expected}",))
    count = _resealed(settings, found)
    if not settings.secret:
        write_private(path_of(settings), text_of(found))
    print(f"A new secret is in use, {count} stored secrets are sealed with it; {len(found) - 1} older are still known")


def forget(settings: Settings) -> None:
    """Forgets all secrets but the newest: what they signed and the keys made under them open nothing any more. Raises
    Busy while a server is at work."""
    existing(settings).stop()
    newest, *older = secrets_of(settings)
    count = _resealed(settings, (newest, *older))
    if settings.secret:
        print(f"{count} stored secrets are sealed with the first one: take the {len(older)} others off NUNATAK_SECRET")
        return
    write_private(path_of(settings), text_of([newest]))
    print(f"{len(older)} older secrets are forgotten; API keys made before the last rotation open nothing any more")


def _resealed(settings: Settings, found: Sequence[bytes]) -> int:
    """Seals everything with the first of these secrets, while nobody else works here."""
    with still(existing(dataclasses.replace(settings, jobs="none", secret=text_of(found)))) as program:
        return deliveries.reseal(program.service)
