"""A flow as text: a line a step, whatever the names hold."""

from __future__ import annotations

from hypothesis import given

from nunatak.exchange import flow_text
from nunatak.exchange.flow_story import Step, Story
from tests.stories import CHECKOUT, stories

EXPECTED = r"""Introduction: How an order is made
- Step 1: Customer -> Web shop: #1: Orders via uses
- Step 2: Web shop: #1
- Alternate paths: Paid?
  - Path: Yes
    - Step 3: Web shop: #1 -> Orders via writes
    - Parallel paths
      - Path: Mail
        - Go to flow: Mailing: wait
      - Path: Print
  - Path: No
    - Information: Nothing is kept
- Step 4: Web shop: #1 --> Customer: Thanks
- Step 5: Web shop: #1 <-> Orders: Talk
Conclusion: The order is made
"""


def test_every_sort_of_step_has_its_line() -> None:
    assert flow_text.write(CHECKOUT) == EXPECTED


def test_a_step_without_words_still_has_its_line_and_a_flow_without_steps_has_none() -> None:
    assert flow_text.write(Story(name="x", steps=(Step(sort="introduction"), Step(sort="subflow")))) == (
        "Introduction\n- Go to flow\n"
    )
    assert flow_text.write(Story(name="x")) == ""


@given(stories())
def test_there_are_as_many_lines_as_steps_and_paths(story: Story) -> None:
    lines = flow_text.write(story).splitlines()
    assert len(lines) == sum(1 + len(step.paths) for step in story.walk())
