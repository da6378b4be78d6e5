from __future__ import annotations

from nunatak.core.flow import NESTING
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Step, Thing, Way
from nunatak.render.story import Story, story

A, B = (Thing(id=id_, model_id=f"m-{id_}", type="app", x=0, y=0, name=id_.upper()) for id_ in "ab")
LINE = Line(id="l", origin_id="a", target_id="b")
FORK = Step(id="f", sort="alternate", ways=[Way(id="y", name="Yes"), Way(id="n", name="No")])


def told(*steps: Step, chosen: tuple[str, ...] = ()) -> Story:
    shown = Picture(id="p", name="P", things=[A, B], lines=[LINE], steps=list(steps))
    return story(shown, Options(flow_path_ids=chosen))


def message(number: int, origin: str | None = "a", target: str | None = "b", **more: str) -> Step:
    return Step(id=f"s{number}", sort="message", number=number, origin_id=origin, target_id=target, **more)  # type: ignore[arg-type]


def test_a_message_stands_at_its_line_and_at_another_between_its_ends_where_that_is_gone() -> None:
    found = told(message(1, line_id="l"), message(2, "b", "a", line_id="gone"))
    assert {id_: [s.number for s in steps] for id_, steps in found.at_lines.items()} == {"l": [1, 2]}
    assert found.line_ids() == {"l"}


def test_a_process_and_a_message_without_a_line_stand_at_their_thing() -> None:
    process = Step(id="p", sort="process", number=1, origin_id="b", target_id="b")
    found = told(process, message(2, "a", None), message(3, None, None))
    assert {id_: [s.number for s in steps] for id_, steps in found.at_things.items()} == {"b": [1], "a": [2]}


def test_the_first_path_is_followed_unless_another_is_chosen() -> None:
    steps = (FORK, message(1, path_id="y"), message(2, path_id="n"), message(3))
    numbers = lambda found: [each.step.number for each in found.told]  # noqa: E731
    assert numbers(told(*steps)) == [0, 1, 3]
    assert numbers(told(*steps, chosen=("n", "elsewhere"))) == [0, 2, 3]
    fork = told(*steps, chosen=("n",)).told[0]
    assert (fork.ways, fork.taken) == (("Yes", "No"), 1)


def test_steps_in_forks_of_forks_say_how_deep_they_are() -> None:
    inner = Step(id="g", sort="parallel", path_id="y", ways=[Way(id="z", name="Z")])
    assert [each.depth for each in told(FORK, inner, message(1, path_id="z")).told] == [0, 1, 2]


def test_a_fork_that_leads_to_itself_ends() -> None:
    loop = Step(id="f", sort="alternate", path_id="y", ways=[Way(id="y", name="Yes")])
    start = Step(id="g", sort="alternate", ways=[Way(id="y", name="Yes")])
    assert [each.step.id for each in told(start, loop).told] == ["g", "f"]


def test_forks_that_all_lead_to_each_other_are_told_once() -> None:
    forks = [Step(id=f"f{n}", sort="alternate", path_id="y", ways=[Way(id="y", name="Yes")]) for n in range(9)]
    assert len(told(FORK, *forks).told) == 10


def test_a_story_ends_where_no_flow_goes_deeper() -> None:
    deep = [
        Step(id=f"f{n}", sort="alternate", path_id=f"p{n}" if n else None, ways=[Way(id=f"p{n + 1}", name="On")])
        for n in range(1500)
    ]
    assert [each.depth for each in told(*deep).told] == list(range(NESTING + 1))


def test_a_step_names_who_sends_and_who_receives() -> None:
    ends = [each.ends for each in told(message(1), message(2, "a", "a"), message(3, None, "b"), FORK).told]
    assert ends == ["A → B", "A", "B", ""]
    assert told(message(1)).thing_ids() == {"a", "b"}


def test_a_picture_without_a_flow_tells_nothing() -> None:
    assert told() == Story()
