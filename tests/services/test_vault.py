"""What is sealed can be read with a key of the vault, also with an older one, and with no other."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.core.errors import Conflict
from nunatak.core.kinds import WEBHOOK_SUBSCRIPTION
from nunatak.services import deliveries, webhooks
from nunatak.services.posting import Poster
from nunatak.services.vault import Vault
from tests.make import World

OLD, NEW = bytes(32), bytes(range(32))


@settings(max_examples=25)
@given(st.text())
def test_any_words_come_back_and_show_nothing_of_themselves(words: str) -> None:
    encodable = words.encode("utf-8", "ignore").decode()
    sealed = Vault([NEW]).seal(encodable)
    assert Vault([NEW]).open(sealed) == encodable
    assert len(encodable) < 4 or encodable not in sealed


def test_a_newer_key_seals_and_an_older_one_still_opens() -> None:
    before, after = Vault([OLD]), Vault([NEW, OLD])
    assert after.open(before.seal("secret")) == "secret"
    with pytest.raises(Conflict, match="no longer has"):
        before.open(after.seal("secret"))


@pytest.mark.parametrize("spoiled", ["", "x", "gAAAAA", "é"])
def test_what_was_not_sealed_here_is_refused(spoiled: str) -> None:
    with pytest.raises(Conflict):
        Vault([OLD]).open(spoiled)


def test_no_character_of_a_seal_can_be_changed() -> None:
    vault = Vault([OLD])
    sealed = vault.seal("secret")
    for at in range(0, len(sealed) - 4, 7):
        other = "A" if sealed[at] != "A" else "B"
        with pytest.raises(Conflict):
            vault.open(sealed[:at] + other + sealed[at + 1 :])


def test_a_webhooks_secret_lies_sealed_and_outlives_the_key_that_sealed_it(world: World) -> None:
    service = replace(world.service, poster=Poster(resolve=lambda _host, _port: ["93.184.215.14"]))
    admin = replace(world.actor, permissions={world.organization_id: "admin"})
    values = {"name": "W", "url": "https://told.example/"}
    made, secret = webhooks.create(service, admin, world.organization_id, values)
    with service.reading() as unit:
        assert secret not in unit.text(WEBHOOK_SUBSCRIPTION, made.id)
    both = replace(service, vault=Vault([NEW, bytes(32)]))
    assert deliveries.reseal(both) == 1
    newest = replace(service, vault=Vault([NEW]))
    resealed = webhooks.get(newest, admin, world.organization_id, made.id)
    assert deliveries.secret_of(newest, resealed) == secret
    assert resealed.updated_at == made.updated_at


def test_a_secret_made_before_there_were_seals_is_the_same_after_it_was_sealed(world: World) -> None:
    service = replace(world.service, poster=Poster(resolve=lambda _host, _port: ["93.184.215.14"]))
    admin = replace(world.actor, permissions={world.organization_id: "admin"})
    made, _ = webhooks.create(service, admin, world.organization_id, {"name": "W", "url": "https://told.example/"})
    with service.database.write() as unit:
        unit.put(WEBHOOK_SUBSCRIPTION, msgspec.structs.replace(made, sealed="", nonce="0f" * 16))
    old = webhooks.get(service, admin, world.organization_id, made.id)
    secret = deliveries.secret_of(service, old)
    rotated = replace(service, pepper=b"newer", older_peppers=(service.pepper,))
    assert deliveries.reseal(rotated) == 1
    sealed = webhooks.get(rotated, admin, world.organization_id, made.id)
    assert (sealed.nonce, deliveries.secret_of(rotated, sealed)) == ("", secret)
