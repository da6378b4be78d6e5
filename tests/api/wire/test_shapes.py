from __future__ import annotations

from typing import Annotated, Any, Literal, Optional, Union

import msgspec
import pytest
from msgspec import Meta, UnsetType

from nunatak.api.wire.shapes import bare, listed, mapped, members, optional, struct_of, structs_of, words_of


class A(msgspec.Struct, tag=True):
    pass


class B(msgspec.Struct, tag=True):
    pass


def test_a_type_is_told_from_its_annotations() -> None:
    assert bare(Annotated[Annotated[int, Meta(ge=0)], Meta(le=9)]) is int


@pytest.mark.parametrize("union", [int | None, Optional[int], Union[int, None], Annotated[int | None, Meta(ge=0)]])  # noqa: UP007, UP045
def test_a_union_is_seen_in_every_spelling(union: Any) -> None:
    assert set(members(union)) == {int, type(None)}


def test_only_a_type_that_admits_unset_is_optional() -> None:
    assert optional(Annotated[str | UnsetType, Meta(max_length=3)])
    assert not optional(str | None)


def test_the_parts_of_a_type_are_found_among_its_members() -> None:
    type_ = Annotated[list[int], Meta(max_length=3)] | dict[str, bool] | A | B | UnsetType
    assert (listed(type_), mapped(type_), struct_of(type_), structs_of(type_)) == (int, bool, A, [A, B])
    assert (listed(str), mapped(str), struct_of(str), structs_of(str)) == (None, None, None, [])


def test_the_words_of_a_type_are_its_literals_or_those_of_its_items() -> None:
    assert words_of(Literal["a", "b"] | None) == ("a", "b")
    assert words_of(list[Literal["a"]] | UnsetType) == ("a",)
    assert words_of(str) == ()
