"""A Structurizr workspace becomes parts."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.exchange import structurizr
from nunatak.exchange.parts import DiagramPart, Parts

FILE = Path(__file__).with_name("workspace.json")


@pytest.fixture(scope="module")
def parts() -> Parts:
    return structurizr.read(FILE.read_bytes())


def changed(change: Any) -> bytes:
    workspace = json.loads(FILE.read_bytes())
    change(workspace)
    return json.dumps(workspace).encode()


def diagram(parts: Parts, key: str) -> DiagramPart:
    return next(part for part in parts.diagrams if part.id == key)


def test_every_element_keeps_its_id_its_parent_and_gets_our_type(parts: Parts) -> None:
    assert {part.id: (part.type, part.parent_id) for part in parts.objects if part.type != "group"} == {
        "1": ("actor", None),
        "2": ("system", None),
        "3": ("system", None),
        "4": ("app", "2"),
        "5": ("app", "2"),
        "6": ("store", "2"),
        "7": ("component", "5"),
        "8": ("component", "5"),
        "9": ("store", "2"),
        "10": ("app", "2"),
        "11": ("system", None),
        "12": ("system", None),
    }


def test_the_landscape_is_named_as_the_workspace(parts: Parts) -> None:
    assert (parts.name, parts.description) == ("Ferry Line", "Tickets and sailings.")


def test_nested_groups_become_group_objects_and_members_name_all_of_them(parts: Parts) -> None:
    groups = {part.id: (part.name, part.parent_id) for part in parts.objects if part.type == "group"}
    members = {part.id: part.group_ids for part in parts.objects if part.group_ids and part.type != "group"}
    assert groups == {
        "group//Ferry Line": ("Ferry Line", None),
        "group//Ferry Line/Sales": ("Sales", "group//Ferry Line"),
        "group/2/Back end": ("Back end", None),
    }
    assert members == {
        "2": ["group//Ferry Line", "group//Ferry Line/Sales"],
        "11": ["group//Ferry Line"],
        "5": ["group/2/Back end"],
        "6": ["group/2/Back end"],
    }


def test_external_is_said_by_a_tag_or_the_location_and_by_nothing_else(parts: Parts) -> None:
    assert {part.id for part in parts.objects if part.external} == {"3", "12"}


def test_technologies_are_parted_and_the_first_is_the_icon(parts: Parts) -> None:
    shop = next(part for part in parts.objects if part.id == "4")
    assert (shop.technologies, shop.icon) == (["TypeScript", "React", "Vite"], "TypeScript")


def test_links_and_properties_travel_along_without_the_tools_own(parts: Parts) -> None:
    booking = next(part for part in parts.objects if part.id == "2")
    assert [link.url for link in booking.links] == ["https://example.org/booking"]
    assert booking.labels == {"owner": "sales"}


def test_implied_relationships_are_drawn_but_not_in_the_model(parts: Parts) -> None:
    assert {part.id: (part.name, part.origin_id, part.target_id) for part in parts.connections} == {
        "20": ("Books with", "1", "4"),
        "22": ("Calls", "4", "5"),
        "24": ("Asks for a price", "4", "8"),
        "25": ("Sends the money to", "4", "3"),
        "26": ("Locks seats in", "7", "6"),
    }
    assert [(line.model_id, line.origin_id, line.target_id) for line in diagram(parts, "Context").connections] == [
        ("20", "1", "2")
    ]


def test_only_tags_that_say_something_become_tags_in_the_nearest_colour(parts: Parts) -> None:
    assert {tag.name: tag.color for tag in parts.tags} == {
        "Public": "dark-blue",
        "Keeper": "red",
        "Third Party": "grey",
        "Existing System": "grey",
        "Slow": "green",
    }
    assert [group.name for group in parts.tag_groups] == ["Structurizr tags"]


def test_static_views_become_diagrams_in_their_order(parts: Parts) -> None:
    assert [(part.name, part.type, part.model_id) for part in parts.diagrams] == [
        ("Ferry Line – Landscape", "context-diagram", None),
        ("Booking – Context", "context-diagram", None),
        ("Booking, inside", "app-diagram", "2"),
        ("Sales API – Components", "component-diagram", "5"),
    ]
    assert diagram(parts, "Context").description == "Who buys from whom."


def test_neighbours_stand_a_pitch_apart_and_a_column_stays_a_column(parts: Parts) -> None:
    placed = {part.id: part for part in diagram(parts, "Inside").objects}
    assert (placed["4"].x, placed["4"].width, placed["4"].height) == (placed["5"].x, 256, 128)
    assert placed["6"].x - placed["5"].x == 384
    assert placed["5"].y - placed["4"].y == 320
    assert (placed["1"].width, placed["1"].height) == (256, 160)
    assert all(part.x % 4 == 0 and part.y % 4 == 0 for part in placed.values())


def test_the_system_and_the_groups_frame_their_members_outermost_first(parts: Parts) -> None:
    inside = diagram(parts, "Inside").objects
    areas = [part.id for part in inside if part.shape == "area"]
    assert areas == ["group//Ferry Line", "group//Ferry Line/Sales", "2", "group/2/Back end"]
    assert [part.shape for part in inside] == ["area"] * 4 + ["box"] * 5
    placed = {part.id: part for part in inside}
    back_end, seats = placed["group/2/Back end"], placed["6"]
    assert (back_end.x, back_end.y) == (placed["5"].x - 48, placed["5"].y - 56)
    assert back_end.x + back_end.width == seats.x + 256 + 48
    assert back_end.y + back_end.height == seats.y + 128 + 64


def test_a_view_without_groups_shows_none(parts: Parts) -> None:
    assert [part.shape for part in diagram(parts, "Context").objects] == ["box"] * 3


def test_a_component_view_frames_its_container_and_not_the_system(parts: Parts) -> None:
    areas = [part.id for part in diagram(parts, "Parts").objects if part.shape == "area"]
    assert areas == ["group/2/Back end", "5"]


def test_a_group_that_would_be_framed_without_some_of_its_own_is_not_framed() -> None:
    def place_the_harbour(workspace: Any) -> None:
        workspace["views"]["componentViews"][0]["elements"].append({"id": "11", "x": 2000, "y": 0})

    areas = [part.id for part in diagram(structurizr.read(changed(place_the_harbour)), "Parts").objects]
    assert "11" in areas
    assert "group//Ferry Line" not in areas


def test_a_property_frames_the_system_in_a_component_view() -> None:
    def show_systems(workspace: Any) -> None:
        workspace["views"]["componentViews"][0]["properties"] = {"structurizr.softwareSystemBoundaries": "true"}

    shown = diagram(structurizr.read(changed(show_systems)), "Parts")
    assert [part.id for part in shown.objects if part.shape == "area"] == [
        "group//Ferry Line",
        "group//Ferry Line/Sales",
        "2",
        "group/2/Back end",
        "5",
    ]


def test_line_shape_label_place_and_bends_follow_the_view_and_then_the_style(parts: Parts) -> None:
    lines = {line.id: line for line in diagram(parts, "Inside").connections}
    placed = {part.id: part for part in diagram(parts, "Inside").objects}
    assert (lines["20"].line_shape, lines["20"].label_position) == ("curved", 40)
    assert (lines["22"].line_shape, lines["22"].label_position) == ("straight", 50)
    assert (lines["25"].line_shape, lines["25"].label_position) == ("square", 70)
    bend = lines["25"].points[0]
    assert placed["4"].x + 256 < bend.x < placed["3"].x
    assert placed["4"].y < bend.y < placed["4"].y + 128


def test_views_without_a_layout_stand_in_rows_people_first(parts: Parts) -> None:
    boxes = {part.id: (part.x, part.y) for part in diagram(parts, "All").objects if part.shape == "box"}
    assert boxes == {"1": (0, 0), "2": (0, 320), "11": (384, 320)}
    assert "The view 'All' has no places for 3 elements: they stand in rows." in parts.warnings


def test_what_is_left_out_is_said(parts: Parts) -> None:
    said = "\n".join(parts.warnings)
    for name in ("custom element 'Quay'", "dynamic view 'Story'", "deployment view 'Live'", "relationship '23'"):
        assert name in said


def test_a_long_description_is_cut_at_a_clause_for_the_card_and_kept_whole(parts: Parts) -> None:
    api = next(part for part in parts.objects if part.id == "5")
    assert api.caption == "Keeps seats, prices and the state of every booking…"
    assert api.description.endswith("nothing else may.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"nonsense", "not a Structurizr workspace"),
        (b"{}", "model"),
        (b"\xff\xfe", "not a Structurizr workspace"),
        (b"[" * 100_000, "not a Structurizr workspace"),
        (b'{"model": {"people": [{"id": 1, "name": "A"}]}}', "$.model.people[0].id"),
        (changed(lambda w: w["views"]["containerViews"][0].update(softwareSystemId="99")), "'99'"),
        (changed(lambda w: w["views"]["containerViews"][0].update(softwareSystemId="1")), "app-diagram belongs to"),
        (changed(lambda w: w["views"]["containerViews"][0]["elements"][0].update(id="99")), "places '99'"),
        (changed(lambda w: w["views"]["containerViews"][0]["relationships"][0].update(id="99")), "relationship '99'"),
        (changed(lambda w: w["views"]["containerViews"][0]["elements"][0].update(x=2_000_000)), "elements[0].x"),
        (changed(lambda w: w["model"]["people"][0].update(id="2")), "'2' twice"),
        (changed(lambda w: w["model"]["people"][0]["relationships"][0].update(destinationId="99")), "'99'"),
        (changed(lambda w: w["model"]["people"][0]["relationships"][1].update(linkedRelationshipId="99")), "'99'"),
        (changed(lambda w: w["model"]["people"][0]["relationships"][1].update(linkedRelationshipId="21")), "'21'"),
        (changed(lambda w: w["model"]["people"][0].update(name="x" * 4001)), "$.objects"),
    ],
)
def test_a_broken_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        structurizr.read(data)
    assert words in refusal.value.message
    assert refusal.value.errors


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, child in inner for path in paths(child, (*at, key)))]


PATHS = [path for path in paths(json.loads(FILE.read_bytes())) if path]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from([[], {}, "1", "2", "21"])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PATHS), JUNK), min_size=1, max_size=4))
def test_no_damage_to_a_file_raises_anything_but_a_refusal(damages: list[tuple[tuple[Any, ...], Any]]) -> None:
    workspace = json.loads(FILE.read_bytes())
    for path, junk in damages:
        holder = workspace
        for key in path[:-1]:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(holder, dict) or (isinstance(holder, list) and path[-1] < len(holder)):
                holder[path[-1]] = junk
    with suppress(Invalid):
        parts = structurizr.read(json.dumps(workspace).encode())
        assert msgspec.json.decode(msgspec.json.encode(parts), type=Parts) == parts


def test_five_thousand_elements_are_read_in_seconds() -> None:
    containers = [{"id": f"c{n}", "name": f"Container {n}", "group": f"G{n // 100}"} for n in range(5000)]
    elements = [{"id": f"c{n}", "x": n % 50 * 600, "y": n // 50 * 500} for n in range(5000)]
    view = {"key": "V", "softwareSystemId": "s", "elements": elements}
    workspace = {
        "model": {"softwareSystems": [{"id": "s", "name": "S", "containers": containers}]},
        "views": {"containerViews": [view]},
    }
    start = time.perf_counter()
    parts = structurizr.read(json.dumps(workspace).encode())
    assert time.perf_counter() - start < 25
    assert len(parts.diagrams[0].objects) == 5000 + 1 + 50
