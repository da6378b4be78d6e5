"""A page to its words, written or drawn."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from nunatak.documents import reader, work
from nunatak.documents.errors import NoSuchPage
from nunatak.documents.page import Limits
from tests.documents import files

LIMITS = Limits()
needs_engine = pytest.mark.skipif(not reader.installed(), reason="no OCR engine is installed")


def drawn(text: str, *, turn: int = 0) -> Image.Image:
    """A scan with a line of text on it, turned clockwise."""
    image = Image.new("L", (800, 800), 255)
    ImageDraw.Draw(image).text((300, 380), text, fill=0, font=ImageFont.load_default(32))
    return image.rotate(-turn)


def test_written_text_is_read_without_an_engine() -> None:
    lines = "".join(files.text(f"PT-{number} and so on and so on", 20, 20 + 14 * number) for number in range(20))
    text = work.read(files.pdf("", lines), 2, LIMITS)
    assert (text.page, text.source, text.width, text.height) == (2, "text", 600, 400)
    assert text.words[0].text == "PT-19"


def test_an_empty_page_says_nothing() -> None:
    text = work.read(files.pdf(""), 1, LIMITS)
    assert (text.source, text.words, text.notes) == ("none", (), ())


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchPage, match="has 1 pages; page 2"):
        work.read(files.pdf(""), 2, LIMITS)


@needs_engine
@pytest.mark.parametrize("turn", [0, 90, 270])
def test_drawn_text_is_recognized_in_its_place_and_direction(turn: int) -> None:
    text = work.read(files.image("PNG", drawn("23-PT-92536", turn=turn)), 1, LIMITS)
    (word,) = text.words
    assert (text.source, word.text, word.angle) == ("ocr", "23-PT-92536", turn)
    assert 0.9 < word.confidence <= 1
    assert abs((word.box.left + word.box.right) / 2 - 0.5) < 0.15
    assert abs((word.box.top + word.box.bottom) / 2 - 0.5) < 0.15


@needs_engine
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_or_head_says_what_it_says_upright(turn: int) -> None:
    tags = ["23-PT-92536", "HV-4711", "PSV-96149", "LIC-2057", "FE-31862", "TW-9083"]
    image = Image.new("L", (800, 800), 255)
    for at, tag in enumerate(tags):
        ImageDraw.Draw(image).text((100, 60 + 110 * at), tag, fill=0, font=ImageFont.load_default(32))
    words = {word.text: word for word in work.read(files.image("PNG", image.rotate(-turn)), 1, LIMITS).words}
    assert set(words) == set(tags)
    assert {word.angle for word in words.values()} == {turn}
    x, y = {90: (0.9, 0.13), 180: (0.87, 0.9), 270: (0.1, 0.87)}[turn]  # of the first tag's left end, moved inwards
    box = words[tags[0]].box
    assert box.left - 0.05 <= x <= box.right + 0.05
    assert box.top - 0.05 <= y <= box.bottom + 0.05


@needs_engine
def test_words_of_a_drawn_line_have_their_own_places() -> None:
    text = work.read(files.image("TIFF", drawn("HV 96190").convert("1"), compression="group4"), 1, LIMITS)
    assert [(word.text, word.line) for word in text.words] == [("HV", 0), ("96190", 0)]
    assert text.words[0].box.left < text.words[0].box.right <= text.words[1].box.left < text.words[1].box.right


@needs_engine
def test_a_blank_scan_says_nothing_and_the_same_scan_says_the_same_again() -> None:
    assert work.read(files.image("PNG", Image.new("L", (3000, 2000), 255)), 1, LIMITS).words == ()
    scan = files.image("PNG", drawn("23-PT-92536"))
    assert work.read(scan, 1, LIMITS) == work.read(scan, 1, LIMITS)


@needs_engine
def test_strokes_in_the_shape_of_letters_are_read_beside_what_is_written() -> None:
    strokes = "3 w 0 0 0 RG " + "".join(
        f"{x} 200 m {x} 240 l S {x} 240 m {x + 20} 240 l {x + 20} 220 l {x} 220 l S " for x in range(100, 300, 32)
    )
    written = files.text("SCALE", 400, 40)
    text = work.read(files.pdf(strokes * 4 + written), 1, LIMITS)
    assert text.source == "both"
    assert "SCALE" in [word.text for word in text.words]
    assert any(word.text.count("P") >= 5 for word in text.words)
    assert len([word for word in text.words if word.text == "SCALE"]) == 1
