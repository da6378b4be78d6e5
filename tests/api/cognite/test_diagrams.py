"""Diagrams on the wire: jobs from the first answer to the last, with files that can be read and files that can't."""

from __future__ import annotations

import re
import threading
import time
from typing import Any
from xml.etree import ElementTree

import pytest

from nunatak.services import drawing_jobs
from tests.drawings import Drawings, drawings_of
from tests.drawings_pdf import pdf

DETECT, CONVERT = "/context/diagram/detect", "/context/diagram/convert"
SHEET = pdf("23-PT-92504\nno tag here\n23-LV-92521", "see 23-PT-92504\n23-XX-00001")
ENTITIES = [
    {"name": "23-PT-92504", "id": 1, "extra": {"any": [None, 1.5, "x"]}},
    {"name": ["23-LV-92521", "LV 92521"], "id": 2},
    {"name": "23-HV-1", "id": 3},
]
REGION = {"shape": "rectangle", "page": 1, "vertices": [{"x": 0.58, "y": 0.12}]}
ANNOTATION = {"text": "23-PT-92504", "region": REGION, "confidence": 0.5, "entities": ENTITIES}
JOB_KEYS = {"jobId", "status", "createdTime", "startTime", "statusTime", "errorMessage", "items"}


def item(file: Any, **more: Any) -> dict[str, Any]:
    return {"fileId": file["id"], **more}


def refusal(answer: Any, status: int = 400) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["error"]


def test_a_detect_job_is_complete_from_its_first_answer_on(drawings: Drawings) -> None:
    file = drawings.made(SHEET, externalId="a")
    body = {"items": [{"fileExternalId": "a"}], "entities": ENTITIES, "partialMatch": False, "minTokens": 2}
    answer = drawings.answer(DETECT, {**body, "searchField": "name", "configuration": {"caseSensitive": False}})
    job = answer.json()
    assert answer.status_code == 200
    assert answer.headers["x-job-token"]
    assert job.keys() >= JOB_KEYS
    assert (job["status"], job["errorMessage"], job["numFiles"]) == ("Queued", None, 1)
    assert job["items"] == [{"fileId": file["id"], "fileExternalId": "a"}]
    assert (job["searchField"], job["partialMatch"], job["minTokens"]) == ("name", False, 2)
    assert job["configuration"] == {"caseSensitive": False}
    waiting = drawings.send(f"{DETECT}/{job['jobId']}")
    assert waiting == job


