"""The authorization matrix: every operation of both APIs, asked with every sort of credentials that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from nunatak.api.cognite import app as drawings_app
from nunatak.api.cognite.operation import Operation as DrawingsOperation
from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.icepanel.operation import Operation
from nunatak.api.icepanel.reading import SHARED
from nunatak.core.access import Deed
from nunatak.core.fields import PermissionType
from nunatak.core.kinds import LOG_ENTRY
from nunatak.services import guests, keys, landscapes, organizations, people, share_links, versions
from nunatak.services.fetching import fetched
from nunatak.services.issuers import Issuer
from nunatak.services.places import Path as Version
from nunatak.services.service import Service
from tests import provider as providers
from tests.filled import Filled, filled, serving
from tests.provider import AUDIENCE, Provider, confused, unsigned

ENOUGH: dict[Deed, set[str]] = {"read": {"read", "write", "admin"}, "write": {"write", "admin"}, "admin": {"admin"}}
# What is asked beside the path: an operation looks at these before it looks whose they are.
QUERIES = {
    "diagrams.diff": {"from": "latest"},
    "landscapes.copy": {"targetLandscapeId": "{landscapeId}"},
    "organizations.landscapes.copy": {"targetLandscapeId": "{landscapeId}"},
    "landscapes.search": {"search": "a"},
    "landscapes.export.create": {"type": "json"},
    "model.objects.dependenciesList": {"filter[objectIds]": "{modelObjectId}"},
}
# Operations that aren't about one organization: there is nothing of another's to find.
EVERYBODYS = ("catalog.", "schemas.", "organizations.list", "organizations.create")
OPERATIONS = [each for each in all_operations() if not each.anonymous]
DRAWINGS = [one for module in drawings_app._NAMED for one in module.OPERATIONS]


@dataclass
class Doors:
    """Both APIs over one filled organization, and credentials of every sort as headers."""

    service: Service
    made: Filled
    client: TestClient
    provider: Provider

    def ask(self, operation: Operation, headers: dict[str, str]) -> httpx.Response:
        ids = self.made.ids
        query = {name: told.format(**ids) for name, told in QUERIES.get(operation.id, {}).items()}
        path = f"/v1{operation.path.format(**ids)}"
        return self.client.request(operation.method, path, params=query, headers=headers)

    def draw(self, operation: DrawingsOperation, headers: dict[str, str], project: str = "") -> httpx.Response:
        path = f"/api/v1/projects/{project or self.made.ids['organizationId']}{operation.path.replace('{}', '1')}"
        body = {} if operation.method == "GET" else {"json": {}}
        return self.client.request(operation.method, path, headers=headers, **body)

    def key(self, permission: PermissionType, organization_id: str = "", **more: Any) -> tuple[str, dict[str, str]]:
        wanted = organization_id or self.made.ids["organizationId"]
        given = {"name": "k", "permission": permission, **more}
        made, told = keys.create(self.service, keys.operator([wanted]), wanted, **given)
        return made.id, {"X-API-Key": told}

    def bearer(self, **claims: Any) -> dict[str, str]:
        at = self.service.clock().timestamp()
        return {"Authorization": f"Bearer {self.provider.signed(at, **{'exp': at + 10**6, **claims})}"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def doors(made: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """One for all who are refused: nothing that they ask may change anything."""
    with _opened(made, tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def own_doors(made: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """A copy of its own for a test: what is allowed here is done."""
    with _opened(made, tmp_path_factory.mktemp("own")) as found:
        yield found


@contextmanager
def _opened(made: Filled, folder: Path) -> Iterator[Doors]:
    with serving(made.copied(folder), folder) as plain, providers.running(plain.clock) as provider:
        service = replace(plain, issuer=Issuer(provider.trust(), fetch=fetched, now=plain.clock))
        mounts = [Mount("/v1", app=Api(service)), Mount("/", app=drawings_app.Api(service, hold=0))]
        yield Doors(service, made, TestClient(Starlette(routes=mounts)), provider)


def refusal(answer: httpx.Response) -> tuple[str, str]:
    """The message of a refusal, and all of its words."""
    if not answer.content:
        return "", "expected"  # HEAD has no words
    body = answer.json()
    return body.get("message") or body["error"]["message"], answer.text


def nobody(doors: Doors) -> dict[str, str]:
    return {}


def expired_key(doors: Doors) -> dict[str, str]:
    return doors.key("admin", expires_at=doors.service.clock() + timedelta(seconds=2))[1]


def revoked_key(doors: Doors) -> dict[str, str]:
    id_, headers = doors.key("admin")
    keys.revoke(doors.service, keys.operator([doors.made.ids["organizationId"]]), id_)
    return headers


def renewed_key(doors: Doors) -> dict[str, str]:
    id_, headers = doors.key("admin")
    own = doors.made.ids["organizationId"]
    keys.rotate(doors.service, keys.operator([own]), own, id_, until=doors.service.clock())
    return headers


def guessed_key(doors: Doors) -> dict[str, str]:
    id_, _ = doors.key("admin")
    return {"Authorization": f"ApiKey {id_}:{'0' * 64}"}


def wrong_audience(doors: Doors) -> dict[str, str]:
    return doors.bearer(aud="https://another.example")


def wrong_issuer(doors: Doors) -> dict[str, str]:
    return doors.bearer(iss="https://another.example")


def of_nobody_here(doors: Doors) -> dict[str, str]:
    return doors.bearer(sub="stranger", email="eve@example.com", email_verified=True)


def algorithm_none(doors: Doors) -> dict[str, str]:
    return {"Authorization": f"Bearer {unsigned(_claims(doors))}"}


def algorithm_confused(doors: Doors) -> dict[str, str]:
    return {"Authorization": f"Bearer {confused(_claims(doors), doors.provider.keys[0])}"}


def own_issuer_forged(doors: Doors) -> dict[str, str]:
    """As if this server had signed it, by the provider's key."""
    return doors.bearer(iss="urn:nunatak", aud="urn:nunatak:api", sub=doors.made.credentials.partition(":")[0])


