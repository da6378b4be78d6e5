"""The drawings' API on the wire: who may ask, in which project, and how a refusal looks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from nunatak.api.cognite.app import Api
from tests.drawings import PROJECT, Drawings

LIST = "/files/list"


def message(answer: Any) -> tuple[int, str]:
    assert answer.json()["error"]["code"] == answer.status_code
    return answer.status_code, answer.json()["error"]["message"]


def test_bodies_are_taken_packed_and_plain_whatever_their_content_type(drawings: Drawings) -> None:
    assert drawings.send(LIST, {}) == {"items": []}
    for content_type in ("application/json", "text/plain"):
        headers = {"Content-Encoding": "identity", "Content-Type": content_type}
        url = f"/api/v1/projects/{PROJECT}{LIST}"
        answer = drawings.client.post(
            url, content=b'{"limit": 1000}', headers={"Authorization": f"Bearer {drawings.token}", **headers}
        )
        assert answer.json() == {"items": []}


def test_the_older_prefix_and_a_slash_at_the_end_lead_to_the_same(drawings: Drawings) -> None:
    assert drawings.answer(LIST, {}, prefix="/api/playground").json() == {"items": []}
    assert drawings.send(f"{LIST}/", {}) == {"items": []}


def test_a_project_is_an_organization_by_its_name_or_id(drawings: Drawings) -> None:
    drawings.project = drawings.world.organization_id
    assert drawings.send(LIST, {}) == {"items": []}


@pytest.mark.parametrize("token", ["", "x", "a:b", "Ключ"])
def test_a_wrong_token_opens_nothing(drawings: Drawings, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    answer = drawings.answer(LIST, {}, headers=headers)
    assert answer.status_code == 401
    assert message(answer)[1] in ("The API key is not valid", "Authorization required")
    assert answer.headers["x-request-id"] == "made"


def test_a_token_of_one_project_opens_no_other(drawings: Drawings) -> None:
    stranger = drawings.stranger()
    stranger.project = PROJECT
    assert message(stranger.answer(LIST, {})) == (401, "The token does not open project 'plant'")
    drawings.project = "nowhere"
    assert drawings.answer(LIST, {}).status_code == 401


def test_a_token_tells_whose_it_is_and_what_it_opens(drawings: Drawings) -> None:
    answer = drawings.client.get("/api/v1/token/inspect", headers={"Authorization": f"Bearer {drawings.token}"})
    assert answer.json() == {
        "subject": "t",
        "projects": [{"projectUrlName": PROJECT, "groups": []}],
        "capabilities": [],
    }
    assert drawings.client.get("/api/v1/token/inspect").status_code == 401


def test_a_reading_key_reads_and_writes_nothing(drawings: Drawings) -> None:
    made = drawings.made(externalId="a")
    reader = drawings.with_permission("read")
    assert reader.one(made["id"])["externalId"] == "a"
    for path, body in (
        ("/files", {"name": "x"}),
        ("/files/initmultipartupload", {"name": "x"}),
        ("/files/uploadlink", {"items": [{"id": made["id"]}]}),
        ("/files/update", {"items": [{"id": made["id"], "update": {}}]}),
        ("/files/delete", {"items": [{"id": made["id"]}]}),
        ("/annotations/delete", {"items": [{"id": 1}]}),
    ):
        code, text = message(reader.answer(path, body))
        assert (code, text) == (403, "This needs write permission; the credentials have read permission"), path


def test_paths_and_methods_that_are_not_there_are_refused_in_the_same_shape(drawings: Drawings) -> None:
    assert message(drawings.answer("/files/nothing", {})) == (404, "There is no such path")
    assert message(drawings.answer("/assets/list", {})) == (404, "There is no such path")
    answer = drawings.answer(LIST)
    assert message(answer) == (405, "This path takes POST")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "The body is not JSON"),
        (b'{"limit": 1001}', "body.limit: expected a number of at most 1000, got 1001"),
        (b'{"limit": 0}', "body.limit: expected a number of at least 1, got 0"),
        (b'{"filter": {"nmae": "x"}}', "body.filter.nmae: unknown"),
        (b'{"filter": {"geoLocation": {"shape": {"type": "Dot"}}}}', "body.filter.geoLocation.shape is no place"),
        (b'{"filter": {"uploaded": "yes"}}', "body.filter.uploaded: expected true or false"),
        (b'{"cursor": "x"}', "The cursor is none of this list's"),
        (b'{"partition": "3/2"}', "The partition is not valid"),
        (b'{"filter": {"name": "\\u0000"}}', "a NUL character is not allowed"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_the_field(drawings: Drawings, body: bytes, words: str) -> None:
    headers = {"Authorization": f"Bearer {drawings.token}"}
    answer = drawings.client.post(f"/api/v1/projects/{PROJECT}{LIST}", content=body, headers=headers)
    assert answer.status_code == 400
    assert words in message(answer)[1]


def test_a_packed_body_counts_by_what_it_unpacks_to(drawings: Drawings) -> None:
    small = Drawings(drawings.world, TestClient(Api(drawings.world.service, body_limit=1000)), drawings.token)
    bomb = {"filter": {"name": "x" * 100_000}}
    assert small.answer(LIST, bomb).status_code == 413
    headers = {"Authorization": f"Bearer {drawings.token}", "Content-Encoding": "gzip"}
    broken = drawings.client.post(f"/api/v1/projects/{PROJECT}{LIST}", content=b"\x1f\x8bnot", headers=headers)
    assert (broken.status_code, "no whole gzip" in message(broken)[1]) == (400, True)


def test_numbers_are_what_a_double_holds(drawings: Drawings) -> None:
    assert 1 <= drawings.made()["id"] < 2**53
    for id_ in (0, -1, 2**53, 1.5, "1"):
        answer = drawings.answer("/files/byids", {"items": [{"id": id_}]})
        assert (answer.status_code, json.loads(answer.text)["error"]["code"]) == (400, 400)
