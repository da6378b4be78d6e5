"""Files on the wire: made, found by each of their names, listed, searched, changed, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drawings import Drawings

INSTANCE = {"space": "plant", "externalId": "sheet"}


def ids(answer: Any) -> list[int]:
    return [one["id"] for one in answer["items"]]


def refusal(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"] == status
    return answer.json()["error"]


def test_a_file_is_answered_with_what_was_said_of_it_and_times_in_milliseconds(drawings: Drawings) -> None:
    facts = {
        "name": "P&ID <1>.pdf",
        "externalId": "pid-1",
        "directory": "/plant",
        "source": "archive",
        "mimeType": "application/pdf",
        "metadata": {"a": "b"},
        "assetIds": [4],
        "dataSetId": 5,
        "labels": [{"externalId": "pid"}],
        "geoLocation": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 2]}},
        "sourceCreatedTime": 0,
        "sourceModifiedTime": 7,
        "securityCategories": [1],
        "instanceId": INSTANCE,
    }
    made = drawings.send("/files", facts, 201)
    assert made.pop("uploadUrl").startswith("http://testserver/files/uploads/")
    assert {name: made[name] for name in facts} == facts
    assert made.keys() - facts.keys() == {"id", "uploaded", "createdTime", "lastUpdatedTime"}
    assert made["uploaded"] is False
    assert made["createdTime"] == made["lastUpdatedTime"] > 1_700_000_000_000
    assert drawings.one(made["id"]) == made
    assert drawings.send(f"/files/{made['id']}") == made


def test_what_is_not_said_is_not_answered(drawings: Drawings) -> None:
    made = drawings.made()
    assert made.keys() == {"id", "name", "uploaded", "createdTime", "lastUpdatedTime", "uploadUrl"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "body.name: required"),
        ({"name": ""}, "body.name: expected at least 1 characters"),
        ({"name": "x", "metadata": {"a": 1}}, "body.metadata.a: expected a string"),
        ({"name": "x", "labels": ["a"]}, "body.labels[0]: expected an object"),
        ({"name": "x", "externalId": "e" * 256}, "body.externalId: expected at most 255 characters"),
        ({"name": "x", "sourceCreatedTime": -1}, "body.sourceCreatedTime: expected a number of at least 0"),
        ({"name": "x", "instanceId": {"space": "a"}}, "body.instanceId.externalId: required"),
    ],
)
def test_a_file_that_breaks_a_limit_is_refused_by_the_field(drawings: Drawings, facts: Any, words: str) -> None:
    assert words in refusal(drawings.answer("/files", facts), 400)["message"]
    assert drawings.send("/files/aggregate", {"filter": {}}) == {"items": [{"count": 0}]}


def test_a_second_file_of_the_same_external_id_is_a_duplicate(drawings: Drawings) -> None:
    drawings.made(externalId="a", instanceId=INSTANCE)
    found = refusal(drawings.answer("/files", {"name": "B", "externalId": "a"}), 409)
    assert found["duplicated"] == [{"externalId": "a"}]
    found = refusal(drawings.answer("/files", {"name": "B", "externalId": "b", "instanceId": INSTANCE}), 409)
    assert {"instanceId": INSTANCE} in found["duplicated"]
    assert drawings.send("/files/aggregate", {}) == {"items": [{"count": 1}]}


def test_overwriting_changes_what_is_given_and_keeps_the_content_until_another_comes(drawings: Drawings) -> None:
    first = drawings.made(b"old", externalId="a", metadata={"a": "1", "b": "2"}, assetIds=[1])
    body = {"name": "New", "externalId": "a", "metadata": {"c": "3"}}
    again = drawings.send("/files?overwrite=true", body, 201)
    assert (again["id"], again["name"], again["metadata"], again["assetIds"]) == (first["id"], "New", {"c": "3"}, [1])
    assert again["uploaded"] is True
    assert drawings.fetched(first["id"]) == b"old"
    assert drawings.client.put(again["uploadUrl"], content=b"new").status_code == 200
    assert drawings.fetched(first["id"]) == b"new"
    drawings.send("/files?overwrite=true", {"name": "Other", "externalId": "b"}, 201)
    assert drawings.send("/files/aggregate", {}) == {"items": [{"count": 2}]}


def test_a_file_is_found_by_each_of_its_names_and_in_the_order_asked_for(drawings: Drawings) -> None:
    a, b, c = drawings.made(), drawings.made(externalId="b"), drawings.made(instanceId=INSTANCE)
    items = [{"instanceId": INSTANCE}, {"externalId": "b"}, {"id": a["id"]}, {"externalId": "b"}]
    assert ids(drawings.send("/files/byids", {"items": items})) == [c["id"], b["id"], a["id"], b["id"]]


def test_names_that_nobody_has_are_told_back_unless_they_are_ignored(drawings: Drawings) -> None:
    there = drawings.made()
    items = [{"id": there["id"]}, {"id": 1}, {"externalId": "none"}, {"instanceId": INSTANCE}]
    found = refusal(drawings.answer("/files/byids", {"items": items}), 400)
    assert found["missing"] == items[1:]
    assert ids(drawings.send("/files/byids", {"items": items, "ignoreUnknownIds": True})) == [there["id"]]


@pytest.mark.parametrize("items", [[], [{}], [{"id": 1, "externalId": "a"}], [{"id": 1}] * 1001])
def test_names_come_one_a_file_and_a_thousand_at_most(drawings: Drawings, items: Any) -> None:
    refusal(drawings.answer("/files/byids", {"items": items}), 400)


def test_a_long_list_comes_in_pages(drawings: Drawings) -> None:
    made = [drawings.made(name=f"{at:02}", source="a" if at % 2 else "b")["id"] for at in range(7)]
    first = drawings.send("/files/list", {"limit": 3})
    assert ids(first) == made[:3]
    second = drawings.send("/files/list", {"limit": 3, "cursor": first["nextCursor"]})
    drawings.send("/files/delete", {"items": [{"id": made[5]}]})
    last = drawings.send("/files/list", {"limit": 3, "cursor": second["nextCursor"]})
    assert (ids(second), ids(last), "nextCursor" in last) == (made[3:6], made[6:], False)
    odd = drawings.send("/files/list", {"limit": 2, "filter": {"source": "a"}})
    assert ids(odd) == [made[1], made[3]]
    assert "nextCursor" not in odd


def test_parts_of_a_list_hold_each_file_once(drawings: Drawings) -> None:
    made = [drawings.made()["id"] for _ in range(9)]
    parts = [
        ids(drawings.send("/files/list", {"partition": f"{n}/3", "limit": 1000, "cursor": None})) for n in (1, 2, 3)
    ]
    assert sorted(id_ for part in parts for id_ in part) == sorted(made)


def test_filters_are_asked_of_the_database_and_of_what_it_cannot_tell(drawings: Drawings) -> None:
    a = drawings.made(b"x", name="A.pdf", mimeType="application/pdf", metadata={"u": "1"}, labels=[{"externalId": "l"}])
    b = drawings.made(name="a.pdf", assetIds=[7], dataSetId=3, externalId="pre-1", directory="/d/e")
    for asked, found in (
        ({"name": "A.pdf"}, [a]),
        ({"mimeType": "application/pdf"}, [a]),
        ({"uploaded": True}, [a]),
        ({"uploaded": False}, [b]),
        ({"labels": {"containsAny": [{"externalId": "l"}]}}, [a]),
        ({"labels": {"containsAll": [{"externalId": "l"}, {"externalId": "m"}]}}, []),
        ({"metadata": {"u": "1"}}, [a]),
        ({"assetIds": [7, 8]}, [b]),
        ({"dataSetIds": [{"id": 3}]}, [b]),
        ({"externalIdPrefix": "pre-"}, [b]),
        ({"directoryPrefix": "/d"}, [b]),
        ({"createdTime": {"max": a["createdTime"]}}, [a]),
        ({"uploadedTime": {"min": a["createdTime"]}}, [a]),
        ({"assetSubtreeIds": [{"id": 7}]}, [b]),
    ):
        assert ids(drawings.send("/files/list", {"filter": asked})) == [one["id"] for one in found], asked
        counted = drawings.send("/files/aggregate", {"filter": asked})
        assert counted == {"items": [{"count": len(found)}]}


def test_search_finds_names_by_their_words_whatever_their_case(drawings: Drawings) -> None:
    for name in ("PH-ME-P-0153 sheet 1.pdf", "notes on 0153.txt", "0153.pdf", "other.pdf"):
        drawings.made(name=name)

    def found(words: str, **more: Any) -> list[str]:
        answer = drawings.send("/files/search", {"search": {"name": words}, "limit": 25, "filter": {}, **more})
        return [one["name"] for one in answer["items"]]

    assert found("0153") == ["0153.pdf", "notes on 0153.txt", "PH-ME-P-0153 sheet 1.pdf"]
    assert found("SHEET ph-me") == ["PH-ME-P-0153 sheet 1.pdf"]
    assert found("0153", limit=1) == ["0153.pdf"]
    assert found("100%") == []
    assert found("pdf", filter={"name": "other.pdf"}) == ["other.pdf"]


def test_updates_set_clear_add_and_remove(drawings: Drawings) -> None:
    made = drawings.made(
        externalId="a", source="s", metadata={"a": "1", "b": "2"}, assetIds=[1, 2], labels=[{"externalId": "x"}]
    )
    update = {
        "externalId": {"set": "b"},
        "source": {"setNull": True},
        "mimeType": {"set": "image/png"},
        "metadata": {"add": {"c": "3"}, "remove": ["a"]},
        "assetIds": {"add": [3, 2], "remove": [1]},
        "labels": {"add": [{"externalId": "y"}], "remove": [{"externalId": "x"}]},
        "directory": {"set": "/d"},
    }
    changed = drawings.send("/files/update", {"items": [{"externalId": "a", "update": update}]})["items"][0]
    assert "source" not in changed
    assert (changed["id"], changed["externalId"], changed["mimeType"]) == (made["id"], "b", "image/png")
    assert (changed["metadata"], changed["assetIds"]) == ({"b": "2", "c": "3"}, [2, 3])
    assert (changed["labels"], changed["directory"]) == ([{"externalId": "y"}], "/d")
    assert changed["lastUpdatedTime"] > changed["createdTime"] == made["createdTime"]
    assert drawings.one(made["id"]) == changed
    replaced = {"metadata": {"set": {}}, "labels": {"set": [{"externalId": "z"}]}}
    again = drawings.send("/files/update", {"items": [{"id": made["id"], "update": replaced}]})["items"][0]
    assert (again["metadata"], again["labels"]) == ({}, [{"externalId": "z"}])


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"uploaded": {"set": True}}, "body.items.update.uploaded: unknown"),
        ({"content": {"set": {}}}, "body.items.update.content: unknown"),
        ({"name": {"setNull": True}}, "name"),
        ({"source": {"set": "a", "add": "b"}}, "expected one of set, setNull, add and remove"),
        ({"metadata": {"add": ["a"]}}, "body.items.update.metadata.add: expected an object"),
        ({"assetIds": {"remove": 1}}, "body.items.update.assetIds.remove: expected a list"),
        ({"assetIds": {"set": ["a"]}}, "assetIds"),
    ],
)
def test_an_update_that_does_not_fit_changes_nothing(drawings: Drawings, update: Any, words: str) -> None:
    made = drawings.made(metadata={"a": "1"}, assetIds=[1])
    good = drawings.made()
    items = [{"id": good["id"], "update": {"source": {"set": "x"}}}, {"id": made["id"], "update": update}]
    assert words in refusal(drawings.answer("/files/update", {"items": items}), 400)["message"]
    assert "source" not in drawings.one(good["id"])


def test_an_update_takes_no_name_that_another_file_has(drawings: Drawings) -> None:
    drawings.made(externalId="a")
    other = drawings.made(externalId="b")
    body = {"items": [{"id": other["id"], "update": {"externalId": {"set": "a"}}}]}
    assert refusal(drawings.answer("/files/update", body), 409)["duplicated"] == [{"externalId": "a"}]
    body["items"][0]["update"]["externalId"]["set"] = "b"
    assert drawings.send("/files/update", body)["items"][0]["externalId"] == "b"


def test_deleting_takes_the_content_and_the_annotations_along(drawings: Drawings) -> None:
    made = drawings.made(b"bytes", externalId="a")
    link = drawings.send("/files/downloadlink", {"items": [{"id": made["id"]}]})["items"][0]["downloadUrl"]
    blobs = drawings.world.service.blobs
    assert list(blobs.list("contents")) != []
    assert drawings.send("/files/delete", {"items": [{"id": made["id"]}, {"externalId": "a"}]}) == {}
    assert list(blobs.list("contents")) == []
    assert drawings.client.get(link).status_code == 404
    assert refusal(drawings.answer("/files/delete", {"items": [{"externalId": "a"}]}), 400)["missing"]
    assert drawings.send("/files/delete", {"items": [{"externalId": "a"}], "ignoreUnknownIds": True}) == {}
    assert drawings.made(externalId="a")["id"] != made["id"]


def test_nothing_of_one_project_is_there_for_another(drawings: Drawings) -> None:
    made = drawings.made(b"bytes", externalId="a", instanceId=INSTANCE)
    stranger = drawings.stranger()
    for name in ({"id": made["id"]}, {"externalId": "a"}, {"instanceId": INSTANCE}):
        for path, body in (
            ("/files/byids", {"items": [name]}),
            ("/files/delete", {"items": [name]}),
            ("/files/downloadlink", {"items": [name]}),
            ("/files/uploadlink", {"items": [name]}),
            ("/files/multiuploadlink", {"items": [name]}),
            ("/files/update", {"items": [{**name, "update": {"source": {"set": "x"}}}]}),
        ):
            assert refusal(stranger.answer(path, body), 400)["missing"] == [name], path
    assert stranger.send("/files/list", {}) == {"items": []}
    assert stranger.send("/files/search", {"search": {"name": "F"}}) == {"items": []}
    assert stranger.made(externalId="a")["id"] != made["id"]
    assert stranger.answer(f"/files/{made['id']}").status_code == 400


@pytest.mark.parametrize("partition", ["0/1", "2/1", "1", "a/b", "1/1001", f"1/{'9' * 5000}"])
def test_a_partition_that_is_none_is_refused(drawings: Drawings, partition: str) -> None:
    refused = drawings.send("/files/list", {"partition": partition}, 400)["error"]
    assert refused["errors"] == ["body.partition: expected m/n with 1 <= m <= n <= 1000"]
