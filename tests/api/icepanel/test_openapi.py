from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec import UnsetType
from openapi_spec_validator import validate

from nunatak.api.icepanel.app import all_operations
from nunatak.api.icepanel.forms import envelope, record
from nunatak.api.icepanel.openapi import document
from nunatak.api.icepanel.operation import Operation

Tag = record("Tag", {"id": str, "name": str | UnsetType})
TagFilter = record("TagFilter", {"name": str | UnsetType})
Query = record(
    "TagQuery",
    {"filter": TagFilter | UnsetType, "expand": list[str] | UnsetType, "search": str, "limit": int | UnsetType},
)


def declared(id: str, method: Any, path: str, **more: Any) -> Operation:
    return Operation(id=id, method=method, path=path, handler=lambda call: None, **more)


OPERATIONS = [
    declared("tags.list", "GET", "/v/{versionId}/tags", query=Query, answer=envelope(tags=list[Tag])),
    declared("tags.create", "POST", "/v/{versionId}/tags", body=Tag, answer=envelope(tag=Tag), title="Make a tag."),
    declared("tags.exists", "HEAD", "/v/{versionId}/tags/{tagId}"),
    declared("tags.text", "GET", "/tags", answer="text/plain", anonymous=True, deprecated=True),
    declared("tags.render", "POST", "/tags", body=Tag, body_optional=True, readonly=True, own=True),
]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document(OPERATIONS, version="1.2")


def test_the_document_is_valid_openapi(made: dict[str, Any]) -> None:
    validate(made)
    assert (made["openapi"], made["info"]["version"], made["servers"]) == ("3.1.0", "1.2", [{"url": "/v1"}])


def test_the_same_operations_give_the_same_bytes(made: dict[str, Any]) -> None:
    assert msgspec.json.encode(document(OPERATIONS, version="1.2")) == msgspec.json.encode(made)


def test_every_operation_says_in_one_line_what_it_does() -> None:
    titles = {one.id: one.title for one in all_operations()}
    assert [id_ for id_, title in titles.items() if not title or "\n" in title] == []
    assert titles["tags.groups.upsert"] == (
        "Makes a tag group with the id of the path, or changes the one that is there"
    )
    assert titles["adrs.create"] == "Makes an architecture decision"


def test_parameters_say_how_they_are_written(made: dict[str, Any]) -> None:
    version, *query, header = made["paths"]["/v/{versionId}/tags"]["get"]["parameters"]
    assert header == {"$ref": "#/components/parameters/IfNoneMatch"}
    assert (version["name"], version["in"], version["required"]) == ("versionId", "path", True)
    shown = {each["name"]: (each.get("style"), each["required"]) for each in query}
    assert shown == {
        "filter": ("deepObject", False),
        "expand": ("form", False),
        "search": (None, True),
        "limit": (None, False),
    }


def test_bodies_and_answers_refer_to_the_components(made: dict[str, Any]) -> None:
    create = made["paths"]["/v/{versionId}/tags"]["post"]
    tag = {"$ref": "#/components/schemas/Tag"}
    assert create["requestBody"] == {"required": True, "content": {"application/json": {"schema": tag}}}
    answer = create["responses"]["200"]["content"]["application/json"]["schema"]
    assert (answer["properties"], answer["required"]) == ({"tag": tag}, ["tag"])
    assert create["summary"] == "Make a tag"
    assert set(made["components"]["schemas"]) == {"Error", "Tag", "TagFilter"}


def test_refusals_depend_on_what_the_operation_does(made: dict[str, Any]) -> None:
    paths = made["paths"]
    assert "409" not in paths["/v/{versionId}/tags"]["get"]["responses"]
    assert paths["/v/{versionId}/tags"]["post"]["responses"]["409"] == {"$ref": "#/components/responses/Error409"}
    assert "413" in paths["/v/{versionId}/tags"]["get"]["responses"]  # for a query that is too long
    head = paths["/v/{versionId}/tags/{tagId}"]["head"]["responses"]
    assert head["404"] == {"$ref": "#/components/responses/Head404"}
    assert "content" not in head["200"]
    assert "content" not in made["components"]["responses"]["Head404"]
    assert "403" not in paths["/tags"]["get"]["responses"]


def test_flags_are_shown(made: dict[str, Any]) -> None:
    text, render = made["paths"]["/tags"]["get"], made["paths"]["/tags"]["post"]
    assert (text["security"], text["deprecated"]) == ([], True)
    assert text["responses"]["200"]["content"] == {"text/plain": {"schema": {"type": "string"}}}
    assert (render["x-nunatak"], render["x-readonly-override"], render["requestBody"]["required"]) == (
        True,
        True,
        False,
    )


def test_keys_and_tags_are_described_where_they_work(made: dict[str, Any]) -> None:
    paths = made["paths"]
    listed, create = (paths["/v/{versionId}/tags"][method] for method in ("get", "post"))
    assert listed["responses"]["304"] == {"$ref": "#/components/responses/Unchanged"}
    assert listed["responses"]["200"]["headers"] == {"ETag": {"$ref": "#/components/headers/ETag"}}
    assert create["parameters"][-1] == {"$ref": "#/components/parameters/IdempotencyKey"}
    assert "304" not in create["responses"]
    assert paths["/tags"]["post"]["parameters"] == create["parameters"][-1:]
    assert made["webhooks"]["tag"]["post"]["operationId"] == "webhooks.tag"
