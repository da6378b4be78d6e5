"""The files of a picture."""

from __future__ import annotations

import struct
from dataclasses import replace

import msgspec
import pytest

from nunatak.core.diagram import Point
from nunatak.core.errors import Invalid
from nunatak.drawing.bundled import own
from nunatak.render.crop import cut
from nunatak.render.draw import Files, draw, outlined
from nunatak.render.measure import Measured
from nunatak.render.options import Options, Output
from tests.render.pictures import line, picture, routed, thing

PICTURE = msgspec.json.encode(picture(thing("a"), thing("b", x=384), thing("c", y=640), line("a", "b")))


def drawn(options: Options | None = None, **output: object) -> Files:
    return draw(PICTURE, msgspec.json.encode(options or Options()), msgspec.json.encode(Output(**output)))  # type: ignore[arg-type]


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_png_has_as_many_pixels_a_unit_as_asked() -> None:
    assert size(drawn(scale=1).png) == (704, 832)
    assert size(drawn(scale=0.5).png) == (352, 416)
    assert size(drawn(scale=3, max_width=500).png)[0] == 500


def test_the_svg_comes_alone_where_no_png_is_wanted() -> None:
    assert drawn(raster=False).png == b""
    assert drawn(raster=False).svg == drawn().svg


def test_a_pdf_comes_where_it_is_asked_for() -> None:
    assert drawn().more == b""
    assert drawn(format="pdf").more.startswith(b"%PDF-")
    assert drawn(format="pdf").more == drawn(format="pdf").more


def test_an_svg_holds_its_fonts_or_leaves_them_to_the_viewer() -> None:
    whole, bare = drawn().svg, drawn(embed_fonts=False).svg
    assert b"@font-face" in whole
    assert b"@font-face" not in bare
    assert len(bare) < len(whole) / 3


def test_a_crop_shows_what_it_is_cut_to_and_holds_nothing_else() -> None:
    files = drawn(Options(crop_ids=("a",)))
    assert b'"c"' not in files.svg
    assert size(files.png)[0] < size(drawn().png)[0]
    assert files.warnings == ()


def test_a_cropped_areas_title_stands_where_no_line_runs_through_it() -> None:
    # Straight down into the area, through where its title usually stands.
    top, area = thing("top", -124, -400), thing("s", type="system", shape="area", name="A system")
    inner = thing("a", parent_ids=["m-s"], width=600)
    down = line("top", "a", points=[Point(x=4, y=-272), Point(x=4, y=0)])
    shown = routed(top, area, inner, down)
    cropped, _ = cut(replace(shown, measured=_cropped(shown.measured, "s")))
    assert cropped.titles == shown.titles != {}


def _cropped(whole: Measured, *ids: str) -> Measured:
    return replace(whole, resolved=replace(whole.resolved, options=Options(crop_ids=ids)))


def test_a_crop_to_nothing_is_drawn_whole_and_says_so() -> None:
    files = drawn(Options(crop_ids=("elsewhere",)))
    assert files.warnings == ("None of the objects to crop to is on the diagram: it is drawn whole.",)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Invalid, match="This is no picture"):
        draw(b"[]")
    with pytest.raises(Invalid, match="This is no output"):
        draw(PICTURE, b"{}", b'{"scale": "large"}')


def test_an_outline_is_the_scene_as_json() -> None:
    assert msgspec.json.decode(outlined(PICTURE, b"{}"))["title"] == "Picture"


@pytest.mark.parametrize("name", ["港湾予約システム", "مكتب الميناء", "משרד הנמל", "ท่าเรือ", "Ferry ⛴ 👩‍✈️🇳🇴"])
def test_without_the_further_fonts_letters_of_all_scripts_are_drawn_somehow_and_said_to_be(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nunatak.render.draw.fonts", own)
    shown = picture(thing("a", name=name, caption=name), thing("b", 384), line("a", "b", name=name))
    files = draw(msgspec.json.encode(shown), b"{}", msgspec.json.encode(Output(format="pdf")))
    assert files.png.startswith(b"\x89PNG")
    assert files.more.startswith(b"%PDF-")
    assert name.split()[-1][0] in files.svg.decode()
    (warning,) = files.warnings
    assert warning.startswith("Our fonts have no ")
    assert warning.endswith("More fonts come with nunatak[fonts].")
