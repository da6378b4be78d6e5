"""What pages look like, at three widths in two themes, beside what was looked at; what axe-core says of every page."""

from __future__ import annotations

import io
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.clients.browsing import NEEDED, Told, visiting
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
_SETTLED = """
() => document.fonts.status === "loaded" && document.querySelectorAll("[aria-busy=true]").length === 0
  && [...document.images].every((one) => (one.complete && one.currentSrc) || !one.checkVisibility()
    || one.getBoundingClientRect().top > innerHeight)
"""
_SERIOUS = """
() => axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations
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
    page.wait_for_timeout(400)
    page.evaluate(
        "document.querySelectorAll('time, .card small').forEach((one) => { one.style.visibility = 'hidden' })"
    )
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return image.resize((kept, round(image.height * kept / image.width)), Image.Resampling.LANCZOS)


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_look_as_they_were_looked_at(
    browser: Any, server: Started, story: Told, size: str, theme: str, tmp_path: Path
) -> None:
    width, height, kept = SIZES[size]
    differing = []
    options: dict[str, Any] = {"viewport": {"width": width, "height": height}, "color_scheme": theme}
    with visiting(browser, server, **options) as visit:
        for name, path in paths(story).items():
            if name == "sequence" and size != "desk":
                continue
            page = visit.open(path)
            page.locator("main h1, main svg g[data-role=box]").first.wait_for()
            image = seen(page, kept)
            image.save(tmp_path / f"{name}.png")
            differing.append(compared(f"{name}-{size}-{theme}", image))
    assert not any(differing), f"{', '.join(filter(None, differing))}; see {tmp_path}, and set {WRITE}=1 to keep them"


def serious(page: Any) -> list[str]:
    """The serious violations that axe-core finds on a page."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page.wait_for_function(_SETTLED)
    page.evaluate((files(axe) / "axe.min.js").read_text(encoding="utf-8") + "; undefined")
    found: list[str] = page.evaluate(_SERIOUS)
    return [f"{page.url}: {one}" for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(browser: Any, server: Started, story: Told, theme: str) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    wanted = [
        *(f"{story.landscape}{one}" for one in SECTIONS),
        "/",
        f"/o/{organization}/drawings",
        *paths(story).values(),
    ]
    found = []
    with visiting(browser, server, color_scheme=theme) as visit:
        for path in [*wanted, *paths(story).values()]:
            page = visit.open(path)
            page.locator("main h1, main svg g[data-role=box]").first.wait_for()
            found += serious(page)
    with visiting(browser, server, color_scheme=theme, signed_in=False) as visit:
        page = visit.open("/")
        page.locator("main h1").wait_for()
        found += serious(page)
    assert found == []
