"""What sequence diagrams of a story have in common: aliases, and the words of arrows, notes and branches."""

from nunatak.exchange.flow_sequence import Sequence, branch, label, note, short
from nunatak.exchange.flow_story import Path, Step, Story
from tests.stories import CHECKOUT


def test_participants_have_short_aliases_in_the_order_of_their_first_use() -> None:
    found = Sequence(CHECKOUT).participants
    assert {id_: alias for id_, (alias, _) in found.items()} == {"c": "p1", "s": "p2", "d": "p3"}
    assert Sequence(CHECKOUT).width == ("p1", "p3")
    assert Sequence(Story(name="")).width == ("p1",)


def test_an_arrow_says_its_title_and_the_connections_words_where_the_flow_shows_them() -> None:
    step = Step(sort="message", title="Order", connection="uses", technologies=("A", "B"), via="Queue")
    assert label(CHECKOUT, step) == "Order (uses [A, B] through Queue)"
    assert label(Story(name=""), step) == "Order"
    assert label(Story(name=""), Step(sort="message", connection="uses", via="Queue")) == "uses through Queue"
    assert label(CHECKOUT, Step(sort="message")) == ""


def test_a_subflows_note_says_where_it_leads() -> None:
    assert note(Step(sort="subflow", title="later", subflow="Mailing")) == "Go to flow: Mailing: later"
    assert note(Step(sort="subflow")) == "Go to flow"


def test_the_first_branch_bears_the_forks_title() -> None:
    fork = Step(sort="alternate", title="Paid?", paths=(Path(name="Yes"), Path(name="No")))
    assert (branch(fork, 0), branch(fork, 1)) == ("Paid?: Yes", "No")


def test_a_text_is_cut_to_what_fits_on_a_picture() -> None:
    assert (len(short("x" * 300)), short("x" * 299 + "yz")) == (300, "x" * 299 + "…")
