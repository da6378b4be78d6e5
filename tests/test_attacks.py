"""What attackers try first, against the whole server: paths, redirects, headers, bombs, borrowed cookies, clocks."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from nunatak.core.errors import Invalid
from nunatak.exchange import import_text, native
from nunatak.services import setup
from nunatak.services.posting import NotPosted, Poster
from nunatak.settings import Settings
from nunatak.wiring import build
from nunatak.wiring.application import application
from nunatak.wiring.secret import secrets_of, text_of

SOURCE = Path(__file__).parent.parent / "src" / "nunatak"
OUTSIDE = (
    "../secret", "..%2fsecret", "%2e%2e/secret", "%2e%2e%2fsecret", "....//secret", "..%5csecret", "..\\secret",
    "%252e%252e%252fsecret", "/etc/passwd", "%2fetc%2fpasswd", "..%00/secret", "..;/secret", "%c0%ae%c0%ae/secret",
)  # fmt: skip
BELOW = ("/", "/static/", "/static/viewer/", "/fonts/", "/files/", "/files/pages/x/", "/l/", "/s/", "/v1/", "/icons/")
ELSEWHERE = (
    "//evil.example", "/%2fevil.example", "/\\evil.example", "/%5cevil.example", "///evil.example/%2e%2e",
       "/static//evil.example", "/l//evil.example/", "/@evil.example/", "/s//evil.example/", "/docs//evil.example/",
)  # fmt: skip
TO = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "/\t/evil.example",
)


@dataclass
class Running:
    """The whole server in this process, with its first key."""

    client: TestClient
    key: str
    folder: Path
    organization: str

    def ask(self, method: str, path: str, **given: Any) -> Any:
        headers = {"X-API-Key": self.key, **given.pop("headers", {})}
        return self.client.request(method, path, headers=headers, follow_redirects=False, **given)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(data=tmp_path_factory.mktemp("attacked"), jobs="none", sign_in_failures=0, body_limit_mb=1)
    program = build(settings)
    with program.jobs.held():
        first = setup.begin(
            program.service, native.read(files("nunatak.exchange").joinpath("sample.json").read_bytes())
        )
        assert first is not None
        client = TestClient(application(program), raise_server_exceptions=False)
        yield Running(client, first.credentials, settings.data, first.organization_id)
    program.stop()


@pytest.mark.parametrize("below", BELOW)
def test_no_path_leads_out_of_its_folder(running: Running, below: str) -> None:
    secret = text_of(secrets_of(Settings(data=running.folder)))
    for path in OUTSIDE:
        answer = running.ask("GET", below + path)
        assert answer.status_code < 500, path
        assert secret not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_address_of_ours_leads_to_another_server(running: Running, path: str) -> None:
    for method in ("GET", "POST"):
        location = running.ask(method, path).headers.get("location", "")
        assert re.match(r"(http://testserver)?/(?![/\\])|$", location), location


@pytest.mark.parametrize("to", TO)
def test_who_signs_in_is_led_to_a_page_of_ours(running: Running, to: str) -> None:
    found = [
        running.ask("GET", "/sign-in", params={"to": to}),
        running.ask("POST", "/sign-in", params={"to": to}, data={"key": running.key}),
    ]
    for answer in found:
        assert answer.status_code < 500
        assert re.match(r"(http://testserver)?/(?![/\\])|$", answer.headers.get("location", "")), answer.headers
        assert "evil.example" not in answer.text


@pytest.mark.parametrize("word", ["a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\x00b", "\xff", "a" * 500, "<script>"])
def test_a_header_of_a_request_adds_none_to_the_answer(running: Running, word: str) -> None:
    for name in (
        "X-Request-Id",
        "Idempotency-Key",
        "Origin",
        "Accept-Encoding",
        "If-None-Match",
        "X-Forwarded-For",
        "Cookie",
    ):
        answer = running.ask("GET", "/v1/organizations", headers={name: word.encode("latin-1")})
        assert answer.status_code < 500
        assert "x-evil" not in answer.headers
        assert all(word not in value for value in answer.headers.values())


@pytest.mark.parametrize("coding", ["once", "twice"])
def test_a_small_body_that_grows_is_stopped_at_the_limit(running: Running, coding: str) -> None:
    large = b"0" * 64_000_000
    packed = gzip.compress(gzip.compress(large)) if coding == "twice" else gzip.compress(large)
    header = "gzip, gzip" if coding == "twice" else "gzip"
    answer = running.ask("POST", _hooks(running), content=packed, headers={"Content-Encoding": header})
    assert len(packed) < 100_000
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"[" * 1000 + b"]" * 1000,
        json.dumps({"collections": ["tag"] * 20_000}).encode(),
        b'{"name":' + b"9" * 400_000 + b"}",
    ],
)
def test_a_body_of_an_evil_shape_is_refused_at_once(running: Running, body: bytes) -> None:
    answer = running.ask("POST", _hooks(running), content=body)
    assert answer.status_code in (400, 413, 422)


def _hooks(running: Running) -> str:
    return f"/v1/organizations/{running.organization}/webhooks"


def test_a_yaml_file_that_multiplies_itself_is_refused() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]" for n in range(9)]
    for text in ("\n".join(rows), "a: !!python/object/apply:os.system [true]", "a: !!python/name:os.system", "&a [*a]"):
        with pytest.raises(Invalid):
            import_text.as_json(text.encode(), "application/yaml")


# What reads markup or archives, and whose: nobody but us has written any of it.
OUR_OWN = {
    "cli/archive.py": "the operator's backups",
    "jobs/pool.py": "results of our worker processes",
    "jobs/worker.py": "calls of our own process",
    "render/reel.py": "an archive that it writes",
    "catalog/file.py": "the packaged catalogue",
    "drawing/icons.py": "packaged icons",
    "drawing/pdf/icons.py": "packaged icons",
    "drawing/pdf/gradients.py": "packaged icons",
    "documents/definitions.py": "markup that the PDF engine wrote, in a worker process",
    "documents/shrink.py": "markup that the PDF engine wrote, in a worker process",
}


def test_no_markup_and_no_archive_of_others_is_read_so_none_can_be_a_bomb() -> None:
    readers = {"xml", "lxml", "zipfile", "tarfile", "pickle", "marshal", "shelve"}
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if readers & _imported(path)}
    assert found <= OUR_OWN.keys()


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found |= {name.partition(".")[0] for name in names}
    return found


@pytest.mark.parametrize(
    "host",
    [
        "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::]", "[::1]", "[::ffff:7f00:1]",
        "[::ffff:169.254.169.254]",        "localhost", "LOCALHOST.", "[fe80::1]", "[64:ff9b::a9fe:a9fe]",
        "169.254.169.254", "[fd00:ec2::254]",
        "127.0.0.1.",
    ],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_is_posted_to(host: str) -> None:
    """With the machine's own look-up of names, which reads decimal, octal and hexadecimal ones."""
    for scheme in ("http", "https"):
        with pytest.raises(Invalid):
            Poster().check(f"{scheme}://{host}/", path="body.url")
        with pytest.raises(NotPosted):
            Poster().post(f"{scheme}://{host}:9/", b"", {})


