"""Journeys through the other views of a diagram: two states compared, and a flow as a sequence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients.browsing import NEEDED, Told, card, visiting
from tests.started import Started

pytestmark = NEEDED


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
    browser: Any, server: Started, story: Told, may: str
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


def test_a_flow_is_told_as_a_sequence_and_stepped_there_too(browser: Any, server: Started, story: Told) -> None:
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
    browser: Any, server: Started, story: Told
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
