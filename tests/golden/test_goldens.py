"""Every golden case is drawn as it was: the scene tells a changed layout, the SVG a changed writer."""

from __future__ import annotations

import pytest

from tests.golden import cases

HINT = "run `python scripts/goldens.py --write` and look at build/goldens.html"


@pytest.mark.parametrize("name", cases.NAMES)
def test_a_case_is_drawn_as_it_was(name: str) -> None:
    drawn, kept = cases.draw(name), cases.kept(name)
    assert drawn.scene == kept.scene, f"the scene of {name} has changed: {HINT}"
    assert drawn.svg == kept.svg, f"only the writing of {name} has changed: {HINT}"


def test_the_same_picture_is_drawn_the_same_twice() -> None:
    assert cases.draw("whole_app_diagram") == cases.draw("whole_app_diagram")
