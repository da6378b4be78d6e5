"""A real browser at a started server: what every journey asserts of its pages, and a story for them to show."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.started import Started

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
_WATCH = """
window.refused = [];
const note = (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
addEventListener("securitypolicyviolation", note);
"""


def chromium() -> str | None:
    """Where a Chromium is, or None."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


NEEDED = pytest.mark.skipif(chromium() is None, reason="journeys through the viewer need a Chromium: none is found")


@dataclass
class Visit:
    """A page, and what it complained of."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def watch(self) -> None:
        self.page.add_init_script(_WATCH)
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {request.url}")

    def check(self) -> None:
        """No error, no request to elsewhere, nothing that the page's policy had to refuse."""
        assert self.page.evaluate("window.refused ?? []") == []
        assert self.complaints == []


@contextmanager
def visiting(browser: Any, server: Started, *, signed_in: bool = True, **options: Any) -> Iterator[Visit]:
    """A visit with cookies of its own; on leaving, the page must not have complained."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    try:
        if signed_in:
            context.request.post(f"{server.address}/session", data={"key": server.key})
        visit = Visit(context.new_page(), server.address)
        visit.watch()
        yield visit
        visit.check()
    finally:
        context.close()


def card(page: Any, id_: str) -> Any:
    """A card of the diagram that is shown."""
    return page.locator(f'g[data-role][data-id="{id_}"]').first


@dataclass(frozen=True)
class Told:
    """The sample with more in it: the pages' paths, and the API's of its version."""

    api: str
    landscape: str
    diagram: str
    inner: str
    flow: str


def told(server: Started) -> Told:
    """Gives the sample a flow with two ways, and words that try to do harm."""
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    server.call("PATCH", f"/v1/organizations/{organization}", {"shareLinksEnabled": True})
    landscape = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    api = f"/v1/landscapes/{landscape}/versions/latest"
    outer, inner = server.call("GET", f"{api}/diagrams")["diagrams"][:2]
    objects = {one["name"]: one for one in server.call("GET", f"{api}/model/objects")["modelObjects"]}
    harm = "**bold** <img src=x onerror=alert(1)> <script>alert(2)</script> [link](javascript:alert(3)) ![](http://e.vil/x)"
    server.call("PATCH", f"{api}/model/objects/{objects['Bookshop']['id']}", {"description": harm})
    inside = {"i": {**_step(0, "introduction", "Within the shop"), "id": "i"}}
    given = {"name": "Inside story", "diagramId": inner["id"], "steps": inside}
    other = server.call("POST", f"{api}/flows", given)["flow"]["id"]
    given = {"name": "Buying a book", "diagramId": outer["id"], "steps": _steps(other)}
    flow = server.call("POST", f"{api}/flows", given)
    path = f"/l/{landscape}"
    return Told(api, path, f"{path}/d/{outer['handleId']}", f"{path}/d/{inner['handleId']}", flow["flow"]["handleId"])


def _steps(other: str) -> dict[str, Any]:
    ways = {name: {"id": name, "index": at, "name": name} for at, name in enumerate(("Stocked", "Sold out"))}
    told = {
        "a": _step(0, "introduction", "A reader wants a book"),
        "b": _step(1, "outgoing", "Looks for it", origin="reader", target="bookshop", via="reader-bookshop"),
        "c": _step(2, "alternate-path", "Is it there?", paths=ways),
        "d": _step(
            3, "outgoing", "Charges", origin="bookshop", target="payments", via="bookshop-payments", on="Stocked"
        ),
        "e": _step(3, "outgoing", "Asks for more", origin="bookshop", target="book-data", on="Sold out"),
        "f": {**_step(4, "subflow", "What happens inside"), "flowId": other},
        "g": _step(5, "conclusion", "Done"),
    }
    return {id_: {**step, "id": id_} for id_, step in told.items()}


def _step(index: int, type_: str, text: str, **more: Any) -> dict[str, Any]:
    given = {"originId": "origin", "targetId": "target", "viaId": "via", "parentId": "on", "paths": "paths"}
    step = {name: more.get(key) for name, key in given.items()}
    return {"id": "", "index": index, "type": type_, "description": text, "flowId": None, **step}
