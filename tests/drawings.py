"""A client of the drawings' API: raw requests, whole answers, and small documents to send."""

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


def pdf(*pages: str, width: int = 600, height: int = 400) -> bytes:
    """A PDF with a page for each text, whose lines stand below each other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        lines = "".join(
            f"BT /F1 12 Tf {50 + 200 * (at % 2)} {height - 50 - 30 * at} Td ({line}) Tj ET\n"
            for at, line in enumerate(text.split("\n"))
        )
        stream = f"1 0 0 RG 20 20 {width - 40} {height - 40} re S\n{lines}".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {len(objects)} 0 R"
        objects.append(f"{page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
