"""The check of a layout: what is not where it belongs is named."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Invalid
from nunatak.render.layout.check import check
from nunatak.render.picture import Picture
from tests.render.pictures import picture, thing


def shop(*more: object, x: float = 600) -> Picture:
    """Two systems of one app each, `x` apart."""
    areas = [thing(id, type="system", shape="area") for id in ("s", "t")]
    return picture(*areas, thing("a", parent_ids=["m-s"]), thing("b", x, parent_ids=["m-t"]), *more)  # type: ignore[arg-type]


def test_what_is_right_passes() -> None:
    check(shop())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (shop(thing("c", 40, 40)), r"'A' \(a\) is on 'C' \(c\)"),
        (shop(thing("c", 262, 0)), r"'C' \(c\) is on 'S' \(s\)"),
        (shop(x=256 + 48 + 48 + 12), r"'S' \(s\) is too near 'T' \(t\)"),
    ],
)
def test_what_is_wrong_is_named(wrong: Picture, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check(wrong)


def test_what_somebody_has_placed_is_passed_over() -> None:
    check(shop(thing("c", 40, 40)), fixed={"a", "c"})


def test_areas_that_share_a_member_are_passed_over() -> None:
    groups = [thing(id, type="group") for id in ("g", "h")]
    things = [
        thing("a", group_ids=["m-g"]),
        thing("b", 400, group_ids=["m-g", "m-h"]),
        thing("c", 800, group_ids=["m-h"]),
    ]
    check(picture(*groups, *things))
