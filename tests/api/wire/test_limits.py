"""Bodies may be so deep and their lists so long, and no more, whatever stands in their strings."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.api.wire import decode_body, decode_query
from nunatak.api.wire.limits import Limits
from nunatak.core.errors import TooLarge

SMALL = Limits(depth=3, items=4, query=20, keys=2)
VALUES = st.recursive(
    st.integers() | st.text('[]{},"\\', max_size=6) | st.none(),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text('[]{},"\\', max_size=3), inner, max_size=7),
    max_leaves=25,
)


def deep(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, dict | list)) + max(map(deep, inner), default=0)


def longest_run(value: Any) -> int:
    """The most values that stand side by side with no list or object between them."""
    if not isinstance(value, dict | list):
        return 0
    found, run = 0, 0
    for each in value.values() if isinstance(value, dict) else value:
        run = 0 if isinstance(each, dict | list) else run + 1
        found = max(found, run, longest_run(each))
    return found


@settings(max_examples=150)
@given(VALUES)
def test_a_body_passes_just_when_it_is_neither_too_deep_nor_too_long(value: Any) -> None:
    fits = deep(value) <= 3 and longest_run(value) <= 4
    for text in (
        json.dumps(value).encode(),
        msgspec.json.encode(value),
        json.dumps(value, ensure_ascii=False, indent=2).encode(),
    ):
        if fits:
            SMALL.check(text)
        elif deep(value) > 3 or longest_run(value) > 6:
            with pytest.raises(TooLarge):
                SMALL.check(text)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'{"a": [[[1]]]}', "body: expected at most 3 levels"),
        (b'{"a": [1, 2, 3, 4, 5]}', "body: expected at most 4 values in each list"),
        (b"[" * 1_000_000, "body: expected at most 3 levels"),
    ],
)
def test_what_is_too_much_is_named(body: bytes, fault: str) -> None:
    with pytest.raises(TooLarge) as refused:
        decode_body(body, dict, limit=10_000_000, limits=SMALL)
    assert refused.value.errors == (fault,)


def test_a_body_is_no_deeper_than_64_and_holds_10000_ids_where_nothing_else_is_set() -> None:
    assert decode_body(b"[" * 64 + b"]" * 64, list, limit=1000)
    assert len(decode_body(json.dumps(["id"] * 10_000).encode(), list, limit=100_000)) == 10_000
    for body in (b"[" * 65 + b"]" * 65, json.dumps(["id"] * 10_001).encode()):
        with pytest.raises(TooLarge):
            decode_body(body, list, limit=100_000)


@pytest.mark.parametrize("query", ["a=" + "b" * 19, "a=1&b=2&c=3"])
def test_a_query_has_the_bounds_that_are_set(query: str) -> None:
    decode_query(query, msgspec.defstruct("Any", []))
    with pytest.raises(TooLarge):
        decode_query(query, msgspec.defstruct("Any", []), limits=SMALL)
