"""PDF documents: as the PNGs look, with text, links and an outline, the same bytes each time."""

from __future__ import annotations

import ctypes

import msgspec
import pypdfium2
import pypdfium2.raw as raw
import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.geometry import Box
from nunatak.drawing.pdf.document import A4, Bookmark, Document, Place, pdf
from nunatak.drawing.scene import Paint, Rect, Scene
from tests.drawing.pdf.pages import FONTS, difference, scene, text
from tests.golden import cases

BLACK = Paint(fill="#000000")


def golden(name):
    return msgspec.json.decode((cases.ROOT / name / "scene.json").read_bytes(), type=Scene)


# One golden case for each thing that is drawn in a way of its own; each takes two rasterizers a moment. Letters that
# nobody can draw aren't here: our PDF keeps them in their box, and the rasterizer doesn't.
ALIKE = (
    "actor", "area_removed", "areas_nested", "badges_too_many", "box", "component", "crop", "dark",
    "difference_changed_and_moved", "difference_of_a_lines_course", "domain_and_count", "empty", "external",
    "film_fork_lights_every_paths_first_step", "film_message", "film_process", "flow", "flow_other_path", "focus",
    "icon", "icon_in_the_dark", "legend", "line_connectors", "line_icons", "line_statuses", "line_via",
    "name_arabic", "name_greek_and_cyrillic", "name_long", "pinned", "pins", "sequence", "status_deprecated",
    "status_removed", "store", "tags_of_every_color", "title", "transparent_without_padding", "whole_app_diagram",
    "whole_deployment_dark",
)  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_a_diagram_looks_as_its_png_does(name):
    assert difference(golden(name)) < 1.5


def test_a_scene_is_one_page_of_its_own_size_with_its_text():
    drawn = golden("whole_app_diagram")
    data = pdf(drawn, FONTS)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((drawn.width * 0.75, drawn.height * 0.75))
    assert "Booking service\n[App: Java, Kafka]\nKnows every bed" in text(data)


def test_the_same_scene_gives_the_same_bytes():
    assert pdf(golden("whole_app_diagram"), FONTS) == pdf(golden("whole_app_diagram"), FONTS)


def test_a_scene_too_large_for_any_page_is_scaled_down():
    with pypdfium2.PdfDocument(pdf(scene(width=100_000, height=10), FONTS)) as document:
        assert document[0].get_width() == 14_400


def test_a_scene_without_size_is_refused():
    with pytest.raises(DrawingFailed, match="without width or height"):
        pdf(scene(width=0), FONTS)


def test_a_placed_scene_is_as_large_as_fits_and_in_the_middle():
    page = Document(FONTS, title="").page(*A4)
    assert page.place(scene(width=200, height=100), Box(10, 10, 100, 100)) == Box(10, 35, 100, 50)


def test_page_text_is_found_in_the_font_that_has_it():
    document = Document(FONTS, title="Ö")
    page = document.page(*A4)
    width = page.text(50, 60, "Zażółć 5 ≥ 3 (a\\b)", font="sans", size=10, fill="#000000")
    assert width == pytest.approx(FONTS.width("Zażółć 5 ≥ 3 (a\\b)", "sans", 10))
    assert text(document.written()) == "Zażółć 5 ≥ 3 (a\\b)"


def test_links_lead_to_places_and_addresses_but_not_to_what_is_not_there():
    document = Document(FONTS, title="")
    first, second = document.page(*A4), document.page(*A4)
    document.targets["there"] = Place(1, 100)
    first.link(Box(10, 20, 30, 40), "there")
    first.link(Box(10, 70, 30, 10), "https://example.com/a(b)?c=\\d")
    first.link(Box(10, 80, 30, 10), "https://exämple.com/ü d%20e")
    first.link(Box(10, 90, 30, 10), "nowhere")
    first.link(Box(10, 90, 30, 10), "javascript:alert(1)")
    second.rect(Box(0, 0, 5, 5), BLACK)
    with pypdfium2.PdfDocument(document.written()) as opened:
        links = list(_links(opened))
    assert links == [
        (1, 741.89, None),
        (None, None, "https://example.com/a(b)?c=\\d"),
        (None, None, "https://ex%C3%A4mple.com/%C3%BC%20d%20e"),
    ]


def _links(document):
    page, start, link = document[0], ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(start), ctypes.byref(link)):
        dest = raw.FPDFLink_GetDest(document.raw, link)
        if dest:
            flags = [ctypes.c_int() for _ in range(3)]
            places = [ctypes.c_float() for _ in range(3)]
            raw.FPDFDest_GetLocationInPage(dest, *flags, *places)
            yield raw.FPDFDest_GetDestPageIndex(document.raw, dest), round(places[1].value, 2), None
        else:
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFAction_GetURIPath(document.raw, raw.FPDFLink_GetAction(link), buffer, 200)
            yield None, None, buffer.value.decode()


def test_the_outline_has_bookmarks_under_bookmarks():
    document = Document(FONTS, title="")
    for _ in range(3):
        document.page(*A4)
    under = [Bookmark("One (1)", Place(1, 0)), Bookmark("Zwei ü", Place(2, 50))]
    document.outline += [Bookmark("Start", Place(0, 0), under), Bookmark("End", Place(2, 0))]
    with pypdfium2.PdfDocument(document.written()) as opened:
        found = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in opened.get_toc()]
    assert found == [(0, "Start", 0), (1, "One (1)", 1), (1, "Zwei ü", 2), (0, "End", 2)]


def test_the_title_is_kept_whatever_letters_it_has():
    document = Document(FONTS, title="Über (alles) \\ 漢")
    document.page(*A4)
    with pypdfium2.PdfDocument(document.written()) as opened:
        assert opened.get_metadata_dict()["Title"] == "Über (alles) \\ 漢"
        assert opened.get_metadata_dict()["CreationDate"] == ""


def test_fonts_are_in_the_file_once_for_all_pages():
    document = Document(FONTS, title="")
    for _ in range(20):
        document.page(*A4).text(20, 20, "Words", font="sans", size=10, fill="#000000")
    assert document.written().count(b"/FontFile2") == 1


def test_a_rectangle_and_a_line_are_where_they_were_asked_for():
    document = Document(FONTS, title="")
    page = document.page(100, 100)
    page.rect(Box(10, 10, 20, 20), BLACK, radius=2)
    page.line(0, 50, 100, stroke="#ff0000", width=4)
    with pypdfium2.PdfDocument(document.written()) as opened:
        image = opened[0].render(scale=1).to_pil().convert("RGB")
    assert image.getpixel((20, 20)) == (0, 0, 0)
    assert image.getpixel((50, 50)) == (255, 0, 0)
    assert image.getpixel((50, 20)) == (255, 255, 255)


def test_shapes_with_a_box_keep_their_radius():
    assert difference(scene(Rect(x=5, y=5, width=50, height=40, radius=12, paint=Paint(fill="#336699")))) < 0.5
