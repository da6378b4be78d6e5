"""Who may call what, asked of every operation: another organization's ids find nothing, and a key that reads writes
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.icepanel.operation import Operation
from nunatak.api.requests import Requests
from nunatak.core.fields import PermissionType
from nunatak.services import keys, organizations
from nunatak.services.service import Service
from tests.filled import Filled, filled, serving

OPERATIONS = {each.id: each for each in all_operations()}
# What isn't about one organization; the catalog is everybody's.
EVERYBODYS = {
    "organizations.list",
    "organizations.create",
    "schemas.get",
    "catalog.technologies.list",
    "catalog.technologies.listSelect",
    "catalog.technologies.getSlug",
    "catalog.technologies.createSignedIconUrl",
    "catalog.technologies.suggestBrand",
    "catalog.technologies.suggestInformation",
}
# What an operation must be asked, beside its path.
QUERIES = {
    "diagrams.diff": {"from": "latest"},
    "landscapes.copy": {"targetLandscapeId": "{landscapeId}"},
    "organizations.landscapes.copy": {"targetLandscapeId": "{landscapeId}"},
    "landscapes.search": {"search": "a"},
    "landscapes.export.create": {"type": "json"},
    "model.objects.dependenciesList": {"filter[objectIds]": "{modelObjectId}"},
}
BODIES = {"organizations.users.update": {"permission": "read"}}
TAG = {"name": "T", "color": "red", "index": 0}
SYSTEM = {"name": "S", "type": "system", "parentId": "{root}"}
OURS = [name for name in OPERATIONS if name not in EVERYBODYS]
IN_ORGANIZATIONS = [
    name
    for name in OURS
    if "organizationId" in OPERATIONS[name].parameters
    and set(OPERATIONS[name].parameters) - {"organizationId", "versionId"}
]
WRITING = [name for name, each in OPERATIONS.items() if not each.reads]


@dataclass
class Server:
    """The API over a filled landscape, and keys to it."""

    service: Service
    made: Filled
    client: TestClient

    def key(self, permission: PermissionType, organization_id: str | None = None) -> str:
        """New credentials for an organization, the filled one's where none is named."""
        wanted = organization_id or self.made.ids["organizationId"]
        _, told = keys.create(self.service, keys.operator([wanted]), wanted, name="k", permission=permission)
        return told

    def elsewhere(self) -> tuple[str, str]:
        """Another organization, and its administrator's credentials."""
        made = organizations.create(self.service, keys.operator(["any"]), {"name": "Other"})
        return made.id, self.key("admin", made.id)

    def kept(self) -> str:
        """The id of a snapshot of the filled landscape."""
        path = f"/v1/landscapes/{self.made.ids['landscapeId']}/versions"
        found = self.client.get(path, headers={"X-API-Key": self.made.credentials}).json()["versions"]
        return next(each["id"] for each in found if "latest" not in each["tags"])

    def call(self, operation: Operation, key: str, **more: str) -> httpx.Response:
        """The answer to a request for what is in the filled landscape, without a body."""
        path = operation.path.format(**self.made.ids | more)
        query = {name: told.format(**self.made.ids) for name, told in QUERIES.get(operation.id, {}).items()}
        given: dict[str, Any] = {"params": query, "headers": {"X-API-Key": key}}
        if operation.id in BODIES:
            given["json"] = BODIES[operation.id]
        return self.client.request(operation.method, f"/v1{path}", **given)


