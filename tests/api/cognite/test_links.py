"""Contents on the wire: sent in one request or in parts in any order, fetched at addresses that run out."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.drawings import Drawings
from tests.drawings_pdf import pdf

DATA = os.urandom(3_000_000)


def parts(drawings: Drawings, count: int, **facts: Any) -> Any:
    return drawings.send(f"/files/initmultipartupload?overwrite=false&parts={count}", {"name": "F", **facts}, 201)


def complete(drawings: Drawings, session: Any) -> Any:
    body = {"id": session["id"], "uploadId": session["uploadId"]}
    return drawings.answer("/files/completemultipartupload", body)


def test_a_content_is_streamed_in_whatever_its_headers_say(drawings: Drawings) -> None:
    made = drawings.made(mimeType="text/plain")
    pieces = (DATA[at : at + 70_000] for at in range(0, len(DATA), 70_000))
    assert drawings.client.put(made["uploadUrl"], content=pieces).status_code == 200
    file = drawings.one(made["id"])
    assert (file["uploaded"], file["mimeType"]) == (True, "text/plain")
    assert file["uploadedTime"] == file["lastUpdatedTime"] > made["createdTime"]
    assert drawings.fetched(made["id"]) == DATA


def test_an_empty_content_is_a_content(drawings: Drawings) -> None:
    made = drawings.made(b"")
    assert drawings.one(made["id"])["uploaded"] is True
    assert drawings.fetched(made["id"]) == b""


def test_a_later_content_takes_the_place_of_the_first(drawings: Drawings) -> None:
    made = drawings.made(b"one")
    assert drawings.client.put(made["uploadUrl"], content=b"two").status_code == 200
    assert drawings.fetched(made["id"]) == b"two"
    assert len(list(drawings.world.service.blobs.list("contents"))) == 1


def test_parts_come_in_any_order_and_more_than_once(drawings: Drawings) -> None:
    session = parts(drawings, 3)
    assert session["items"] == [{name: value for name, value in session.items() if name != "items"}]
    assert len(set(session["uploadUrls"])) == 3
    assert all(address.startswith("http://testserver/") for address in session["uploadUrls"])
    pieces = [DATA[:1_000_000], DATA[1_000_000:2_500_000], DATA[2_500_000:]]
    for at in (2, 0, 1, 0):
        assert drawings.client.put(session["uploadUrls"][at], content=pieces[at]).status_code == 200
        assert drawings.one(session["id"])["uploaded"] is False
    assert complete(drawings, session).json() == {}
    assert drawings.one(session["id"])["uploaded"] is True
    assert drawings.fetched(session["id"]) == DATA
    assert complete(drawings, session).status_code == 200  # clients repeat it
    assert drawings.fetched(session["id"]) == DATA


def test_an_upload_of_one_part_has_the_digest_of_the_same_bytes_sent_whole(drawings: Drawings) -> None:
    session = parts(drawings, 1)
    drawings.client.put(session["uploadUrls"][0], content=DATA)
    complete(drawings, session)
    whole = drawings.made(DATA)
    links = drawings.send("/files/downloadlink", {"items": [{"id": session["id"]}, {"id": whole["id"]}]})["items"]
    tags = {drawings.client.get(link["downloadUrl"]).headers["etag"] for link in links}
    assert tags == {f'"{hashlib.sha256(DATA).hexdigest()}"'}


def test_an_upload_ends_only_when_all_parts_are_there(drawings: Drawings) -> None:
    session = parts(drawings, 3)
    assert complete(drawings, session).status_code == 400
    drawings.client.put(session["uploadUrls"][1], content=b"b")
    answer = complete(drawings, session)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Of 3 parts some have not arrived: 1, 3"
    other = drawings.made()
    for wrong in ({**session, "id": other["id"]}, {**session, "uploadId": "none"}, {**session, "id": 1}):
        answer = complete(drawings, wrong)
        assert (answer.status_code, "missing" in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("count", [0, 251, -1])
def test_a_content_comes_in_1_to_250_parts(drawings: Drawings, count: int) -> None:
    answer = drawings.answer(f"/files/initmultipartupload?parts={count}", {"name": "F"})
    assert (answer.status_code, "query.parts" in str(answer.json()["error"]["errors"])) == (400, True)


def test_contents_of_files_that_are_there_are_sent_by_any_name(drawings: Drawings) -> None:
    instance = {"space": "s", "externalId": "x"}
    made = drawings.made(externalId="a", instanceId=instance)
    for name in ({"id": made["id"]}, {"externalId": "a"}, {"instanceId": instance}):
        one = drawings.send("/files/uploadlink", {"items": [name]})
        flat = drawings.send("/files/uploadlink", name)
        assert one["items"][0]["id"] == one["id"] == flat["id"] == flat["items"][0]["id"] == made["id"]
        several = drawings.send("/files/multiuploadlink?parts=2", {"items": [name]})["items"][0]
        assert len(several["uploadUrls"]) == 2
    drawings.client.put(one["uploadUrl"], content=b"abc")
    assert drawings.fetched(made["id"]) == b"abc"
    assert drawings.answer("/files/uploadlink", {}).status_code == 400


def test_links_are_told_by_the_names_they_were_asked_by(drawings: Drawings) -> None:
    a, b = drawings.made(b"a", externalId="x"), drawings.made(b"b")
    items = drawings.send("/files/downloadlink", {"items": [{"id": b["id"]}, {"externalId": "x"}]})["items"]
    assert [one.keys() for one in items] == [{"id", "downloadUrl"}, {"externalId", "downloadUrl"}]
    assert [drawings.client.get(one["downloadUrl"]).content for one in items] == [b"b", b"a"]
    empty = drawings.made()
    answer = drawings.answer("/files/downloadlink", {"items": [{"id": empty["id"]}]})
    assert (answer.status_code, answer.json()["error"]["missing"]) == (400, [{"id": empty["id"]}])
    assert drawings.answer("/files/downloadlink", {"items": [{"id": a["id"]}] * 101}).status_code == 400


def test_a_content_is_fetched_without_a_token_and_without_doing_anything(drawings: Drawings) -> None:
    made = drawings.made(b"<script>alert(1)</script>", name='a"b\n/../ü.html', mimeType="text/html")
    link = drawings.send("/files/downloadlink", {"items": [{"id": made["id"]}]})["items"][0]["downloadUrl"]
    answer = drawings.client.get(link)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a%22b%0A%2F..%2F%C3%BC.html"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-length"] == "25"


def test_a_media_type_that_would_break_a_header_is_none(drawings: Drawings) -> None:
    made = drawings.made(b"x", mimeType="text/html\r\nSet-Cookie: a=b")
    link = drawings.send("/files/downloadlink", {"items": [{"id": made["id"]}]})["items"][0]["downloadUrl"]
    answer = drawings.client.get(link)
    assert (answer.headers["content-type"], "set-cookie" in answer.headers) == ("application/octet-stream", False)


def test_the_first_bytes_say_the_type_where_nobody_did(drawings: Drawings) -> None:
    made = drawings.made(pdf("23-PT-1"))
    link = drawings.send("/files/downloadlink", {"items": [{"id": made["id"]}]})["items"][0]["downloadUrl"]
    assert drawings.client.get(link).headers["content-type"] == "application/pdf"
    assert "mimeType" not in drawings.one(made["id"])


def test_addresses_run_out(drawings: Drawings) -> None:
    made = drawings.made(b"x")
    body = {"items": [{"id": made["id"]}]}
    short = drawings.send("/files/downloadlink", body)["items"][0]["downloadUrl"]
    long = drawings.send("/files/downloadlink?extendedExpiration=true", body)["items"][0]["downloadUrl"]
    for _ in range(40):  # the clock moves a second at every look
        drawings.world.service.clock()
    answer = drawings.client.get(short)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, 404)
    assert drawings.client.get(long).content == b"x"
    for _ in range(int(timedelta(hours=1).total_seconds())):
        drawings.world.service.clock()
    assert drawings.client.get(long).status_code == 404


@pytest.mark.parametrize("path", ["/files/uploads/x", "/files/contents/x", "/files/pages/x/1-1.svg"])
def test_an_address_that_was_not_made_here_leads_nowhere(drawings: Drawings, path: str) -> None:
    method = "PUT" if "uploads" in path else "GET"
    answer = drawings.client.request(method, path, **({"content": b"x"} if method == "PUT" else {}))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, 404)


def test_an_address_of_one_sort_is_none_of_another(drawings: Drawings) -> None:
    made = drawings.made(b"x")
    token = made["uploadUrl"].rpartition("/")[2]
    assert drawings.client.get(f"/files/contents/{token}").status_code == 404
    assert drawings.client.get(f"/files/pages/{token}/a-1.svg").status_code == 404


def test_a_file_that_was_deleted_takes_no_content(drawings: Drawings) -> None:
    made = drawings.made()
    drawings.send("/files/delete", {"items": [{"id": made["id"]}]})
    assert drawings.client.put(made["uploadUrl"], content=b"x").status_code == 404
    assert list(drawings.world.service.blobs.list("contents")) == []


def test_a_packed_content_is_refused_in_words(drawings: Drawings) -> None:
    made = drawings.made()
    answer = drawings.client.put(made["uploadUrl"], content=b"x", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "A content is taken as it is")


def test_an_upload_is_asked_to_come_again_while_the_storage_is_away(drawings: Drawings, tmp_path: Path) -> None:
    made = drawings.made()
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_bytes(b"no folder any more")
    answer = drawings.client.put(made["uploadUrl"], content=b"%PDF-1.7")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
