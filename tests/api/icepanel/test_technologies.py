"""The catalog and own technologies on the wire, and what they do to the model."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.catalog.bundled import catalog
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT
from tests.make import technology
from tests.wire import Wire, wire_of

OWN = {"name": "Mill", "color": "red", "provider": None, "restrictions": ["app"], "type": None}


def own(wire: Wire, **body: Any) -> Any:
    path = f"/v1/organizations/{wire.world.organization_id}/technologies"
    return wire.send("POST", path, json={**OWN, **body})["catalogTechnology"]


def listed(wire: Wire, query: str) -> list[str]:
    return [one["name"] for one in wire.send("GET", f"/v1/catalog/technologies?{query}")["catalogTechnologies"]]


def test_the_catalog_is_listed_in_pages_by_name_with_the_callers_own(wire: Wire) -> None:
    mill = own(wire)
    first = wire.send("GET", "/v1/catalog/technologies")
    assert len(first["catalogTechnologies"]) == 1000
    seen = [one["id"] for one in first["catalogTechnologies"]]
    cursor = first["nextCursor"]
    while cursor:
        page = wire.send("GET", f"/v1/catalog/technologies?limit=2000&admin=true&cursor={cursor}")
        seen += [one["id"] for one in page["catalogTechnologies"]]
        cursor = page.get("nextCursor")
    assert len(seen) == len(set(seen)) == len(catalog().technologies) + 1
    assert mill["id"] in seen
    wire.send("GET", "/v1/catalog/technologies?cursor=nothing", 422)
    for limit in ("0", "10001", "x"):
        wire.send("GET", f"/v1/catalog/technologies?limit={limit}", 422)


@pytest.mark.parametrize(
    ("query", "some", "never"),
    [
        ("filter[provider]=supabase", "Supabase", "Docker"),
        ("filter[provider][]=atlassian&filter[provider][]=salesforce", "Jira", "Docker"),
        ("filter[provider]=&filter[type]=language", "Python", "C#"),
        ("filter[provider]=null&filter[type]=language", "Python", "C#"),
        ("filter[type]=message-broker", "RabbitMQ", "Docker"),
        ("filter[type]=null", "Mill", "Docker"),
        ("filter[name]=POSTGRE", "PostgreSQL", "Docker"),
        ("filter[name][]=rabbit&filter[name][]=kafka", "Apache Kafka", "Docker"),
        ("filter[status]=approved&limit=10000", "Docker", "Mill"),
        ("filter[restrictions]=store&limit=10000", "Docker", "Mill"),
        ("filter[restrictions]=app&limit=10000", "Mill", "Nothing"),
        ("search=mill", "Mill", "Docker"),
        ("search=dokcer", "Docker", "Mill"),
    ],
)
def test_filters_and_search_narrow_the_list(wire: Wire, query: str, some: str, never: str) -> None:
    own(wire)
    names = listed(wire, query)
    assert some in names
    assert never not in names


def test_search_puts_what_was_meant_first_and_pages_through_the_rest(wire: Wire) -> None:
    assert listed(wire, "search=go")[0] == "Go"
    answer = wire.send("GET", "/v1/catalog/technologies?search=azure&limit=5")
    more = wire.send("GET", f"/v1/catalog/technologies?search=azure&limit=5&cursor={answer['nextCursor']}")
    first, second = ({one["id"] for one in page["catalogTechnologies"]} for page in (answer, more))
    assert len(first) == len(second) == 5
    assert not first & second


@pytest.mark.parametrize("fields", ["fields[]=name&fields[]=type", "fields=name&fields=type", "fields=name,type"])
def test_select_answers_the_fields_asked_for_and_the_id(wire: Wire, fields: str) -> None:
    (docker,) = wire.send("GET", f"/v1/catalog/technologies/select?{fields}&search=docker&limit=1")[
        "catalogTechnologies"
    ]
    assert docker == {"id": technology("Docker"), "name": "Docker", "type": "deployment"}


def test_select_needs_fields_that_there_are(wire: Wire) -> None:
    for query in ("", "?fields[]=nothing"):
        answer = wire.send("GET", f"/v1/catalog/technologies/select{query}", 422)
        assert "query.fields" in answer["errors"][0]


def test_a_technology_is_answered_to_everybody_by_id_and_slug_with_addresses_of_its_icons(wire: Wire) -> None:
    for path in (technology("Docker"), "slugs/docker"):
        found = wire.client.get(f"/v1/catalog/technologies/{path}").json()["catalogTechnology"]
        assert (found["name"], found["organizationId"], found["status"]) == ("Docker", None, "approved")
        assert (found["createdBy"], found["disabled"], found["defaultSlug"]) == ("service", False, "docker")
        assert found["iconUrlLight"] == f"http://testserver{catalog().icons}docker-light.svg"
        assert found["iconUrlDark"] == f"http://testserver{catalog().icons}docker-dark.svg"
        assert found["iconUrl"] == found["iconUrlLight"]
    mill = own(wire)
    for path in ("nothing", "slugs/nothing", mill["id"]):  # an organization's own are its own
        assert wire.client.get(f"/v1/catalog/technologies/{path}").status_code == 404


def test_the_signed_address_is_where_icons_begin(wire: Wire) -> None:
    reader = wire_of(wire.world, "read").credentials
    answer = wire.client.post("/v1/catalog/icons/signed-url", headers={"X-API-Key": reader})
    assert answer.json() == {"signedUrl": f"http://testserver{catalog().icons}"}


def test_a_site_suggests_its_brand_and_what_it_is(wire: Wire) -> None:
    url = "/v1/catalog/suggestion/{}?url=https://docs.docker.com/engine"
    brand = wire.send("GET", url.format("brand"))["catalogSuggestionBrand"]
    assert brand["colors"] == [{"hex": "#2496ed", "brightness": 132, "type": "brand"}]
    assert brand["isNsfw"] is False
    assert [logo["theme"] for logo in brand["logos"]] == ["light", "dark"]
    assert brand["logos"][0]["formats"][0]["src"] == f"http://testserver{catalog().icons}docker-light.svg"
    known = wire.send("GET", url.format("information"))["catalogSuggestionInformation"]
    assert known == {"name": "Docker", "type": "deployment"}
    refused = wire.send("GET", "/v1/catalog/suggestion/brand?url=https://nobody.example", 404)
    assert refused["errors"] == ["query.url: expected an address on a brand's site"]
    unknown = wire.send("GET", "/v1/catalog/suggestion/information?url=https://nobody.example")
    assert unknown == {"catalogSuggestionInformation": {}}
    wire.send("GET", "/v1/catalog/suggestion/brand", 422)


def test_own_technologies_are_made_listed_changed_and_deleted(wire: Wire) -> None:
    base = f"/v1/organizations/{wire.world.organization_id}/technologies"
    mill = own(wire, iconUrlLight="https://mill.example/i.svg", websiteUrl="https://mill.example")
    assert (mill["organizationId"], mill["status"], mill["iconUrl"]) == (
        wire.world.organization_id,
        None,
        "https://mill.example/i.svg",
    )
    assert wire.send("GET", f"{base}/{mill['id']}")["catalogTechnology"] == mill
    changed = wire.send("PATCH", f"{base}/{mill['id']}", json={"name": "Mill 2", "iconUrlLight": None})
    assert (changed["catalogTechnology"]["name"], changed["catalogTechnology"]["iconUrl"]) == ("Mill 2", None)
    assert [one["name"] for one in wire.send("GET", base)["catalogTechnologies"]] == ["Mill 2"]
    assert wire.send("GET", f"{base}?filter[type]=language")["catalogTechnologies"] == []
    assert wire.send("DELETE", f"{base}/{mill['id']}") == {}
    assert wire.send("GET", base)["catalogTechnologies"] == []
    for method, more in (("GET", {}), ("PATCH", {"json": {}}), ("DELETE", {})):
        wire.send(method, f"{base}/{mill['id']}", 404, **more)


def test_an_own_technology_keeps_every_field_of_its_body(wire: Wire) -> None:
    body = {
        "name": "Mill",
        "nameShort": "M",
        "color": "dark-blue",
        "provider": "aws",
        "restrictions": ["app", "connection"],
        "type": "runtime",
        "category": "Inside",
        "deprecatedAt": "2026-05-01T00:00:00Z",
        "description": "Grinds",
        "docsUrl": "https://mill.example/docs",
        "iconUrlDark": "https://mill.example/d.svg",
        "iconUrlLight": None,
        "rejectionMessage": "no",
        "rejectionReason": "duplicate",
        "status": "pending-review",
        "updatesUrl": "https://mill.example/news",
        "websiteUrl": "https://mill.example",
    }
    made = own(wire, **body)
    assert {name: made[name] for name in body} == body
    assert made["iconUrl"] == body["iconUrlDark"]
    path = f"/v1/organizations/{wire.world.organization_id}/technologies/{made['id']}"
    changed = wire.send("PATCH", path, json={"deprecatedAt": "2026-06-01T00:00:00Z", "restrictions": None})
    after = changed["catalogTechnology"]
    assert (after["deprecatedAt"], after["restrictions"], after["name"]) == ("2026-06-01T00:00:00Z", None, "Mill")


def test_an_own_technology_needs_write_permission_and_addresses_of_web_pages(wire: Wire) -> None:
    base = f"/v1/organizations/{wire.world.organization_id}/technologies"
    reader = wire_of(wire.world, "read").credentials
    wire.send("POST", base, 403, json=OWN, headers={"X-API-Key": reader})
    wire.send("GET", base, headers={"X-API-Key": reader})
    wire.send("POST", "/v1/organizations/another/technologies", 404, json=OWN)
    wire.send("PATCH", f"{base}/{technology('Docker')}", 404, json={"name": "Mine"})
    for address in ("javascript:alert(1)", " java\nscript:alert(1)", "\x01JAVASCRIPT:x", "data:text/html,x"):
        refused = wire.send("POST", base, 422, json={**OWN, "websiteUrl": address})
        assert refused["errors"][0].startswith("body.websiteUrl: expected an http or https address")


def test_a_deleted_technology_leaves_everything_that_bears_it(wire: Wire) -> None:
    mill, go = own(wire), technology("Go")
    icon = {"catalogTechnologyId": mill["id"], "name": "Mill"}
    one = wire.world.object(technologyIds=[go, mill["id"]], icon=icon)
    other = wire.world.object(icon=icon)
    line = wire.world.connection(one, other, technologyIds=[mill["id"]])
    wire.send("DELETE", f"/v1/organizations/{wire.world.organization_id}/technologies/{mill['id']}")
    after = wire.world.get(MODEL_OBJECT, one.id)
    assert (after.technology_ids, after.icon, after.commit) == ([go], None, one.commit + 2)
    assert wire.world.get(MODEL_OBJECT, other.id).icon is None
    assert wire.world.get(MODEL_CONNECTION, line.id).technology_ids == []
    wire.send("PATCH", f"/model/objects/{one.id}", 422, json={"technologyIds": [mill["id"]]})


@pytest.mark.parametrize("path", ["/model/objects", "/model/connections"])
def test_unknown_technologies_are_refused_by_their_place(wire: Wire, path: str) -> None:
    one, other = wire.world.object(), wire.world.object()
    body = {"name": "x", "type": "system", "parentId": wire.world.root_id}
    if path == "/model/connections":
        body = {"name": "x", "originId": one.id, "targetId": other.id, "direction": None}
    answer = wire.send("POST", path, 422, json={**body, "technologyIds": [technology("Go"), "nothing"]})
    expected = "expected the id of a technology of the catalog or of this organization, got 'nothing'"
    assert answer["errors"] == [f"body.technologyIds[1]: {expected}"]


def test_an_icon_needs_a_technology_and_gets_its_addresses_in_every_answer(wire: Wire) -> None:
    docker = technology("Docker")
    icon = {"catalogTechnologyId": docker, "name": 'A "quoted" name}'}
    shown = {
        **icon,
        "url": f"http://testserver{catalog().icons}docker-light.svg",
        "urlDark": f"http://testserver{catalog().icons}docker-dark.svg",
        "urlLight": f"http://testserver{catalog().icons}docker-light.svg",
    }
    made = wire.system(name="S", icon=icon, description='"icon":{"catalogTechnologyId":"x","name":"y"}')
    assert made["icon"] == shown
    assert made["description"] == '"icon":{"catalogTechnologyId":"x","name":"y"}'
    path = f"/model/objects/{made['id']}"
    assert wire.send("GET", path)["modelObject"]["icon"] == shown
    assert wire.send("PATCH", path, json={"icon": shown})["modelObject"]["icon"] == shown  # as it was answered
    (listed,) = wire.send("GET", "/model/objects?filter[type]=system&expand=technologies")["modelObjects"]
    assert listed["icon"] == shown
    assert wire.send("PATCH", path, json={"icon": None})["modelObject"]["icon"] is None
    refused = wire.send("PATCH", path, 422, json={"icon": {"catalogTechnologyId": "nothing", "name": "x"}})
    assert refused["errors"][0].startswith("body.icon.catalogTechnologyId: expected the id of a technology")


def test_an_own_technologys_icon_is_the_objects_and_follows_it(wire: Wire) -> None:
    mill = own(wire, iconUrlLight="https://mill.example/1.svg")
    made = wire.system(name="S", icon={"catalogTechnologyId": mill["id"], "name": "Mill"})
    assert (made["icon"]["url"], made["icon"]["urlLight"]) == ("https://mill.example/1.svg",) * 2
    path = f"/v1/organizations/{wire.world.organization_id}/technologies/{mill['id']}"
    wire.send("PATCH", path, json={"iconUrlDark": "https://mill.example/2.svg"})
    found = wire.send("GET", f"/model/objects/{made['id']}")["modelObject"]
    assert found["icon"]["urlDark"] == "https://mill.example/2.svg"


def test_expansion_shows_shared_and_own_technologies(wire: Wire) -> None:
    mill, go = own(wire), technology("Go")
    made = wire.system(name="S", technologyIds=[go, mill["id"]])
    found = wire.send("GET", f"/model/objects/{made['id']}?expand=technologies")["modelObject"]["technologies"]
    assert {id_: one["name"] for id_, one in found.items()} == {go: "Go", mill["id"]: "Mill"}
    assert found[go]["iconUrlLight"] == f"http://testserver{catalog().icons}go-light.svg"
