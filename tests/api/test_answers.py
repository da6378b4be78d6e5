"""Answers on their way out: tags, 304, and compression, as raw requests see them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from nunatak.api.answers import Answers
from nunatak.api.wire.coding import decompressed

BODIES: dict[str, tuple[bytes, str]] = {
    "long": (b'{"a": "' + b"word " * 1000 + b'"}', "application/json"),
    "huge": (b'{"a": "' + b"word " * 100_000 + b'"}', "application/json"),
    "short": (b'{"a": 1}', "application/json"),
    "table": (b"name,type\n" * 1000, "text/csv"),
    "svg": (b"<svg>" * 1000, "image/svg+xml"),
    "png": (b"\x89PNG" + b"word " * 1000, "image/png"),
    "zip": (b"PK" + b"word " * 1000, "application/zip"),
}


async def served(request: Request) -> Response:
    body, media = BODIES[request.path_params["name"]]
    return Response(body, media_type=media)


async def packed(_request: Request) -> Response:
    data = gzip.compress(BODIES["long"][0])
    return Response(data, media_type="application/json", headers={"Content-Encoding": "gzip", "ETag": '"own"'})


async def part(_request: Request) -> Response:
    return Response(BODIES["long"][0], 206, media_type="application/json")


async def stream(_request: Request) -> Response:
    async def pieces() -> Any:
        for _ in range(3):
            yield b"piece " * 1000

    return StreamingResponse(pieces(), media_type="text/plain")


async def refused(_request: Request) -> Response:
    return PlainTextResponse("no " * 1000, 422)


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/packed", packed),
        Route("/part", part),
        Route("/stream", stream),
        Route("/refused", refused, methods=["GET", "POST"]),
        Route("/{name}", served, methods=["GET", "HEAD", "POST"]),
    ]
    return TestClient(Answers(Starlette(routes=routes)))


def raw(client: TestClient, path: str, method: str = "GET", **headers: str) -> tuple[Any, bytes]:
    """An answer and its bytes before the client undoes any coding."""
    given = {"Accept-Encoding": "identity"} | {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream(method, path, headers=given) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("name", ["long", "huge", "table", "svg"])
@pytest.mark.parametrize(("accept", "coding"), [("gzip", "gzip"), ("gzip, br, zstd", "zstd")])
def test_a_long_text_is_compressed_as_the_client_prefers(
    client: TestClient, name: str, accept: str, coding: str
) -> None:
    answer, sent = raw(client, f"/{name}", Accept_Encoding=accept)
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-length"] == str(len(sent))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert decompressed(sent, coding, limit=1_000_000) == BODIES[name][0]
    assert len(sent) < len(BODIES[name][0]) / 4


@pytest.mark.parametrize("name", ["short", "png", "zip"])
def test_what_does_not_shrink_is_sent_as_it_is(client: TestClient, name: str) -> None:
    answer, sent = raw(client, f"/{name}", Accept_Encoding="gzip, zstd")
    assert sent == BODIES[name][0]
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def test_a_client_that_reads_no_coding_gets_plain_bytes_and_caches_are_told_why(client: TestClient) -> None:
    answer, sent = raw(client, "/long")
    assert sent == BODIES["long"][0]
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


def test_what_is_compressed_already_and_parts_of_files_stay_untouched(client: TestClient) -> None:
    answer, sent = raw(client, "/packed", Accept_Encoding="zstd")
    assert (answer.headers["content-encoding"], answer.headers["etag"]) == ("gzip", '"own"')
    assert gzip.decompress(sent) == BODIES["long"][0]
    answer, sent = raw(client, "/part", Accept_Encoding="zstd")
    assert (sent, "etag" in answer.headers) == (BODIES["long"][0], False)


def test_a_stream_passes_as_it_is(client: TestClient) -> None:
    answer, sent = raw(client, "/stream", Accept_Encoding="gzip")
    assert sent == b"piece " * 3000
    assert "etag" not in answer.headers


def test_refusals_are_compressed_and_never_tagged(client: TestClient) -> None:
    answer, sent = raw(client, "/refused", Accept_Encoding="gzip")
    assert (answer.status_code, gzip.decompress(sent)) == (422, b"no " * 1000)
    assert "etag" not in answer.headers
    assert "etag" not in raw(client, "/long", "POST")[0].headers


def test_the_tag_is_strong_for_plain_bytes_and_weak_for_compressed_ones_of_the_same_body(client: TestClient) -> None:
    plain = raw(client, "/long")[0].headers["etag"]
    assert plain.startswith('"')
    for accept in ("gzip", "zstd"):
        assert raw(client, "/long", Accept_Encoding=accept)[0].headers["etag"] == f"W/{plain}"
    assert raw(client, "/huge")[0].headers["etag"] != plain
    assert raw(client, "/long")[0].headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("given", ["{tag}", "W/{tag}", '"other", {tag}', 'W/"other" , W/{tag}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_names_the_tag_is_told_that_nothing_changed(client: TestClient, given: str, method: str) -> None:
    tag = raw(client, "/long")[0].headers["etag"]
    answer, sent = raw(client, "/long", method, If_None_Match=given.format(tag=tag), Accept_Encoding="gzip")
    assert (answer.status_code, sent) == (304, b"")
    assert (answer.headers["etag"], answer.headers["vary"]) == (f"W/{tag}", "Accept-Encoding")
    assert not {"content-length", "content-type", "content-encoding"} & set(answer.headers)


@pytest.mark.parametrize("given", ['"other"', "", "nonsense", '"'])
def test_who_names_another_tag_gets_the_body(client: TestClient, given: str) -> None:
    answer, sent = raw(client, "/long", If_None_Match=given)
    assert (answer.status_code, sent) == (200, BODIES["long"][0])


def test_a_post_is_never_304(client: TestClient) -> None:
    assert raw(client, "/long", "POST", If_None_Match="*")[0].status_code == 200


@pytest.mark.parametrize("accept", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("name", ["short", "long", "png"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, name: str, accept: str) -> None:
    got, _ = raw(client, f"/{name}", Accept_Encoding=accept)
    answer, sent = raw(client, f"/{name}", "HEAD", Accept_Encoding=accept)
    assert (answer.status_code, sent) == (200, b"")
    assert dict(answer.headers) == dict(got.headers)


def test_a_file_is_sent_whole_by_a_server_that_could_send_it_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "page.js"
    file.write_text("let page = 1;")

    async def page(_request: Request) -> Response:
        return FileResponse(file)

    app = Answers(Starlette(routes=[Route("/page.js", page)]))

    async def offering(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "extensions": {"http.response.pathsend": {}}}, receive, send)

    assert TestClient(offering).get("/page.js").text == "let page = 1;"
