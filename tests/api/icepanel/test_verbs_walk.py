"""Every family's verbs on the wire, one after another: what was written is read, listed, replaced, and gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api
from nunatak.services import exports
from nunatak.services.service import Service
from tests.filled import Filled, filled, serving
from tests.make import placed
from tests.wire import Wire, wire_of


@pytest.fixture
def admin(wire: Wire) -> Wire:
    return wire_of(wire.world, "admin")


def chosen(wire: Wire, path: str) -> list[str]:
    """The ids that a list answers with."""
    (found,) = (value for name, value in wire.send("GET", path).items() if name != "nextCursor")
    return [each["id"] for each in found]


def put(wire: Wire, path: str, body: dict[str, Any]) -> Any:
    """What a PUT at an id makes and, sent again, leaves as it is but for its commit."""
    (made,) = wire.send("PUT", path, json=body).values()
    (again,) = wire.send("PUT", path, json=body).values()
    changes = ("commit", "version", "updatedAt")
    assert again["commit"] == made["commit"] + 1
    assert {k: v for k, v in again.items() if k not in changes} == {k: v for k, v in made.items() if k not in changes}
    assert again["id"] == path.rpartition("/")[2]
    return again


def test_folders(wire: Wire) -> None:
    root = wire.world.root_id
    made = wire.made("/diagram-groups", name="Overview", modelId=root)
    one = f"/diagram-groups/{made['id']}"
    assert wire.send("GET", one) == {"diagramGroup": made}
    assert wire.send("HEAD", one) is None
    changed = wire.send("PATCH", one, json={"name": "All", "labels": {"a": "b"}})["diagramGroup"]
    assert (changed["name"], changed["labels"], changed["modelId"]) == ("All", {"a": "b"}, root)
    other = put(wire, "/diagram-groups/chosen", {"name": "Details", "modelId": root, "index": 2})
    assert (other["name"], other["index"]) == ("Details", 2)
    assert chosen(wire, "/diagram-groups") == [made["id"], "chosen"]
    assert chosen(wire, "/diagram-groups?filter[name]=detail") == ["chosen"]
    assert wire.send("DELETE", one)["commit"] == changed["commit"] + 1
    wire.send("HEAD", one, 404)


def test_domains_go_with_all_that_is_in_them(wire: Wire) -> None:
    made = wire.made("/domains", name="Sales")
    one = f"/domains/{made['id']}"
    assert wire.send("GET", one) == {"domain": made}
    assert wire.send("HEAD", one) is None
    (root,) = chosen(wire, f"/model/objects?filter[domainId]={made['id']}")
    inside = wire.system(parentId=root)
    assert inside["domainId"] == made["id"]
    assert wire.send("DELETE", one)["commit"] == made["commit"] + 1
    wire.send("HEAD", one, 404)
    wire.send("GET", f"/model/objects/{inside['id']}", 404)
    assert chosen(wire, "/domains") == [wire.send("GET", "/domains")["domains"][0]["id"]]


def test_tags_and_their_groups(wire: Wire) -> None:
    group = wire.made("/tag-groups", name="Cost", icon="sack-dollar", index=0)
    assert wire.send("GET", f"/tag-groups/{group['id']}") == {"tagGroup": group}
    changed = wire.send("PATCH", f"/tag-groups/{group['id']}", json={"icon": "bug"})["tagGroup"]
    assert (changed["icon"], changed["name"]) == ("bug", "Cost")
    other = put(wire, "/tag-groups/chosen", {"name": "Risk", "icon": "star", "index": 1})
    tag = put(wire, "/tags/low", {"name": "Low", "color": "green", "groupId": group["id"], "index": 0})
    moved = wire.send("PATCH", "/tags/low", json={"groupId": other["id"], "color": "dark-blue"})["tag"]
    assert (moved["groupId"], moved["color"], moved["name"]) == ("chosen", "dark-blue", tag["name"])
    tagged = wire.system(tagIds=["low"])
    assert wire.send("GET", "/tags/low")["tag"]["modelObjectIds"] == [tagged["id"]]
    assert wire.send("DELETE", "/tag-groups/chosen")["commit"] == other["commit"] + 1
    wire.send("GET", "/tags/low", 404)
    assert wire.send("GET", f"/model/objects/{tagged['id']}")["modelObject"]["tagIds"] == []


def test_objects_and_connections_at_ids_of_the_callers_own(wire: Wire) -> None:
    body = {"name": "Shop", "type": "system", "parentId": wire.world.root_id, "caption": "Sells"}
    shop = put(wire, "/model/objects/shop", body)
    other = wire.system()
    line = put(
        wire,
        "/model/connections/line",
        {"name": "asks", "originId": "shop", "targetId": other["id"], "direction": "outgoing"},
    )
    assert wire.send("GET", "/model/connections/line") == {"modelConnection": line}
    bare = wire.send("PUT", "/model/objects/shop", json={**body, "caption": "", "name": "Store"})["modelObject"]
    assert (bare["name"], bare["caption"], bare["handleId"]) == ("Store", "", shop["handleId"])
    assert wire.send("DELETE", "/model/connections/line")["commit"] == line["commit"] + 1
    wire.send("GET", "/model/connections/line", 404)


def test_a_replaced_connection_docks_its_lines_where_it_is_told(wire: Wire) -> None:
    world = wire.world
    one, two, three = world.object(), world.object(), world.object()
    line = world.connection(one, two)
    diagram = world.diagram(
        objects={"a": placed(one), "b": placed(two, 512), "c": placed(three, 1024)},
        connections={"l": {"modelId": line.id, "originId": "a", "targetId": "b"}},
    )
    where = "updateDiagrams=true&originConnector=right-middle&targetConnector=left-top"
    body = {"name": "uses", "originId": one.id, "targetId": three.id, "direction": None}
    wire.send("PUT", f"/model/connections/{line.id}?{where}", json=body)
    drawn = wire.send("GET", f"/diagrams/{diagram.id}/content")["diagramContent"]["connections"]["l"]
    assert (drawn["originId"], drawn["targetId"]) == ("a", "c")
    assert (drawn["originConnector"], drawn["targetConnector"]) == ("right-middle", "left-top")


def test_diagrams_at_ids_of_the_callers_own(wire: Wire) -> None:
    one = wire.world.object()
    body = {"name": "D", "type": "context-diagram", "modelId": wire.world.root_id, "index": 0}
    made = wire.send("PUT", "/diagrams/chosen", json=body)
    assert (made["diagram"]["id"], made["diagram"]["objectCount"]["system"]) == ("chosen", 0)
    assert "diagramContent" not in made
    filled_in = wire.send("PUT", "/diagrams/chosen", json={**body, "objects": {"o": placed(one)}})
    assert filled_in["diagram"]["objectCount"]["system"] == 1
    assert filled_in["diagramContent"]["objects"]["o"]["width"] == 256


def test_a_put_that_is_sent_again_changes_nothing_else(wire: Wire) -> None:
    root = wire.world.root_id
    put(wire, "/domains/sales", {"name": "Sales", "index": 3})
    put(wire, "/drafts/idea", {"name": "Idea", "status": "in-progress"})
    put(wire, "/comments/why", {"body": {"type": "question", "status": "open", "content": "Why?"}})
    picture = wire.made("/diagrams", name="D", type="context-diagram", modelId=root, index=0)
    step = {"id": "s", "index": 0, "type": "introduction", "description": "Once", "paths": None}
    step |= dict.fromkeys(("originId", "targetId", "viaId", "flowId", "parentId"))
    put(wire, "/flows/story", {"name": "Story", "diagramId": picture["id"], "steps": {"s": step}})
    reply = {"content": "So", "mentionedUserIds": []}
    (made,) = wire.send("PUT", "/comments/why/replies/so", json=reply).values()
    (again,) = wire.send("PUT", "/comments/why/replies/so", json=reply).values()
    assert {**again, "updatedAt": ""} == {**made, "updatedAt": ""}
    body = {"name": "E", "type": "context-diagram", "modelId": root, "index": 1}
    first = wire.send("PUT", "/diagrams/other", json=body)["diagram"]
    second = wire.send("PUT", "/diagrams/other", json=body)["diagram"]
    changes = dict.fromkeys(("commit", "version", "updatedAt"))
    assert {**second, **changes} == {**first, **changes}


def test_decisions(wire: Wire) -> None:
    made = wire.made("/adrs", name="Use queues", status="draft")
    assert wire.send("GET", f"/adrs/{made['id']}") == {"adr": made}
    changed = wire.send("PATCH", f"/adrs/{made['id']}", json={"status": "accepted"})["adr"]
    assert (changed["status"], changed["number"]) == ("accepted", made["number"])
    assert [each["status"] for each in changed["statusChanges"]] == ["draft", "accepted"]


def test_landscapes_by_either_address(admin: Wire) -> None:
    organization = f"/v1/organizations/{admin.world.organization_id}"
    made = admin.send("POST", f"{organization}/landscapes", json={"name": "Second"})["landscape"]
    assert chosen(admin, f"{organization}/landscapes") == [admin.world.path.landscape_id, made["id"]]
    older, newer = f"{organization}/landscapes/{made['id']}", f"/v1/landscapes/{made['id']}"
    changed = admin.send("PATCH", older, json={"name": "Third", "scheduledVersions": True})
    assert admin.send("GET", newer) == admin.send("GET", older) == changed
    assert (changed["landscape"]["name"], changed["landscape"]["scheduledVersions"]) == ("Third", True)
    assert admin.send("DELETE", older) == {}
    admin.send("GET", newer, 404)


def test_an_older_address_under_another_organization_leads_nowhere(admin: Wire) -> None:
    land = admin.world.path.landscape_id
    other = admin.made("/v1/organizations", name="Other")["id"]
    older = f"/v1/organizations/{other}/landscapes/{land}"
    admin.send("GET", older, 404)
    admin.send("PATCH", older, 404, json={"name": "Taken"})
    admin.send("POST", f"{older}/duplicate", 404, json={"name": "Taken"})
    admin.send("GET", f"{older}/thumbnails/primary", 404)
    admin.send("POST", f"{older}/versions/latest/export/pdf", 404, json={})
    admin.send("POST", f"{older}/copy", 404, params={"targetLandscapeId": land})
    admin.send("DELETE", older, 404)
    assert admin.send("GET", f"/v1/landscapes/{land}")["landscape"]["name"] != "Taken"


def test_an_organization_goes_with_its_landscapes_and_keys(admin: Wire) -> None:
    id_, land = admin.world.organization_id, admin.world.path.landscape_id
    assert chosen(admin, "/v1/organizations") == [id_]
    admin.send("PATCH", f"/v1/landscapes/{land}", json={"name": "L"})
    assert admin.send("DELETE", f"/v1/organizations/{id_}") == {}
    admin.send("GET", f"/v1/landscapes/{land}", 401)


class Gallery:
    """A server with pictures: its service, the ids of what it shows, and a client that reads."""

    def __init__(self, service: Service, made: Filled) -> None:
        self.service, self.ids = service, made.ids
        self._client = TestClient(Api(service), headers={"X-API-Key": made.credentials})
        self.base = f"/v1/landscapes/{made.ids['landscapeId']}/versions/latest"

    def send(self, method: str, path: str, **more: Any) -> Any:
        answer = self._client.request(method, path if path.startswith("/v1") else f"{self.base}{path}", **more)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    folder = tmp_path_factory.mktemp("gallery")
    made = filled(folder)
    with serving(f"sqlite:///{made.path}", folder) as service:
        yield Gallery(service, made)


def test_thumbnails_of_diagrams_and_flows_one_by_one_and_all_together(gallery: Gallery) -> None:
    diagram, flow = gallery.ids["diagramId"], gallery.ids["flowId"]
    one = gallery.send("GET", f"/diagrams/{diagram}/thumbnail")["thumbnail"]
    assert (one["id"], one["name"], one["type"]) == (diagram, "D", "context-diagram")
    assert one["url"].startswith("http://testserver/")
    assert one["expires"] > one["updatedAt"]
    assert list(gallery.send("GET", "/diagrams/thumbnails")["thumbnails"]) == [diagram]
    assert gallery.send("GET", "/diagrams/thumbnails?filter[type]=app-diagram") == {"thumbnails": {}}
    told = gallery.send("GET", f"/flows/{flow}/thumbnail")["thumbnail"]
    assert (told["id"], told["diagramId"], told["name"]) == (flow, diagram, "A story")
    assert list(gallery.send("GET", "/flows/thumbnails")["thumbnails"]) == [flow]
    land = f"/landscapes/{gallery.ids['landscapeId']}/thumbnails/primary"
    for path in (f"/v1{land}", f"/v1/organizations/{gallery.ids['organizationId']}{land}"):
        assert gallery.send("GET", path)["thumbnail"]["id"] == diagram


def test_a_picture_is_asked_for_and_there_when_it_is_drawn(gallery: Gallery) -> None:
    path = f"/diagrams/{gallery.ids['diagramId']}/export/image"
    asked = gallery.send("POST", path, json={"theme": "dark", "maxWidth": 200})["diagramExportImage"]
    assert all(asked["fileUrls"][kind].startswith("http://testserver/files/") for kind in ("png", "svg"))
    assert (asked["options"], asked["error"]) == ({"theme": "dark", "maxWidth": 200}, None)
    told = gallery.send("GET", f"{path}/{asked['id']}")["diagramExportImage"]
    assert told | {"fileUrls": asked["fileUrls"]} == asked
    payload = {"organizationId": gallery.ids["organizationId"], "versionId": asked["versionId"]}
    exports.carry_out(gallery.service, {**payload, "exportId": asked["id"]})
    drawn = gallery.send("GET", f"{path}/{asked['id']}")["diagramExportImage"]
    assert drawn["completedAt"]
    assert drawn["deleteAt"] == asked["deleteAt"]
    assert all(drawn["fileUrls"][kind].startswith("http://testserver/") for kind in ("png", "svg"))