def test_found_tags_are_told_with_their_places_and_whole_entities(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    job = drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    done = drawings.done(job)
    assert (done["status"], done["statusCount"]) == ("Completed", {"completed": 1, "failed": 0})
    assert done["statusTime"] > done["createdTime"]
    (found,) = done["items"]
    assert (found["fileId"], found["pageCount"]) == (file["id"], 2)
    told = [(one["text"], one["region"]["page"], [e["id"] for e in one["entities"]]) for one in found["annotations"]]
    assert sorted(told) == [("23-LV-92521", 1, [2]), ("23-PT-92504", 1, [1]), ("23-PT-92504", 2, [1])]
    first = found["annotations"][0]
    assert first["entities"][0] in ENTITIES
    assert first["confidence"] == 1
    assert first["region"]["shape"] == "rectangle"
    corners = [(one["x"], one["y"]) for one in first["region"]["vertices"]]
    (left, top), (_, bottom), (right, _), _ = corners
    assert corners == [(left, top), (left, bottom), (right, bottom), (right, top)]
    assert 50 / 600 - 0.01 < left < right < 0.5
    assert 0.05 < top < bottom < 0.2
    assert drawings.done(job) == done  # the work done twice


def test_only_the_pages_of_a_range_are_looked_at_and_keep_their_numbers(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    ranges = [{"begin": 2, "end": 9}, {"begin": 3}, {"begin": 1, "end": 1}]
    items = [item(file, pageRange=one) for one in ranges]
    done = drawings.done(drawings.send(DETECT, {"items": items, "entities": ENTITIES}))
    assert [one["pageRange"] for one in done["items"]] == ranges
    pages = [{found["region"]["page"] for found in one["annotations"]} for one in done["items"]]
    assert pages == [{2}, set(), {1}]
    assert done["items"][1]["errorMessage"] == "The page range begins at page 3, and the file has 2 pages"
    assert done["status"] == "Completed"
    answer = drawings.answer(DETECT, {"items": [item(file, pageRange={"begin": 2, "end": 1})], "entities": ENTITIES})
    assert refusal(answer)["errors"] == ["body.items[0].pageRange.end: expected at least 2, got 1"]


def test_files_that_cannot_be_read_do_not_sink_a_job(drawings: Drawings) -> None:
    good, empty = drawings.made(SHEET), drawings.made()
    odd, broken = drawings.made(b"hello"), drawings.made(b"%PDF-1.4 hello")
    items = [item(one) for one in (empty, good, odd, broken)]
    done = drawings.done(drawings.send(DETECT, {"items": items, "entities": ENTITIES}))
    assert (done["status"], done["errorMessage"]) == ("Completed", None)
    assert done["statusCount"] == {"completed": 1, "failed": 3}
    assert [len(one["annotations"]) for one in done["items"]] == [0, 3, 0, 0]
    errors = [one.get("errorMessage") for one in done["items"]]
    assert errors[:2] == ["The file has no content: nothing was uploaded yet", None]
    assert all(errors[2:])
    all_bad = drawings.done(drawings.send(DETECT, {"items": [item(empty), item(odd)], "entities": ENTITIES}))
    assert all_bad["status"] == "Failed"
    assert all_bad["errorMessage"].startswith("The file has no content: nothing was uploaded yet; ")
    converted = drawings.done(drawings.send(CONVERT, {"items": [item(empty), item(good)]}))
    assert [len(one["results"]) for one in converted["items"]] == [0, 2]
    assert converted["items"][0]["errorMessage"]


def test_a_file_deleted_before_its_turn_is_its_own_error(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    job = drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    drawings.send("/files/delete", {"items": [{"id": file["id"]}]})
    done = drawings.done(job)
    assert (done["status"], done["errorMessage"]) == ("Failed", "The file was deleted before its turn came")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entities": []}, "body.entities: expected at least 1 items"),
        ({"entities": [{"name": "a"}, "b"]}, "body.entities[1]: expected an object"),
        ({"entities": None}, "body.entities: expected a list"),
        ({"items": []}, "body.items: expected at least 1 items"),
        ({"items": 51}, "body.items: expected at most 50 items, got 51"),
        ({"items": [{}]}, "expected one of fileId, fileExternalId and fileInstanceId"),
        ({"minTokens": 0}, "body.minTokens: expected a number of at least 1"),
        ({"searchField": ""}, "body.searchField: expected at least 1 characters"),
        ({"partialMatch": "yes"}, "body.partialMatch: expected true or false"),
    ],
)
def test_a_request_that_does_not_fit_starts_nothing(drawings: Drawings, change: Any, words: str) -> None:
    file = drawings.made()
    if change.get("items") == 51:
        change = {"items": [item(file)] * 51}
    answer = drawings.answer(DETECT, {"items": [item(file)], "entities": ENTITIES, **change})
    assert words in refusal(answer)["message"]


def test_files_that_are_not_there_are_told_back_as_they_were_named(drawings: Drawings) -> None:
    file = drawings.made()
    unknown = [{"fileId": 1}, {"fileExternalId": "x"}, {"fileInstanceId": {"space": "s", "externalId": "x"}}]
    for path in (DETECT, CONVERT):
        body = {"items": [item(file), *unknown], **({"entities": ENTITIES} if path == DETECT else {})}
        assert refusal(drawings.answer(path, body))["missing"] == unknown


def test_several_jobs_are_asked_for_at_once(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    jobs = [drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES}) for _ in range(2)]
    drawings.done(jobs[1])
    answer = drawings.send(f"{DETECT}/status", {"items": [jobs[1]["jobId"], jobs[0]["jobId"]]})
    assert [one["status"] for one in answer["items"]] == ["Completed", "Queued"]
    assert all(one.keys() >= JOB_KEYS for one in answer["items"])
    missing = drawings.answer(f"{DETECT}/status", {"items": [jobs[0]["jobId"], 1]})
    assert refusal(missing)["missing"] == [{"jobId": 1}]


