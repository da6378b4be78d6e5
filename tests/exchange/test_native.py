"""Our own exchange format is read and written, and the bundled sample is one of it."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.exchange import native
from nunatak.exchange.parts import ObjectPart

SAMPLE = resources.files("nunatak.exchange").joinpath("sample.json").read_bytes()


def test_a_file_is_read_with_its_camel_case_names() -> None:
    parts = native.read(
        b'{"name": "Shop", "objects": [{"id": "s", "type": "system", "name": "S"},'
        b'{"id": "a", "type": "app", "name": "A", "parentId": "s", "technologies": ["Go"]}],'
        b'"diagrams": [{"id": "d", "name": "D", "type": "app-diagram", "modelId": "s",'
        b'"objects": [{"id": "p", "modelId": "a", "x": 4, "y": 8}]}]}'
    )
    assert parts.name == "Shop"
    assert parts.objects[1] == ObjectPart(id="a", type="app", name="A", parent_id="s", technologies=["Go"])
    assert (parts.diagrams[0].model_id, parts.diagrams[0].objects[0].shape) == ("s", "box")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a nunatak landscape"),
        (b"[]", "Expected `object`"),
        (b'{"objects": [{"id": "a", "type": "root", "name": "A"}]}', "$.objects[0].type"),
        (b'{"objects": [{"id": "a", "type": "app", "name": "A"}]}', "objects[0].parentId"),
    ],
)
def test_a_broken_file_is_refused_naming_the_place(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        native.read(data)
    assert words in refusal.value.message


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Invalid):
        assert native.read(data)


def test_what_is_written_is_read_back_the_same() -> None:
    parts = native.read(SAMPLE)
    assert native.read(native.write(parts)) == parts


def test_the_sample_shows_three_levels_and_what_a_card_can_say() -> None:
    parts = native.read(SAMPLE)
    assert [part.type for part in parts.diagrams] == ["context-diagram", "app-diagram", "component-diagram"]
    assert {part.type for part in parts.objects} == {"actor", "app", "component", "group", "store", "system"}
    assert {part.status for part in parts.objects} >= {"live", "future", "deprecated"}
    assert any(part.external for part in parts.objects)
    assert len(parts.tag_groups) == 2


def test_every_connection_of_the_sample_is_drawn_on_some_diagram_and_says_what_happens() -> None:
    parts = native.read(SAMPLE)
    drawn = {line.model_id for diagram in parts.diagrams for line in diagram.connections}
    assert {part.id for part in parts.connections} <= drawn
    assert all(part.name for part in parts.connections)


def test_every_object_of_the_sample_has_a_short_caption_and_stands_on_a_diagram() -> None:
    parts = native.read(SAMPLE)
    placed = {part.model_id for diagram in parts.diagrams for part in diagram.objects}
    assert all(0 < len(part.caption) <= 80 for part in parts.objects if part.type != "group")
    assert {part.id for part in parts.objects} <= placed


def test_no_two_boxes_of_the_sample_overlap() -> None:
    for diagram in native.read(SAMPLE).diagrams:
        boxes = [part for part in diagram.objects if part.shape == "box"]
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                assert abs(one.x - other.x) >= 256 + 64 or abs(one.y - other.y) >= 160 + 64, (one.id, other.id)


def test_every_line_of_the_sample_joins_the_ends_of_its_connection_or_what_holds_them() -> None:
    parts = native.read(SAMPLE)
    parents = {part.id: part.parent_id for part in parts.objects}
    ends = {part.id: (part.origin_id, part.target_id) for part in parts.connections}

    def within(id: str | None, holder: str) -> bool:
        return id is not None and (id == holder or within(parents[id], holder))

    for diagram in parts.diagrams:
        models = {part.id: part.model_id for part in diagram.objects}
        for line in diagram.connections:
            assert line.model_id is not None
            origin, target = ends[line.model_id]
            assert within(origin, models[line.origin_id]), line.id
            assert within(target, models[line.target_id]), line.id


def test_objects_may_stand_in_any_order_and_come_out_parents_first() -> None:
    parts = native.read(
        b'{"objects": [{"id": "c", "type": "component", "name": "C", "parentId": "a"},'
        b'{"id": "a", "type": "app", "name": "A", "parentId": "s"},'
        b'{"id": "s", "type": "system", "name": "S", "groupIds": ["inner"]},'
        b'{"id": "inner", "type": "group", "name": "I", "parentId": "outer"},'
        b'{"id": "outer", "type": "group", "name": "O"}]}'
    )
    assert [part.id for part in parts.objects] == ["outer", "inner", "s", "a", "c"]
