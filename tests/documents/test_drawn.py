"""Text that a PDF page draws with lines."""

from __future__ import annotations

import pytest

from nunatak.documents import drawn, outlines, pdfium, reader, work
from nunatak.documents.page import Limits, PageText
from tests.documents import files, strokes

pytestmark = pytest.mark.skipif(not reader.installed(), reason="no OCR engine is installed")
CIRCLE = " ".join(f"{300 + 25 * x:.2f} {y:.2f} l" for x, y in [(1, 200), (0.7, 217), (0, 225), (-0.7, 217), (-1, 200)])


def read(content: str) -> PageText:
    return work.read(files.pdf(content), 1, Limits())


def right(text: PageText, expected: list[str]) -> float:
    found = [word.text for word in text.words]
    return sum(tag in found for tag in expected) / len(expected)


@pytest.mark.parametrize("single", [False, True])
def test_stroked_letters_are_read_whether_a_path_is_a_letter_or_a_stroke(single: bool) -> None:
    tags = strokes.tags(40)
    text = read(strokes.sheet(tags, single=single))
    assert text.source == "ocr"
    assert right(text, tags) >= 0.95
    assert all(word.confidence < 1 for word in text.words)


def test_a_whole_text_may_be_one_path() -> None:
    tags = strokes.tags(40)
    assert right(read(strokes.sheet(tags).replace(" S ", " ").replace("0.5 w 0 0 0 RG", "") + " S"), tags) >= 0.95


def test_words_stand_where_they_are_drawn() -> None:
    tags = strokes.tags(40)
    text = read(strokes.sheet(tags))
    first = next(word for word in text.words if word.text == tags[0])
    assert first.box.left == pytest.approx(20 / 600, abs=0.005)
    assert first.box.bottom == pytest.approx(1 - 20 / 400, abs=0.01)
    assert first.box.top == pytest.approx(1 - 28 / 400, abs=0.01)
    assert first.angle == 0


def test_text_that_is_drawn_upwards_is_read_upwards() -> None:
    tags = strokes.tags(24)
    columns = "".join(
        strokes.stroked(tag, 40 + 40 * (at % 12), 30 + 150 * (at // 12), upwards=True) for at, tag in enumerate(tags)
    )
    text = read(columns)
    assert right(text, tags) >= 0.9
    assert {word.angle for word in text.words if word.text in tags} == {270}


def test_lines_that_cross_the_sheet_and_circles_round_text_do_not_hide_it() -> None:
    tags = strokes.tags(40)
    lines = "0 100 m 600 100 l S 90 0 m 90 400 l S " + f"325 200 m {CIRCLE} S "
    assert right(read(strokes.sheet(tags) + lines), tags) >= 0.9


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_says_what_it_says_upright(turn: int) -> None:
    tags = strokes.tags(40)
    text = work.read(files.pdf(strokes.sheet(tags), page=f"/Rotate {turn}"), 1, Limits())
    assert right(text, tags) >= 0.95
    assert {word.angle for word in text.words if word.text in tags} == {turn}
    first = next(word for word in text.words if word.text == tags[0])
    across, down = (20 / 600, 1 - 24 / 400)  # its left end on the upright page
    x, y = {90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}[turn]
    assert first.box.left - 0.005 <= x <= first.box.right + 0.005
    assert first.box.top - 0.005 <= y <= first.box.bottom + 0.005


def test_a_few_letters_that_also_say_something_upside_down_are_read_upright() -> None:
    letters = "".join(strokes.stroked("PHPPHP", 20 + 100 * (at % 5), 100 + 50 * (at // 5)) for at in range(10))
    assert {word.angle for word in read(letters).words} == {0}


def test_the_same_page_says_the_same_again() -> None:
    content = strokes.sheet(strokes.tags(24))
    assert read(content) == read(content)


def test_strokes_that_are_no_letters_say_nothing() -> None:
    hatching = "".join(f"{x} {y} m {x + 9} {y + 9} l S " for x in range(20, 580, 12) for y in range(20, 380, 40))
    with pdfium.opened_page(files.pdf(hatching), 1) as page:
        found = outlines.outlines(page)
    assert drawn.words(found, 600, 400, reader.engine()) == []
    assert drawn.words([], 600, 400, reader.engine()) == []
