"""Any picture becomes a scene that can be written, and the same one every time."""

from __future__ import annotations

import subprocess
import sys
from math import isfinite
from xml.etree import ElementTree

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.drawing.scene import Scene
from nunatak.drawing.svg import svg
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import scene
from tests.render.pictures import FONTS, line, picture, pictures, thing


@given(pictures(), st.sampled_from(["light", "dark"]))
@settings(max_examples=60, deadline=None)
def test_any_picture_is_drawn_finite_and_well_formed(any_picture: Picture, theme: str) -> None:
    drawn = scene(any_picture, Options(theme=theme), FONTS)  # type: ignore[arg-type]
    assert all(isfinite(number) for number in (drawn.x, drawn.y, drawn.width, drawn.height))
    assert drawn.width > 0
    assert drawn.height > 0
    assert msgspec.json.decode(msgspec.json.encode(drawn), type=Scene) == drawn  # JSON has no infinity and no NaN
    ElementTree.fromstring(svg(drawn, FONTS, embed_fonts=False))


def test_marks_that_nothing_bears_change_nothing() -> None:
    options = Options(tab="tags", group_id="g", hide_ids=("y",), pin_ids=("z",))
    assert scene(picture(thing("a")), options, FONTS) == scene(picture(thing("a")), Options(), FONTS)


def test_the_bytes_do_not_depend_on_the_order_in_which_a_process_hashes() -> None:
    program = (
        "from tests.golden.cases import draw; import hashlib;"
        "print(hashlib.sha256((draw('whole_app_diagram').svg + draw('areas_nested').scene).encode()).hexdigest())"
    )
    seeds = ("0", "1", "4242")
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env=_environment(seed), capture_output=True, text=True, check=True
        )
        for seed in seeds
    ]
    assert len({run.stdout for run in runs}) == 1


def test_a_picture_of_2000_things_is_drawn() -> None:
    things = [thing(f"t{n}", n % 45 * 384, n // 45 * 320) for n in range(2000)]
    lines = [line(f"t{n}", f"t{n + 1}", name="Asks") for n in range(1999)]
    drawn = scene(picture(*things, *lines), Options(), FONTS)
    assert len([node for node in drawn.children if node.role == "box"]) == 2000  # type: ignore[union-attr]


def _environment(seed: str) -> dict[str, str]:
    return {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(path for path in sys.path if path)}
