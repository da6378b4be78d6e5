"""Annotations: filters, each condition alone."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from nunatak.core.annotation import Annotation, AnnotationFilter

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_DATA = {"text": "23-PT-1", "assetRef": {"id": 4}, "textRegion": {"xMin": 0.1}}


def annotation(**values: Any) -> Annotation:
    given: dict[str, Any] = {
        "id": "1", "organization_id": "o", "created_at": _AT, "updated_at": _AT, "created_by": "api-key",
        "created_by_id": "k", "updated_by": "api-key", "updated_by_id": "k", "annotated_resource_type": "file",
        "annotated_resource_id": 9, "annotation_type": "diagrams.AssetLink", "data": _DATA, "creating_app": "app",
        "creating_app_version": "1.0.0", "creating_user": None, **values,
    }  # fmt: skip
    return Annotation(**given)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({}, True),
        ({"annotatedResourceIds": [{"id": 9}]}, True),
        ({"annotatedResourceIds": [{"id": 8}]}, False),
        ({"annotatedResourceType": "threedmodel"}, False),
        ({"annotationType": "diagrams.AssetLink"}, True),
        ({"annotationType": "diagrams.FileLink"}, False),
        ({"status": "suggested"}, True),
        ({"status": "approved"}, False),
        ({"creatingApp": "other"}, False),
        ({"creatingAppVersion": "1.0.0"}, True),
        ({"creatingUser": None}, True),
        ({"creatingUser": "ada"}, False),
        ({"data": {"assetRef": {"id": 4}}}, True),
        ({"data": {"assetRef": {"id": 5}}}, False),
        ({"data": {"assetRef": {"id": 4, "x": 1}}}, False),
        ({"data": {"text": {"text": 1}}}, False),
    ],
)
def test_a_filter_holds_where_every_condition_does(asked: dict[str, Any], holds: bool) -> None:
    wanted = msgspec.convert({"annotatedResourceType": "file", **asked}, AnnotationFilter)
    assert wanted.holds(annotation()) is holds


def test_an_annotation_of_a_person_is_none_of_a_services() -> None:
    wanted = msgspec.convert({"annotatedResourceType": "file", "creatingUser": None}, AnnotationFilter)
    assert not wanted.holds(annotation(creating_user="ada"))


@pytest.mark.parametrize(
    ("version", "fits"), [("1.2.3", True), ("1.2.3-rc.1+b", True), ("1.2", False), ("v1.2.3", False)]
)
def test_the_version_of_an_app_is_a_semantic_one(version: str, fits: bool) -> None:
    values = msgspec.to_builtins(annotation()) | {"creatingAppVersion": version}
    if fits:
        assert msgspec.convert(values, Annotation).creating_app_version == version
    else:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(values, Annotation)
