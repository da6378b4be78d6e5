from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from nunatak.api.wire import cut, decode_cursor, encode_cursor
from nunatak.core.errors import Invalid


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_cursor_gives_its_key_back_and_needs_no_encoding(key: str) -> None:
    cursor = encode_cursor(key)
    assert decode_cursor(cursor) == key
    assert re.fullmatch(r"[A-Za-z0-9_-]*", cursor)


@pytest.mark.parametrize("cursor", ["!", "a", "é", "____", "AA", "YQ=="])
def test_a_cursor_of_somebody_else_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid, match=r"query\.cursor"):
        decode_cursor(cursor)


def test_a_page_ends_at_its_limit_and_names_its_last_item() -> None:
    page, cursor = cut(["a", "b", "c"], 2, key=str)
    assert page == ["a", "b"]
    assert isinstance(cursor, str)
    assert decode_cursor(cursor) == "b"


@pytest.mark.parametrize("limit", [None, 3, 4])
def test_the_last_page_names_no_next_one(limit: int | None) -> None:
    assert cut(["a", "b", "c"], limit, key=str) == (["a", "b", "c"], UNSET)
