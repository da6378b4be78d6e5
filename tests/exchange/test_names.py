"""Names are told apart where a landscape would refuse them."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from nunatak.exchange.names import told_apart


def test_a_name_stays_as_it_is_where_nobody_near_has_it() -> None:
    named = [("a", None, "A", "system"), ("b", None, "B", "system"), ("c", "a", "C", "app"), ("d", "b", "C", "app")]
    assert told_apart(named) == {"a": "A", "b": "B", "c": "C", "d": "C"}


def test_a_name_of_a_sibling_or_of_something_around_gets_its_kind_and_then_a_number() -> None:
    named = [("a", None, "A", "system"), ("b", "a", "a", "app"), ("c", "a", "A", "app"), ("d", "b", "A", "part")]
    assert told_apart(named) == {"a": "A", "b": "a (app)", "c": "A (app 2)", "d": "A (part)"}


def test_nameless_things_stay_nameless() -> None:
    assert told_apart([("a", None, "", "app"), ("b", None, "", "app")]) == {"a": "", "b": ""}


@given(st.lists(st.sampled_from(["a", "A", "b", "A (app)"]), max_size=20))
def test_no_two_siblings_are_ever_called_the_same(names: list[str]) -> None:
    told = told_apart((str(number), None, name, "app") for number, name in enumerate(names))
    assert len({name.casefold() for name in told.values()}) == len(names)


def test_many_siblings_of_one_name_take_no_longer_than_others() -> None:
    began = process_time()
    told = told_apart((str(number), None, "A", "app") for number in range(20_000))
    assert told["19999"] == "A (app 19999)"
    assert process_time() - began < 30
