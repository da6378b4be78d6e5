"""A flow as a Mermaid sequence diagram, whatever the names hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from nunatak.exchange import flow_mermaid
from nunatak.exchange.flow_story import Step, Story
from tests.stories import CHECKOUT, stories

EXPECTED = r"""sequenceDiagram
  title Checkout#59; #34;end#34;
  autonumber
  actor p1 as Customer
  participant p2 as Web shop#58; #35;1
  participant p3 as Orders
  Note over p1,p3: How an order is made
  p1->>p2: Orders (uses [HTTPS, JSON])
  p2->>p2: #160;
  alt Paid?#58; Yes
    p2->>p3: writes through Queue
    par Mail
      Note over p1,p3: Go to flow#58; Mailing#58; wait
    and Print
    end
  else No
    Note over p1,p3: Nothing is kept
  end
  p2-->>p1: Thanks
  p2<<->>p3: Talk
  Note over p1,p3: The order is made
"""
# What Mermaid took of 1,000 made-up stories: these lines and no others.
_TEXT = r"(?:[^#;:<>&\"%\\{}$`\n]|#\d+;)+"
LINE = re.compile(
    rf"sequenceDiagram|autonumber|title {_TEXT}|(?:actor|participant) p\d+ as {_TEXT}|Note over p1(?:,p\d+)?: {_TEXT}"
    rf"|p\d+(?:->>|-->>|<<->>)p\d+: {_TEXT}|(?:alt|par|else|and) {_TEXT}|end"
)


def test_every_sort_of_step_is_told() -> None:
    assert flow_mermaid.write(CHECKOUT) == EXPECTED


def test_a_flow_without_steps_has_a_participant_all_the_same() -> None:
    assert flow_mermaid.write(Story(name="Empty")).splitlines()[1:] == [
        "  title Empty",
        "  autonumber",
        "  participant p1 as Empty",
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("customer's GET /orders", "customer's GET /orders"),
        ("a; b", "a#59; b"),
        ("#35;", "#35;35#59;"),
        ("wrap: x", "wrap#58; x"),
        ("{id} 50% <b>", "#123;id#125; 50#37; #60;b#62;"),
        ("x" * 301, "x" * 299 + "…"),
    ],
)
def test_what_means_something_to_mermaid_is_written_by_number(title: str, shown: str) -> None:
    story = Story(name="", steps=(Step(sort="information", title=title),))
    assert flow_mermaid.write(story).splitlines()[-1] == f"  Note over p1: {shown}"


@given(stories())
def test_no_name_breaks_out_of_its_line(story: Story) -> None:
    lines = [line.strip() for line in flow_mermaid.write(story).splitlines()]
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert sum(">>" in line.partition(":")[0] for line in lines) == sum(step.number > 0 for step in story.walk())
