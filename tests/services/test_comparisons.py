"""Comparisons of a diagram: between versions and with a draft, as a list and as a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from nunatak.core.comparison import DiagramChange, DiagramDiff
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import NotFound
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT
from nunatak.render.picture import Picture
from nunatak.services import comparisons, versions
from tests.drafted import draft, new, task
from tests.make import World, placed


def snapshot(world: World, name: str = "May") -> str:
    given = {"name": name, "notes": "As it was in May", "modelHandleId": None}
    return str(versions.create(world.service, world.actor, world.path.landscape_id, given).id)


def staged(world: World) -> tuple[Any, Any, Any]:
    """A diagram with a shop that sends orders to billing, and both of them."""
    shop, billing = world.object(name="Shop"), world.object(name="Billing")
    line = world.connection(shop, billing, name="sends orders")
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(shop), "b": placed(billing, 384)}, connections=drawn)
    return diagram, shop, billing


def diff(world: World, diagram: Any, before: str | None = None, after: str | None = None, **more: Any) -> DiagramDiff:
    path = replace(world.path, **more)
    return comparisons.difference(world.service, world.actor, path, diagram.id, before=before, after=after)


def told(found: DiagramDiff) -> list[tuple[str, str, str, list[str]]]:
    return [(one.kind, one.name, one.change, [each.field for each in one.fields]) for one in found.changes]


def shown(world: World, diagram: Any, before: str, **options: Any) -> Picture:
    """The picture of a version's and the live one's differences."""
    with world.service.reading() as unit:
        states = comparisons.states(
            unit, world.actor, world.path, before=before, after=None, draft_id=options.get("draft_id"), sent="body"
        )
    return comparisons.picture(world.service, states, diagram.id, DiagramExportImageOptions(from_=before, **options))


def patch(world: World, diagram: Any, **parts: Any) -> None:
    world.update(DIAGRAM_CONTENT, diagram.id, **parts)


def test_a_version_is_like_itself(world: World) -> None:
    diagram, *_ = staged(world)
    may = snapshot(world)
    assert diff(world, diagram, may).changes == []
    assert diff(world, diagram, may, may).changes == []


def test_what_came_and_went_moved_and_changed_is_told_in_a_fixed_order(world: World) -> None:
    diagram, shop, _ = staged(world)
    may = snapshot(world)
    mail = world.object(name="Mail")
    world.update(MODEL_OBJECT, shop.id, name="Store", caption="Sells")
    patch(world, diagram, objects={"$add": {"c": placed(mail, 0, 320)}, "$update": {"b": {"x": 768}}})
    patch(world, diagram, connections={"$remove": ["l"]})
    found = diff(world, diagram, may)
    assert told(found) == [
        ("diagram-connection", "sends orders", "removed", []),
        ("diagram-object", "Billing", "moved", ["x"]),
        ("diagram-object", "Mail", "added", []),
        ("model-object", "Mail", "added", []),
        ("model-object", "Store", "changed", ["caption", "name"]),
    ]
    moved, renamed = found.changes[1], found.changes[4]
    assert (moved.fields[0].before, moved.fields[0].after) == (384, 768)
    assert (renamed.handle_id, renamed.fields[1].before, renamed.fields[1].after) == (shop.handle_id, "Shop", "Store")
    assert msgspec.to_builtins(renamed.fields[0]) == {"field": "caption", "after": "Sells"}
    assert (found.from_version_id, found.to_version_id) == (may, world.version_id)
    assert diff(world, diagram, may) == found


def test_the_other_way_round_added_is_removed(world: World) -> None:
    diagram, *_ = staged(world)
    may = snapshot(world)
    patch(world, diagram, objects={"$add": {"c": placed(world.object(name="Mail"), 0, 320)}})
    back = diff(world, diagram, "latest", may)
    assert [(one.kind, one.change) for one in back.changes] == [
        ("diagram-object", "removed"), ("model-object", "removed"),
    ]  # fmt: skip


def test_an_object_that_is_only_put_on_the_diagram_is_not_new_in_the_model(world: World) -> None:
    diagram, *_ = staged(world)
    known = world.object(name="Known")
    may = snapshot(world)
    patch(world, diagram, objects={"$add": {"c": placed(known, 0, 320)}})
    assert told(diff(world, diagram, may)) == [("diagram-object", "Known", "added", [])]


def test_an_object_that_was_taken_off_and_put_on_again_is_no_difference(world: World) -> None:
    diagram, shop, billing = staged(world)
    may = snapshot(world)
    objects = {"n": placed(shop), "b": placed(billing, 384)}
    patch(world, diagram, connections={"$remove": ["l"]})
    patch(world, diagram, objects={"$replace": objects})
    assert told(diff(world, diagram, may)) == [("diagram-connection", "sends orders", "removed", [])]


def test_a_draft_is_compared_with_the_version_it_is_on(world: World) -> None:
    diagram, shop, _ = staged(world)
    draft_id = draft(world, task("update", "model-object", shop.id, {"name": "Store"}), new(world, "fresh"))
    found = diff(world, diagram, draft_id=draft_id)
    assert told(found) == [("model-object", "Store", "changed", ["name"])]
    assert found.draft_id == draft_id
    assert world.get(MODEL_OBJECT, shop.id).name == "Shop"


def test_a_diagram_that_only_one_state_has_is_all_new_or_all_gone(world: World) -> None:
    may = snapshot(world)
    diagram, *_ = staged(world)
    kinds = {one.kind for one in diff(world, diagram, may).changes}
    assert kinds == {"diagram", "diagram-object", "diagram-connection", "model-object", "model-connection"}
    assert {one.change for one in diff(world, diagram, may).changes} == {"added"}
    assert {one.change for one in diff(world, diagram, "latest", may).changes} == {"removed"}
    picture = shown(world, diagram, may)
    assert [one.difference and one.difference.sort for one in picture.things] == ["added", "added"]


def test_what_is_nowhere_is_refused(world: World) -> None:
    diagram, *_ = staged(world)
    with pytest.raises(NotFound) as refused:
        diff(world, diagram, "nothing")
    expected = "query.from: expected the id of a version of this landscape, got 'nothing'"
    assert refused.value.errors == (expected,)
    world.delete(DIAGRAM, diagram.id)
    with pytest.raises(NotFound, match="Diagram not found"):
        diff(world, diagram, snapshot(world))


def test_the_picture_marks_what_the_list_tells(world: World) -> None:
    diagram, shop, _ = staged(world)
    may = snapshot(world)
    world.update(MODEL_OBJECT, shop.id, name="Store")
    patch(world, diagram, objects={"$update": {"b": {"y": 320}}})
    picture = shown(world, diagram, may)
    marks = {one.name: one.difference and (one.difference.sort, one.difference.fields) for one in picture.things}
    assert marks == {"Store": ("changed", ["name"]), "Billing": ("moved", [])}
    assert picture.lines[0].difference is None
    assert picture.compared.startswith("May, 2026-01-01 → ")


def test_a_change_has_the_same_form_on_the_wire_whatever_it_is(world: World) -> None:
    diagram, *_ = staged(world)
    may = snapshot(world)
    patch(world, diagram, objects={"$update": {"b": {"y": 320}}})
    (change,) = diff(world, diagram, may).changes
    assert isinstance(change, DiagramChange)
    assert msgspec.to_builtins(change) == {
        "kind": "diagram-object", "id": "b", "handleId": change.handle_id, "name": "Billing", "change": "moved",
        "fields": [{"field": "y", "before": 0, "after": 320}],
    }  # fmt: skip
