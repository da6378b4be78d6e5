"""What annotations of diagrams say of a page."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.annotation_data import check
from nunatak.core.errors import Invalid

PLACE = {"xMin": 0, "xMax": 0.5, "yMin": 0.25, "yMax": 1}
LINK = {"assetRef": {"id": 1}, "text": "23-PT-1", "textRegion": PLACE, "pageNumber": 2, "confidence": 0.5}


def faults(type_: str, data: Any) -> tuple[str, ...]:
    with pytest.raises(Invalid) as refusal:
        check(type_, data, "body.data")
    assert refusal.value.message == refusal.value.errors[0]
    return refusal.value.errors


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("diagrams.AssetLink", LINK),
        ("diagrams.AssetLink", {"assetRef": {"externalId": "a"}, "symbolRegion": None, "anything": [1]}),
        ("diagrams.FileLink", {"fileRef": {"id": 1}, "symbolRegion": PLACE}),
        ("diagrams.InstanceLink", {"instanceRef": {"space": "s", "externalId": "e"}}),
        ("diagrams.Line", {"polyLine": {"vertices": [{"x": 0, "y": 1}]}}),
        ("somebody.else", {}),
    ],
)
def test_what_is_as_its_type_has_it_is_taken(type_: str, data: dict[str, Any]) -> None:
    check(type_, data, "body.data")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"assetRef": None}, "assetRef: expected an object"),
        ({"textRegion": {**PLACE, "xMin": -0.1}}, "textRegion.xMin: expected a number from 0 to 1"),
        ({"textRegion": {**PLACE, "yMax": 1.01}}, "textRegion.yMax: expected a number from 0 to 1"),
        ({"textRegion": {**PLACE, "yMax": True}}, "textRegion.yMax: expected a number from 0 to 1"),
        ({"symbolRegion": {**PLACE, "xMin": 0.6}}, "symbolRegion.xMax: expected at least 0.6, got 0.5"),
        ({"symbolRegion": "all"}, "symbolRegion: expected an object"),
        ({"confidence": 2}, "confidence: expected a number from 0 to 1"),
        ({"pageNumber": 0}, "pageNumber: expected a whole number of at least 1"),
    ],
)
def test_what_is_not_is_refused_by_the_field(more: dict[str, Any], fault: str) -> None:
    assert faults("diagrams.AssetLink", {**LINK, **more}) == (f"body.data.{fault}",)


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert len(faults("diagrams.FileLink", {"textRegion": {}, "confidence": "high"})) == 6
