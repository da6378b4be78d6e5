"""The fonts in the package are the ones that were promised, with their licences."""

from importlib import resources

import pytest

from nunatak.drawing import bundled
from nunatak.drawing.fonts import CHAINS

FOLDER = resources.files("nunatak.drawing") / "fonts"


def test_every_key_has_its_font():
    assert bundled.fonts().keys == tuple(CHAINS)


@pytest.mark.parametrize("file", sorted(bundled.FILES.values()))
def test_a_licence_lies_beside_every_font(file):
    licence = FOLDER / f"{file.rpartition('-')[0]}-OFL.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_the_fonts_take_less_than_a_megabyte():
    assert sum(len((FOLDER / file).read_bytes()) for file in bundled.FILES.values()) < 1_000_000


def test_the_common_letters_of_europe_are_there_in_both_weights():
    for key in ("sans", "sans-semibold"):
        assert bundled.fonts().covers(key, "ÀÉÎÕÜßæøåčďěğıłńőřšťůžЖщїΩψ€£—…→↔✓“”")


def test_they_are_read_once():
    assert bundled.fonts() is bundled.fonts()


def test_scripts_come_with_packages_that_may_be_there():
    assert bundled.own().scripts == ()
    assert bundled.own().missing("Ünïcode עב 日") == {"ע", "ב", "日"}


def test_a_scripts_font_draws_its_words_with_the_spaces_in_them():
    pytest.importorskip("manimgx_fonts")
    found = bundled.fonts()
    assert found.runs("נא API", "sans-semibold", leftward=True)[-1] == ("hebrew-semibold", "נא", True)
    assert found.runs("مرحبا بكم", "sans") == [("arabic", "مرحبا بكم", True)]
    family = "👩\u200d👩\u200d👧"
    assert found.runs(f"a {family}", "sans") == [("sans", "a ", False), ("emoji", family, False)]
    assert len(found.face("emoji").glyphs(family)) == 1
    assert found.missing(f"नमस्ते สวัสดี {family} ☃\ufe0f") == set()


def test_ideographs_take_the_shapes_of_their_country():
    pytest.importorskip("manimgx_fonts_cjk")
    keys = [bundled.fonts().runs(text, "sans")[0].font for text in ("の直", "直한", "订单", "訂單")]
    assert keys == ["cjk-jp", "cjk-kr", "cjk-sc", "cjk-tc"]
