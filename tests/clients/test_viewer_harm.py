"""A journey through a landscape whose every name is markup: the pages show it, and nothing of it does anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clients.browsing import NEEDED, Told, told, visiting
from tests.started import Started

pytestmark = NEEDED

HARM = (
    "\"'><img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>x</a><svg onload=alert(4)>"
)
SECTIONS = ("", "/diagrams", "/flows", "/model", "/tags", "/adrs", "/drafts", "/activity")
# What is there of each family: its path, its answer's word for all and for one, and the fields that people write.
WRITTEN = (
    ("diagrams", "diagrams", ("name", "description")),
    ("model/objects", "modelObjects", ("name", "caption", "description")),
    ("model/connections", "modelConnections", ("name", "description")),
    ("flows", "flows", ("name",)),
    ("tag-groups", "tagGroups", ("name",)),
    ("tags", "tags", ("name",)),
    ("domains", "domains", ("name",)),
    ("adrs", "adrs", ("name", "content")),
    ("drafts", "drafts", ("name",)),
)


@pytest.fixture(scope="module")
def harmed(server: Started) -> Told:
    """The sample with a flow, and markup in the place of every name."""
    story = told(server)
    server.call("POST", f"{story.api}/adrs", {"name": "x", "status": "draft"})
    server.call("POST", f"{story.api}/drafts", {"name": "x", "status": "in-progress", "tasks": []})
    for path, many, fields in WRITTEN:
        for one in server.call("GET", f"{story.api}/{path}")[many]:
            if one.get("type") != "root":
                server.call("PATCH", f"{story.api}/{path}/{one['id']}", dict.fromkeys(fields, f"{HARM} {one['id']}"))
    land = "/v1" + story.landscape.replace("/l/", "/landscapes/")
    server.call("PATCH", land, {"name": HARM})
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    server.call("PATCH", f"/v1/organizations/{organization}", {"name": HARM})
    return story


def _addresses(story: Told) -> Iterator[str]:
    yield "/"
    yield from (f"{story.landscape}{section}" for section in SECTIONS)
    yield from (f"{story.diagram}?flow={story.flow}", "/docs")


def test_no_page_does_what_a_name_says(browser: Any, server: Started, harmed: Told) -> None:
    seen = 0
    with visiting(browser, server) as visit:
        visit.page.on("dialog", lambda dialog: visit.complaints.append(f"said {dialog.message}"))
        for address in _addresses(harmed):
            page = visit.open(address)
            page.wait_for_load_state("networkidle")
            made = page.locator("img[src=x], [onerror], [onload], a[href^=javascript]").count()
            assert made == 0, address
            seen += "onerror=alert(1)" in page.locator("body").inner_text()
        page = visit.open(harmed.diagram)
        page.locator("g[data-role=box]").first.click()
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src=x], [onerror], a[href^=javascript]").count() == 0
    assert seen >= 8  # the names are shown, as text
