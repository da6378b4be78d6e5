"""Signing in with an issuer, in a browser: the walk there and back, who is let in, and what else is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api
from nunatak.core.errors import Invalid
from nunatak.core.kinds import INVITE, LOG_ENTRY, SESSION, USER
from nunatak.services import keys, landscapes, organizations, people, share_links
from nunatak.services.fetching import fetched
from nunatak.services.issuers import Issuer
from nunatak.services.sessions import COOKIE, SECURE_COOKIE, Tickets
from nunatak.settings import Settings
from nunatak.web import sessions, shares, sign_in
from nunatak.wiring.sign_in import issuer_of
from tests import provider as providers
from tests.make import World
from tests.provider import Provider

HERE = "https://nunatak.example"


@dataclass
class Browser:
    """A browser before a server that trusts a provider."""

    world: World
    provider: Provider
    client: TestClient

    def walk(self, to: str = "/", **changed: str) -> httpx.Response:
        """The whole walk: to the issuer, and back with its answer."""
        return self.back(self.begun(to), **changed)

    def begun(self, to: str = "/") -> str:
        """The issuer's address that the server leads to."""
        answer = self.client.get("/sign-in/issuer", params={"to": to})
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    def back(self, address: str, **changed: str) -> httpx.Response:
        told = httpx.get(address).headers["location"]
        query = {name: values[0] for name, values in parse_qs(urlsplit(told).query).items()}
        return self.client.get("/sign-in/callback", params=query | changed)

    def session(self) -> Any:
        return self.client.get("/session").json()

    def invite(self, email: str, permission: str = "write", **more: Any) -> None:
        values = {"email": email, "permission": permission, "expiresAt": "2030-01-01T00:00:00Z", **more}
        people.invite(self.world.service, self.world.actor, self.world.organization_id, values)

    def logged(self, action: str) -> list[Any]:
        with self.world.service.reading() as unit:
            entries = unit.every(LOG_ENTRY, self.world.organization_id)
        return [each for each in entries if each.action_type == action]


@pytest.fixture
def engine() -> str:
    """One is enough: what is stored is tested with the services."""
    return "sqlite"


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    with providers.running(world.service.clock) as provider:
        issuer = Issuer(provider.trust(), fetch=fetched, now=world.service.clock)
        world.service = replace(world.service, issuer=issuer)
        routes = [
            *sessions.routes(world.service, Tickets()),
            *sign_in.routes(world.service, public_url=HERE),
            Mount("/v1", app=Api(world.service)),
        ]
        client = TestClient(Starlette(routes=routes), base_url=HERE, follow_redirects=False)
        yield Browser(world, provider, client)


def test_who_was_invited_joins_with_what_the_invitation_says(browser: Browser) -> None:
    browser.invite("Ann@Example.com", "write")
    answer = browser.walk("/l/abc?v=latest")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}/l/abc?v=latest")
    found = browser.session()
    assert (found["name"], found["permissions"]) == ("ann@example.com", {browser.world.organization_id: "write"})
    with browser.world.service.reading() as unit:
        (user,) = unit.every(USER, "")
        (invite,) = unit.every(INVITE, browser.world.organization_id)
    assert user.identities == [f"{browser.provider.issuer} ann-1"]
    assert invite.used_by_user_id == user.id
    (entry,) = browser.logged("user-login")
    assert (entry.performed_by, entry.performed_by_id) == ("user", user.id)
    assert entry.performed_by_auth_provider == browser.provider.issuer
    assert entry.performed_by_user_agent == "testclient"


def test_people_of_a_domain_join_to_read_where_it_is_open_to_them(browser: Browser) -> None:
    world = browser.world
    domains = {"autoInviteDomains": ["@Example.com", "example.org"]}
    organizations.update(world.service, world.actor, world.organization_id, domains)
    assert browser.walk().status_code == 303
    assert browser.session()["permissions"] == {world.organization_id: "read"}
    (invite,) = browser.logged("organization-user-invite-create")
    (added,) = browser.logged("organization-user-add")
    assert {(each.performed_by, each.performed_by_id) for each in (invite, added)} == {("service", "sign-in")}
    assert {each.performed_by_auth_provider for each in (invite, added)} == {browser.provider.issuer}
    assert browser.walk().status_code == 303
    assert len(browser.logged("organization-user-add")) == 1


def test_who_is_known_already_joins_when_their_domain_is_let_in(browser: Browser) -> None:
    world = browser.world
    browser.invite("ann@example.com", "write")
    browser.walk()
    other = organizations.create(world.service, world.actor, {"name": "Other", "autoInviteDomains": ["example.com"]})
    assert set(browser.session()["permissions"]) == {world.organization_id}
    browser.walk()
    assert browser.session()["permissions"] == {world.organization_id: "write", other.id: "read"}


