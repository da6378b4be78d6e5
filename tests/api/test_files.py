"""Files, health and readiness over HTTP."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nunatak.api.files import routes
from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.core.errors import Busy
from tests import make

TOKENS = Tokens(b"a secret of 16 bytes and more", now=make.Clock())


def client(folder: Path, *, away: bool = False, metrics: str = "off", host: str = "203.0.113.9") -> TestClient:
    blobs = open_blobs(str(folder))
    blobs.put("pictures/a.svg", b"<svg/>")

    def ready() -> None:
        if away:
            raise Busy("The database is not available; try again")

    missing: object = None
    service = make.service(missing, blobs=blobs, tokens=TOKENS)  # type: ignore[arg-type]
    app = Starlette(routes=routes(service, TOKENS, ready=ready, metrics=metrics))
    return TestClient(app, client=(host, 50_000))


def test_a_signed_file_comes_with_headers_that_keep_it_from_doing_anything(tmp_path: Path) -> None:
    answer = client(tmp_path).get(f"/files/{TOKENS.sign('pictures/a.svg', 'image/svg+xml', 'd.svg')}")
    assert (answer.status_code, answer.content) == (200, b"<svg/>")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-disposition"] == 'inline; filename="d.svg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("token", ["nothing", "a.b.c", "%00", "..", "x" * 9000])
def test_a_token_that_was_not_made_here_finds_nothing(tmp_path: Path, token: str) -> None:
    assert client(tmp_path).get(f"/files/{token}").status_code == 404


def test_a_file_that_is_gone_and_one_of_another_secret_say_the_same(tmp_path: Path) -> None:
    gone = TOKENS.sign("pictures/gone.svg", "image/svg+xml", "d.svg")
    foreign = Tokens(b"another secret of some bytes", now=make.Clock()).sign("pictures/a.svg", "image/svg+xml", "d.svg")
    told = [client(tmp_path).get(f"/files/{token}") for token in (gone, foreign)]
    assert [answer.status_code for answer in told] == [404, 404]
    assert {answer.json()["message"] for answer in told} == {"File not found or its address has run out"}


def test_readiness_says_why_the_server_cannot_work_and_health_does_not_care(tmp_path: Path) -> None:
    assert client(tmp_path).get("/readyz").json() == {"status": "ready"}
    ill = client(tmp_path, away=True)
    assert (ill.get("/readyz").status_code, ill.get("/healthz").status_code) == (503, 200)
    assert "database is not available" in ill.get("/readyz").json()["message"]


@pytest.mark.parametrize(
    ("metrics", "host", "proxied", "status"),
    [
        ("off", "127.0.0.1", False, 404),
        ("local", "127.0.0.1", False, 200),
        ("local", "::1", False, 200),
        ("local", "127.0.0.1", True, 404),
        ("local", "203.0.113.9", False, 404),
        ("all", "203.0.113.9", True, 200),
    ],
)
def test_what_is_counted_is_for_whom_the_setting_names(
    tmp_path: Path, metrics: str, host: str, proxied: bool, status: int
) -> None:
    headers = {"X-Forwarded-For": "127.0.0.1"} if proxied else {}
    answer = client(tmp_path, metrics=metrics, host=host).get("/metrics", headers=headers)
    assert answer.status_code == status
    assert (b"nunatak_database_connections" in answer.content) == (status == 200)


def test_a_file_is_put_off_while_the_storage_is_away(tmp_path: Path) -> None:
    asker = client(tmp_path / "blobs")
    (tmp_path / "blobs").rename(tmp_path / "aside")
    (tmp_path / "blobs").write_text("no folder")
    answer = asker.get(f"/files/{TOKENS.sign('pictures/a.svg', 'image/svg+xml', 'd.svg')}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


@pytest.mark.parametrize("name", ['a"; x="b.svg', "a\r\nSet-Cookie: a=b.svg", "Größe.svg", "a;b,c.svg"])
def test_a_name_can_neither_leave_its_header_nor_add_one(tmp_path: Path, name: str) -> None:
    answer = client(tmp_path).get(f"/files/{TOKENS.sign('pictures/a.svg', 'image/svg+xml', name)}")
    assert answer.status_code == 200
    assert re.fullmatch(r'inline; filename="[A-Za-z0-9._-]+"', answer.headers["content-disposition"])
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_what_is_no_picture_of_ours_is_saved_and_never_shown(tmp_path: Path) -> None:
    for media_type in ("text/html", "application/pdf", "application/zip", "text/markdown"):
        answer = client(tmp_path).get(f"/files/{TOKENS.sign('pictures/a.svg', media_type, 'a.html')}")
        assert answer.headers["content-disposition"] == 'attachment; filename="a.html"'
        assert "sandbox" in answer.headers["content-security-policy"]


def test_an_address_is_good_for_reading_and_for_its_own_object_alone(tmp_path: Path) -> None:
    files = client(tmp_path)
    token = TOKENS.sign("pictures/a.svg", "image/svg+xml", "a.svg")
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert files.request(method, f"/files/{token}", content=b"x").status_code == 405
    assert (
        files.get(f"/files/{TOKENS.seal('upload', ['pictures/a.svg', 'image/svg+xml'], seconds=60)}").status_code == 404
    )
    payload, _, rest = token.partition(".")
    other = TOKENS.sign("pictures/b.svg", "image/svg+xml", "a.svg").partition(".")[0]
    assert files.get(f"/files/{other}.{rest}").status_code == 404
    assert files.get(f"/files/{payload}.{rest}").status_code == 200
