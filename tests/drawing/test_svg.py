"""What a scene becomes as SVG: valid, harmless, and the same everywhere."""

import hashlib
import re
import subprocess
import sys
from xml.etree import ElementTree
from xml.parsers import expat

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.bundled import fonts
from nunatak.drawing.characters import clean
from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.png import png
from nunatak.drawing.scene import Ellipse, Group, Icon, Node, Paint, Path, Rect, Scene, Text
from nunatak.drawing.svg import svg

FONTS = fonts()
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "]]> <!-- & &amp; \"'",
    "nul\x00 esc\x1b \ud83d half",
    "x" * 4000,
    "\u202eevil \u05e9\u05dc\u05d5\u05dd مرحبا",
    "👩\u200d👩\u200d👧 👍🏽 🇮🇸",
    "漢字とカナ 한국어",
]


def text(words, **values):
    shown = {"x": 10, "y": 20, "font": "sans", "size": 14, "fill": "#112233", "width": 50} | values
    return Text(text=words, **shown)


def scene(*children, **values):
    said = {"x": 0, "y": 0, "width": 200, "height": 100, "background": "#ffffff", "title": "A title", "description": ""}
    return Scene(children=children, **(said | values))


def root(drawn, **options):
    return ElementTree.fromstring(svg(drawn, FONTS, **options))


EVERYTHING = scene(
    Group(
        id="o1",
        model_id="m1",
        role="box",
        title='Shop & "Co"',
        opacity=0.25,
        children=(
            Rect(x=-0.001, y=8.126, width=256, height=128.5, radius=8, paint=Paint(fill="#FFFFFF", stroke="#808890")),
            Ellipse(cx=1, cy=2, rx=3, ry=4, paint=Paint(fill="#00ff00", fill_opacity=0.5)),
            Icon(x=12, y=12, size=32, icon="disk"),
            text("Shop", font="sans-semibold", strike=True),
        ),
    ),
    Path(
        segments=(("M", 0, 0), ("L", 10, 0.5), ("C", 1, 2, 3, 4, 5, 6), ("Q", 1, 2, 3, 4), ("Z",)),
        paint=Paint(stroke="#123456", stroke_width=1.5, stroke_opacity=0.5, dash=(6, 4), round=True),
    ),
    text("uses", halo="#ffffff"),
    x=-32,
    y=-16,
    icons={"disk": '<path d="M0 0h24v24z" fill="red"/>', "unused": "<path/>"},
)
GOLDEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="-32 -16 200 100" '
    'role="graphics-document document" direction="ltr" '
    'text-rendering="geometricPrecision" xml:space="preserve"><title>A title</title><desc></desc><style>'
    '.nt-sans{font-family:nunatak-sans,Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-weight:400;'
    "white-space:pre}"
    '.nt-sans-semibold{font-family:nunatak-sans,Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;'
    "font-weight:600;white-space:pre}</style>"
    '<defs><symbol id="nt-ID" viewBox="0 0 24 24"><path d="M0 0h24v24z" fill="red"></path></symbol></defs>'
    '<rect x="-32" y="-16" width="200" height="100" fill="#ffffff"/>'
    '<g data-id="o1" data-model-id="m1" data-role="box" role="img" opacity="0.25"><title>Shop &amp; "Co"</title>'
    '<rect x="0" y="8.13" width="256" height="128.5" rx="8" fill="#ffffff" stroke="#808890"/>'
    '<ellipse cx="1" cy="2" rx="3" ry="4" fill="#00ff00" fill-opacity="0.5"/>'
    '<use href="#nt-ID" x="12" y="12" width="32" height="32"/>'
    '<text class="nt-sans-semibold" x="10" y="20" font-size="14" fill="#112233" '
    'text-decoration="line-through">Shop</text>'
    "</g>"
    '<path d="M0 0L10 0.5C1 2 3 4 5 6Q1 2 3 4Z" fill="none" stroke="#123456" stroke-width="1.5" stroke-opacity="0.5" '
    'stroke-dasharray="6 4" stroke-linejoin="round" stroke-linecap="round"/>'
    '<text class="nt-sans" x="10" y="20" font-size="14" fill="#112233" paint-order="stroke" stroke="#ffffff" '
    'stroke-width="4" stroke-linejoin="round">uses</text></svg>\n'
)


def test_a_scene_is_written_like_this():
    written = svg(EVERYTHING, FONTS, embed_fonts=False)
    assert re.sub("nt-[0-9a-f]{12}", "nt-ID", written) == GOLDEN


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    drawn = scene(
        Group(id=words, model_id=words, role=words, title=words, children=(text(words),)),
        title=words,
        description=words,
    )
    written = svg(drawn, FONTS)
    expat.ParserCreate().Parse(written.encode(), True)
    found = {element.tag for element in ElementTree.fromstring(written).iter()}
    assert found == {SVG + tag for tag in ("svg", "title", "desc", "style", "rect", "g", "text")}
    assert "<script" not in written


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_words_can_be_read_back_as_they_were_cleaned(words):
    read = root(scene(text(words)), embed_fonts=False)
    assert (read.find(f"{SVG}text").text or "") == clean(words)


