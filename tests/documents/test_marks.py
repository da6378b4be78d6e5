"""Where found tags lead, and what they say of themselves."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.drawing_annotation import FoundAnnotation, Region, Vertex
from nunatak.documents.marks import Links, mark
from nunatak.documents.page import Box

LINKS = Links(
    {("id", "7"): "7", ("externalId", "sheet-2"): "8"},
    lambda entity: "http://here/l/1" if entity.get("modelObjectId") == "o1" else None,
)


@pytest.mark.parametrize(
    ("entity", "link"),
    [
        ({"url": "https://a.example/x"}, "https://a.example/x"),
        ({"url": "javascript:alert(1)", "link": "http://b.example"}, "http://b.example"),
        ({"url": ["https://a.example"]}, None),
        ({"modelObjectId": "o1", "fileId": 7}, "http://here/l/1"),
        ({"modelObjectId": "o2", "fileId": 7}, "./7-1.svg"),
        ({"fileExternalId": "sheet-2"}, "./8-1.svg"),
        ({"resourceType": "File", "id": 7}, "./7-1.svg"),
        ({"resourceType": "Asset", "id": 7}, None),
        ({"fileId": 9}, None),
    ],
)
def test_an_entity_leads_to_its_address_its_object_or_its_sheet(entity: dict[str, Any], link: str | None) -> None:
    assert LINKS.of(entity) == link


def test_a_mark_covers_all_corners_and_tells_of_the_first_entity_with_the_first_link() -> None:
    corners = [Vertex(x=0.5, y=0.2), Vertex(x=0.3, y=0.4)]
    entities = [{"id": 3, "name": ["a", "b"], "externalId": "x"}, {"fileId": 7}]
    found = FoundAnnotation(text="23-PT-1", region=Region(vertices=corners, page=2), entities=entities)
    made = mark(found, LINKS)
    assert made.box == Box(0.3, 0.2, 0.5, 0.4)
    assert (made.identity, made.link) == ("23-PT-1", "./7-1.svg")
    assert made.data == {"page": "2", "entity-id": "3", "entity-externalid": "x"}
