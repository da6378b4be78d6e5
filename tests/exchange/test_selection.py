"""Parts of a landscape."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.work import LandscapeExportFilter
from nunatak.exchange.landscape import LandscapeParts
from nunatak.exchange.selection import selected
from tests.exchange.landscapes import parts


def ids(found: Any) -> list[str]:
    return sorted(one.id for one in found)


def kept(**asked: Any) -> LandscapeParts:
    return selected(parts(), LandscapeExportFilter(**asked))


def test_without_a_wish_everything_is_kept() -> None:
    assert kept() == parts()


@pytest.mark.parametrize(
    ("asked", "counts"), [({"include_diagrams": False}, (0, 2)), ({"include_flows": False}, (2, 0))]
)
def test_diagrams_and_flows_can_be_left_out(asked: dict[str, bool], counts: tuple[int, int]) -> None:
    found = kept(**asked)
    assert (len(found.diagrams), len(found.flows)) == counts
    assert len(found.objects) == len(parts().objects)


def test_an_object_comes_with_what_stands_under_it_and_what_that_is_connected_to() -> None:
    found = kept(model_object_id="system")
    assert ids(found.objects) == ["api", "db", "far", "group", "guest", "pay", "root", "system", "web"]
    assert ids(found.connections) == ["c1", "c2", "c3", "c4"]
    assert [view.diagram.id for view in found.diagrams] == ["d1"]
    assert ids(found.flows) == ["flow"]


def test_a_leaf_comes_with_its_parents_and_neighbours_alone() -> None:
    found = kept(model_object_id="api")
    assert ids(found.objects) == ["api", "db", "group", "root", "system", "web"]
    assert ids(found.connections) == ["c4"]
    assert (found.diagrams, found.flows) == ([], [])
    assert ids(found.domains) == ["shop"]


def test_a_diagram_comes_with_what_is_on_it() -> None:
    found = kept(diagram_id="d2")
    assert ids(found.objects) == ["far", "pay"]
    assert (ids(found.connections), ids(found.flows), ids(found.domains)) == ([], ["flow2"], ["partners"])
    assert (found.technologies, found.tags, found.tag_groups, found.teams) == ([], [], [], [])


def test_a_flow_comes_with_its_diagram() -> None:
    found = kept(flow_id="flow")
    assert [view.diagram.id for view in found.diagrams] == ["d1"]
    assert ids(found.flows) == ["flow"]
    assert ids(found.objects) == ["db", "far", "group", "guest", "pay", "root", "system", "web"]
    assert ids(found.technologies) == ["java", "pg"]


def test_a_flow_beside_another_diagram_leaves_nothing() -> None:
    found = kept(flow_id="flow", diagram_id="d2")
    assert (found.diagrams, found.flows, found.objects) == ([], [], [])


@pytest.mark.parametrize(
    "asked", [{}, {"model_object_id": "system"}, {"model_object_id": "api"}, {"diagram_id": "d1"}, {"flow_id": "flow2"}]
)
def test_whatever_is_kept_has_its_parents_and_both_ends(asked: dict[str, str]) -> None:
    found = kept(**asked)
    there = {one.id for one in found.objects}
    assert all(there.issuperset([*one.parent_ids, *one.group_ids]) for one in found.objects)
    assert all(there.issuperset([one.origin_id, one.target_id]) for one in found.connections)
