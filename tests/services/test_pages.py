"""Pages: cursors mean nothing to clients, and lead on when what they stand for is gone."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.core.kinds import DOMAIN
from nunatak.services import entities, places
from nunatak.services.pages import cursor_at, place_of
from tests.make import World


@given(st.integers(0, 2**63 - 1), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cursor_gives_its_place_back_and_needs_no_encoding(position: int, id_: str) -> None:
    cursor = cursor_at(position, id_)
    assert place_of(cursor) == (position, id_)
    assert re.fullmatch(r"[A-Za-z0-9_-]*", cursor)


@pytest.mark.parametrize("cursor", ["!", "a", "é", "____", "AA", "YQ==", "a" * 20, cursor_at(2**63, "a"), "\0"])
def test_a_cursor_of_somebody_else_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(cursor)
    assert refused.value.errors == ("query.cursor: expected a nextCursor that this list has answered",)


def pages(world: World, *, delete: bool = False) -> list[str]:
    """The names of all pages, deleting the last of each before the next is asked for."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = entities.page(world.service, world.actor, DOMAIN, world.path, asked={}, cursor=cursor, limit=2)
        listed = [msgspec.json.decode(text) for text in page.texts]
        found += [each["name"] for each in listed]
        if delete and page.next_cursor:
            world.delete(DOMAIN, listed[-1]["id"])
        cursor = page.next_cursor
    return found


def test_pages_follow_each_other_even_when_the_last_of_each_is_deleted(world: World) -> None:
    names = ["Default domain", *(world.domain(name=f"D{index}").name for index in range(6))]
    assert pages(world) == names
    assert pages(world, delete=True) == names


def test_things_of_the_same_moment_are_neither_lost_nor_repeated(world: World) -> None:
    with world.service.writing(world.actor) as ledger:
        place = places.place(ledger.unit, world.actor, world.path.landscape_id, "latest", "write")
        for name in ("B", "C", "D", "E"):
            ledger.create(place, DOMAIN, {"name": name})
            ledger.unit._position -= 1  # as two transactions that run at once may count
    assert sorted(pages(world)) == ["B", "C", "D", "Default domain", "E"]