def test_an_invitation_says_more_than_a_domain(browser: Browser) -> None:
    world = browser.world
    organizations.update(world.service, world.actor, world.organization_id, {"autoInviteDomains": ["example.com"]})
    browser.invite("ann@example.com", "write")
    browser.walk()
    assert browser.session()["permissions"] == {world.organization_id: "write"}


def test_who_was_taken_out_does_not_join_again_by_a_domain(browser: Browser) -> None:
    world = browser.world
    organizations.update(world.service, world.actor, world.organization_id, {"autoInviteDomains": ["example.com"]})
    browser.walk()
    with world.service.reading() as unit:
        (user,) = unit.every(USER, "")
    people.remove(world.service, world.actor, world.organization_id, user.id)
    browser.walk()
    assert browser.session()["permissions"] == {}


@pytest.mark.parametrize(
    "person",
    [
        {"email": "ann@mail.example.com"},
        {"email": "ann@notexample.com"},
        {"email": "ann@example.com@evil.org"},
        {"email": "example.com"},
        {"email": "ann@example.com", "email_verified": False},
        {"email": "ann@example.com", "email_verified": None},
    ],
)
def test_a_domain_lets_in_nobody_of_another_or_unproved(browser: Browser, person: dict[str, Any]) -> None:
    world = browser.world
    organizations.update(world.service, world.actor, world.organization_id, {"autoInviteDomains": ["example.com"]})
    browser.provider.person |= person
    assert browser.walk().status_code == 403
    with world.service.reading() as unit:
        assert unit.every(USER, "") == []


