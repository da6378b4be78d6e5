"""Journeys by hand: two fingers on a phone, a pointer that rests on a word, a story that plays by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.browsing import NEEDED, PHONE, Browser, Told, card, visiting
from tests.started import Started

pytestmark = NEEDED


def pinch(page: Any, *, middle: tuple[float, float], spread: tuple[float, float]) -> None:
    """Two fingers left and right of a point, from one distance to another."""
    hand = page.context.new_cdp_session(page)
    first, last = spread
    for step in range(11):
        half = (first + (last - first) * step / 10) / 2
        fingers = [{"x": middle[0] + side * half, "y": middle[1], "id": n} for n, side in enumerate((-1, 1))]
        kind = "touchMove" if step else "touchStart"
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)


def test_two_fingers_zoom_about_the_point_between_them(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server, **PHONE) as visit:
        page = visit.open(story.diagram)
        card(page, "bookshop").wait_for()
        page.wait_for_timeout(300)
        before = card(page, "bookshop").bounding_box()
        middle = (before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
        pinch(page, middle=middle, spread=(80, 200))
        wide = card(page, "bookshop").bounding_box()
        assert wide["width"] == pytest.approx(before["width"] * 200 / 80, rel=0.02)
        assert wide["x"] + wide["width"] / 2 == pytest.approx(middle[0], abs=2)
        assert wide["y"] + wide["height"] / 2 == pytest.approx(middle[1], abs=2)
        pinch(page, middle=middle, spread=(200, 80))
        assert card(page, "bookshop").bounding_box()["width"] == pytest.approx(before["width"], rel=0.02)
        assert page.locator(".details").is_hidden()  # fingers that moved didn't mean to click


def test_a_pointer_that_rests_on_a_word_lights_what_bears_it(browser: Browser, server: Started, story: Told) -> None:
    with visiting(browser, server) as visit:
        page = visit.open(story.diagram)
        page.get_by_role("button", name="Status").click()
        word = page.locator(".mark .word", has_text="Deprecated")
        word.hover()
        page.locator("svg.has-lit").wait_for()
        lit = page.locator("g.lit").evaluate_all("all => all.map((one) => one.dataset.id)")
        assert {"ledger", "warehouse-ledger"} <= set(lit)
        assert word.locator("small").inner_text() == "2"
        page.wait_for_timeout(300)
        other = page.locator("g[data-role=box]:not(.lit)").first
        assert other.evaluate("one => getComputedStyle(one).opacity") == "0.22"
        page.mouse.move(640, 300)
        page.locator("svg:not(.has-lit) g[data-role=box]").first.wait_for()
        assert "pin=" not in page.url


def test_a_story_plays_by_itself_stops_at_its_end_and_starts_over(
    browser: Browser, server: Started, story: Told
) -> None:
    with visiting(browser, server) as visit:
        visit.page.clock.install()
        page = visit.open(f"{story.diagram}?flow={story.flow}")
        page.get_by_role("button", name="Play", exact=True).click()
        current = page.locator(".story li[data-current]")
        current.filter(has_text="A reader wants a book").wait_for()
        page.clock.run_for(3300)
        current.filter(has_text="Looks for it").wait_for()
        page.get_by_role("button", name="Stop playing").click()
        page.clock.run_for(10_000)
        assert "Looks for it" in current.inner_text()
        page.get_by_role("button", name="Play", exact=True).click()
        page.clock.run_for(60_000)
        current.filter(has_text="Done").wait_for()
        page.get_by_role("button", name="Play", exact=True).click()
        current.filter(has_text="A reader wants a book").wait_for()
