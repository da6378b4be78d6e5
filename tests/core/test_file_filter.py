"""Filters of files: each condition alone, and all together."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from nunatak.core.file import FileContent, Label
from nunatak.core.file_filter import FileFilter, milliseconds
from tests.core.test_file import file

_UPLOADED = datetime(2026, 1, 2, tzinfo=UTC)
_FILE = file(
    name="PID 1.pdf",
    external_id="pid-1",
    directory="/plant/23",
    source="archive",
    mime_type="application/pdf",
    metadata={"unit": "23", "rev": "A"},
    asset_ids=[7, 8],
    data_set_id=5,
    labels=[Label(external_id="pid"), Label(external_id="issued")],
    source_created_time=1000,
    geo_location={"type": "Feature", "geometry": {"type": "Point", "coordinates": [5.3, 60.4]}},
    content=FileContent(pieces=[], size=0, digest=""),
    uploaded_at=_UPLOADED,
)
_AT = milliseconds(_UPLOADED)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({}, True),
        ({"name": "PID 1.pdf"}, True),
        ({"name": "pid 1.pdf"}, False),
        ({"mimeType": "application/pdf"}, True),
        ({"mimeType": "image/png"}, False),
        ({"source": "archive"}, True),
        ({"source": ""}, False),
        ({"directoryPrefix": "/plant"}, True),
        ({"directoryPrefix": "plant"}, False),
        ({"externalIdPrefix": "pid-"}, True),
        ({"externalIdPrefix": "PID"}, False),
        ({"metadata": {"unit": "23"}}, True),
        ({"metadata": {"unit": "24"}}, False),
        ({"metadata": {"none": ""}}, False),
        ({"assetIds": [8, 9]}, True),
        ({"assetIds": []}, False),
        ({"assetSubtreeIds": [{"id": 7}]}, True),
        ({"assetSubtreeIds": [{"externalId": "7"}]}, False),
        ({"rootAssetIds": [{"id": 1}]}, False),
        ({"assetExternalIds": ["7"]}, False),
        ({"dataSetIds": [{"id": 5}]}, True),
        ({"dataSetIds": [{"id": 6}]}, False),
        ({"labels": {"containsAny": [{"externalId": "pid"}, {"externalId": "other"}]}}, True),
        ({"labels": {"containsAll": [{"externalId": "pid"}, {"externalId": "other"}]}}, False),
        ({"labels": {"containsAll": [{"externalId": "pid"}, {"externalId": "issued"}]}}, True),
        ({"geoLocation": {"shape": {"type": "Point", "coordinates": [5.3, 60.4]}}}, True),
        ({"geoLocation": {"shape": {"type": "Point", "coordinates": [5.3, 60.4]}, "relation": "disjoint"}}, False),
        ({"geoLocation": {"shape": {"type": "Point", "coordinates": [5, 60]}, "relation": "within"}}, False),
        ({"uploaded": True}, True),
        ({"uploaded": False}, False),
        ({"uploadedTime": {"min": _AT, "max": _AT}}, True),
        ({"uploadedTime": {"min": _AT + 1}}, False),
        ({"createdTime": {"max": _AT}}, True),
        ({"lastUpdatedTime": {"max": 0}}, False),
        ({"sourceCreatedTime": {"min": 1000}}, True),
        ({"sourceModifiedTime": {}}, False),
        ({"name": "PID 1.pdf", "uploaded": False}, False),
    ],
)
def test_a_filter_holds_where_every_condition_does(asked: dict[str, Any], holds: bool) -> None:
    assert msgspec.convert(asked, FileFilter).holds(_FILE) is holds


def test_a_file_without_properties_meets_only_what_asks_for_none() -> None:
    bare = file()
    assert FileFilter().holds(bare)
    assert not any(
        msgspec.convert(asked, FileFilter).holds(bare)
        for asked in ({"metadata": {"a": "b"}}, {"directoryPrefix": "/"}, {"uploadedTime": {}}, {"source": "x"})
    )


def test_times_are_told_in_whole_milliseconds() -> None:
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC)) == 1999