def test_the_second_time_nothing_is_made(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    browser.provider.person |= {"email": "new@example.com"}  # the subject counts, not the address
    assert browser.walk().status_code == 303
    with browser.world.service.reading() as unit:
        assert [user.email for user in unit.every(USER, "")] == ["ann@example.com"]


def test_the_cookies_are_for_this_host_alone(browser: Browser) -> None:
    browser.invite("ann@example.com")
    answer = browser.client.get("/sign-in/issuer")
    walk = answer.headers["set-cookie"].lower()
    assert "httponly" in walk
    assert "samesite=lax" in walk
    assert "secure" in walk
    assert "path=/sign-in" in walk
    told = browser.back(answer.headers["location"]).headers.get_list("set-cookie")
    kept = next(one for one in told if one.startswith(SECURE_COOKIE)).lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert "; secure" in kept
    assert "path=/" in kept
    assert "domain" not in kept


def test_a_plain_cookie_of_a_neighbour_is_not_read_over_tls(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    cookie = browser.client.cookies[SECURE_COOKIE]
    other = TestClient(browser.client.app, base_url=HERE, cookies={COOKIE: cookie})
    assert other.get("/session").json()["signedIn"] is False


@pytest.mark.parametrize(
    "person",
    [
        {"email": "eve@example.com"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"email": ["ann@example.com"]},
    ],
)
def test_nobody_joins_by_an_address_that_is_not_invited_or_not_proved(browser: Browser, person: dict[str, Any]) -> None:
    browser.invite("ann@example.com")
    browser.provider.person |= person
    answer = browser.walk()
    assert answer.status_code == 403
    assert "belongs to no organization here; ask an administrator" in answer.text
    assert browser.session()["signedIn"] is False


def test_a_known_address_that_changed_hands_is_somebody_else(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    browser.client.cookies.clear()
    browser.provider.person |= {"sub": "another"}
    assert browser.walk().status_code == 403


@pytest.mark.parametrize(
    "token",
    [{"aud": "another"}, {"nonce": "another"}, {"azp": "another"}, {"iss": "https://another.example"}, {"exp": 1}],
)
def test_an_identity_token_that_is_not_for_this_walk_lets_nobody_in(browser: Browser, token: dict[str, Any]) -> None:
    browser.invite("ann@example.com")
    browser.provider.token = token
    assert browser.walk().status_code == 401
    assert browser.session()["signedIn"] is False


def test_an_answer_to_another_walk_is_refused(browser: Browser) -> None:
    browser.invite("ann@example.com")
    address = browser.begun()
    assert browser.back(address, state="another").status_code == 401
    address = browser.begun()
    assert browser.back(address, iss="https://another.example").status_code == 401
    address = browser.begun()
    browser.begun()  # a second walk is another one
    assert browser.back(address).status_code == 401
    address = browser.begun()
    browser.client.cookies.clear()
    assert browser.back(address).status_code == 401
    assert browser.client.get("/sign-in/callback", params={"error": "<b>denied"}).status_code == 401


def test_a_walk_takes_ten_minutes_at_most(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.invite("ann@example.com")
    address = browser.begun()
    later = browser.world.service.clock() + timedelta(minutes=11)
    monkeypatch.setattr(type(browser.world.service.clock), "__call__", lambda _clock: later)
    assert "took too long" in browser.back(address).text


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/a\r\nX: y"]
)
def test_the_way_back_leads_nowhere_else(browser: Browser, to: str) -> None:
    browser.invite("ann@example.com")
    assert browser.walk(to).headers["location"] == f"{HERE}/"


def test_what_issuers_and_addresses_say_is_text_on_the_page(browser: Browser) -> None:
    page = browser.client.get("/sign-in", params={"to": '/"><script>alert(1)</script>'})
    assert "<script" not in page.text
    browser.begun()
    state = parse_qs(urlsplit(browser.begun()).query)["state"][0]
    denied = browser.client.get("/sign-in/callback", params={"error": "<script>", "state": state})
    assert denied.status_code == 401
    assert "&lt;script&gt;" in denied.text
    assert "<script" not in denied.text


def test_a_landscape_that_somebody_is_not_let_into_is_not_there(browser: Browser) -> None:
    world = browser.world
    other, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Other"})
    browser.invite("ann@example.com", "read", landscapePermissions={other.id: True, world.path.landscape_id: False})
    browser.walk()
    listed = browser.client.get(f"/v1/organizations/{world.organization_id}/landscapes").json()["landscapes"]
    assert [each["id"] for each in listed] == [other.id]
    assert browser.client.get(f"/v1/landscapes/{other.id}").status_code == 200
    for path in ("", "/versions/latest/model/objects", "/action-logs"):
        assert browser.client.get(f"/v1/landscapes/{world.path.landscape_id}{path}").status_code == 404
    assert browser.client.get(f"/v1/organizations/{world.organization_id}/action-logs").status_code in (403, 404)


def test_writes_of_a_session_need_its_mark(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    path = f"/v1/landscapes/{browser.world.path.landscape_id}"
    assert browser.client.patch(path, json={"name": "X"}).status_code == 403
    mark = {"X-Nunatak-Mark": browser.session()["mark"]}
    assert browser.client.patch(path, json={"name": "X"}, headers=mark).status_code == 200
    crossing = mark | {"Sec-Fetch-Site": "cross-site"}
    assert browser.client.patch(path, json={"name": "Y"}, headers=crossing).status_code == 403


def test_signing_out_ends_the_session_wherever_its_cookie_is(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    cookie = browser.client.cookies[SECURE_COOKIE]
    mark = {"X-Nunatak-Mark": browser.session()["mark"]}
    assert browser.client.delete("/session", headers=mark).json()["signedIn"] is False
    copied = TestClient(browser.client.app, base_url=HERE, cookies={SECURE_COOKIE: cookie})
    assert copied.get("/session").json()["signedIn"] is False
    assert len(browser.logged("user-logout")) == 1


def test_a_user_who_was_taken_out_is_out_at_once(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    with browser.world.service.reading() as unit:
        (user,) = unit.every(USER, "")
    people.remove(browser.world.service, browser.world.actor, browser.world.organization_id, user.id)
    assert browser.client.get(f"/v1/organizations/{browser.world.organization_id}").status_code == 404


def test_the_plain_form_takes_a_key_of_this_page_alone(browser: Browser) -> None:
    world = browser.world
    _, key = keys.create(world.service, world.actor, world.organization_id, name="b", permission="read")
    page = browser.client.get("/sign-in?to=/l/x")
    assert 'href="sign-in/issuer?to=/l/x">Sign in with Example' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script" not in page.headers["content-security-policy"]
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert browser.client.post("/sign-in", data={"key": key}, headers=headers).status_code == 403
    wrong = browser.client.post("/sign-in", data={"key": key[:-1] + "x"})
    assert (wrong.status_code, "The API key is not valid" in wrong.text) == (401, True)
    right = browser.client.post("/sign-in?to=/l/x", data={"key": key}, headers={"Origin": HERE})
    assert (right.status_code, right.headers["location"]) == (303, f"{HERE}/l/x")
    assert browser.session()["permissions"] == {world.organization_id: "read"}
    (failed,) = browser.logged("user-login-failed")
    assert failed.action["props"]["message"] == "The API key is not valid"


def test_the_session_is_renewed_at_sign_in(browser: Browser) -> None:
    browser.invite("ann@example.com")
    browser.walk()
    first = browser.client.cookies[SECURE_COOKIE]
    browser.walk()
    assert browser.client.cookies[SECURE_COOKIE] != first
    with browser.world.service.reading() as unit:
        assert len(unit.every(SESSION, "")) == 1


GIVEN = {"oidc_issuer": "https://login.example", "oidc_client_id": "n", "public_url": HERE}


def test_an_issuer_is_set_whole_or_not_at_all() -> None:
    def found(**changed: Any) -> Issuer | None:
        return issuer_of(Settings(**GIVEN | changed), now=lambda: None)  # type: ignore[arg-type, return-value]

    assert issuer_of(Settings(), now=lambda: None) is None  # type: ignore[arg-type, return-value]
    issuer = found(oidc_audience="a", oidc_algorithms="RS256, EdDSA")
    assert issuer is not None
    assert (issuer.trust.label, issuer.trust.algorithms) == ("login.example", ("RS256", "EdDSA"))
    for changed in (
        {"oidc_issuer": "http://login.example"},
        {"public_url": ""},
        {"oidc_client_id": ""},
        {"oidc_algorithms": "HS256"},
        {"oidc_algorithms": "none"},
        {"oidc_algorithms": ""},
        {"oidc_skew_seconds": 301},
    ):
        with pytest.raises(Invalid) as refusal:
            found(**changed)
        assert any("expected" in error and "NUNATAK_" in error for error in refusal.value.errors)


@pytest.fixture
def link(browser: Browser) -> str:
    """A share link for people of one domain, and the pages that open it."""
    world = browser.world
    values = {"shareLinksEnabled": True, "shareLinkAuthDomains": ["Example.com"]}
    organizations.update(world.service, world.actor, world.organization_id, values)
    browser.client.app.routes.extend(shares.routes(world.service))  # type: ignore[attr-defined]
    return share_links.create(world.service, world.actor, world.path, {"protected": False}).short_id


def test_a_link_for_people_of_a_domain_opens_for_them_alone(browser: Browser, link: str) -> None:
    asked = browser.client.post(f"/s/{link}/enter", json={}).json()
    assert asked == {"signIn": f"sign-in/issuer?to=/s/{link}", "domains": ["example.com"]}
    browser.provider.person |= {"email": "eve@elsewhere.com"}
    assert browser.walk(f"/s/{link}").status_code == 303  # the issuer knows her, the link doesn't
    assert "token" not in browser.client.post(f"/s/{link}/enter", json={}).json()
    browser.provider.person |= {"sub": "zoe", "email": "zoe@EXAMPLE.com"}
    browser.walk(f"/s/{link}")
    token = browser.client.post(f"/s/{link}/enter", json={}).json()["token"]
    read = {"Authorization": f"Share {token}"}
    path = f"/v1/landscapes/{browser.world.path.landscape_id}"
    assert browser.client.get(f"{path}/versions/latest/diagrams", headers=read).status_code == 200
    assert browser.session()["signedIn"] is False  # who only visits is nobody's member
    assert browser.client.get("/v1/organizations").status_code == 401
    with browser.world.service.reading() as unit:
        assert unit.every(USER, "") == []


def test_a_link_for_people_of_a_domain_is_closed_when_the_domains_change(browser: Browser, link: str) -> None:
    browser.walk(f"/s/{link}")
    world, opened = browser.world, browser.client.post(f"/s/{link}/enter", json={}).json()
    values = {"shareLinkAuthDomains": ["other.com"]}
    organizations.update(world.service, world.actor, world.organization_id, values)
    read = {"Authorization": f"Share {opened['token']}"}
    path = f"/v1/landscapes/{world.path.landscape_id}/versions/latest/diagrams"
    assert browser.client.get(path, headers=read).status_code == 401


def test_a_link_for_people_of_a_domain_shows_other_pages_nothing(browser: Browser, link: str) -> None:
    diagram = browser.world.diagram()
    assert browser.client.get(f"/s/{link}/d/{diagram.handle_id}.svg").status_code == 404
    assert "og:title" not in browser.client.get(f"/s/{link}").text
    assert share_links.get(browser.world.service, browser.world.actor, browser.world.path)[1].total_visitor_count == 0


def test_members_open_their_own_links_whatever_their_domain(browser: Browser, link: str) -> None:
    browser.provider.person |= {"email": "ann@elsewhere.com"}
    browser.invite("ann@elsewhere.com", "read")
    browser.walk(f"/s/{link}")
    assert "token" in browser.client.post(f"/s/{link}/enter", json={}).json()
