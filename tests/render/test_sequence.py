"""A sequence's scene: what of it readers and pages find by its ids, and what may stand under it."""

from __future__ import annotations

import msgspec

from nunatak.drawing.scene import Group
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import scene
from nunatak.render.sequence import sequence
from tests.golden.cases import FONTS, ROOT

PICTURE = msgspec.json.decode((ROOT / "sequence" / "picture.json").read_bytes(), type=Picture)


def groups(options: Options) -> list[Group]:
    return [one for one in sequence(PICTURE, options, FONTS).children if isinstance(one, Group)]


def test_every_step_and_participant_is_found_by_its_id_once() -> None:
    ids = [one.id for one in groups(Options()) if one.id]
    assert len(ids) == len(set(ids))
    assert {step.id for step in PICTURE.steps} | {"a", "b", "c"} <= set(ids)
    assert {one.model_id for one in groups(Options()) if one.model_id} == {"m-a", "m-b", "m-c"}


def test_steps_are_told_to_who_cannot_see_them() -> None:
    titles = {one.id: one.title for one in groups(Options())}
    assert titles["1"] == "1. Asks"
    assert titles["3"] == "Is it archived?: Yes, No, it is still being worked on"


def test_what_is_hidden_takes_no_part() -> None:
    ids = {one.id for one in groups(Options(tab="status", hide_ids=("deprecated",)))}
    assert "b" not in ids
    assert "4" in ids


def test_the_scene_of_a_picture_is_a_sequence_where_that_is_asked_for() -> None:
    drawn = scene(PICTURE, Options(sequence=True, padding=0), FONTS)
    assert drawn == sequence(PICTURE, Options(sequence=True, padding=0), FONTS)
    assert drawn.title == "Look something up"
    assert drawn.description == "Sequence: 3 participants, 13 steps."


def test_a_flow_without_steps_says_so() -> None:
    (note,) = sequence(msgspec.structs.replace(PICTURE, steps=[]), Options(), FONTS).children
    assert isinstance(note, Group)
    assert "no step yet" in str(note)
