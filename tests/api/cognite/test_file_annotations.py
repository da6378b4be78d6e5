"""Annotations on the wire: stored, listed, reviewed, looked up from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drawings import Drawings

KEYS = {
    "id",
    "createdTime",
    "lastUpdatedTime",
    "annotatedResourceType",
    "annotatedResourceId",
    "annotationType",
    "creatingApp",
    "creatingAppVersion",
    "creatingUser",
    "data",
    "status",
}


def annotation(file: Any, text: str = "23-PT-1", **more: Any) -> dict[str, Any]:
    return {
        "annotatedResourceType": "file",
        "annotatedResourceId": file["id"],
        "annotationType": "diagrams.AssetLink",
        "creatingApp": "app",
        "creatingAppVersion": "1.2.3",
        "creatingUser": None,
        "data": {"text": text, "assetRef": {"id": 1}, "textRegion": {"xMin": 0, "xMax": 1, "yMin": 0, "yMax": 1}},
        "status": "suggested",
        **more,
    }


def listed(drawings: Drawings, *files: Any, **asked: Any) -> Any:
    ids = [{"id": file["id"]} for file in files]
    body = {"filter": {"annotatedResourceType": "file", "annotatedResourceIds": ids, **asked}, "limit": 1000}
    return [one["data"]["text"] for one in drawings.send("/annotations/list", body)["items"]]


def test_annotations_are_stored_whole_and_answered_with_every_key(drawings: Drawings) -> None:
    file = drawings.made()
    made = drawings.send("/annotations/", {"items": [annotation(file, status="approved")]}, 201)["items"][0]
    assert made.keys() == KEYS
    assert {name: made[name] for name in annotation(file)} == annotation(file, status="approved")
    assert drawings.send("/annotations/byids", {"items": [{"id": made["id"]}]}) == {"items": [made]}
    assert drawings.send(f"/annotations/{made['id']}") == made


def test_a_suggestion_needs_no_status(drawings: Drawings) -> None:
    given = annotation(drawings.made())
    del given["status"]
    assert drawings.send("/annotations/suggest", {"items": [given]}, 201)["items"][0]["status"] == "suggested"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"status": "good"}, "body.items[0].status: expected one of suggested, approved, rejected"),
        ({"creatingAppVersion": "1"}, "body.items[0].creatingAppVersion"),
        ({"data": "x"}, "body.items[0].data: expected an object"),
        ({"data": {"text": "x"}}, "body.items[0].data.assetRef: expected an object"),
        (
            {"data": {"assetRef": {"id": 1}, "textRegion": {"xMin": -1, "xMax": 1, "yMin": 0, "yMax": 1}}},
            "body.items[0].data.textRegion.xMin: expected a number from 0 to 1",
        ),
        ({"annotatedResourceType": "asset"}, "body.items[0].annotatedResourceType: expected one of"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused_by_the_field(drawings: Drawings, more: Any, words: str) -> None:
    answer = drawings.answer("/annotations", {"items": [annotation(drawings.made(), **more)]})
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


def test_annotations_of_files_that_are_not_there_are_refused_all_together(drawings: Drawings) -> None:
    file = drawings.made()
    answer = drawings.answer("/annotations", {"items": [annotation(file), annotation({"id": 1})]})
    assert (answer.status_code, answer.json()["error"]["missing"]) == (400, [{"id": 1}])
    assert listed(drawings, file) == []


def test_a_list_holds_what_its_filter_asks_for(drawings: Drawings) -> None:
    a, b = drawings.made(), drawings.made()
    items = [annotation(a, "1"), annotation(b, "2", status="approved"), annotation(a, "3", creatingUser="ada")]
    drawings.send("/annotations", {"items": items}, 201)
    assert listed(drawings, a) == ["1", "3"]
    assert listed(drawings, a, b) == ["1", "2", "3"]
    assert listed(drawings, a, b, status="approved") == ["2"]
    assert listed(drawings, a, b, creatingUser="ada") == ["3"]
    assert listed(drawings, a, b, creatingUser=None) == ["1", "2"]
    assert listed(drawings, a, b, data={"text": "2"}) == ["2"]
    assert listed(drawings, a, b, annotationType="diagrams.FileLink") == []
    none = drawings.answer("/annotations/list", {"filter": {"annotatedResourceType": "file"}})
    assert none.status_code == 400


def test_a_long_list_comes_in_pages(drawings: Drawings) -> None:
    file = drawings.made()
    drawings.send("/annotations", {"items": [annotation(file, str(at)) for at in range(5)]}, 201)
    asked = {"filter": {"annotatedResourceType": "file", "annotatedResourceIds": [{"id": file["id"]}]}, "limit": 3}
    first = drawings.send("/annotations/list", asked)
    second = drawings.send("/annotations/list", {**asked, "cursor": first["nextCursor"]})
    assert [one["data"]["text"] for one in first["items"] + second["items"]] == ["0", "1", "2", "3", "4"]
    assert "nextCursor" not in second


def test_reviewing_changes_status_data_and_type_and_nothing_else(drawings: Drawings) -> None:
    file = drawings.made()
    made = drawings.send("/annotations", {"items": [annotation(file)]}, 201)["items"][0]
    update = {"status": {"set": "approved"}, "data": {"set": {"text": "x"}}, "annotationType": {"set": "diagrams.Line"}}
    changed = drawings.send("/annotations/update", {"items": [{"id": made["id"], "update": update}]})["items"][0]
    assert (changed["status"], changed["data"], changed["annotationType"]) == (
        "approved",
        {"text": "x"},
        "diagrams.Line",
    )
    assert changed["lastUpdatedTime"] > made["lastUpdatedTime"]
    for wrong in (
        {"creatingApp": {"set": "b"}},
        {"status": {"set": "good"}},
        {"status": {"setNull": True}},
        {"data": {"set": {"pageNumber": 0}}},
    ):
        answer = drawings.answer("/annotations/update", {"items": [{"id": made["id"], "update": wrong}]})
        assert answer.status_code == 400
    assert drawings.send(f"/annotations/{made['id']}") == changed


def test_annotations_are_deleted_by_id_and_with_their_file(drawings: Drawings) -> None:
    file = drawings.made()
    items = [annotation(file, "1"), annotation(file, "2")]
    one, other = drawings.send("/annotations", {"items": items}, 201)["items"]
    assert drawings.send("/annotations/delete", {"items": [{"id": one["id"]}]}) == {}
    gone = drawings.answer("/annotations/delete", {"items": [{"id": one["id"]}, {"id": other["id"]}]})
    assert (gone.status_code, gone.json()["error"]["missing"]) == (400, [{"id": one["id"]}])
    assert listed(drawings, file) == ["2"]
    drawings.send("/files/delete", {"items": [{"id": file["id"]}]})
    assert drawings.answer("/annotations/byids", {"items": [{"id": other["id"]}]}).status_code == 400


def test_files_are_looked_up_from_what_is_said_of_them(drawings: Drawings) -> None:
    a, b, c = drawings.made(externalId="a"), drawings.made(), drawings.made()
    items = [annotation(a), annotation(a), annotation(b), annotation(c, status="rejected")]
    drawings.send("/annotations", {"items": items}, 201)
    asked = {"filter": {"annotatedResourceType": "file", "status": "suggested"}}
    found = drawings.send("/annotations/reverselookup", asked)["items"]
    assert sorted(found, key=str) == sorted([{"id": a["id"], "externalId": "a"}, {"id": b["id"]}], key=str)
    first = drawings.send("/annotations/reverselookup", {**asked, "limit": 1})
    second = drawings.send("/annotations/reverselookup", {**asked, "limit": 1, "cursor": first["nextCursor"]})
    assert sorted(first["items"] + second["items"], key=str) == sorted(found, key=str)
    assert "nextCursor" not in second


def test_nothing_of_one_project_is_there_for_another(drawings: Drawings) -> None:
    file = drawings.made()
    made = drawings.send("/annotations", {"items": [annotation(file)]}, 201)["items"][0]
    stranger = drawings.stranger()
    ids = {"items": [{"id": made["id"]}]}
    update = {"items": [{"id": made["id"], "update": {"status": {"set": "approved"}}}]}
    for path, body in (("/annotations/byids", ids), ("/annotations/delete", ids), ("/annotations/update", update)):
        assert stranger.answer(path, body).json()["error"]["missing"] == [{"id": made["id"]}], path
    assert stranger.answer("/annotations", {"items": [annotation(file)]}).json()["error"]["missing"]
    assert listed(stranger, file) == []
    assert stranger.send("/annotations/reverselookup", {"filter": {"annotatedResourceType": "file"}}) == {"items": []}


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 5000])
def test_a_cursor_of_no_list_is_refused(drawings: Drawings, cursor: str) -> None:
    asked = {"filter": {"annotatedResourceType": "file"}, "cursor": cursor}
    refused = drawings.send("/annotations/reverselookup", asked, 400)["error"]
    assert refused["errors"] == ["body.cursor: expected a nextCursor that this list has answered"]