def told(role: str, *children: Node, title: str | None = "Words") -> ElementTree.Element:
    found = root(scene(Group(role=role, title=title, children=children)), embed_fonts=False).find(f"{SVG}g")
    assert found is not None
    return found


@pytest.mark.parametrize("role", ["box", "actor", "store", "component", "pin", "label"])
def test_a_thing_is_told_as_one_by_its_title(role):
    assert told(role, text("Shop")).get("role") == "img"
    assert told(role, text("Shop")).findtext(f"{SVG}title") == "Words"


def test_what_is_told_elsewhere_is_hidden_from_readers():
    assert told("line").get("aria-hidden") == told("title").get("aria-hidden") == "true"


def test_an_area_is_a_group_and_steps_are_a_list():
    assert told("area").get("role") is None
    assert told("steps").get("role") == "list"
    assert told("step").get("role") == "listitem"


def test_a_pointer_finds_a_line_beside_what_is_seen_of_it():
    line = Path(segments=(("M", 0, 0), ("L", 90, 0)), paint=Paint(stroke="#123456", stroke_width=1.5))
    hit = told("line", line).findall(f"{SVG}path")[1]
    assert (hit.get("d"), hit.get("stroke"), hit.get("fill")) == ("M0 0L90 0", None, "none")
    assert float(hit.get("stroke-width", 0)) >= 8
    assert hit.get("pointer-events") == "stroke"


def test_the_same_scene_is_the_same_bytes_in_another_process():
    code = (
        "import hashlib, msgspec; from nunatak.drawing.scene import Scene; from nunatak.drawing.svg import svg;"
        "from nunatak.drawing.png import png; from nunatak.drawing.bundled import fonts; import sys;"
        "s = msgspec.json.decode(sys.stdin.buffer.read(), type=Scene); "
        "print(hashlib.sha256(svg(s, fonts()).encode() + png(s, fonts())).hexdigest())"
    )
    drawn = scene(*EVERYTHING.children, text("Größe → ꜰ 漢"), icons=EVERYTHING.icons)
    here = hashlib.sha256(svg(drawn, FONTS).encode() + png(drawn, FONTS)).hexdigest()
    for seed in ("1", "2"):
        answer = subprocess.run(
            [sys.executable, "-c", code],
            input=msgspec.json.encode(drawn),
            capture_output=True,
            check=True,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
        )
        assert answer.stdout.decode().strip() == here


def test_only_the_fonts_in_use_are_embedded_each_with_what_it_covers():
    style = root(scene(text("Tromsø"), text("ꜰ", font="fallback"), text("漢", font="fallback-semibold"))).find(
        f"{SVG}style"
    )
    faces = re.findall(
        r"@font-face{font-family:([\w-]+);font-weight:(\d+);src:url\(data:font/woff2;base64,", style.text
    )
    assert faces == [("nunatak-fallback", "400"), ("nunatak-sans", "400")]
    assert re.findall(r"unicode-range:([^}]+)", style.text) == ["U+a730", "U+20-7e,U+f8"]


def test_fonts_can_be_left_out():
    assert "@font-face" not in svg(EVERYTHING, FONTS, embed_fonts=False)


def test_what_no_font_has_is_held_to_its_measured_width():
    held = root(scene(text("漢字", width=28.0))).find(f"{SVG}text")
    assert (held.get("textLength"), held.get("lengthAdjust")) == ("28", "spacingAndGlyphs")
    assert root(scene(text("plain"))).find(f"{SVG}text").get("textLength") is None


def test_a_clear_canvas_paints_no_background():
    assert root(scene(background=None)).find(f"{SVG}rect") is None


def test_nothing_in_the_picture_comes_from_elsewhere():
    written = svg(EVERYTHING, FONTS)
    found = re.findall(r'(?:href="|url\()([^")]*)', written)
    assert len(found) == 3
    assert all(re.fullmatch(r"data:font/woff2;base64,[\w+/=]+|#nt-[0-9a-f]{12}", address) for address in found)
    assert "http" not in written.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e300])
def test_what_is_no_coordinate_is_refused(value):
    with pytest.raises(DrawingFailed, match="is no coordinate"):
        svg(scene(text("x", x=value)), FONTS)


@pytest.mark.parametrize("value", ["red", "#12345", "#12345g", 'url(#x)"', "#123456;x", ""])
def test_what_is_no_colour_is_refused(value):
    with pytest.raises(DrawingFailed, match="is no colour"):
        svg(scene(text("x", fill=value)), FONTS)


def test_a_scene_without_size_or_with_an_unknown_icon_is_refused():
    with pytest.raises(DrawingFailed, match="without width or height"):
        svg(scene(width=0), FONTS)
    with pytest.raises(DrawingFailed, match="no icon 'none'"):
        svg(scene(Icon(x=0, y=0, size=8, icon="none")), FONTS)


def test_groups_may_not_lie_endlessly_deep():
    deep = Group(children=())
    for _ in range(150):
        deep = Group(children=(deep,))
    with pytest.raises(DrawingFailed, match="100 deep"):
        svg(scene(deep), FONTS)
