"""`nunatak layout`: a picture file to the same picture laid out."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from nunatak.cli import layout

THINGS = [{"id": i, "modelId": f"m-{i}", "type": "app", "x": 0, "y": 0, "name": i.upper()} for i in "abc"]
LINES = [{"id": ends, "originId": ends[0], "targetId": ends[1], "name": "Asks"} for ends in ("ab", "bc")]
PICTURE = {"id": "p", "name": "P", "things": THINGS, "lines": LINES}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.json"
    path.write_text(json.dumps(PICTURE))
    return path


def places(picture: Path, **wanted: Any) -> dict[str, tuple[float, float]]:
    output = picture.parent / "made" / "laid.json"
    layout.run(picture, output, **{"direction": "down", "pinned": [], "only_new": False} | wanted)
    return {thing["id"]: (thing["x"], thing["y"]) for thing in json.loads(output.read_text())["things"]}


def test_a_picture_is_laid_out_in_the_direction_that_was_asked_for(picture: Path) -> None:
    right, down = places(picture, direction="right"), places(picture)
    assert right["a"][0] + 256 < right["b"][0] < right["b"][0] + 256 < right["c"][0]
    assert down["a"][1] + 128 < down["b"][1] < down["b"][1] + 128 < down["c"][1]
    assert places(picture) == down


def test_what_is_pinned_stays_and_nothing_lies_on_it(picture: Path) -> None:
    found = places(picture, pinned=["b"])
    assert found["b"] == (0, 0)
    for (ax, ay), (bx, by) in combinations(found.values(), 2):
        assert abs(ax - bx) >= 256 or abs(ay - by) >= 128


def test_with_only_new_what_lies_on_nothing_stays(picture: Path) -> None:
    laid = json.loads(picture.read_text())
    for thing, place in zip(laid["things"], ((0, 0), (512, 0), (512, 64)), strict=True):
        thing["x"], thing["y"] = place
    picture.write_text(json.dumps(laid))
    found = places(picture, only_new=True)
    assert found["a"] == (0, 0)
    assert abs(found["b"][1] - found["c"][1]) >= 128 or abs(found["b"][0] - found["c"][0]) >= 256


def test_the_path_that_was_written_is_printed(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places(picture)
    assert capsys.readouterr().out == f"{picture.parent / 'made' / 'laid.json'}\n"
