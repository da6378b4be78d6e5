"""Journeys through the other views: two states compared, a flow as a sequence, a frozen view; and through drawings."""

from __future__ import annotations

import re

import pytest

from tests.clients.browsing import NEEDED, PHONE, Browser, Told, card, dropped, visiting
from tests.drawings_pdf import pdf
from tests.started import Started

pytestmark = NEEDED

SHEETS = {
    "PID-101.pdf": pdf("P-101\nFT-2001\nTo PID-102\nPump house", "P-102\nFT-2002"),
    "PID-102.pdf": pdf("From PID-101\nP-101"),
}


@pytest.fixture(scope="module")
def may(server: Started, story: Told) -> str:
    """A version that lies before a new name and a move."""
    land = f"/v1/landscapes/{story.api.split('/')[3]}"
    given = {"name": "May", "notes": "As it was in May", "modelHandleId": None}
    version = server.call("POST", f"{land}/versions", given)["version"]["id"]
    diagram = f"{story.api}/diagrams/{story.diagram.rsplit('/', 1)[1]}/content"
    content = server.call("GET", diagram)["diagramContent"]
    model = content["objects"]["warehouse"]["modelId"]
    server.call("PATCH", f"{story.api}/model/objects/{model}", {"name": "Depot"})
    moved = {"payments": {"y": content["objects"]["payments"]["y"] - 320}}
    server.call("PATCH", diagram, {"objects": {"$update": moved}})
    return str(version)


def test_a_version_is_compared_and_a_change_leads_to_its_place(
    browser: Browser, server: Started, story: Told, may: str
) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        page.get_by_role("button", name="Compare with an earlier version").click()
        rows = page.locator(".changes li[data-color]")
        rows.nth(1).wait_for()
        assert page.locator(".player header .note").inner_text() == "1 changed, 1 moved"
        assert rows.first.locator("del, ins").all_inner_texts() == ["Warehouse", "Depot"]
        page.locator("g[data-role=ghost]").wait_for(state="attached")
        page.locator(".changes .step", has_text="Payment").click()
        assert "lit" in (card(page, "payments").get_attribute("class") or "")
        page.get_by_role("button", name="Before", exact=True).click()
        page.locator("g[data-id=warehouse] text", has_text="Warehouse").wait_for()
        page.get_by_role("button", name="After", exact=True).click()
        page.locator("g[data-id=warehouse] text", has_text="Depot").wait_for()
        assert f"compare={may}" in page.url
        assert "side=after" in page.url
        page.reload()
        page.locator(".changes li").first.wait_for()
        page.get_by_role("button", name="Close the comparison").click()
        page.locator(".changes").wait_for(state="detached")


def test_drafts_and_versions_are_looked_at_and_left_again(
    browser: Browser, server: Started, story: Told, may: str
) -> None:
    land = story.api.split("/versions")[0]
    given = {"name": "Rename the carrier", "status": "in-progress", "tasks": []}
    server.call("POST", f"{land}/versions/latest/drafts", given)
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.landscape}/drafts")
        page.get_by_role("link", name=re.compile("Rename the carrier")).click()
        page.get_by_role("link", name="Draft Rename the carrier: leave it").click()
        page.get_by_role("heading", name="Papertrail", level=1).wait_for()
        assert "draft=" not in page.url
        page.get_by_role("link", name="Versions").click()
        page.get_by_role("link", name="May").click()
        page.get_by_role("link", name="Version May: leave it").click()
        page.wait_for_url(f"**{story.landscape}")
        page.locator(".sign").wait_for(state="detached")


def test_a_flow_is_told_as_a_sequence_and_stepped_there_too(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.diagram}?flow={story.flow}")
        with page.expect_response(lambda answer: "sequence=true" in answer.url):
            page.get_by_role("button", name="Sequence").click()
        page.locator("g[data-role=lifeline]").first.wait_for(state="attached")
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        page.locator("g[data-role=rung][data-id=b].current").wait_for()
        page.get_by_role("button", name="Sold out").click()
        page.locator('g[data-role=rung][data-id=d][opacity="0.45"]').wait_for(state="attached")
        page.locator("g[data-role=rung][data-id=e]").click()
        page.locator(".story li[data-current]", has_text="Asks for more").wait_for()
        assert "as=sequence" in page.url
        page.reload()
        page.locator(".story li[data-current]", has_text="Asks for more").wait_for()
        page.locator("g[data-role=rung][data-id=e].current").wait_for()
        card(page, "reader").click()
        page.locator(".details h2", has_text="Reader").wait_for()
        page.get_by_role("button", name="Diagram", exact=True).click()
        page.locator("g[data-role=line].current, g[data-role=box].current").first.wait_for()


