"""Stories of flows: one with every sort of step, and hypothesis's own with hostile names."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from nunatak.exchange.flow_story import Participant, Path, Step, Story, one_line

CHECKOUT = Story(
    name='Checkout; "end"',
    participants={
        "c": Participant(name="Customer", type="actor"),
        "s": Participant(name="Web shop: #1", type="app"),
        "d": Participant(name="Orders", type="store"),
    },
    show_connection_names=True,
    steps=(
        Step(sort="introduction", title="How an order is made"),
        Step(
            sort="message",
            title="Orders",
            number=1,
            origin="c",
            target="s",
            connection="uses",
            technologies=("HTTPS", "JSON"),
        ),
        Step(sort="process", title="", number=2, origin="s", target="s"),
        Step(
            sort="alternate",
            title="Paid?",
            paths=(
                Path(
                    name="Yes",
                    steps=(
                        Step(sort="message", number=3, origin="s", target="d", connection="writes", via="Queue"),
                        Step(
                            sort="parallel",
                            paths=(
                                Path(name="Mail", steps=(Step(sort="subflow", title="wait", subflow="Mailing"),)),
                                Path(name="Print"),
                            ),
                        ),
                    ),
                ),
                Path(name="No", steps=(Step(sort="information", title="Nothing is kept"),)),
            ),
        ),
        Step(sort="message", title="Thanks", number=4, origin="s", target="c", reply=True),
        Step(sort="message", title="Talk", number=5, origin="s", target="d", both_ways=True),
        Step(sort="conclusion", title="The order is made"),
    ),
)

_WORDS = """end "x" ' ; # #35; : :: wrap: %% %%{init: {}}%% { } {{ [[x]] <br/> --> A->>B \\n a\\ @enduml !include $x /'
//x// **x** ~~ == | ... alt else par and note ref &amp; &#59; %date() <U+0022> » – ³ ( `x` title style: 日本語"""
_HOSTILE = [*_WORDS.split(), "\u2028", "\0", "\ufeff"]
LINES = st.lists(st.sampled_from(_HOSTILE) | st.text(max_size=9), max_size=3).map(" ".join).map(one_line)


@st.composite
def stories(draw: Any) -> Story:
    """Any story, numbered as a teller numbers it."""
    count = draw(st.integers(0, 4))
    types = st.sampled_from(["actor", "app", "store", ""])
    people = {str(i): Participant(name=draw(LINES) or "system", type=draw(types)) for i in range(count)}
    numbers = itertools.count(1)

    def step(depth: int) -> Step:
        forks = ["alternate", "parallel"] if depth < 2 else []
        sort = draw(
            st.sampled_from(["subflow", "information", *forks, *(["message", "process"] * 2 if people else [])])
        )
        if sort in forks:
            title, names = draw(LINES), draw(st.lists(LINES.map(lambda name: name or "Path"), max_size=2))
            return Step(sort=sort, title=title, paths=tuple(Path(name=n, steps=steps(depth + 1)) for n in names))
        if sort not in ("message", "process"):
            return Step(sort=sort, title=draw(LINES), subflow=draw(LINES) if sort == "subflow" else "")
        one, other = (draw(st.sampled_from(sorted(people))) for _ in range(2))
        words = {"title": draw(LINES), "connection": draw(LINES)}
        return Step(sort=sort, number=next(numbers), origin=one, target=one if sort == "process" else other, **words)

    def steps(depth: int) -> tuple[Step, ...]:
        return tuple(step(depth) for _ in range(draw(st.integers(0, 3))))

    told = steps(0)
    return Story(name=draw(LINES), participants=people, steps=told, show_connection_names=draw(st.booleans()))
