"""The router: the right operation of a path, or none."""

from __future__ import annotations

import pytest

from nunatak.api.icepanel.operation import Operation
from nunatak.api.icepanel.router import Router


def declared(id_: str, method: str, path: str) -> Operation:
    return Operation(id=id_, method=method, path=path, handler=lambda call: None)  # type: ignore[arg-type]


ROUTER = Router(
    [
        declared("get", "GET", "/things/{thingId}"),
        declared("update", "PATCH", "/things/{thingId}"),
        declared("pictures", "GET", "/things/pictures"),
        declared("part", "GET", "/things/{thingId}/parts/{partId}"),
        declared("sizes", "GET", "/things/pictures/sizes"),
    ]
)


@pytest.mark.parametrize(
    ("path", "ids", "values"),
    [
        ("/things/a", {"get", "update"}, ("a",)),
        ("/things/a/", {"get", "update"}, ("a",)),
        ("/things/pictures", {"pictures"}, ()),
        ("/things/pictures/sizes", {"sizes"}, ()),
        ("/things/pictures/parts/p", {"part"}, ("pictures", "p")),  # a word that leads nowhere may be a parameter
        ("/things/{thingId}", {"get", "update"}, ("{thingId}",)),
    ],
)
def test_words_come_before_parameters(path: str, ids: set[str], values: tuple[str, ...]) -> None:
    found = ROUTER.match(path)
    assert found is not None
    assert ({each.id for each in found.operations.values()}, found.values) == (ids, values)


@pytest.mark.parametrize("path", ["", "/", "/things", "/things//parts/p", "/other/a", "/things/a/b", "/things/a/parts"])
def test_a_path_of_no_operation_matches_nothing(path: str) -> None:
    assert ROUTER.match(path) is None
