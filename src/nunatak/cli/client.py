"""A client of a running server, for the commands that can work through one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec

from nunatak.core.diagram import Diagram
from nunatak.core.errors import Busy, Invalid
from nunatak.core.flow import Flow
from nunatak.core.landscape import Landscape
from nunatak.core.organization import Organization
from nunatak.core.work import DiagramExportImage, LandscapeImport
from nunatak.settings import Settings

_PATIENCE = 180.0


class Client:
    """Calls a server's API. Raises Invalid with the server's own words when it refuses, Busy when it is away. A context
    manager, at whose end its connections are closed."""

    def __init__(self, server: str, key: str) -> None:
        base = server.rstrip("/").removesuffix("/v1")
        self._http = httpx.Client(base_url=f"{base}/v1", headers={"X-API-Key": key}, timeout=60)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def diagrams(self) -> Iterator[Diagram]:
        """The diagrams of every landscape the key can see."""
        yield from self._of_landscapes("diagrams", Diagram)

    def flows(self) -> Iterator[Flow]:
        """The flows of every landscape the key can see."""
        yield from self._of_landscapes("flows", Flow)

    def _of_landscapes(self, name: str, type_: Any) -> Iterator[Any]:
        for organization in self._many("/organizations", "organizations", Organization):
            for land in self._many(f"/organizations/{organization.id}/landscapes", "landscapes", Landscape):
                yield from self._many(f"/landscapes/{land.id}/versions/latest/{name}", name, type_)

    def export(self, one: Diagram | Flow, options: dict[str, Any]) -> DiagramExportImage:
        """The finished export of a diagram, or of the one that a flow is told over."""
        diagram_id = one.diagram_id if isinstance(one, Flow) else one.id
        path = f"/landscapes/{one.landscape_id}/versions/{one.version_id}/diagrams/{diagram_id}/export/image"
        record = self._export(self._call("POST", path, json=options))
        end, pause = time.monotonic() + _PATIENCE, 0.05
        while not record.completed_at and time.monotonic() < end:
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
            record = self._export(self._call("GET", f"{path}/{record.id}"))
        if record.error or not record.completed_at:
            raise Busy(f"{one.name}: {record.error or 'the export did not end in time'}")
        return record

    def bring(self, landscape_id: str, data: bytes, media: str, *, prune: bool) -> LandscapeImport:
        """An import that has ended. Raises Busy for one that takes too long."""
        path = f"/landscapes/{landscape_id}/versions/latest/import"
        more = {
            "headers": {"Content-Type": media or "application/octet-stream"},
            "params": {"prune": str(prune).lower()},
        }
        record = self._import(self._call("POST", path, content=data, **more))
        end, pause = time.monotonic() + _PATIENCE, 0.05
        while record.status == "in-progress" and time.monotonic() < end:
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
            record = self._import(self._call("GET", f"{path}/{record.id}"))
        if record.status == "in-progress":
            raise Busy(f"The import {record.id} did not end in time; the server goes on with it")
        return record

    def fetch(self, url: str) -> bytes:
        """The bytes behind an address of the server's."""
        return self._call("GET", url)

    def _export(self, answer: bytes) -> DiagramExportImage:
        return msgspec.json.decode(answer, type=dict[str, DiagramExportImage])["diagramExportImage"]

    def _import(self, answer: bytes) -> LandscapeImport:
        return msgspec.json.decode(answer, type=dict[str, LandscapeImport])["landscapeImport"]

    def _many(self, path: str, key: str, type_: Any) -> list[Any]:
        found: list[Any] = msgspec.json.decode(self._call("GET", path), type=dict[str, list[type_]])[key]
        return found

    def _call(self, method: str, path: str, **more: Any) -> bytes:
        try:
            answer = self._http.request(method, path, **more)
        except httpx.TransportError as error:
            raise Busy(f"{self._http.base_url} can't be reached: {error}") from None
        if answer.status_code >= 400:
            raise Invalid(f"The server refused {method} {path}: {answer.status_code} {_message(answer)}")
        return answer.content


def _message(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase


def stored_key(settings: Settings) -> str:
    """The administrator's key of a data folder, for a server that works on it."""
    path = settings.data / "admin-api-key"
    if not path.exists():
        raise Invalid("The server wants a key", ("--key: expected an API key `id:secret`, or NUNATAK_API_KEY",))
    return path.read_text().strip()
