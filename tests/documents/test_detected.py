"""What was found in several files: matched at once, answered apart, each with the numbers of its own pages."""

from __future__ import annotations

import msgspec

from nunatak.documents.detected import found, region
from nunatak.documents.match import Options
from nunatak.documents.page import Box, PageText, Word

ENTITIES = [{"name": "23-PT-92504", "id": 1, "more": [None, {"a": 1.5}]}, {"name": "23-LV-1001", "id": 2}]


def page(number: int, *words: str) -> PageText:
    """A page with words one below the other."""
    placed = tuple(
        Word(text=text, box=Box(0.1, 0.1 + 0.2 * at, 0.3, 0.15 + 0.2 * at), line=at) for at, text in enumerate(words)
    )
    return PageText(page=number, width=600, height=400, source="text", words=placed)


def test_each_file_has_its_own_hits_on_its_own_pages() -> None:
    files = [[page(1, "nothing"), page(2, "23-PT-92504")], [], [page(1, "23-LV-1001"), page(7, "23-PT-92504")]]
    answer = msgspec.json.decode(found(msgspec.json.encode(files), msgspec.json.encode(ENTITIES), Options()))
    told = [[(one["text"], one["region"]["page"]) for one in file["annotations"]] for file in answer["files"]]
    assert told == [[("23-PT-92504", 2)], [], [("23-LV-1001", 1), ("23-PT-92504", 7)]]
    assert answer["files"][0]["annotations"][0]["entities"] == [ENTITIES[0]]


def test_what_kept_pages_from_being_read_is_told_once() -> None:
    unread = [msgspec.structs.replace(page(number), notes=("No engine",)) for number in (1, 2)]
    answer = msgspec.json.decode(found(msgspec.json.encode([unread]), msgspec.json.encode(ENTITIES), Options()))
    assert answer["warnings"] == ["No engine"]


def test_a_tag_that_nobody_knows_is_told_with_what_comes_near() -> None:
    files = [[page(3, "23-PT-92509")]]
    answer = msgspec.json.decode(found(msgspec.json.encode(files), msgspec.json.encode(ENTITIES), Options()))
    (doubt,) = answer["files"][0]["unmatched"]
    assert (doubt["text"], doubt["region"]["page"]) == ("23-PT-92509", 3)
    assert doubt["candidates"][0]["entity"] == ENTITIES[0]


def test_a_box_is_told_by_its_corners_from_the_top_left_on() -> None:
    corners = [(one["x"], one["y"]) for one in region(Box(0.1, 0.2, 0.3, 0.4), 5)["vertices"]]
    assert corners == [(0.1, 0.2), (0.1, 0.4), (0.3, 0.4), (0.3, 0.2)]