def test_a_convert_job_has_results_in_every_item_from_its_first_answer_on(drawings: Drawings) -> None:
    file = drawings.made(SHEET, instanceId={"space": "s", "externalId": "x"})
    job = drawings.send(CONVERT, {"items": [item(file, annotations=[ANNOTATION])], "grayscale": True})
    named = {"fileInstanceId": {"space": "s", "externalId": "x"}}
    assert job.keys() >= JOB_KEYS
    assert (job["items"], job["grayscale"]) == ([{"fileId": file["id"], **named, "results": []}], True)
    assert drawings.send(f"{CONVERT}/{job['jobId']}")["items"] == job["items"]


def test_pages_are_drawn_with_their_annotations(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    tags = drawings.done(drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES}))["items"][0]
    job = drawings.send(CONVERT, {"items": [item(file, annotations=tags["annotations"])]})
    results = drawings.done(job)["items"][0]["results"]
    assert [one["page"] for one in results] == [1, 2]
    first = results[0]
    assert re.fullmatch(rf"http://testserver/files/pages/[\w.-]+/{file['id']}-1\.svg", first["svgUrl"])
    assert first["pngUrl"].endswith("-1.png")
    svg, png = drawings.client.get(first["svgUrl"]), drawings.client.get(first["pngUrl"])
    assert (svg.headers["content-type"], png.headers["content-type"]) == ("image/svg+xml", "image/png")
    assert svg.headers["access-control-allow-origin"] == "*"
    assert "default-src 'none'" in svg.headers["content-security-policy"]
    assert png.content.startswith(b"\x89PNG")
    ids = [found.text for found in ElementTree.fromstring(svg.content).iter("{http://www.w3.org/2000/svg}id")]
    assert sorted(ids) == ["23-LV-92521", "23-PT-92504"]
    again = drawings.done(drawings.send(CONVERT, {"items": [item(file, annotations=tags["annotations"])]}))
    assert drawings.client.get(again["items"][0]["results"][0]["svgUrl"]).content == svg.content


