"""Bulk writes: many changes in one transaction, all or none, and refusals that say which change they are about."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.change import Change, Verb
from nunatak.core.errors import Conflict, Invalid, NotFound, Refusal
from nunatak.core.kinds import DOMAIN, MODEL_CONNECTION, MODEL_OBJECT, TAG
from nunatak.services.bulk import carry_out
from tests.make import World


def change(verb: Verb, kind: Any, id_: str, commit: int | None = None, **values: Any) -> Change:
    return Change(verb=verb, kind=kind.name, id=id_, values=values, commit=commit)


def system(world: World, id_: str, **values: Any) -> Change:
    given = {"name": id_, "type": "system", "parentId": world.root_id, **values}
    return change("create", MODEL_OBJECT, id_, **given)


def refused(world: World, *changes: Change) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        carry_out(world.service, world.actor, world.path, changes)
    return refusal.value


def test_later_changes_use_the_ids_that_earlier_ones_chose(world: World) -> None:
    line = {"name": "l", "originId": "a", "targetId": "b", "direction": "outgoing"}
    done = carry_out(
        world.service,
        world.actor,
        world.path,
        [
            system(world, "a"),
            system(world, "b"),
            system(world, "app", type="app", parentId="b"),
            change("create", MODEL_CONNECTION, "line", **line),
            change("update", MODEL_OBJECT, "a", caption="first"),
            change("replace", DOMAIN, "own", name="Made"),
            change("replace", DOMAIN, "own", name="Replaced"),
            change("delete", MODEL_OBJECT, "app"),
        ],
    )
    told = [(one.id, one.kind, one.commit) for one in done]
    assert told == [
        ("a", "model-object", 1),
        ("b", "model-object", 1),
        ("app", "model-object", 1),
        ("line", "model-connection", 1),
        ("a", "model-object", 2),
        ("own", "domain", 1),
        ("own", "domain", 2),
        ("app", "model-object", 2),
    ]
    assert world.get(MODEL_OBJECT, "a").caption == "first"
    assert world.get(DOMAIN, "own").name == "Replaced"
    assert world.get(MODEL_OBJECT, "b").child_ids == []
    assert sorted(world.get(MODEL_OBJECT, world.root_id).child_ids) == ["a", "b"]


def test_one_refusal_undoes_all_and_names_its_change(world: World) -> None:
    refusal = refused(world, system(world, "a"), system(world, "b", parentId="nowhere"))
    assert isinstance(refusal, Invalid)
    assert refusal.errors == (
        "body.changes[1].values.parentId: expected the id of a model object of this version, got 'nowhere'",
    )
    with pytest.raises(NotFound):
        world.get(MODEL_OBJECT, "a")


def test_a_stale_commit_of_any_verb_and_an_unusable_id_are_named_by_their_change(world: World) -> None:
    made = world.object()
    for verb in ("update", "delete"):
        refusal = refused(world, change(verb, MODEL_OBJECT, made.id, commit=7))  # type: ignore[arg-type]
        assert isinstance(refusal, Conflict)
        assert refusal.errors == ("body.changes[0].commit: expected 1, got 7",)
    refusal = refused(world, system(world, "a"), system(world, "no id"))
    assert refusal.errors[0].startswith("body.changes[1].id: expected 1 to 64 letters")
    refusal = refused(world, change("delete", TAG, "nowhere"))
    assert (type(refusal), refusal.errors) == (NotFound, ("body.changes[0]: Tag not found",))


def test_a_root_and_a_snapshot_are_as_safe_as_from_single_changes(world: World) -> None:
    refusal = refused(world, change("delete", MODEL_OBJECT, world.root_id))
    assert refusal.errors == ("body.changes[0]: modelObjectId: expected no root",)
    assert isinstance(refused(world, system(world, "a"), system(world, "a")), Conflict)