def test_a_short_link_opens_at_a_frozen_view_that_visitors_do_not_leave(
    browser: Browser, server: Started, story: Told
) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.diagram}?flow={story.flow}&step=b&as=sequence")
        page.locator("g[data-role=rung][data-id=b].current").wait_for()
        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name="Make a link").click()
        page.get_by_role("button", name="Open at what is shown now").click()
        page.get_by_label("Visitors can't go elsewhere").check()
        page.get_by_label("Visitors can't go elsewhere").and_(page.locator(":checked")).wait_for()
        link = page.get_by_label("Link", exact=True).input_value()
        frame = page.get_by_label("Embed", exact=True).input_value()
        readme = page.get_by_label("Picture for a README", exact=True).input_value()
    assert re.fullmatch(rf"{server.address}/s/\w+", link)
    assert re.search(r'width="960" height="\d{3}"', frame)
    assert readme.endswith(f"({link}/diagram.svg?theme=auto)")
    with visiting(browser, server, signed_in=False) as visit:
        page = visit.open(f"{link.removeprefix(server.address)}?embed")
        page.locator("g[data-role=rung][data-id=b].current").wait_for()
        assert "embed" in page.url
        assert page.locator("nav.sections a").count() == 0
        page.goto(f"{link}/model")
        page.locator("g[data-role=rung][data-id=b].current").wait_for()
        image = page.request.get(f"{link}/diagram.svg?theme=auto")
        assert image.headers["cache-control"].startswith("public, max-age=")
        again = page.request.get(f"{link}/diagram.svg?theme=auto", headers={"If-None-Match": image.headers["etag"]})
        assert again.status == 304
        preview = re.search(r'property="og:image" content="([^"]+)"', page.request.get(link).text())
        assert preview is not None
        assert page.request.get(preview[1]).body().startswith(b"\x89PNG")


def test_a_drawing_is_dropped_searched_and_reviewed_by_keys(browser: Browser, server: Started) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    with visiting(browser, server) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Drawings").click()
        page.get_by_text("No drawing yet.").wait_for()
        for name, data in SHEETS.items():
            dropped(page, name, data)
            page.locator(".working li", has_text=name).wait_for()
        for name in SHEETS:
            page.get_by_role("link", name=name).wait_for()
        page.locator(".heading .note", has_text="2 files").wait_for()

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


def test_objects_of_the_model_are_found_on_a_drawing_and_linked_once_approved(
    browser: Browser, server: Started, story: Told
) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    objects = {one["name"]: one["id"] for one in server.call("GET", f"{story.api}/model/objects")["modelObjects"]}
    ledger = f"{story.api}/model/objects/{objects['Stock Ledger']}"

    def links() -> list[str]:
        return [one["customName"] for one in server.call("GET", ledger)["modelObject"]["links"].values()]

    with visiting(browser, server) as visit:
        page = visit.open(f"/o/{organization}/drawings")
        dropped(page, "PID-200.pdf", pdf("Stock Ledger\nMobile App", "Stock Ledger"))
        page.get_by_role("link", name="PID-200.pdf").click()
        page.get_by_role("button", name="Find tags").click()
        page.get_by_label("Objects of a landscape").select_option(label="Papertrail")
        page.get_by_role("button", name="Find them").click()
        page.locator(".hit[data-current]").wait_for()
        assert page.locator(".hits .name").all_inner_texts() == ["Stock Ledger", "Mobile App", "Stock Ledger"]
        page.locator(".hits .step").nth(2).click()
        page.keyboard.press("a")
        page.locator(".hit[data-status=approved]").wait_for()
        page.locator(".hits .step").first.click()
        with page.expect_response(lambda answer: answer.url.endswith(ledger)):
            page.keyboard.press("a")
        assert links() == ["PID-200.pdf, pages 1, 2"]
        page.locator(".hits .step").first.click()
        page.get_by_role("link", name="Open in the model").click()
        page.locator(".details h2", has_text="Stock Ledger").wait_for()
        drawing = page.get_by_role("link", name="PID-200.pdf, pages 1, 2")
        assert re.search(rf"/o/{organization}/drawings/\d+\?hit=\d+$", drawing.get_attribute("href"))
        page.go_back()
        for _ in range(2):
            page.locator(".hits [data-status=approved] .step").first.click()
            with page.expect_response(lambda answer: answer.url.endswith(ledger)):
                page.keyboard.press("r")
        assert links() == []
