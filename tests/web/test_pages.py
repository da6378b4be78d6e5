"""The pages come from the package alone and allow nothing from elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import nunatak.web
from nunatak.web.pages import routes

STATIC = Path(next(iter(nunatak.web.__path__))) / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text())


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


class Page(HTMLParser):
    """Collects what a page loads, and the scripts and styles written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "img", "iframe"):
            self.addresses += [value for key, value in attrs if key in ("src", "href") and value]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [key for key in given if key == "style" or key.startswith("on")]


def read(markup: str) -> Page:
    page = Page()
    page.feed(markup)
    return page


def test_the_api_reference_loads_only_files_that_this_server_has(client: TestClient) -> None:
    answer = client.get("/docs")
    page = read(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(page.addresses) >= 4
    for address in page.addresses:
        assert address.startswith("static/"), "relative, so that it works behind a path prefix"
        assert client.get(f"/{address}").status_code == 200
    assert page.inline == []


def test_the_api_reference_shows_our_own_document_and_tells_nobody(client: TestClient) -> None:
    script = client.get("/static/docs.js").text
    assert '"v1/openapi.json"' in script
    assert '"api/v1/openapi.json"' in script
    assert "validatorUrl: null" in script
    assert not re.search(r"https?://", script)


@pytest.mark.parametrize(
    "address", ["/docs", "/l/a/d/b", "/static/docs.js", "/fonts/sans.woff2", "/static/vendor/swagger-ui/swagger-ui.css"]
)
def test_every_page_and_file_carries_the_strict_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_file_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/static/docs.js").headers["etag"]
    again = client.get("/static/docs.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" in again.headers


def test_large_files_travel_compressed(client: TestClient) -> None:
    answer = client.get("/static/vendor/swagger-ui/swagger-ui-bundle.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers.get("content-length", 0)) < 1_000_000 < len(answer.content)


@pytest.mark.parametrize("path", ["../pages.py", "..%2fpages.py", "%2e%2e/pages.py", "/etc/hostname", "nothing.js"])
def test_nothing_outside_the_folder_is_answered(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("library", MANIFEST["libraries"], ids=lambda library: library["name"])
def test_a_vendored_library_is_what_its_manifest_says(library: dict[str, object]) -> None:
    folder = STATIC / "vendor" / str(library["folder"])
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == library["files"]
    assert any(name.startswith("LICENSE") for name in found)
    assert library["version"]
    assert library["licence"]


def test_no_vendored_folder_is_missing_from_the_manifest() -> None:
    folders = {path.name for path in (STATIC / "vendor").iterdir() if path.is_dir()}
    assert folders == {library["folder"] for library in MANIFEST["libraries"]}


@pytest.mark.parametrize("address", ["/l/abc", "/l/abc/d/def", "/l/abc/", "/o/abc/drawings/7"])
def test_the_viewer_finds_its_files_from_every_address(client: TestClient, address: str) -> None:
    answer = client.get(address)
    page = read(answer.text)
    assert len(page.addresses) >= 7
    for found in page.addresses:
        assert not found.startswith("/"), "relative, so that it works behind a path prefix"
        assert client.get(urljoin(address, found)).status_code == 200
    assert page.inline == []
    assert "{root}" not in answer.text


@pytest.mark.parametrize("name", ["sans", "sans-semibold", "mono"])
def test_the_fonts_of_the_pages_are_web_fonts(client: TestClient, name: str) -> None:
    answer = client.get(f"/fonts/{name}.woff2")
    assert answer.content[:4] == b"wOF2"
    assert "max-age" in answer.headers["cache-control"]


def test_a_font_that_is_not_ours_is_not_there(client: TestClient) -> None:
    assert client.get("/fonts/comic.woff2").status_code == 404


def test_the_scripts_of_the_viewer_load_nothing_from_elsewhere() -> None:
    scripts = list((STATIC / "viewer").rglob("*.js"))
    assert len(scripts) > 20
    for script in scripts:
        text = script.read_text()
        assert len(text.splitlines()) <= 300, script.name
        assert not re.search(r"""(?:import|fetch)\s*\(?["']https?:""", text)
        assert "innerHTML" not in text
        assert "eval(" not in text
