"""A server that is asked well, badly and with its data broken tells no secret: not in its log, not in a refusal, not in
what it stores."""

from __future__ import annotations

import json
import re
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing
from typing import Any

import pytest

from tests.started import Started, prepared

PASSWORD, SHORT = "correct horse battery", "hunter2"


class Told:
    """What a server was asked with, and all that it answered."""

    def __init__(self, server: Started) -> None:
        self.server = server
        self.secrets: dict[str, str] = {"key": server.key.partition(":")[2]}
        self.refusals: list[str] = []
        self.organization = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, Any]:
        """Status, text and headers of an answer; what is refused is remembered."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        given = {"X-API-Key": self.server.key, "Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = urllib.request.Request(f"{self.server.address}{path}", data=data, method=method, headers=given)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            self.refusals.append(text)
            return error.code, text, error.headers


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    server = prepared(tmp_path_factory.mktemp("secrets"))
    server.env["NUNATAK_WEBHOOK_PRIVATE"] = "1"
    server.start()  # which tells the key to who starts it, this once
    assert server.end() == 0
    server.start()
    found = Told(server)
    try:
        _well(found)
        _badly(found)
        _broken(found)
    finally:
        assert server.end() == 0
    return found


def _well(told: Told) -> None:
    organization = json.loads(told.ask("GET", "/v1/organizations")[1])["organizations"][0]["id"]
    told.organization = f"/v1/organizations/{organization}"
    hook = json.loads(
        told.ask("POST", f"{told.organization}/webhooks", {"name": "W", "url": "http://127.0.0.1:9/?a"})[1]
    )
    told.secrets["webhook"] = hook["secret"]
    session = told.ask("POST", "/session", {"key": told.server.key})
    told.secrets["cookie"] = session[2]["set-cookie"].partition("=")[2].partition(";")[0].strip('"')
    told.ask("PATCH", told.organization, {"shareLinksEnabled": True})
    land = json.loads(told.ask("GET", f"{told.organization}/landscapes")[1])["landscapes"][0]["id"]
    version = f"/v1/landscapes/{land}/versions/latest"
    told.ask("POST", f"{version}/share-link", {"protected": True, "password": SHORT})
    link = json.loads(told.ask("POST", f"{version}/share-link", {"protected": True, "password": PASSWORD})[1])
    told.secrets["password"] = PASSWORD
    door = f"/s/{link['shareLink']['shortId']}/enter"
    told.ask("POST", door, {"password": SHORT})
    told.secrets["visit"] = json.loads(told.ask("POST", door, {"password": PASSWORD})[1])["token"]
    thumbnails = told.ask("GET", f"{version}/diagrams/thumbnails")[1]
    address = re.search(r"/files/([\w.-]+)", thumbnails)
    assert address is not None, thumbnails
    told.secrets["file"] = address[1]
    told.ask("GET", f"/files/{told.secrets['file']}")


def _badly(told: Told) -> None:
    key = told.server.key
    for headers in (
        {"X_API_Key": f"{key}x"},
        {"X_API_Key": "x:" + told.secrets["key"]},
        {"X_API_Key": "", "Authorization": f"Basic {key}"},
    ):
        assert told.ask("GET", "/v1/organizations", **headers)[0] == 401
    for body in (b'{"name": "' + key.encode() + b'"', {"name": 1, "url": told.secrets["webhook"]}, [PASSWORD]):
        assert told.ask("POST", f"{told.organization}/webhooks", body)[0] in (400, 422)
    told.ask("POST", "/session", {"key": f"{key}x"})
    told.ask("POST", "/session", {"ticket": key})
    told.ask("GET", f"/files/{told.secrets['file']}x")
    told.ask("GET", "/v1/organizations", Idempotency_Key="é" * 300)


def _broken(told: Told) -> None:
    """What is stored can't be read any more: faults of ours, each with its trace in the log."""
    with closing(sqlite3.connect(told.server.data / "nunatak.db")) as database:
        database.execute("UPDATE webhook_subscription SET body = '{'")
        database.execute("UPDATE share_link SET body = '{\"x\": 1}'")
        database.commit()
    assert told.ask("GET", f"{told.organization}/webhooks")[0] == 500
    assert told.ask("POST", f"{told.organization}/webhooks", {"name": "W", "url": "http://127.0.0.1:9/"})[0] in (
        200,
        201,
        500,
    )


def test_the_log_holds_no_secret_though_it_holds_the_traces_of_faults(told: Told) -> None:
    log = told.server.printed
    assert "Traceback" in log
    assert {name: secret for name, secret in told.secrets.items() if secret in log} == {}
    assert SHORT not in log


def test_no_refusal_repeats_a_secret_that_it_was_asked_with_as_a_credential(told: Told) -> None:
    assert len(told.refusals) > 8
    found = [
        (name, text)
        for name in ("key", "cookie", "file", "visit")
        for text in told.refusals
        if told.secrets[name] in text
    ]
    assert found == []
    assert [text for text in told.refusals if SHORT in text or PASSWORD in text] == []
    assert [text for text in told.refusals if "Traceback" in text or ".py" in text] == []


def test_no_secret_lies_in_the_data_in_the_open(told: Told) -> None:
    stored = b"".join(path.read_bytes() for path in told.server.data.glob("nunatak.db*"))
    assert {name for name, secret in told.secrets.items() if secret.encode() in stored} == set()
    assert told.secrets["key"] in (told.server.data / "admin-api-key").read_text()  # told once, to who started it
