"""A flow as a PlantUML sequence diagram, whatever the names hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from nunatak.exchange import flow_plantuml
from nunatak.exchange.flow_story import Step, Story
from tests.stories import CHECKOUT, stories

EXPECTED = r"""@startuml
title Checkout; <U+0022>end<U+0022>
autonumber
actor "Customer" as p1
participant "Web shop: #1" as p2
database "Orders" as p3
note over p1, p3 : How an order is made
p1 -> p2 : Orders (uses [HTTPS, JSON])
p2 -> p2
alt Paid?: Yes
p2 -> p3 : writes through Queue
par Mail
ref over p1, p3 : Go to flow: Mailing: wait
else Print
end
else No
note over p1, p3 : Nothing is kept
end
p2 --> p1 : Thanks
p2 <-> p3 : Talk
note over p1, p3 : The order is made
@enduml
"""
# What PlantUML took of 1,000 made-up stories: these lines and no others.
_TEXT = r"(?:(?!['/]['/]|@start|@end|[*]{2}|--|==|~|[|]|[$]|\"|\\|<(?!U\+)|%\w).)*"
LINE = re.compile(
    rf"@startuml|autonumber|title {_TEXT}|(?:actor|participant|database) \"{_TEXT}\" as p\d+|(?:note|ref) over p1"
    rf"(?:, p\d+)? : {_TEXT}|p\d+ (?:->|-->|<->) p\d+(?: : {_TEXT})?|(?:alt|par|else) {_TEXT}|end|@enduml"
)


def test_every_sort_of_step_is_told() -> None:
    assert flow_plantuml.write(CHECKOUT) == EXPECTED


def test_a_flow_without_steps_has_a_participant_all_the_same() -> None:
    assert flow_plantuml.write(Story(name="")) == '@startuml\nautonumber\nparticipant "Flow" as p1\n@enduml\n'


def test_a_fork_without_paths_is_a_note() -> None:
    story = Story(name="", steps=(Step(sort="alternate", title="Paid?"), Step(sort="parallel")))
    assert flow_plantuml.write(story).splitlines()[3:-1] == ["note over p1 : Paid?"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("customer's /orders/{id}: 50% [x]", "customer's /orders/{id}: 50% [x]"),
        ('say "x"', "say <U+0022>x<U+0022>"),
        ("# a", "<U+0023> a"),
        ("a // b", "a <U+002F><U+002F> b"),
        ("a /' b", "a <U+002F><U+0027> b"),
        ("%date()", "<U+0025>date()"),
        ("\\n", "<U+005C>n"),
        ("x" * 301, "x" * 299 + "…"),
    ],
)
def test_what_means_something_to_plantuml_is_written_by_number(title: str, shown: str) -> None:
    story = Story(name="", steps=(Step(sort="information", title=title),))
    assert flow_plantuml.write(story).splitlines()[-2] == f"note over p1 : {shown}"


@given(stories())
def test_no_name_breaks_out_of_its_line(story: Story) -> None:
    lines = flow_plantuml.write(story).splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert sum(" -> " in line.partition(" : ")[0] for line in lines) == sum(step.number > 0 for step in story.walk())