def test_annotations_of_one_corner_or_none_and_texts_of_any_sort_are_drawn(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    hostile = {**ANNOTATION, "text": "<script>\x07&]]>'\"", "entities": [{"name": "x", "url": "javascript:alert(1)"}]}
    for given in ([ANNOTATION, hostile], [], None):
        done = drawings.done(drawings.send(CONVERT, {"items": [item(file, annotations=given)]}))
        assert done["status"] == "Completed"
        svg = drawings.client.get(done["items"][0]["results"][0]["svgUrl"]).text
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert "javascript:" not in svg


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        ({"region": {**REGION, "vertices": [{"x": 1.5, "y": 0}]}}, "vertices[0].x: expected a number of at most 1"),
        ({"region": {**REGION, "vertices": [{"x": 0, "y": -0.1}]}}, "vertices[0].y: expected a number of at least 0"),
        ({"region": {**REGION, "vertices": []}}, "vertices: expected at least 1 items"),
        ({"region": {**REGION, "page": 0}}, "page: expected a number of at least 1"),
        ({"region": None}, "region: expected an object"),
        ({"confidence": 2}, "confidence"),
        ({"entities": ["x"]}, "entities[0]: expected an object"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused_by_its_place(
    drawings: Drawings, annotation: Any, words: str
) -> None:
    file = drawings.made(SHEET)
    body = {"items": [item(file, annotations=[ANNOTATION, {**ANNOTATION, **annotation}])]}
    found = refusal(drawings.answer(CONVERT, body))["message"]
    assert "body.items[0].annotations[1]." in found
    assert words in found


def test_one_pass_finds_and_draws(drawings: Drawings) -> None:
    a, b = drawings.made(SHEET, externalId="a"), drawings.made(pdf("to 23-PT-92504"))
    entities = [{"name": "23-PT-92504", "resourceType": "file", "externalId": "a"}]
    job = drawings.send(CONVERT, {"items": [item(b), item(a)], "entities": entities})
    done = drawings.done(job)
    assert [len(one["annotations"]) for one in done["items"]] == [1, 2]
    svg = drawings.client.get(done["items"][0]["results"][0]["svgUrl"]).text
    assert f'href="./{a["id"]}-1.svg"' in svg  # the sheet that it names, beside it under the same address
    both = {"items": [item(a, annotations=[ANNOTATION])], "entities": entities}
    assert refusal(drawings.answer(CONVERT, both))["errors"]


def test_the_same_file_twice_is_drawn_twice(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    items = [item(file, annotations=[ANNOTATION]), item(file, annotations=[])]
    done = drawings.done(drawings.send(CONVERT, {"items": items}))
    pages = [drawings.client.get(one["results"][0]["svgUrl"]).text for one in done["items"]]
    assert ["<metadata>" in page for page in pages] == [True, False]


def test_results_are_kept_for_thirty_days(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    job = drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    with drawings.world.service.reading() as unit:
        record = unit.get(drawing_jobs.DRAWING_JOB, str(job["jobId"]))
    assert (record.delete_at - record.created_at).days == 30


def test_nothing_of_one_project_is_there_for_another(drawings: Drawings) -> None:
    file = drawings.made(SHEET)
    job = drawings.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    drawings.done(job)
    stranger = drawings.stranger()
    for path in (f"{DETECT}/{job['jobId']}", f"{CONVERT}/{job['jobId']}"):
        assert refusal(stranger.answer(path), 404)["code"] == 404
    assert refusal(drawings.answer(f"{CONVERT}/{job['jobId']}"), 404)["code"] == 404
    assert refusal(stranger.answer(f"{DETECT}/status", {"items": [job["jobId"]]}))["missing"]
    assert refusal(stranger.answer(DETECT, {"items": [item(file)], "entities": ENTITIES}))["missing"]
    assert refusal(stranger.answer(CONVERT, {"items": [item(file)]}))["missing"] == [{"fileId": file["id"]}]


def test_a_question_is_held_until_the_job_has_ended_and_no_longer(drawings: Drawings) -> None:
    patient = drawings_of(drawings.world, hold=5)
    file = patient.made(SHEET)
    job = patient.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    payload = {"organization_id": patient.world.organization_id, "id_": str(job["jobId"])}

    def end() -> None:
        time.sleep(0.3)
        drawing_jobs.change(patient.world.service, **payload, status="Failed", error="a; b")

    threading.Thread(target=end).start()
    began = time.monotonic()
    done = patient.send(f"{DETECT}/{job['jobId']}")
    assert 0.25 < time.monotonic() - began < 4
    assert (done["status"], done["errorMessage"]) == ("Failed", "a; b")
    short = drawings_of(drawings.world, hold=0.2)
    job = short.send(DETECT, {"items": [item(file)], "entities": ENTITIES})
    began = time.monotonic()
    assert short.send(f"{DETECT}/status", {"items": [job["jobId"]]})["items"][0]["status"] == "Queued"
    assert 0.1 < time.monotonic() - began < 4


def test_nobody_is_held_by_a_server_that_leaves(drawings: Drawings) -> None:
    began = time.monotonic()
    leaving = drawings_of(drawings.world, hold=20, leaving=lambda: time.monotonic() - began > 0.5)
    job = leaving.send(DETECT, {"items": [item(leaving.made(SHEET))], "entities": ENTITIES})
    assert leaving.send(f"{DETECT}/{job['jobId']}")["status"] == "Queued"
    assert 0.4 < time.monotonic() - began < 10
