"""An issuer over HTTP: which of its tokens hold, how its keys are looked up, and what is refused in which words."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nunatak.core.errors import Busy, Unauthenticated
from nunatak.services.fetching import NotFetched, fetched, require_safe
from nunatak.services.issuers import Issuer
from tests import provider as providers
from tests.provider import AUDIENCE, Provider, confused, unsigned

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def provider(clock: Hand) -> Iterator[Provider]:
    with providers.running(clock) as running:
        yield running


@pytest.fixture
def issuer(provider: Provider, clock: Hand) -> Issuer:
    return Issuer(provider.trust(), fetch=fetched, now=clock)


def asked(provider: Provider) -> int:
    return provider.served.get("/keys", 0)


def test_a_token_of_the_issuer_says_who_it_is(issuer: Issuer, provider: Provider) -> None:
    token = provider.signed(NOON.timestamp(), sub="bob", aud=["other", AUDIENCE])
    assert issuer.claims(token, AUDIENCE)["sub"] == "bob"
    assert provider.served == {"/.well-known/openid-configuration": 1, "/keys": 1}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"aud": "another"}, "expected the audience"),
        ({"aud": None}, "expected the audience"),
        ({"iss": "https://another.example"}, "expected the issuer"),
        ({"exp": NOON.timestamp() - 61}, "run out"),
        ({"exp": None}, "run out"),
        ({"exp": "2099"}, "run out"),
        ({"exp": True}, "run out"),
        ({"nbf": NOON.timestamp() + 61}, "not valid yet"),
        ({"iat": NOON.timestamp() + 61}, "not valid yet"),
        ({"sub": None}, "expected a `sub`"),
        ({"sub": ["ann"]}, "expected a `sub`"),
    ],
)
def test_claims_that_do_not_hold_are_named(
    issuer: Issuer, provider: Provider, claims: dict[str, Any], expected: str
) -> None:
    with pytest.raises(Unauthenticated, match=expected):
        issuer.claims(provider.signed(NOON.timestamp(), **claims), AUDIENCE)


def test_clocks_may_differ_by_a_minute(issuer: Issuer, provider: Provider) -> None:
    at = NOON.timestamp()
    for claims in ({"exp": at - 59}, {"nbf": at + 59}, {"iat": at + 59}):
        assert issuer.claims(provider.signed(at, **claims), AUDIENCE)["sub"] == "ann-1"


def test_no_signature_and_signatures_of_others_are_refused(issuer: Issuer, provider: Provider) -> None:
    claims = {"iss": provider.issuer, "aud": AUDIENCE, "sub": "ann-1", "exp": NOON.timestamp() + 60}
    stranger = Provider.key("first")  # another key of the same name
    good = provider.signed(NOON.timestamp())
    head, body, signature = good.split(".")
    changed = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "root"}).encode()).rstrip(b"=").decode()
    for forged, expected in (
        (unsigned(claims), "expected it signed with"),
        (confused(claims, provider.keys[0]), "expected it signed with"),
        (provider.signed(NOON.timestamp(), stranger), "expected one that its issuer has signed"),
        (f"{head}.{changed}.{signature}", "expected one that its issuer has signed"),
        (f"{head}.{body}.", "expected one that its issuer has signed"),
        (provider.signed(NOON.timestamp(), header={"typ": "logout+jwt"}), "expected a token of the type"),
        ("a.b.c", "expected a JSON Web Token"),
        ("a" * 20_000, "expected at most"),
    ):
        with pytest.raises(Unauthenticated, match=expected):
            issuer.claims(forged, AUDIENCE)


def test_an_algorithm_must_fit_its_key_and_be_one_that_is_trusted(provider: Provider, clock: Hand) -> None:
    provider.keys.append(providers.rsa("second"))
    token = provider.signed(NOON.timestamp(), header={"alg": "RS256"})
    assert Issuer(provider.trust(), fetch=fetched, now=clock).claims(token, AUDIENCE)["sub"] == "ann-1"
    narrow = Issuer(provider.trust(algorithms=("ES256",)), fetch=fetched, now=clock)
    with pytest.raises(Unauthenticated, match="expected it signed with ES256"):
        narrow.claims(token, AUDIENCE)


def test_keys_are_kept_for_ten_minutes_and_a_new_one_is_found_at_once(
    issuer: Issuer, provider: Provider, clock: Hand
) -> None:
    issuer.claims(provider.signed(NOON.timestamp()), AUDIENCE)
    issuer.claims(provider.signed(NOON.timestamp()), AUDIENCE)
    assert asked(provider) == 1
    clock.on(seconds=31)
    provider.keys = [Provider.key("next")]
    issuer.claims(provider.signed(NOON.timestamp()), AUDIENCE)
    assert asked(provider) == 2
    clock.on(minutes=11)
    issuer.claims(provider.signed(clock().timestamp()), AUDIENCE)
    assert asked(provider) == 3


def test_made_up_key_names_do_not_have_the_issuer_asked_at_each(
    issuer: Issuer, provider: Provider, clock: Hand
) -> None:
    for _ in range(20):
        with pytest.raises(Unauthenticated, match="expected a key"):
            issuer.claims(provider.signed(NOON.timestamp(), Provider.key("made up")), AUDIENCE)
    assert asked(provider) == 1
    clock.on(seconds=31)
    with pytest.raises(Unauthenticated):
        issuer.claims(provider.signed(NOON.timestamp(), Provider.key("made up")), AUDIENCE)
    assert asked(provider) == 2


def test_known_keys_go_on_while_the_issuer_is_away(issuer: Issuer, provider: Provider, clock: Hand) -> None:
    issuer.claims(provider.signed(NOON.timestamp()), AUDIENCE)
    provider.down = True
    clock.on(hours=2)
    assert issuer.claims(provider.signed(clock().timestamp()), AUDIENCE)["sub"] == "ann-1"


def test_an_issuer_that_was_never_there_is_said_to_be_away(issuer: Issuer, provider: Provider) -> None:
    provider.down = True
    with pytest.raises(Busy, match="can't be reached"):
        issuer.claims(provider.signed(NOON.timestamp()), AUDIENCE)
    with pytest.raises(Busy):
        issuer.places()


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://another.example"},
        {"jwks_uri": "http://10.0.0.1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": None},
        {"authorization_endpoint": "https://a:b@example.com/"},
    ],
)
def test_a_document_that_leads_elsewhere_is_not_followed(
    issuer: Issuer, provider: Provider, changed: dict[str, Any]
) -> None:
    provider.changed = changed
    with pytest.raises(Busy, match="expected"):
        issuer.places()
    assert asked(provider) == 0


def test_only_encrypted_addresses_and_this_machine_are_asked() -> None:
    assert require_safe("https://login.example/x", name="n") == "https://login.example/x"
    assert require_safe("http://localhost:1/x", name="n") == "http://localhost:1/x"
    for wrong in ("http://login.example", "ftp://localhost", "https://", "https://a@b.example", "https://[", None, 7):
        with pytest.raises(NotFetched, match="n: expected an https address"):
            require_safe(wrong, name="n")


def test_nothing_is_fetched_from_nowhere(provider: Provider) -> None:
    for url in (f"{provider.issuer}/nothing", "http://127.0.0.1:1/x"):
        with pytest.raises(NotFetched):
            fetched(url)
