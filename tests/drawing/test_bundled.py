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
