"""Words of PDF pages: where a reader of the displayed page sees them."""

from __future__ import annotations

import pytest

from nunatak.documents import pdfium, texts
from nunatak.documents.page import Word
from tests.documents import files


def words(content: bytes) -> list[Word]:
    with pdfium.opened_page(content, 1) as page:
        return texts.words(page)


def test_a_word_has_its_place_on_the_page() -> None:
    (word,) = words(files.pdf(files.text("21-PT-1019", 300, 200)))
    assert (word.text, word.angle, word.confidence) == ("21-PT-1019", 0, 1)
    assert (word.box.left, word.box.bottom) == (pytest.approx(0.5, abs=0.005), pytest.approx(0.5, abs=0.005))
    assert 0.09 < word.box.right - word.box.left < 0.12


@pytest.mark.parametrize(
    ("rotate", "left", "top", "angle"),
    [(0, 0.1, 0.9, 0), (90, 0.1, 0.1, 90), (180, 0.9, 0.1, 180), (270, 0.9, 0.9, 270)],
)
def test_a_turned_page_turns_its_words(rotate: int, left: float, top: float, angle: float) -> None:
    (word,) = words(files.pdf(files.text("PT", 60, 40, size=4), page=f"/Rotate {rotate}"))
    assert word.angle == angle
    box = word.box
    assert abs((box.left + box.right) / 2 - left) < 0.02
    assert abs((box.top + box.bottom) / 2 - top) < 0.02


def test_text_written_upwards_is_one_word_turned_by_270_degrees() -> None:
    (word,) = words(files.pdf(files.text("0050-PV-23L91499", 0, 0, matrix="0 1 -1 0 300 100")))
    assert (word.text, word.angle) == ("0050-PV-23L91499", 270)
    assert word.box.bottom - word.box.top > word.box.right - word.box.left


def test_slanted_text_is_joined_along_its_own_direction() -> None:
    found = words(files.pdf(files.text("HV 96190", 0, 0, matrix="0.866 0.5 -0.5 0.866 100 100")))
    assert [(word.text, word.angle, word.line) for word in found] == [("HV", 330, 0), ("96190", 330, 0)]


def test_a_crop_box_is_the_whole_of_what_there_is() -> None:
    content = files.pdf(files.text("IN", 300, 200) + files.text("OUT", 20, 20), page="/CropBox [200 100 400 300]")
    (word,) = words(content)
    assert word.text == "IN"
    assert word.box.left == pytest.approx(0.5, abs=0.01)


def test_text_inside_of_a_form_is_found_where_it_is_placed() -> None:
    form = files.stream(
        files.text("FORM", 0, 0),
        "/Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /Font << /F1 4 0 R >> >>",
    )
    (word,) = words(files.pdf("1 0 0 1 300 200 cm /X1 Do", resources="/XObject << /X1 5 0 R >>", more=[form]))
    assert (word.text, word.box.left) == ("FORM", pytest.approx(0.5, abs=0.01))


def test_type_3_letters_are_letters() -> None:
    glyph = files.stream("750 0 0 0 700 700 d1 0 0 700 700 re f")
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 80 "
        "/LastChar 84 /Widths [750 750 750 750 750] /CharProcs << /P 5 0 R /T 5 0 R >> "
        "/Encoding << /Type /Encoding /Differences [80 /P 84 /T] >> >>"
    )
    content = files.pdf(files.text("PT", 300, 200), resources="/Font << /F1 6 0 R >>", more=[glyph, font])
    (word,) = words(content)
    assert (word.text, word.box.left) == ("PT", pytest.approx(0.5, abs=0.01))


def test_letters_set_one_by_one_in_any_order_are_one_word() -> None:
    letters = [files.text(letter, 100 + 8 * place, 100) for place, letter in enumerate("PT1019")]
    assert [word.text for word in words(files.pdf("".join(reversed(letters))))] == ["PT1019"]


def test_text_drawn_twice_in_one_place_is_read_once() -> None:
    twice = files.text("BOLD", 100, 100) + files.text("BOLD", 100.2, 100)
    assert [word.text for word in words(files.pdf(twice))] == ["BOLD"]


def test_words_of_a_line_share_its_number_and_lines_go_down_the_page() -> None:
    content = files.pdf(files.text("LOWER LINE", 100, 100) + files.text("UPPER", 100, 300))
    assert [(word.text, word.line) for word in words(content)] == [("UPPER", 0), ("LOWER", 1), ("LINE", 1)]
