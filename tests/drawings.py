"""A client of the drawings' API: raw requests, whole answers."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from nunatak.api.cognite import contents
from nunatak.api.cognite.app import Api
from nunatak.api.requests import Requests
from nunatak.core.fields import PermissionType
from nunatak.services import drawing_work, keys, organizations
from tests.make import World

PROJECT = "plant"


@dataclass
class Drawings:
    """A client with a token, of one project."""

    world: World
    client: httpx.Client
    token: str
    project: str = PROJECT

    def send(self, path: str, body: Any = None, status: int = 200, **more: Any) -> Any:
        """The JSON of an answer; a POST where there is a body, packed as clients pack it."""
        answer = self.answer(path, body, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def answer(self, path: str, body: Any = None, *, prefix: str = "/api/v1", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        url = f"{prefix}/projects/{self.project}{path}"
        if body is None:
            return self.client.get(url, headers=headers, **more)
        packed = gzip.compress(json.dumps(body).encode())
        headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"} | headers
        return self.client.post(url, content=packed, headers=headers, **more)

    def made(self, content: bytes | None = None, **facts: Any) -> Any:
        """A file, with a content where one is given, as the API answers it."""
        made = self.send("/files", {"name": "F", **facts}, 201)
        if content is not None:
            assert self.client.put(made["uploadUrl"], content=content).status_code == 200
        return made

    def one(self, id_: int) -> Any:
        return self.send("/files/byids", {"items": [{"id": id_}]})["items"][0]

    def fetched(self, id_: int) -> bytes:
        link = self.send("/files/downloadlink", {"items": [{"id": id_}]})["items"][0]["downloadUrl"]
        return self.client.get(link).content

    def done(self, job: Any) -> Any:
        """A job's last answer, after its work was done here."""
        payload = {"organizationId": self.world.organization_id, "jobId": str(job["jobId"])}
        drawing_work.carry_out(self.world.service, payload)
        return self.send(f"/context/diagram/{'convert' if 'grayscale' in job else 'detect'}/{job['jobId']}")

    def with_permission(self, permission: PermissionType) -> Drawings:
        """The same project's client with another key."""
        world = self.world
        _, token = keys.create(world.service, world.actor, world.organization_id, name="t", permission=permission)
        return Drawings(world, self.client, token)

    def stranger(self) -> Drawings:
        """A client with a key of another project, which asks as if it were one of this."""
        world = self.world
        other = organizations.create(world.service, world.actor, {"name": "Other", "urlName": "other"})
        operator = keys.operator([other.id])
        _, token = keys.create(world.service, operator, other.id, name="t", permission="admin")
        return Drawings(world, self.client, token, project="other")


def drawings_of(world: World, *, hold: float = 0, **options: Any) -> Drawings:
    """A client of the world's API with a fresh key."""
    organizations.update(world.service, world.actor, world.organization_id, {"urlName": PROJECT})
    _, token = keys.create(world.service, world.actor, world.organization_id, name="t", permission="write")
    api = Api(world.service, hold=hold, **options)
    app = Requests(Starlette(routes=[*contents.routes(world.service), Mount("/", api)]), new_id=lambda: "made")
    return Drawings(world, TestClient(app, follow_redirects=False), token)
