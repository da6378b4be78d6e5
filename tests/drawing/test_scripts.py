"""Which fonts are asked for which characters."""

import itertools

import pytest

from nunatak.drawing.scripts import SCRIPTS, language, of, pictograph


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("注文管理システム", "cjk-jp"),
        ("畑作", "cjk-jp"),
        ("주문 관리 管理", "cjk-kr"),
        ("订单管理系统", "cjk-sc"),
        ("訂單管理系統", "cjk-tc"),
        ("★", "cjk-sc"),
    ],
)
def test_a_text_tells_whose_ideographs_it_shows(text, country):
    assert language(text) == country


@pytest.mark.parametrize(
    ("cluster", "first"),
    [("ع", "arabic"), ("ש", "hebrew"), ("ก", "thai"), ("क", "devanagari"), ("☃\ufe0f", "emoji"), ("😀", "emoji")],
)
def test_a_character_is_drawn_by_the_font_of_its_script(cluster, first):
    assert of(cluster, cluster)[0] == first


def test_a_sign_is_an_emoji_last_unless_it_is_meant_as_one():
    assert of("★", "★")[-1] == "emoji"
    assert not pictograph("☃")
    assert pictograph("1\ufe0f\u20e3")


def test_no_two_scripts_but_countries_and_signs_share_a_block():
    blocks = sorted(
        (block, name) for name, script in SCRIPTS.items() for block in script.blocks
        if not name.startswith(("cjk", "symbols", "emoji")) and name != "armenian"
    )  # fmt: skip
    assert all(a[0][1] < b[0][0] for a, b in itertools.pairwise(blocks))
