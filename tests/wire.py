"""A client with a key, and the paths of one landscape: raw requests, whole answers."""

from __future__ import annotations

from typing import Any

import httpx
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api
from nunatak.api.requests import Requests
from nunatak.core.fields import PermissionType
from nunatak.services import keys
from tests.make import World

V = "/v1/landscapes/{landscape}/versions/latest"


class Wire:
    """A client with a key, and the paths of one landscape."""

    def __init__(self, world: World, client: httpx.Client, credentials: str) -> None:
        self.world = world
        self.client = client
        self.credentials = credentials
        self.base = V.format(landscape=world.path.landscape_id)

    def send(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        url = path if path.startswith("/v1") else f"{self.base}{path}"
        headers = {"X-API-Key": self.credentials} | more.pop("headers", {})
        answer = self.client.request(method, url, headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def made(self, path: str, **body: Any) -> Any:
        return next(iter(self.send("POST", path, json=body).values()))

    def system(self, **body: Any) -> Any:
        given = {"name": f"S{id(body)}", "type": "system", "parentId": self.world.root_id, **body}
        return self.made("/model/objects", **given)


def wire_of(world: World, permission: PermissionType = "write") -> Wire:
    """A client of the world's API with a fresh key."""
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="t", permission=permission)
    app = Requests(Api(world.service), new_id=lambda: "made")
    return Wire(world, TestClient(app), credentials)
