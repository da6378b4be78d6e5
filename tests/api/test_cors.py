"""Cross-origin requests: a trusted origin may call with credentials, all others are told nothing."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from nunatak.api.cors import Cors

OURS = "https://app.example.org"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"ETag": '"t"', "Vary": "Accept-Encoding"}
    await JSONResponse({"method": scope["method"]}, 200, headers)(scope, receive, send)


def client(*origins: str) -> TestClient:
    return TestClient(Cors(app, origins=origins))


def asking(origin: str, wanted: str = "x-api-key,content-type,x-fern-language") -> dict[str, str]:
    return {"Origin": origin, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": wanted}


@pytest.mark.parametrize("path", ["/", "/v1/landscapes/x", "/files/t", "/nowhere"])
@pytest.mark.parametrize("origins", [(OURS,), ("http://a", OURS.upper() + "/"), ("*",)])
def test_a_preflight_of_a_trusted_origin_is_allowed_everywhere(path: str, origins: tuple[str, ...]) -> None:
    answer = client(*origins).options(path, headers=asking(OURS))
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == OURS
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} <= set(
        answer.headers["access-control-allow-methods"].split(", ")
    )
    taken = {name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert {"x-fern-language", "x-api-key", "authorization", "content-type"} <= taken
    assert {"idempotency-key", "if-none-match"} <= taken
    assert answer.headers["access-control-max-age"] == "7200"
    assert "Origin" in answer.headers["vary"]


def test_no_header_name_can_be_smuggled_into_an_answer() -> None:
    answer = client("*").options("/", headers=asking(OURS, "x-a; y: z"))
    assert "y: z" not in answer.headers["access-control-allow-headers"]


def test_an_answer_shows_a_trusted_page_its_headers() -> None:
    answer = client(OURS).get("/", headers={"Origin": OURS})
    assert answer.json() == {"method": "GET"}
    assert answer.headers["access-control-allow-origin"] == OURS
    shown = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Retry-After", "X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining"} <= set(shown)
    assert answer.headers["vary"] == "Accept-Encoding, Origin"


@pytest.mark.parametrize("origin", ["https://evil.example.org", f"{OURS}.evil", "null", "", "http://app.example.org"])
@pytest.mark.parametrize("origins", [(), (OURS,)])
def test_any_other_origin_is_told_nothing(origin: str, origins: tuple[str, ...]) -> None:
    sent = client(*origins)
    for answer in (sent.options("/", headers=asking(origin)), sent.get("/", headers={"Origin": origin})):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.status_code == 200  # whatever the app itself says


def test_a_call_without_an_origin_is_none_of_its_business_and_caches_are_told_what_it_depends_on() -> None:
    answer = client(OURS).get("/")
    assert answer.headers["vary"] == "Accept-Encoding, Origin"
    assert "access-control-allow-origin" not in answer.headers
    assert client().get("/").headers["vary"] == "Accept-Encoding"


def test_an_options_that_is_no_preflight_is_the_apps() -> None:
    assert client("*").options("/", headers={"Origin": OURS}).json() == {"method": "OPTIONS"}
