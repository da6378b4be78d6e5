"""The layout engine: a graph in its own JSON gets places, the same each time, within limits."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import Any

import pytest

from nunatak.drawing.elk import Elk, elk
from nunatak.drawing.errors import DrawingFailed


def graph(*edges: tuple[str, str], **options: str) -> dict[str, Any]:
    names = sorted({name for edge in edges for name in edge})
    return {
        "id": "canvas",
        "layoutOptions": {"elk.algorithm": "layered", "elk.direction": "DOWN", **options},
        "children": [{"id": name, "width": 40, "height": 20} for name in names],
        "edges": [{"id": f"{a}{b}", "sources": [a], "targets": [b]} for a, b in edges],
    }


def places(found: dict[str, Any]) -> list[tuple[str, float, float]]:
    return [(node["id"], node["x"], node["y"]) for node in found["children"]]


def test_what_follows_stands_below_and_the_same_graph_is_laid_out_the_same_again() -> None:
    asked = graph(("a", "b"), ("b", "c"), ("a", "c"))
    (found,) = elk()([asked])
    tops = {node["id"]: node["y"] for node in found["children"]}
    assert tops["a"] + 20 < tops["b"] < tops["b"] + 20 < tops["c"]
    (again,) = elk()([asked])
    assert places(again) == places(found)


def test_a_graph_that_makes_no_sense_is_refused_in_words_and_the_next_is_laid_out() -> None:
    wrong = graph(("a", "b"))
    wrong["edges"][0]["targets"] = ["nowhere"]
    with pytest.raises(DrawingFailed, match="nowhere"):
        elk()([wrong])
    assert elk()([graph(("a", "b"))])[0]["children"]


def test_graphs_that_are_given_together_get_the_places_that_each_gets_alone() -> None:
    asked = [graph(*((f"{n}{a}", f"{n}{a + 1}") for a in range(n))) for n in range(1, 8)]
    assert [places(found) for found in elk()(asked)] == [places(elk()([one])[0]) for one in asked]


def test_one_graph_of_several_that_makes_no_sense_is_refused_in_words() -> None:
    wrong = graph(("a", "b"))
    wrong["edges"][0]["targets"] = ["nowhere"]
    with pytest.raises(DrawingFailed, match="nowhere"):
        elk()([graph(("a", "b")), wrong, graph(("b", "c"))])
    assert len(elk()([graph(("a", "b")), graph(("b", "c"))])) == 2


def test_an_engine_gives_up_when_its_time_is_over() -> None:
    many = [(f"n{a}", f"n{b}") for a in range(60) for b in range(a + 1, 60)]
    with pytest.raises(DrawingFailed, match="longer than"):
        Elk(seconds=0.02)([graph(*many)])


def test_the_engine_is_the_one_that_was_published() -> None:
    source = (resources.files("nunatak.drawing") / "elkjs" / "elk.bundled.js").read_bytes()
    assert hashlib.sha256(source).hexdigest() == "b1032b7cfd2a57c54c6f0e8369d7665e19a579954f7cd20a6dae28f1912ea0d7"
    assert "Eclipse Public License" in (resources.files("nunatak.drawing") / "elkjs" / "LICENSE.md").read_text()
