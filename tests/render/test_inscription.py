"""What stands on a line: its name where names are shown, the steps that go along it, in wide and in narrow places."""

from __future__ import annotations

from typing import Any

from nunatak.render.inscription import NARROW, WIDE, Label
from nunatak.render.picture import Step
from tests.render.pictures import line, measured, thing

ENDS = (thing("a"), thing("b", 384))


def label(*steps: str, line_names: bool = True, **fields: Any) -> Label | None:
    told = [
        Step(id=str(n), sort="message", number=n, text=text, origin_id="a", target_id="b")
        for n, text in enumerate(steps, 1)
    ]
    return measured(*ENDS, line("a", "b", **fields), steps=told, line_names=line_names).wires[0].label


def rows(found: Label | None, block: str = "told") -> list[str]:
    assert found is not None
    return [row.text for row in getattr(found, block).rows]


def test_a_step_that_is_alone_on_its_line_has_its_words_beside_its_number() -> None:
    found = label("Fetches it")
    assert rows(found) == ["Fetches it"]
    assert found is not None
    assert found.width == found.told_width > found.told.width + found.pills[0].width


def test_steps_that_share_a_line_have_numbers_only() -> None:
    found = label("Asks", "Asks again")
    assert rows(found) == []
    assert found is not None
    assert [pill.words.rows[0].text for pill in found.pills] == ["1", "2"]


def test_words_that_would_be_cut_stand_in_the_list_alone() -> None:
    assert rows(label("word " * 200)) == rows(label("w" * 90)) == []


def test_words_of_a_step_are_broken_to_what_a_line_has_room_for() -> None:
    wire = measured(
        *ENDS,
        line("a", "b"),
        steps=[Step(id="1", sort="message", number=1, text="Asks whether all is well there", line_id="a-b")],
    ).wires[0]
    assert len(rows(wire.label)) == 2
    assert len(rows(wire.narrow)) == 3
    assert wire.narrow is not None
    assert wire.narrow.width <= NARROW.width


def test_lines_can_be_without_their_own_words_while_a_story_is_told() -> None:
    named, told = label("Asks", name="Reads", technology_ids=["pg"]), label("Asks", name="Reads", line_names=False)
    assert (rows(named, "name"), rows(named, "type")) == (["Reads"], ["[Postgres]"])
    assert rows(told, "name") == rows(told, "type") == []
    assert rows(told) == ["Asks"]
    assert rows(label(name="Reads", via="queue", line_names=False), "via") == ["queue"]
    assert label(name="Reads", line_names=False) is None


def test_numbers_alone_leave_no_gap_below_them() -> None:
    assert (found := label("Asks")) is not None
    assert found.height == found.pills[0].words.face.leading + 6
    assert found.width <= WIDE.width


def test_technologies_that_find_no_room_are_counted() -> None:
    assert rows(label(technology_ids=["pg", "java"] * 6), "type")[-1].endswith("+10]")
