"""Markup in every text field of every kind stays text in every export, and in every picture."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import msgspec
import pytest
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.wire.shapes import bare, members, words_of
from nunatak.core.work import LandscapeExport
from nunatak.exchange.press import FORMATS
from nunatak.services import exports, keys, landscape_exports
from nunatak.services.places import Path as Where
from nunatak.services.service import Service
from tests.filled import filled, serving

HARM = (
    "</script></title>\"'><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
    " [a](javascript:alert(1)) ![b](javascript:alert(1)) <a href='javascript:alert(1)'>c</a> ${1+1} {{2*2}}"
)
FORMULA = '=HYPERLINK("http://evil.example")'
LEFT = {"organizations.apiKeys.update"}  # what the requests themselves need
LEAST = 20  # fields that take any text; fewer would mean that the test no longer finds them


class Harmed:
    """A landscape whose every text field holds markup, and what it is exported as."""

    def __init__(self, service: Service, ids: dict[str, str], credentials: str) -> None:
        self.service, self.ids = service, ids
        self.actor = keys.authenticate(service, credentials)
        self.where = Where(landscape_id=ids["landscapeId"], version_id="latest")
        self.organization_id = next(iter(self.actor.permissions))
        self._client = TestClient(Api(service), headers={"X-API-Key": credentials})
        self.taken = [name for one in all_operations() for name in self._harm(one)]

    def _harm(self, operation: Any) -> Iterator[str]:
        """The fields that a PATCH takes any text for, with markup in them from now on."""
        if operation.method != "PATCH" or operation.id in LEFT or not set(operation.parameters) <= self.ids.keys():
            return
        path = "/v1" + operation.path.format(**self.ids)
        for field in msgspec.structs.fields(operation.body):
            if str in map(bare, members(field.type)) and not words_of(field.type):
                statuses = [
                    self._client.patch(path, json={field.encode_name: harm}).status_code for harm in (FORMULA, HARM)
                ]
                assert set(statuses) <= {200, 403, 404, 409, 422}, (operation.id, field.name, statuses)
                if statuses[-1] == 200:
                    yield f"{operation.id}.{field.encode_name}"

    def exported(self, type_: Any) -> bytes:
        made = landscape_exports.create(self.service, self.actor, self.where, landscape_exports.Wish(type=type_))
        landscape_exports.carry_out(self.service, self._payload(made, name="Land"))
        record = landscape_exports.get(self.service, self.actor, self.where, made.id)
        assert record.error is None
        return self.service.blobs.get(str(record.file_url))

    def pictured(self, name: str) -> bytes:
        options = msgspec.convert({"format": "pdf"}, exports.DiagramExportImageOptions)
        made = exports.create(self.service, self.actor, self.where, self.ids["diagramId"], options)
        exports.carry_out(self.service, self._payload(made))
        record = exports.get(self.service, self.actor, self.where, self.ids["diagramId"], made.id)
        assert record.error is None
        return self.service.blobs.get(getattr(record.file_urls, name))

    def _payload(self, record: Any, **more: str) -> dict[str, str]:
        return {"exportId": record.id, "versionId": record.version_id, "organizationId": self.organization_id, **more}


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harmed]:
    folder: Path = tmp_path_factory.mktemp("harmed")
    made = filled(folder)
    with ExitStack() as stack:
        service = stack.enter_context(serving(f"sqlite:///{made.path}", folder))
        yield Harmed(service, made.ids, made.credentials)


class Tags(HTMLParser):
    """The elements of a page and the attributes that can do something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href")]

    def check(self) -> None:
        assert self.handlers == []
        assert [one for one in self.addresses if not re.match(r"(#|https?://|\./|data:(image|font)/|$)", one)] == []


def test_many_fields_of_every_kind_take_the_markup(harmed: Harmed) -> None:
    assert len(harmed.taken) >= LEAST, harmed.taken


def test_every_format_is_tried() -> None:
    tried = {"html", "markdown", "llms", "object-csv", "connection-csv", "pdf", "json"}
    assert tried == set(FORMATS) == set(get_args(LandscapeExport.__annotations__["type"]) or FORMATS)


def test_the_page_of_a_landscape_runs_nothing_but_its_own_script(harmed: Harmed) -> None:
    page = harmed.exported("html").decode()
    found = Tags(page)
    found.check()
    assert (found.tags.count("script"), found.tags.count("img"), found.tags.count("iframe")) == (1, 0, 0)
    assert "script-src 'sha256-" in page
    assert "alert(1)" in page  # it is there, as text


@pytest.mark.parametrize("type_", ["markdown", "llms"])
def test_a_document_shows_markup_to_whoever_renders_it_with_html_allowed(harmed: Harmed, type_: str) -> None:
    text = harmed.exported(type_).decode()
    assert "alert" in text
    if type_ == "markdown":
        shown = Tags(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
        shown.check()
        assert not {"script", "img", "svg", "iframe"} & set(shown.tags)


@pytest.mark.parametrize("type_", ["object-csv", "connection-csv"])
def test_no_cell_is_a_formula(harmed: Harmed, type_: str) -> None:
    rows = list(csv.reader(io.StringIO(harmed.exported(type_).decode("utf-8-sig"))))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)] == []


def test_a_picture_is_well_formed_and_runs_nothing(harmed: Harmed) -> None:
    drawn = harmed.pictured("svg").decode()
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert not {"script", "foreignObject", "image", "iframe", "set", "animate"} & names
    Tags(drawn).check()
    assert "alert(1)" in "".join(ElementTree.fromstring(drawn).itertext())


def test_a_pdf_has_no_actions(harmed: Harmed) -> None:
    for made in (harmed.exported("pdf"), harmed.pictured("pdf")):
        assert not re.search(rb"/(JavaScript|JS|OpenAction|Launch|AA|SubmitForm|EmbeddedFile)\b", made)
        assert not re.search(rb"/URI\s*\((?!https?:)", made)
