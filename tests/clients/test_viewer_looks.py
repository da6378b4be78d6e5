"""What pages look like, at three widths in two themes, beside what was looked at; what axe-core says of every page; and
a landscape whose every name is markup: the pages show it, and nothing of it does anything."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.clients.browsing import NEEDED, Browser, Told, dropped, visiting
from tests.drawings_pdf import pdf
from tests.started import Started

pytestmark = NEEDED

LOOKS = Path(__file__).parent / "looks"
WRITE = "NUNATAK_WRITE_LOOKS"  # set it to draw the pictures anew, and look at them
# A window's width and height, and the width of its kept picture.
SIZES = {"phone": (390, 800, 260), "desk": (1280, 800, 480), "wide": (2560, 1440, 640)}
_UNTIMED = "document.querySelectorAll('time, .card small').forEach((one) => { one.style.visibility = 'hidden' })"
# Of the pixels a few may differ much, such as those of letters that another build of the browser draws half a pixel on.
MUCH, FEW, MEAN = 48, 0.02, 2.5
SECTIONS = [
    "", "/diagrams", "/flows", "/model", "/dependencies", "/tags", "/technologies", "/adrs", "/drafts", "/versions",
    "/activity",
]  # fmt: skip
THERE = "main h1, main svg g[data-role=box], .sheet-page"  # what is waited for on any page
_SETTLED = """
() => document.fonts.status === "loaded" && document.querySelectorAll("[aria-busy=true]").length === 0
  && document.getAnimations().every((one) => one.playState !== "running")
  && [...document.images].every((one) => (one.complete && one.currentSrc) || !one.checkVisibility()
    || one.getBoundingClientRect().top > innerHeight)
"""
_SERIOUS = """
(only) => axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: [only] }) })
  .then((found) => found.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`))
"""


def paths(story: Told) -> dict[str, str]:
    return {
        "overview": story.landscape,
        "diagram": f"{story.diagram}?tab=status&flow={story.flow}&step=b",
        "sequence": f"{story.diagram}?flow={story.flow}&step=b&as=sequence",
    }


def seen(page: Any, kept: int) -> Image.Image:
    """The page once it is at rest, without its times of day."""
    page.wait_for_function(_SETTLED)
    page.wait_for_timeout(250)
    page.evaluate(_UNTIMED)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return image.resize((kept, round(image.height * kept / image.width)), Image.Resampling.LANCZOS)


def themed(page: Any, theme: str) -> None:
    """Turns the system's theme; the page follows without being loaded again."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_timeout(60)
    page.wait_for_function(_SETTLED)


def compared(name: str, image: Image.Image) -> str:
    """How an image differs from the kept one of its name; empty where it doesn't."""
    place = LOOKS / f"{name}.png"
    if os.environ.get(WRITE):
        image.quantize(192).save(place, optimize=True)
        return ""
    kept = Image.open(place).convert("RGB")
    if kept.size != image.size:
        return f"{name}: {image.size}, not {kept.size}"
    soft = [one.filter(ImageFilter.GaussianBlur(1)) for one in (image, kept)]
    gap = ImageChops.difference(*soft).convert("L")
    share = sum(gap.histogram()[MUCH:]) / (gap.width * gap.height)
    mean = ImageStat.Stat(gap).mean[0]
    return f"{name}: {share:.1%} of it differ, {mean:.1f} on average" if share > FEW or mean > MEAN else ""


@pytest.mark.parametrize("size", SIZES)
def test_pages_look_as_they_were_looked_at(
    browser: Browser, server: Started, story: Told, size: str, tmp_path: Path
) -> None:
    width, height, kept = SIZES[size]
    differing = []
    with visiting(browser, server, viewport={"width": width, "height": height}) as visit:
        for name, path in paths(story).items():
            if name == "sequence" and size != "desk":
                continue
            themed(visit.page, "light")
            page = visit.open(path)
            page.locator(THERE).first.wait_for()
            for theme in ("light", "dark"):
                themed(page, theme)
                image = seen(page, kept)
                image.save(tmp_path / f"{name}-{theme}.png")
                differing.append(compared(f"{name}-{size}-{theme}", image))
    assert not any(differing), f"{', '.join(filter(None, differing))}; see {tmp_path}, and set {WRITE}=1 to keep them"


def serious(page: Any, only: str = "") -> list[str]:
    """The serious violations that axe-core finds on a page, by all of its rules or one."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page.wait_for_function(_SETTLED)
    if not page.evaluate("window.axe !== undefined"):
        page.evaluate((files(axe) / "axe.min.js").read_text(encoding="utf-8") + "; undefined")
    found: list[str] = page.evaluate(_SERIOUS, only)
    return [f"{page.url}: {one}" for one in found]


def test_axe_finds_nothing_serious_on_any_page(browser: Browser, server: Started, story: Told) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    wanted = [*(f"{story.landscape}{one}" for one in SECTIONS), "/", f"/o/{organization}/drawings"]
    found = []
    with visiting(browser, server) as visit:
        visit.open("/").locator(THERE).first.wait_for()
        for path in [*paths(story).values(), *wanted]:
            found += both(visit.follow(path))
        dropped(visit.page, "axe.pdf", pdf("P-101"))
        visit.page.get_by_role("link", name="axe.pdf").click()
        visit.page.locator(".sheet-page").wait_for()
        found += both(visit.page)
        visit.page.get_by_role("button", name="Find tags").click()
        found += both(visit.page)
    guarded = server.call("POST", f"{story.api}/share-link", {"protected": True, "password": "open sesame"})
    with visiting(browser, server, signed_in=False) as visit:
        for path in ("/", f"/s/{guarded['shareLink']['shortId']}"):
            found += both(visit.open(path))
    assert found == []


def both(page: Any) -> list[str]:
    """The serious violations on a page, in both themes: another theme changes nothing but colours."""
    page.locator(THERE).first.wait_for()
    themed(page, "light")
    found = serious(page)
    themed(page, "dark")
    return found + serious(page, "color-contrast")


HARM = (
    "\"'><img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>x</a><svg onload=alert(4)>"
)
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
def harmed(server: Started, story: Told) -> Told:
    """The story with markup in the place of every name: what comes after it in this module sees nothing else."""
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


def test_no_page_does_what_a_name_says(browser: Browser, server: Started, harmed: Told) -> None:
    seen = 0
    with visiting(browser, server) as visit:
        visit.page.on("dialog", lambda dialog: visit.complaints.append(f"said {dialog.message}"))
        for address in _addresses(harmed):
            page = visit.open(address) if address in ("/", "/docs") else visit.follow(address)
            page.wait_for_load_state("networkidle")
            page.wait_for_function(_SETTLED)
            made = page.locator("img[src=x], [onerror], [onload], a[href^=javascript]").count()
            assert made == 0, address
            seen += "onerror=alert(1)" in page.locator("body").inner_text()
        page = visit.open(harmed.diagram)
        page.locator("g[data-role=box]").first.click()
        page.locator(".details h2").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src=x], [onerror], a[href^=javascript]").count() == 0
    assert seen >= 8  # the names are shown, as text
