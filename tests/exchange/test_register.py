"""Names and order of what is in a landscape."""

from __future__ import annotations

from msgspec.structs import replace

from nunatak.core.flow import NESTING, FlowStepPath
from nunatak.core.model import RealityLink
from nunatak.exchange.landscape import FlowPart, StepPart
from nunatak.exchange.register import Line, Register, arrow, counted, kind_of, links_of, state_of
from tests.exchange.landscapes import line, parts, thing

REGISTER = Register(parts())


def test_a_domains_objects_are_read_as_a_tree() -> None:
    found = REGISTER.domain_objects(parts().domains[0])
    assert [(depth, one.id) for depth, one in found] == [
        (0, "guest"),
        (0, "group"),
        (0, "system"),
        (1, "web"),
        (2, "api"),
        (1, "db"),
    ]
    assert REGISTER.domain_objects(parts().domains[2]) == []


def test_groups_may_lie_as_deep_in_each_other_as_they_like() -> None:
    whole = parts()
    group = next(found for found in whole.objects if found.type == "group")
    deep = [replace(group, id=f"g{n}", parent_id=f"g{n - 1}" if n else "group") for n in range(1500)]
    found = Register(replace(whole, objects=[*whole.objects, *deep])).domain_objects(whole.domains[0])
    assert max(found, key=lambda pair: pair[0]) == (1500, deep[-1])


def test_connections_belong_to_the_domain_they_begin_in() -> None:
    assert [one.id for one in REGISTER.domain_connections(parts().domains[0])] == ["c3", "c2", "c4", "c1"]
    assert REGISTER.domain_connections(parts().domains[1]) == []


def test_a_root_is_called_as_its_domain_and_what_is_gone_a_question_mark() -> None:
    assert (REGISTER.name("far"), REGISTER.name("gone"), REGISTER.name(None)) == ("Partners", "?", "?")
    assert REGISTER.path(REGISTER.objects["api"]) == ["Shop", "Hut booking", "Booking site"]


def test_ids_of_what_is_gone_have_no_names() -> None:
    assert REGISTER.technology_names(["pg", "gone", "java"]) == ["Postgres", "Java"]
    assert REGISTER.tag_names(["low", "gone"]) == ["Low"]
    assert REGISTER.team_names(["team", "gone"]) == ["Web team"]
    assert REGISTER.object_names(["web", "gone"]) == ["Booking site"]


def test_a_flow_is_told_with_its_paths_and_only_what_happens_is_numbered() -> None:
    found = REGISTER.lines(parts().flows[0])
    assert [(one.depth, one.number) for one in found] == [
        (0, ""), (0, "1"), (0, "2"), (0, ""), (1, ""), (2, "3"), (2, "4"), (1, ""), (2, ""), (0, ""),
    ]  # fmt: skip
    assert found[1] == Line(0, "1", "Guest → Booking site: asks for Saturday (Books a bed with)")
    assert found[2] == Line(0, "2", "Booking site: looks", "In the cache.")
    assert found[7].text == "Path 2"
    assert found[8].text == "Goes on (flow: Pay later)"


def test_paths_in_a_circle_end() -> None:
    looped = FlowPart(
        id="f",
        name="F",
        diagram_id="d",
        steps=[StepPart(id="s", index=0, type="alternate-path", path_id="p", paths=[])],
    )
    assert [one.text for one in REGISTER.lines(looped)] == ["One of these"]


def test_the_deepest_fork_that_a_flow_may_have_is_told() -> None:
    forks = [
        StepPart(
            id=f"f{n}", index=n, type="alternate-path", path_id=f"p{n}" if n else None,
            paths=[FlowStepPath(id=f"p{n + 1}", index=0, name="On")],
        )
        for n in range(NESTING)
    ]  # fmt: skip
    last = StepPart(id="s", index=0, type="information", text="Here", path_id=f"p{NESTING}")
    told = REGISTER.lines(FlowPart(id="f", name="F", diagram_id="d", steps=[*forks, last]))
    assert told[-1] == Line(2 * NESTING, "", "Here")


def test_words_for_kinds_states_and_directions() -> None:
    assert kind_of(thing("a", "A", "system", external=True)) == "External system"
    assert kind_of(thing("a", "A", "root", ())) == "Domain"
    assert (state_of(REGISTER.objects["db"]), state_of(REGISTER.objects["web"])) == ("future", "")
    assert [arrow(line("c", "a", "b", "", direction=d)) for d in ("outgoing", "bidirectional", None)] == ["→", "↔", "–"]
    assert (counted(1, "object"), counted(1200, "object")) == ("1 object", "1,200 objects")


def test_links_are_in_order_and_have_an_address() -> None:
    links = {
        "b": RealityLink(id="b", index=2, url="https://b"),
        "a": RealityLink(id="a", index=1, connection_resolve_url="https://a", custom_name="A"),
        "c": RealityLink(id="c", index=0),
    }
    assert links_of(thing("x", "X", "app", links=links)) == [("A", "https://a"), ("https://b", "https://b")]