@dataclass
class Sender:
    """A client with one key that fills the ids in, wherever they are named."""

    client: TestClient
    key: str
    ids: dict[str, str]

    def __call__(self, method: str, path: str, *, query: Any = None, body: Any = None) -> httpx.Response:
        given = {"params": query, "json": body}
        told = {name: self._filled(value) for name, value in given.items() if value}
        return self.client.request(method, f"/v1{path.format(**self.ids)}", headers={"X-API-Key": self.key}, **told)

    def _filled(self, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: self._filled(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self._filled(value) for value in given]
        return given.format(**self.ids) if isinstance(given, str) else given


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def server(made: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all: nothing that is asked of it here may change anything."""
    folder = tmp_path_factory.mktemp("served")
    with serving(made.copied(folder), folder) as service:
        yield Server(service, made, TestClient(Requests(Api(service), new_id=lambda: "made")))


@pytest.fixture(scope="module")
def stranger(server: Server) -> str:
    return server.elsewhere()[1]


@pytest.fixture(scope="module")
def reader(server: Server) -> str:
    return server.key("read")


@pytest.mark.parametrize("name", OURS)
def test_another_organizations_ids_find_nothing(server: Server, stranger: str, name: str) -> None:
    operation = OPERATIONS[name]
    if operation.anonymous:  # it answers whoever asks, so it may show nothing that is somebody's own
        stranger = "nobody:at-all"
    answer = server.call(operation, stranger)
    assert answer.status_code == 404, answer.text
    assert not answer.content or answer.json()["message"].endswith(" not found")


@pytest.mark.parametrize("name", IN_ORGANIZATIONS)
def test_an_organization_of_ones_own_does_not_open_what_is_anothers(server: Server, name: str) -> None:
    own, key = server.elsewhere()
    answer = server.call(OPERATIONS[name], key, organizationId=own)
    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("POST", "/landscapes/{mine}/copy", {"targetLandscapeId": "{landscapeId}"}, None),
        ("POST", "/landscapes/{mine}/duplicate", {"targetOrganizationId": "{organizationId}"}, {"name": "D"}),
        ("PATCH", "/landscapes/{mine}", {}, {"organizationId": "{organizationId}"}),
        ("POST", "/landscapes/{mine}/version/reverts", {}, {"versionId": "{kept}", "notes": "Not mine to have"}),
        ("POST", "/landscapes/{mine}/versions/latest/tags", {}, TAG | {"groupId": "{tagGroupId}"}),
        ("POST", "/landscapes/{mine}/versions/latest/flows", {}, {"name": "F", "diagramId": "{diagramId}"}),
        ("POST", "/landscapes/{mine}/versions/latest/model/objects", {}, SYSTEM | {"parentId": "{modelObjectId}"}),
        ("POST", "/landscapes/{mine}/versions/latest/model/objects", {}, SYSTEM | {"teamIds": ["{teamId}"]}),
        ("POST", "/landscapes/{mine}/versions/latest/model/objects", {}, SYSTEM | {"tagIds": ["{tagId}"]}),
        ("POST", "/landscapes/{mine}/versions/latest/model/objects", {}, SYSTEM | {"technologyIds": ["{technology}"]}),
        ("POST", "/organizations/{own}/teams", {}, {"name": "T", "userIds": ["{userId}"]}),
    ],
)
def test_what_is_anothers_cannot_be_named_in_a_query_or_a_body(
    server: Server, method: str, path: str, query: dict[str, str], body: Any
) -> None:
    own, key = server.elsewhere()
    send = Sender(server.client, key, server.made.ids | {"own": own})
    land = send("POST", "/organizations/{own}/landscapes", body={"name": "Mine"}).json()["landscape"]["id"]
    send.ids["mine"] = land
    roots = send("GET", "/landscapes/{mine}/versions/latest/model/objects?filter[type]=root").json()["modelObjects"]
    send.ids |= {"root": roots[0]["id"], "technology": server.made.ids["catalogTechnologyId"], "kept": server.kept()}
    answer = send(method, path, query=query, body=body)
    assert answer.status_code in (404, 422), answer.text
    assert answer.json()["message"].endswith("not found") or "expected the id" in answer.json()["errors"][0], (
        answer.text
    )


@pytest.mark.parametrize("name", WRITING)
def test_a_key_that_reads_writes_nothing(server: Server, reader: str, name: str) -> None:
    answer = server.call(OPERATIONS[name], reader)
    assert answer.status_code == 403, answer.text
    assert not answer.content or answer.json()["code"] == "auth/forbidden"


@pytest.mark.parametrize("name", [name for name in OPERATIONS if not OPERATIONS[name].anonymous])
def test_no_operation_answers_without_a_key(server: Server, name: str) -> None:
    operation = OPERATIONS[name]
    answer = server.client.request(operation.method, f"/v1{operation.path.format(**server.made.ids)}")
    assert answer.status_code == 401, answer.text


@pytest.mark.parametrize("name", [name for name in OPERATIONS if "versionId" in OPERATIONS[name].parameters])
def test_a_version_of_another_landscape_is_not_found(server: Server, name: str) -> None:
    answer = server.call(OPERATIONS[name], server.made.credentials, versionId="BkeMTc4ehDdh7qzTsVSY")
    assert answer.status_code == 404, answer.text