def expired_token(doors: Doors) -> dict[str, str]:
    return doors.bearer(exp=doors.service.clock().timestamp() - 120)


def foreign_signature(doors: Doors) -> dict[str, str]:
    at = doors.service.clock().timestamp()
    return {"Authorization": f"Bearer {doors.provider.signed(at, Provider.key('first'))}"}


def _claims(doors: Doors) -> dict[str, Any]:
    end = doors.service.clock().timestamp() + 10**6
    return {"iss": doors.provider.issuer, "aud": AUDIENCE, "sub": "ann-1", "exp": end}


PROVE_NOTHING: list[Callable[[Doors], dict[str, str]]] = [
    nobody, expired_key, revoked_key, renewed_key, guessed_key, wrong_audience, wrong_issuer, of_nobody_here,
    algorithm_none, algorithm_confused, own_issuer_forged, expired_token, foreign_signature,
]  # fmt: skip


@pytest.mark.parametrize("credentials", PROVE_NOTHING, ids=lambda make: make.__name__)
def test_what_proves_nothing_opens_nothing(doors: Doors, credentials: Callable[[Doors], dict[str, str]]) -> None:
    headers = credentials(doors)
    answers = {one.id: doors.ask(one, headers) for one in OPERATIONS}
    answers |= {f"{one.method} {one.path}": doors.draw(one, headers) for one in DRAWINGS}
    answers["inspect"] = doors.client.get("/api/v1/token/inspect", headers=headers)
    wrong = {name: answer.text for name, answer in answers.items() if answer.status_code != 401}
    assert wrong == {}
    assert [name for name, answer in answers.items() if "expected" not in refusal(answer)[1]] == []


