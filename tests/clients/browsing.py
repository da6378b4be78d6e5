"""A real browser at a started server: what every journey asserts of its pages, and a story for them to show."""

from __future__ import annotations

import base64
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

_FOLLOW = """
(path) => new Promise((done) => {
  addEventListener("pageshown", done, { once: true });
  const link = document.createElement("a");
  link.href = path;
  document.body.append(link);
  link.click();
  link.remove();
}).then(() => null)
"""
_DROP = """
([name, text]) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, { type: "application/pdf" }));
  const zone = document.querySelector(".drop");
  zone.dispatchEvent(new DragEvent("dragover", { dataTransfer: held, bubbles: true, cancelable: true }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}
"""
_STILL = """
() => new Promise((done) => {
  let [last, since] = [location.href, performance.now()];
  const look = () => {
    if (location.href !== last || document.querySelector(".moving")) [last, since] = [location.href, performance.now()];
    if (performance.now() - since > 400) done(last);
    else setTimeout(look, 50);
  };
  look();
})
"""


@dataclass
class Visit:
    """A page, and what it complained of."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def follow(self, path: str) -> Any:
        """Clicks a link to there, so that the document stays; waits until the page is shown."""
        self.page.evaluate(_FOLLOW, path)
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


@dataclass
class Browser:
    """A browser whose signed-in windows of one sort keep a session and what was fetched, as people's do."""

    engine: Any
    kept: dict[str, Any] = field(default_factory=dict)

    def context(self, server: Started, options: dict[str, Any]) -> Any:
        key = f"{server.address} {sorted(options.items())}"
        if key not in self.kept:
            self.kept[key] = self.engine.new_context(**options)
            self.kept[key].request.post(f"{server.address}/session", data={"key": server.key})
        return self.kept[key]


@contextmanager
def visiting(browser: Browser, server: Started, *, signed_in: bool = True, **options: Any) -> Iterator[Visit]:
    """A visit in a new window, with cookies of its own where it isn't `signed_in`; on leaving, the page must not have
    complained."""
    wanted = {"viewport": {"width": 1280, "height": 800}} | options
    context = browser.context(server, wanted) if signed_in else browser.engine.new_context(**wanted)
    page = context.new_page()
    try:
        visit = Visit(page, server.address)
        visit.watch()
        yield visit
        visit.check()
    finally:
        page.close()
        if not signed_in:
            context.close()


def dropped(page: Any, name: str, data: bytes) -> None:
    """Drops a PDF where drawings are."""
    page.locator(".drop").wait_for()
    page.evaluate(_DROP, [name, base64.b64encode(data).decode()])


def still(page: Any) -> str:
    """The page's address, once it has stayed the same for a while and nothing moves."""
    return str(page.evaluate(_STILL))


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