def test_a_name_that_changes_its_address_between_check_and_post_reaches_nothing_inside() -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    poster = Poster(resolve=lambda _host, _port: next(answers))
    poster.check("http://rebinding.example/", path="body.url")
    with pytest.raises(NotPosted, match="public internet"):
        poster.post("http://rebinding.example/", b"", {})


def test_a_page_of_another_site_can_do_nothing_with_the_browsers_session(running: Running) -> None:
    browser = TestClient(running.client.app, base_url="https://testserver")
    mark = browser.post("/session", json={"key": running.key}).json()["mark"]
    body = {"name": "W", "url": "https://w.example/"}
    for headers in ({}, {"x-nunatak-mark": "guessed"}, {"x-nunatak-mark": "\xe9".encode("latin-1")}):  # type: ignore[var-annotated]
        assert browser.post(_hooks(running), json=body, headers=headers).status_code in (401, 403)
        assert browser.delete("/session", headers=headers).status_code in (401, 403)
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "x-nunatak-mark": mark}
    assert browser.post(_hooks(running), json=body, headers=evil).status_code in (401, 403)
    assert browser.post("/session", json={"key": running.key}, headers=evil).status_code == 403
    form = {"Content-Type": "text/plain", "Sec-Fetch-Site": "none"}
    assert browser.post("/session", content=json.dumps({"key": running.key}), headers=form).status_code == 422
    assert browser.get("/session").json()["signedIn"] is True
    for answer in (browser.get("/session"), browser.options("/session")):
        assert "access-control-allow-origin" not in answer.headers


def test_secrets_are_compared_in_constant_time() -> None:
    """No == or != stands where a digest, a signature or a secret does; only compare_digest may."""
    secret = re.compile(r"secret|digest|signature|token|pepper|password|mark\b|credential|hmac", re.IGNORECASE)
    may = {
        "services/answers.py",  # whether two requests are the same, by digests that their sender knows
        "services/contents.py", "services/access_tokens.py", "services/credentials.py",
    }  # fmt: skip
    found = []
    for room in ("services", "web", "api", "core", "blobs"):
        for path in sorted((SOURCE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                    sides = [
                        ast.unparse(each)
                        for each in (node.left, *node.comparators)
                        if not isinstance(each, ast.Constant)
                    ]
                    if len(sides) == 2 and any(map(secret.search, sides)) and str(path.relative_to(SOURCE)) not in may:
                        found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node)}")
    assert found == []


def test_a_refusal_says_the_same_of_a_key_that_is_wrong_and_of_one_that_is_not_there(running: Running) -> None:
    id_, _, secret = running.key.partition(":")
    wrong = [f"{id_}:{'0' * 64}", f"{'x' * len(id_)}:{secret}", f"{id_}:", f"{id_}:{secret}x"]
    told = {
        json.dumps(_without_id(running.ask("GET", "/v1/organizations", headers={"X-API-Key": key}))) for key in wrong
    }
    assert len(told) == 1


def _without_id(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 401
    return {name: value for name, value in answer.json().items() if name != "requestId"}


def test_every_answer_that_a_browser_may_show_is_locked_down(running: Running) -> None:
    for path in ("/", "/docs", "/l/x", "/static/docs.js", "/sign-in", "/s/none"):
        answer = running.ask("GET", path, headers={"Accept": "text/html"})
        policy = answer.headers.get("content-security-policy", "")
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, path
        assert "unsafe-inline" not in policy.partition("style-src")[0], path
        assert answer.headers["x-content-type-options"] == "nosniff", path