def test_another_tenant_finds_nothing(doors: Doors) -> None:
    other = organizations.create(doors.service, keys.operator(["any"]), {"name": "Other", "urlName": "other"})
    _, headers = doors.key("admin", other.id)
    ours = [one for one in OPERATIONS if not one.id.startswith(EVERYBODYS) or one.id.startswith("catalog.technology.")]
    answers = {one.id: doors.ask(one, headers) for one in ours}
    assert {name: answer.text for name, answer in answers.items() if answer.status_code != 404} == {}
    # This API's client asks then which projects there are, so there it is 401.
    drawn = {f"{one.method} {one.path}": doors.draw(one, headers) for one in DRAWINGS}
    assert {name: answer.text for name, answer in drawn.items() if answer.status_code != 401} == {}
    assert all("does not open project" in refusal(answer)[0] for answer in drawn.values())
    listed = doors.client.get("/v1/organizations", headers=headers).json()["organizations"]
    assert [each["id"] for each in listed] == [other.id]
    told = doors.client.get("/api/v1/token/inspect", headers=headers).json()
    assert [each["projectUrlName"] for each in told["projects"]] == ["other"]


def _by_key(doors: Doors, permission: PermissionType) -> dict[str, str]:
    return doors.key(permission)[1]


def _by_token(doors: Doors, permission: PermissionType) -> dict[str, str]:
    """A user of that permission, whom the issuer vouches for."""
    own = doors.made.ids["organizationId"]
    person = {"email": f"{permission}@example.com"}
    people.add(doors.service, keys.operator([own]), own, person, {"permission": permission})
    return doors.bearer(sub=permission, email=person["email"], email_verified=True)


PROOFS = [(_by_key, "billing"), (_by_key, "read"), (_by_key, "write"), (_by_key, "admin"), (_by_token, "write")]


@pytest.mark.parametrize(("proof", "permission"), PROOFS)
def test_a_permission_is_enough_for_its_deeds_and_no_others(
    own_doors: Doors, proof: Callable[[Doors, PermissionType], dict[str, str]], permission: PermissionType
) -> None:
    headers = proof(own_doors, permission)
    wrong = {}
    for one in DRAWINGS:
        answer = own_doors.draw(one, headers)
        if answer.status_code == 401 or (answer.status_code != 403) != (permission in ENOUGH[one.deed]):
            wrong[one.path] = f"{one.deed}: {answer.status_code} {answer.text}"
    assert own_doors.client.get("/api/v1/token/inspect", headers=headers).status_code == 200
    for each in _last_what_takes_most(OPERATIONS):
        answer = own_doors.ask(each, headers)
        if each.id.startswith(EVERYBODYS) and each.needs == "read":
            continue
        is_allowed = permission in ENOUGH[each.needs]
        if (answer.status_code not in (401, 403)) != is_allowed:
            wrong[each.id] = f"{each.needs}: {answer.status_code} {answer.text}"
        elif not is_allowed and answer.content and f"needs {each.needs} permission" not in refusal(answer)[0]:
            wrong[each.id] = f"says {refusal(answer)[0]!r}"
    assert wrong == {}


def _last_what_takes_most(operations: list[Operation]) -> list[Operation]:
    """What is deep in the tree first, and deletions last: the organization goes with the last request."""
    return sorted(
        operations, key=lambda one: (one.method == "DELETE", -one.path.count("/"), one.id == "organizations.delete")
    )


def test_who_is_limited_to_another_landscape_finds_nothing_of_this_one(doors: Doors) -> None:
    own = doors.made.ids["organizationId"]
    operator = keys.operator([own])
    other, _ = landscapes.create(doors.service, operator, own, {"name": "Other"})
    member = {"permission": "write", "landscapePermissions": {other.id: True}}
    people.add(doors.service, operator, own, {"email": "zoe@example.com"}, member)
    headers = doors.bearer(sub="zoe", email="zoe@example.com", email_verified=True)
    for one in OPERATIONS:
        answer = doors.ask(one, headers)
        if "landscapeId" in one.parameters:
            assert answer.status_code == 404, (one.id, answer.text)
        elif not one.reads and one.id != "organizations.create" and not one.id.startswith("catalog."):
            assert answer.status_code == 403, (one.id, answer.text)
        assert doors.made.ids["landscapeId"] not in answer.text or one.id == "organizations.users.list", one.id
    assert {doors.draw(one, headers).status_code for one in DRAWINGS} == {403}
    assert doors.client.get(f"/v1/landscapes/{other.id}", headers=headers).status_code == 200


