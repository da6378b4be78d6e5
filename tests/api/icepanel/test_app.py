"""The API on the wire: raw requests against the app, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.services import keys
from tests.make import placed, technology
from tests.wire import Wire


def names(answer: Any) -> list[str]:
    return [one["name"] for one in next(iter(answer.values()))]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": "{key}"},
        {"x-api-key": " {key} "},
        {"Authorization": "ApiKey {key}"},
        {"Authorization": "apikey {key}"},
        {"Authorization": "Bearer {key}"},
        {"Authorization": "{key}"},
        {"X-API-Key": "ApiKey {key}"},
        {"X-API-Key": "", "Authorization": "ApiKey {key}"},
    ],
)
def test_a_key_opens_in_any_header_that_may_carry_it(wire: Wire, headers: dict[str, str]) -> None:
    filled = {name: value.format(key=wire.credentials) for name, value in headers.items()}
    assert wire.client.get(f"{wire.base}/domains", headers=filled).status_code == 200


def test_without_a_key_nothing_opens_and_the_answer_says_so(wire: Wire) -> None:
    answer = wire.client.get(f"{wire.base}/domains")
    assert answer.status_code == 401
    assert answer.json()["code"] == "auth/authorization-missing"
    assert answer.json()["requestId"] == answer.headers["x-request-id"] == "made"


@pytest.mark.parametrize("key", ["nobody:00", "nocolon", "{id}:wrong", ":", "\x7f:\x7f"])
def test_a_wrong_key_is_refused_without_saying_what_is_wrong(wire: Wire, key: str) -> None:
    sent = key.format(id=wire.credentials.partition(":")[0])
    answer = wire.client.get(f"{wire.base}/domains", headers={"X-API-Key": sent})
    assert (answer.status_code, answer.json()["message"]) == (401, "The API key is not valid")


def test_a_reading_key_reads_and_writes_nothing(wire: Wire) -> None:
    world = wire.world
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    headers = {"X-API-Key": credentials}
    assert wire.send("GET", "/domains", headers=headers)["domains"]
    wire.send("POST", "/domains", 403, headers=headers, json={"name": "x"})
    assert names(wire.send("GET", "/domains")) == ["Default domain"]


def test_a_body_is_json_whatever_its_content_type_says(wire: Wire) -> None:
    made = wire.system()
    for content_type in ("application/x-www-form-urlencoded", "text/plain", ""):
        body = f'{{"description": "# {content_type}"}}'.encode()
        path = f"/model/objects/{made['id']}"
        answer = wire.send("PATCH", path, content=body, headers={"Content-Type": content_type})
        assert answer["modelObject"]["description"] == f"# {content_type}"


def test_labels_are_set_and_filtered_on(wire: Wire) -> None:
    made = wire.system()
    wire.send("PATCH", f"/model/objects/{made['id']}", content=b'{"labels": {"cloud.id[0]": "x"}}')
    found = wire.send("GET", "/model/objects?filter[labels][cloud.id%5B0%5D]=x")["modelObjects"]
    assert [one["id"] for one in found] == [made["id"]]
    assert wire.send("GET", "/model/objects?filter[labels][cloud.id%5B0%5D]=y")["modelObjects"] == []


@pytest.mark.parametrize(
    "query",
    [
        "filter[type]=system&filter[type]=actor",
        "filter%5Btype%5D=system&filter%5Btype%5D=actor",
        "filter[type][]=system&filter[type][]=actor",
        "filter[type][0]=system&filter[type][1]=actor",
        "filter[type]=system,actor",
    ],
)
def test_a_list_of_values_is_understood_in_all_its_encodings(wire: Wire, query: str) -> None:
    wire.system(name="A")
    wire.system(name="B", type="actor")
    wire.system(name="C", type="group")
    assert names(wire.send("GET", f"/model/objects?{query}")) == ["A", "B"]


@pytest.mark.parametrize("null", ["", "null"])
def test_null_asks_for_what_has_none(wire: Wire, null: str) -> None:
    wire.system()
    found = wire.send("GET", f"/model/objects?filter[parentId]={null}")["modelObjects"]
    assert [one["type"] for one in found] == ["root"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[name]=ank", ["Bank", "Tank"]),
        ("filter[name]=BANK", ["Bank"]),
        ("filter[name]=%25", []),
        ("filter[external]=true", ["Tank"]),
        ("filter[status]=future", ["Bank"]),
        ("filter[linked]=true", ["Bank"]),
        (f"filter[technologyIds]={technology('Go')}", ["Bank"]),
        ("filter[tagIds]=none", []),
        ("filter[status]=live&filter[external]=true", ["Tank"]),
    ],
)
def test_every_filter_narrows_by_its_field(wire: Wire, query: str, expected: list[str]) -> None:
    links = {"l": {"url": "https://example.org"}}
    wire.system(name="Bank", status="future", technologyIds=[technology("Go")], links=links)
    wire.system(name="Tank", external=True)
    assert names(wire.send("GET", f"/model/objects?{query}")) == expected


def test_parents_at_any_depth_are_found(wire: Wire) -> None:
    system = wire.system(name="S")
    app = wire.made("/model/objects", name="A", type="app", parentId=system["id"])
    wire.made("/model/objects", name="C", type="component", parentId=app["id"])
    assert names(wire.send("GET", f"/model/objects?filter[parentIds]={system['id']}")) == ["A", "C"]
    assert names(wire.send("GET", f"/model/objects?filter[parentId]={system['id']}")) == ["A"]


def test_pages_follow_each_other_without_a_gap(wire: Wire) -> None:
    for index in range(5):
        wire.system(name=f"S{index}")
    seen: list[str] = []
    cursor = ""
    for _ in range(9):
        answer = wire.send("GET", f"/model/objects?filter[type]=system&limit=2{cursor}")
        seen += names(answer)
        if "nextCursor" not in answer:
            break
        cursor = f"&cursor={answer['nextCursor']}"
    assert seen == [f"S{index}" for index in range(5)]


def test_expansion_lays_in_what_an_object_refers_to(wire: Wire) -> None:
    tag = wire.world.tag()
    wire.system(name="S", tagIds=[tag.id])
    for query in ("expand=tags&expand=domain", "expand[]=tags&expand[]=domain"):
        found = wire.send("GET", f"/model/objects?filter[type]=system&{query}")["modelObjects"][0]
        assert found["tags"][tag.id]["color"] == "red"
        assert found["domain"]["name"] == "Default domain"
        assert "technologies" not in found


def test_head_says_whether_it_is_there_and_nothing_else(wire: Wire) -> None:
    diagram = wire.world.diagram()
    for path, status in ((diagram.id, 200), (diagram.handle_id, 200), ("nothing", 404)):
        answer = wire.client.head(f"{wire.base}/diagrams/{path}", headers={"X-API-Key": wire.credentials})
        assert (answer.status_code, answer.content) == (status, b"")


def test_put_makes_at_the_callers_id_and_then_replaces(wire: Wire) -> None:
    body = {"name": "one", "index": 1, "labels": {"a": "b"}}
    made = wire.send("PUT", "/domains/myOwnId", json=body)["domain"]
    assert (made["id"], made["commit"]) == ("myOwnId", 1)
    again = wire.send("PUT", "/domains/myOwnId", json={"name": "two"})["domain"]
    assert (again["name"], again["index"], again["labels"], again["commit"]) == ("two", 0, {}, 2)


def test_a_stale_commit_is_409_and_no_commit_is_no_check(wire: Wire) -> None:
    made = wire.system()
    path = f"/model/objects/{made['id']}"
    assert wire.send("PATCH", path, json={"name": "b", "commit": 1})["modelObject"]["commit"] == 2
    refusal = wire.send("PATCH", path, 409, json={"name": "c", "commit": 1})
    assert refusal["errors"] == ["body.commit: expected 2, got 1"]
    assert wire.send("PATCH", path, json={"name": "d"})["modelObject"]["name"] == "d"


def test_deleting_an_object_tells_what_went_with_it(wire: Wire) -> None:
    one, two = wire.system(name="1"), wire.system(name="2")
    line = wire.made("/model/connections", name="l", originId=one["id"], targetId=two["id"], direction=None)
    answer = wire.send("DELETE", f"/model/objects/{one['id']}")
    assert answer["deletedModelObjectIds"] == [one["id"]]
    assert answer["deletedModelConnectionIds"] == [line["id"]]
    assert answer["commit"] == 2
    wire.send("GET", f"/model/objects/{one['id']}", 404)


def test_a_diagram_comes_with_its_content_and_is_changed_with_it(wire: Wire) -> None:
    system = wire.world.object()
    body = {"name": "D", "type": "context-diagram", "modelId": wire.world.root_id, "index": 0}
    answer = wire.send("POST", "/diagrams", json=body | {"objects": {"a": placed(system)}})
    id_ = answer["diagram"]["id"]
    assert answer["diagramContent"]["objects"]["a"]["width"] == 256
    assert answer["diagram"]["objectCount"]["system"] == 1
    assert "diagramContent" not in wire.send("PATCH", f"/diagrams/{id_}", json={"name": "E"})
    moved = wire.send("PATCH", f"/diagrams/{id_}/content", json={"objects": {"$update": {"a": {"x": 40}}}})
    assert moved["diagramContent"]["objects"]["a"]["x"] == 40
    empty = wire.send("PUT", f"/diagrams/{id_}/content", json={"objects": {}})["diagramContent"]
    assert (empty["objects"], empty["connections"], empty["name"]) == ({}, {}, "E")


def test_looking_at_a_diagram_is_stamped_and_changes_no_commit(wire: Wire) -> None:
    diagram = wire.world.diagram()
    before = wire.send("GET", f"/diagrams/{diagram.id}/content")["diagramContent"]
    after = wire.send("GET", f"/diagrams/{diagram.id}/content?updateViewedAt=true")["diagramContent"]
    assert "viewedAt" not in before
    assert after["viewedBy"] == "api-key"
    assert after["commit"] == before["commit"]


def test_a_moved_connection_redraws_its_lines_when_asked(wire: Wire) -> None:
    world = wire.world
    one, two, three = world.object(), world.object(), world.object()
    line = world.connection(one, two)
    objects = {"a": placed(one), "b": placed(two, 384), "c": placed(three, 768)}
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects=objects, connections=drawn)
    wire.send("PATCH", f"/model/connections/{line.id}?updateDiagrams=true", json={"targetId": three.id})
    content = wire.send("GET", f"/diagrams/{diagram.id}/content")["diagramContent"]
    assert content["connections"]["l"]["targetId"] == "c"


def test_the_landscape_made_has_a_live_version_a_domain_and_tag_groups(wire: Wire) -> None:
    organization = wire.world.organization_id
    answer = wire.send("POST", f"/v1/organizations/{organization}/landscapes", json={"name": "New"})
    landscape, version = answer["landscape"], answer["version"]
    assert (version["name"], version["tags"]) == ("Current", ["latest"])
    base = f"/v1/landscapes/{landscape['id']}/versions/{version['id']}"
    assert names(wire.send("GET", f"{base}/domains")) == ["Default domain"]
    assert names(wire.send("GET", f"{base}/tag-groups")) == ["Cost", "Deployment", "Risk"]
    found = wire.send("GET", f"/v1/landscapes/{landscape['id']}/versions?filter[tag]=latest")["versions"]
    assert [one["id"] for one in found] == [version["id"]]
    assert wire.send("DELETE", f"/v1/landscapes/{landscape['id']}") == {}
    wire.send("GET", f"{base}/domains", 404)


def test_the_document_is_answered_to_everybody(wire: Wire) -> None:
    for path in ("/v1", "/v1/", "/v1/openapi.json"):
        assert wire.client.get(path).json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("id_", ["%09", "%0A", "%3F", "a%3Fb", "%00", "%2e", "%F0%9F%8C%8D", "%ff", "x" * 5000])
def test_an_id_of_any_bytes_is_merely_not_found(wire: Wire, id_: str) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        body = {} if method == "PATCH" else None
        wire.send(method, f"/model/objects/{id_}", 404, json=body)
    wire.send("GET", f"/v1/landscapes/{id_}", 404)
    wire.send("GET", f"/v1/landscapes/{wire.world.path.landscape_id}/versions/{id_}/domains", 404)


@pytest.mark.parametrize("field", ["parentId", "tagIds", "technologyIds", "name", "domainId", "teamIds", "handleId"])
def test_a_nul_in_a_body_is_no_fault_of_ours(wire: Wire, field: str) -> None:
    body = {"name": "N", "type": "system", "parentId": wire.world.root_id}
    value = ["a\0"] if field.endswith("Ids") else "a\0"
    answer = wire.client.post(
        f"{wire.base}/model/objects", headers={"X-API-Key": wire.credentials}, json=body | {field: value}
    )
    assert answer.status_code in (200, 422), answer.text
