"""Journeys through the viewer in a real browser; each also asserts that nothing was refused, failed or fetched from
elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients.browsing import NEEDED, PHONE, Browser, Told, card, still, visiting
from tests.started import Started

pytestmark = NEEDED

SECTIONS = [
    "Diagrams", "Flows", "Model", "Dependencies", "Tags", "Technologies", "Decisions", "Drafts", "Versions", "Activity",
    "Overview",
]  # fmt: skip


@pytest.fixture(scope="module")
def ticket(server: Started) -> str:
    return server.wait_for(r"#ticket=([\w-]+)")[1]


def test_the_first_start_lets_in_once_and_explains_itself(browser: Browser, server: Started, ticket: str) -> None:
    with visiting(browser, server, signed_in=False) as visit:
        page = visit.open(f"/#ticket={ticket}")
        page.get_by_role("heading", name="A fresh start").wait_for()
        assert "ticket" not in page.url
        page.get_by_role("link", name=re.compile("Open Papertrail")).click()
        page.get_by_role("heading", name="Papertrail", level=1).wait_for()


def test_a_key_signs_in_and_the_session_can_be_left(browser: Browser, server: Started) -> None:
    with visiting(browser, server, signed_in=False) as visit:
        page = visit.open("/")
        page.get_by_label("API key").fill(server.key)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Landscapes").wait_for()
        page.reload()
        page.get_by_role("heading", name="Landscapes").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("API key").wait_for()


def test_every_section_opens(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.landscape)
        for name in SECTIONS:
            page.locator("nav.sections").get_by_role("link", name=name, exact=True).click()
            page.locator("nav.sections [aria-current=page]", has_text=name).wait_for()
            heading = "Papertrail" if name == "Overview" else name
            page.get_by_role("heading", name=heading, level=1, exact=True).wait_for()


def test_search_finds_and_opens_with_the_keyboard(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.landscape)
        page.locator("main h1").wait_for()
        page.keyboard.press("Control+k")
        page.keyboard.type("inside the")
        page.get_by_role("option", name=re.compile("Inside the bookshop")).wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{story.inner}*")


def test_the_model_is_a_tree_with_details_beside_it(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.landscape}/model")
        page.get_by_role("button", name="Parts of Bookshop").click()
        page.get_by_role("link", name=re.compile("^Catalogue")).first.click()
        page.locator(".details h2", has_text="Catalogue").wait_for()
        page.get_by_label("Filter by name").fill("carrier")
        assert page.locator(".list .thing").count() == 1


def test_a_diagram_that_takes_long_shows_its_page_and_says_what_it_waits_for(
    browser: Browser, server: Started, story: Told
) -> None:
    with visiting(browser, server) as visit:
        held: list[Any] = []
        visit.page.route("**/image.svg*", lambda route: held.append(route))
        page = visit.open(f"{story.diagram}?select=bookshop")
        page.get_by_role("status").filter(has_text="Drawing 12 objects").wait_for()
        page.locator(".crumbs", has_text="Papertrail at a glance").wait_for()
        page.locator(".details h2", has_text="Bookshop").wait_for()
        assert page.locator(".stage[aria-busy=true] g").count() == 0
        held.pop().continue_()
        card(page, "bookshop").wait_for()
        page.get_by_role("status").filter(has_text="Drawing").wait_for(state="hidden")
        assert "chosen" in card(page, "bookshop").get_attribute("class")


def test_a_click_tells_of_an_object_and_its_words_do_no_harm(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        card(page, "bookshop").click()
        details = page.locator(".details")
        details.locator("h2", has_text="Bookshop").wait_for()
        assert details.locator(".prose strong").inner_text() == "bold"
        assert "<script>alert(2)</script>" in details.locator(".prose").inner_text()
        assert details.locator("img, script, a[href^=javascript]").count() == 0
        page.keyboard.press("Escape")
        details.wait_for(state="hidden")


def test_one_goes_down_and_back_again(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        page.locator("g.deep").first.wait_for()
        card(page, "bookshop").dblclick()
        page.wait_for_url(f"**{story.inner}*")
        page.locator(".crumbs", has_text="Inside the bookshop").wait_for()
        page.go_back()
        page.wait_for_url(f"**{story.diagram}*")
        card(page, "bookshop").wait_for()


def test_a_link_restores_the_same_view(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        card(page, "warehouse").click()
        page.locator(".stage").focus()
        for key in ("+", "+", "ArrowRight"):
            page.keyboard.press(key)
        page.wait_for_url("**at=**")
        link, place = still(page), card(page, "warehouse").bounding_box()
        assert "select=warehouse" in link
        page.goto("about:blank")
        page.goto(link)
        page.locator(".details h2", has_text="Warehouse").wait_for()
        still(page)
        again = card(page, "warehouse").bounding_box()
        assert all(abs(again[side] - place[side]) < 2 for side in place)


def test_wheel_keys_and_drag_move_the_sheet_by_a_transform_alone(
    browser: Browser, server: Started, story: Told
) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        before = card(page, "bookshop").bounding_box()
        page.mouse.move(700, 700)
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(300)
        zoomed = card(page, "bookshop").bounding_box()
        assert zoomed["width"] > before["width"] * 1.2
        page.mouse.down()
        page.mouse.move(800, 740, steps=4)
        page.mouse.up()
        page.wait_for_timeout(300)
        moved = card(page, "bookshop").bounding_box()
        assert moved["x"] == pytest.approx(zoomed["x"] + 100, abs=2)
        page.locator(".stage").focus()
        page.keyboard.press("0")
        page.wait_for_timeout(300)
        assert card(page, "bookshop").bounding_box()["width"] == pytest.approx(before["width"], abs=1)


def test_a_word_is_pinned_and_the_server_draws_it(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        page.get_by_role("button", name="Status").click()
        with page.expect_response(lambda answer: "image.svg" in answer.url and "pinIds" in answer.url) as drawn:
            page.locator(".mark .word", has_text="Deprecated").click()
        assert drawn.value.status == 200
        assert "pin=deprecated" in page.url
        page.get_by_role("button", name="Hide Future").click()
        page.wait_for_url("**hide=future**")


def test_a_thing_is_found_on_the_diagram(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        page.locator(".overlay").wait_for()
        page.get_by_role("button", name=re.compile("Find on this diagram")).click()
        page.keyboard.type("ledger")
        page.get_by_role("option", name="Stock Ledger").wait_for()
        page.keyboard.press("Enter")
        page.locator(".details h2", has_text="Stock Ledger").wait_for()


def test_what_is_shown_is_saved_as_a_file(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("PDF", b"%PDF")):
            page.locator("summary[title=Download]").click()
            with page.expect_download() as download:
                page.get_by_role("button", name=name, exact=True).click()
            saved = download.value
            assert saved.suggested_filename == f"Papertrail at a glance.{name.lower()}"
            assert saved.path().read_bytes().startswith(start)


def test_a_flow_is_stepped_by_keys_along_a_chosen_path(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.diagram}?flow={story.flow}")
        page.locator(".player").wait_for()
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        page.locator(".story li[data-current]", has_text="Looks for it").wait_for()
        assert "current" in (card(page, "reader").get_attribute("class") or "")
        page.keyboard.press("ArrowLeft")
        page.locator(".story li[data-current]", has_text="A reader wants a book").wait_for()
        page.get_by_role("button", name="Sold out").click()
        page.locator(".story li", has_text="Asks for more").wait_for()
        assert page.locator(".story li", has_text="Charges").count() == 0
        page.wait_for_url("**paths=**")


def test_one_goes_to_another_flow_and_back(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.diagram}?flow={story.flow}")
        page.get_by_role("button", name="Go to Inside story").click()
        page.locator(".player h2", has_text="Inside story").wait_for()
        page.get_by_role("link", name="Back to Buying a book").click()
        page.locator(".story li[data-current]", has_text="What happens inside").wait_for()


def test_a_card_that_is_reached_by_keys_comes_into_sight(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(f"{story.diagram}?at=0,0,3")
        page.locator(".overlay").wait_for()
        page.locator(".stage").focus()
        for _ in range(4):
            page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        seen = page.locator("g:focus").bounding_box()
        assert 0 < seen["x"] < 1280
        assert 0 < seen["y"] < 800
        page.keyboard.press("Enter")
        page.locator(".details").wait_for()


def test_a_shared_diagram_opens_without_a_key_in_another_page(browser: Browser, server: Started, story: Told) -> None:
    made = server.call("POST", f"{story.api}/share-link", {"protected": False})
    path = story.diagram.replace(story.landscape, f"/s/{made['shareLink']['shortId']}")
    with visiting(browser, server, signed_in=False) as visit:
        page = visit.open(f"{path}?embed")
        card(page, "bookshop").click()
        page.locator(".details h2", has_text="Bookshop").wait_for()
        assert not page.locator("header.bar").is_visible()
        image = page.request.get(f"{server.address}{path}.svg?theme=auto")
        assert "max-age" in image.headers["cache-control"]
    changed = {"protected": True, "password": "open sesame"}
    server.call("PATCH", f"{story.api}/share-link", changed)
    with visiting(browser, server, signed_in=False) as visit:
        page = visit.open(path)
        page.get_by_label("Password").fill("open sesame")
        page.get_by_role("button", name="Open").click()
        card(page, "bookshop").wait_for()
    assert server.call("GET", f"{story.api}/share-link")["stats"]["totalVisitorCount"] >= 2


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server, **PHONE) as visit:
        visit.open("/").get_by_role("heading", name="Landscapes").wait_for()
        assert not visit.page.get_by_role("button", name="Sections").is_visible()  # there are none
        for path in (story.landscape, f"{story.landscape}/model", story.diagram):
            page = visit.follow(path)
            page.locator("main h1, main svg").first.wait_for()
            for theme in ("dark", "light"):
                page.emulate_media(color_scheme=theme)
                assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("button", name="Sections").click()
        page.get_by_role("link", name="Overview").click()
        page.get_by_role("heading", name="Papertrail", level=1).wait_for()