def test_a_share_link_opens_its_version_and_nothing_else(own_doors: Doors) -> None:
    """What shows the version in pictures and words is open, all else is refused; other versions, other landscapes and
    other drafts are not there."""
    service, ids = own_doors.service, own_doors.made.ids
    operator, own = (
        keys.operator([ids["organizationId"]]),
        Version(landscape_id=ids["landscapeId"], version_id="latest"),
    )
    link, _ = share_links.get(service, operator, own)
    headers = {"Authorization": f"Share {guests.enter(service, link.short_id)}"}
    for one in OPERATIONS:
        answer = own_doors.ask(one, headers)
        if one.id in SHARED:
            assert answer.status_code not in (401, 403, 404), (one.id, answer.text)
        else:
            assert answer.status_code == 403, (one.id, answer.text)
    assert {own_doors.draw(one, headers).status_code for one in DRAWINGS} == {401}
    kept = versions.create(
        service, operator, own.landscape_id, {"name": "K", "notes": "Kept as it is", "modelHandleId": None}
    )
    other, _ = landscapes.create(service, operator, ids["organizationId"], {"name": "Other"})
    shared = [one for one in OPERATIONS if one.id in SHARED]
    for changed in ({"versionId": kept.id}, {"landscapeId": other.id}):
        elsewhere = replace(own_doors, made=replace(own_doors.made, ids=ids | changed))
        for one in shared:
            if changed.keys() & set(one.parameters):
                answer = elsewhere.ask(one, headers)
                assert answer.status_code == 404, (one.id, changed, answer.text)
    for one in shared:
        if one.query is not None and "draft_id" in one.query.__struct_fields__:
            path = f"/v1{one.path.format(**ids)}"
            query = {name: told.format(**ids) for name, told in QUERIES.get(one.id, {}).items()}
            answer = own_doors.client.get(path, params=query | {"draftId": ids["draftId"]}, headers=headers)
            assert answer.status_code == 404, (one.id, answer.text)
    body = {"draftId": ids["draftId"]}
    path = f"/v1/landscapes/{own.landscape_id}/versions/latest/diagrams/{ids['diagramId']}/export/image"
    assert own_doors.client.post(path, json=body, headers=headers).status_code == 404


def test_refusals_are_in_the_log_and_do_not_flood_it(own_doors: Doors) -> None:
    id_, headers = own_doors.key("read")
    revoked = revoked_key(own_doors)
    path = f"/v1/landscapes/{own_doors.made.ids['landscapeId']}"
    for _ in range(3):
        own_doors.client.delete(path, headers=headers)
        own_doors.client.get(path, headers=revoked)
        own_doors.client.post(
            f"/api/v1/projects/{own_doors.made.ids['organizationId']}/files", headers=headers, json={}
        )
    with own_doors.service.reading() as unit:
        entries = unit.every(LOG_ENTRY, own_doors.made.ids["organizationId"])
    found = [one for one in entries if one.action_type in ("access-refuse", "user-login-failed")]
    told = [(one.action_type, one.action["context"]["operation"], one.performed_by_id) for one in found]
    assert told == [
        ("access-refuse", "landscapes.delete", id_),
        ("user-login-failed", "landscapes.get", revoked["X-API-Key"].partition(":")[0]),
        ("access-refuse", "POST /files", id_),
    ]
    assert {(one.performed_by_ip, one.performed_by_user_agent) for one in found} == {("testclient", "testclient")}
    assert found[0].importance == "high"
