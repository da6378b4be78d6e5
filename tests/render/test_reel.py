from __future__ import annotations

import io
import zipfile

import pypdfium2

from nunatak.render import reel
from nunatak.render.film import frames
from nunatak.render.options import Options, Output
from nunatak.render.picture import Step
from nunatak.render.scene import routed
from nunatak.render.theme import THEMES
from tests.render.pictures import FONTS, line, picture, thing

THEME = THEMES["dark"]
STEPS = [
    Step(id="0", sort="introduction", text="Begin: a / b"),
    Step(id="1", sort="message", number=1, text="Ask", origin_id="a", target_id="b"),
    Step(id="2", sort="process", number=2, origin_id="b", target_id="b", text="Думать"),
]
FRAMES = frames(
    routed(picture(thing("a"), thing("b", 400), line("a", "b"), flow="F", steps=STEPS), Options(), FONTS), THEME, FONTS
)


def test_each_step_has_a_page_a_number_and_a_bookmark() -> None:
    with pypdfium2.PdfDocument(reel.pages(FRAMES, "A flow", THEME, FONTS)) as read:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in read.get_toc()]
        texts = [page.get_textpage().get_text_bounded() for page in read]
        assert read.get_metadata_value("Title") == "A flow"
    assert marks == [("Begin: a / b", 0), ("1. Ask", 1), ("2. Думать", 2)]
    assert "2 / 3" in texts[1]
    # On its line it stays; in the list below there is only the step that is told.
    assert [text.count("Ask") for text in texts] == [1, 2, 1]


def test_the_archive_holds_an_svg_and_a_png_for_each_step_in_order() -> None:
    data = reel.archive(FRAMES, FONTS, Output(max_width=200))
    held = zipfile.ZipFile(io.BytesIO(data))
    assert held.namelist() == [
        "1-begin-a-b.svg", "1-begin-a-b.png", "2-ask.svg", "2-ask.png", "3.svg", "3.png",
    ]  # fmt: skip
    assert held.read("2-ask.svg").startswith(b"<svg ")
    assert held.read("3.png")[16:20] == (200).to_bytes(4, "big")


def test_the_same_frames_are_the_same_bytes_without_a_clock() -> None:
    first, second = (reel.archive(FRAMES, FONTS, Output(max_width=100)) for _ in range(2))
    assert first == second
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert reel.pages(FRAMES, "F", THEME, FONTS) == reel.pages(FRAMES, "F", THEME, FONTS)
