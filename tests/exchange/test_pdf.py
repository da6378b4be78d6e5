"""The PDF document, read back by PDFium."""

from __future__ import annotations

import pypdfium2
import pytest
from msgspec.structs import replace

from nunatak.drawing.bundled import fonts
from nunatak.exchange import pdf
from nunatak.exchange.landscape import LandscapeParts
from tests.drawing.pdf.pages import text
from tests.exchange.landscapes import HOSTILE, parts, pictured, thing

FONTS = fonts()


def pages(landscape: LandscapeParts, **options: str) -> list[str]:
    data = pdf.write(landscape, FONTS, **options)  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(data) as document:
        count = len(document)
    return [text(data, page) for page in range(count)]


PAGES = pages(pictured())


def test_it_opens_with_a_title_and_its_contents_with_page_numbers() -> None:
    assert PAGES[0] == "Huts & <beds>\nLatest\n7 objects · 4 connections · 2 diagrams"
    lines = PAGES[1].splitlines()
    assert lines[0] == "Contents"
    entries = [line.rpartition(" ") for line in lines[1:] if line.rpartition(" ")[2].isdigit()]
    numbers = {title: int(number) for title, _, number in entries}
    assert all(title in PAGES[number - 1] for title, number in numbers.items() if title in ("Shop", "Flows", "Empty"))
    assert numbers["Shop"] == 1 + next(i for i, page in enumerate(PAGES) if page.startswith("Shop"))


def test_each_diagram_has_a_page_with_its_words() -> None:
    assert PAGES[2].startswith("Hut booking\nApp diagram of Hut booking")
    assert "Booking service" in PAGES[2]
    assert PAGES[3].startswith(HOSTILE)


def test_objects_connections_and_flows_are_told() -> None:
    flows, shop = PAGES[4], PAGES[5]
    assert "1 Guest → Booking site: asks for Saturday (Books a bed with)" in flows
    assert "Booking site [App]\nShows free beds and takes bookings.\nJava · Low · Web team" in shop
    assert "Reads and writes\nOne pool of ten." in shop


def test_every_page_but_the_first_is_named_and_numbered_at_its_foot() -> None:
    assert all(page.endswith(f"Huts & <beds> · Latest {number}") for number, page in enumerate(PAGES[1:], 2))


def test_without_an_orientation_a_wide_diagram_gets_a_wide_page() -> None:
    with pypdfium2.PdfDocument(pdf.write(pictured(), FONTS)) as document:
        wide = [page.get_width() > page.get_height() for page in document]
    assert wide == [False, False, True, True, False, False, False, False][: len(wide)]


def test_things_on_a_diagram_lead_to_their_words() -> None:
    shown = pictured()
    here = replace(shown, objects=[*shown.objects, thing("m-site", "Booking site 2", "system")])
    with_links, without = (pdf.write(each, FONTS).count(b"/Subtype /Link") for each in (here, shown))
    assert with_links >= without


def test_long_contents_and_long_tables_go_on_on_further_pages() -> None:
    many = [thing(f"x{i}", f"System {i:03}", "system", caption="words " * 30) for i in range(200)]
    views = [replace(parts().diagrams[1], diagram=replace(parts().diagrams[1].diagram, id=f"v{i}")) for i in range(70)]
    found = pages(replace(parts(), objects=[*parts().objects, *many], diagrams=views, flows=[]))
    assert found[1].startswith("Contents")
    assert ["Context diagram of" in page for page in found[1:5]] == [False, False, True, True]  # two of contents
    assert sum("System 199 [System]" in page for page in found) == 1


@pytest.mark.parametrize("words", ["x" * 3000, "漢字" * 500, "a\u202eb\x00c", "\n\n\n", ""])
def test_any_description_fits(words: str) -> None:
    named = replace(parts(), objects=[parts().objects[0], thing("a", words or "n", "system", description=words)])
    assert len(pages(replace(named, connections=[], flows=[], diagrams=[]))) >= 3


def test_an_empty_landscape_is_a_document_too() -> None:
    assert len(pages(LandscapeParts(name="", version=""))) == 2
