"""A journey with drawings: dropped, read, searched for tags, reviewed by keys, and followed to another sheet."""

from __future__ import annotations

import base64
from typing import Any

from tests.clients.browsing import NEEDED, PHONE, visiting
from tests.drawings_pdf import pdf
from tests.started import Started

pytestmark = NEEDED

SHEETS = {
    "PID-101.pdf": pdf("P-101\nFT-2001\nTo PID-102\nPump house", "P-102\nFT-2002"),
    "PID-102.pdf": pdf("From PID-101\nP-101"),
}
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


def test_a_drawing_is_dropped_searched_and_reviewed_by_keys(browser: Any, server: Started) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    with visiting(browser, server) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Drawings").click()
        page.get_by_text("No drawing yet.").wait_for()
        for name, data in SHEETS.items():
            page.evaluate(_DROP, [name, _text(data)])
            page.locator(".working li", has_text=name).wait_for()
        for name in SHEETS:
            page.get_by_role("link", name=name).wait_for()

        page.get_by_role("link", name="PID-101.pdf").click()
        assert page.locator(".sheet-page").count() <= 2
        page.locator(".sheet-page figcaption", has_text="Page 2").wait_for()
        boxes = [page.locator(".sheet-page").nth(at).bounding_box() for at in (0, 1)]
        assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
        assert boxes[0]["y"] == boxes[1]["y"]
        page.get_by_label("Find a tag or a word").fill("pump")
        page.get_by_role("button", name="Pump").click()
        page.locator(".word-lit").wait_for()
        page.get_by_label("Find a tag or a word").fill("")

        page.get_by_role("button", name="Find tags").click()
        page.get_by_label("Tags, one a line").fill("P-101\nFT-2001\nFT-2002")
        page.get_by_role("button", name="Find them").click()
        page.locator(".hit[data-current]").wait_for()
        assert page.locator(".player header .note").inner_text() == "4 hits, 4 to review"
        for key, status in (("a", "approved"), ("r", "rejected")):
            page.keyboard.press(key)
            page.locator(f".hit[data-status={status}]").wait_for()
        page.locator(".hit[data-current][title='PID-102']").wait_for()
        page.keyboard.press("k")
        page.locator(".hit[data-current][data-status=rejected]").wait_for()
        page.keyboard.press("j")
        page.locator(".meant", has_text="Another sheet").wait_for()
        page.get_by_role("link", name="Open that sheet").click()
        page.locator(".crumbs", has_text="PID-102.pdf").wait_for()
        page.locator(".sheet-page").wait_for()
        page.go_back()
        page.locator(".hit[data-status=approved]").click()
        page.locator(".meant", has_text="Stands for P-101").wait_for()
        assert "hit=" in page.url
    with visiting(browser, server, **PHONE) as visit:
        page = visit.open(f"/o/{organization}/drawings")
        page.get_by_role("link", name="PID-101.pdf").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _text(data: bytes) -> str:

    return base64.b64encode(data).decode()
