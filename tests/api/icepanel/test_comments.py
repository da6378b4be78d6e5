from __future__ import annotations

from typing import Any

import pytest

from tests.wire import Wire

IDEA = {"type": "idea", "content": "Split it", "status": "active"}


def comment(wire: Wire, **body: Any) -> Any:
    return wire.made("/comments", body={**IDEA, **body})


def test_comments_are_listed_by_status(wire: Wire) -> None:
    comment(wire)
    comment(wire, status="dismissed", content="Drop it")
    contents = lambda query: [c["body"]["content"] for c in wire.send("GET", f"/comments{query}")["comments"]]  # noqa: E731
    assert contents("") == ["Split it", "Drop it"]
    assert contents("?status=dismissed") == ["Drop it"]
    assert contents("?status=dismissed&status=active") == ["Split it", "Drop it"]
    assert contents("?status=open") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "idea", "content": "x", "status": "open"}, "body.body.status"),
        ({"type": "rant", "content": "x", "status": "open"}, "body.body.type"),
        ({"type": "idea", "status": "active"}, "body.body"),
    ],
)
def test_a_comment_that_is_none_is_refused_by_field(wire: Wire, body: Any, field: str) -> None:
    refused = wire.send("POST", "/comments", 422, json={"body": body})
    assert refused["errors"][0].startswith(field)


def test_a_comment_is_changed_replaced_and_deleted(wire: Wire) -> None:
    made = comment(wire)
    path = f"/comments/{made['id']}"
    changed = wire.send("PATCH", path, json={"body": {**IDEA, "status": "dismissed"}, "commit": made["commit"]})
    assert (changed["comment"]["body"]["status"], changed["comment"]["commit"]) == ("dismissed", made["commit"] + 1)
    wire.send("PATCH", path, 409, json={"mentionedUserIds": [], "commit": made["commit"]})
    put = wire.send("PUT", path, json={"body": IDEA, "mentionedUserIds": ["u"]})
    assert put["comment"]["mentionedUserIds"] == ["u"]
    assert wire.send("DELETE", path) == {"commit": 4}
    wire.send("GET", path, 404)


def test_replies_belong_to_their_comment(wire: Wire) -> None:
    first, second = comment(wire), comment(wire)
    replies = f"/comments/{first['id']}/replies"
    made = wire.made(replies, content="Why not", mentionedUserIds=["u"])
    assert (made["commentId"], made["content"], made["mentionedUserIds"]) == (first["id"], "Why not", ["u"])
    one = f"{replies}/{made['id']}"
    assert wire.send("GET", one)["commentReply"] == made
    assert wire.send("PATCH", one, json={"content": "No"})["commentReply"]["mentionedUserIds"] == ["u"]
    assert wire.send("PUT", one, json={"content": "Yes"})["commentReply"]["mentionedUserIds"] == []
    assert wire.send("PUT", f"{replies}/mine", json={"content": "Mine"})["commentReply"]["id"] == "mine"
    assert [r["content"] for r in wire.send("GET", replies)["commentReplies"]] == ["Yes", "Mine"]
    assert wire.send("GET", f"/comments/{first['id']}")["comment"]["replyCount"] == 2
    wire.send("GET", f"/comments/{second['id']}/replies/{made['id']}", 404)
    assert wire.send("DELETE", one) == {}
    assert wire.send("GET", f"/comments/{first['id']}")["comment"]["replyCount"] == 1


def test_decisions_are_paged_filtered_and_deleted(wire: Wire) -> None:
    for name, status in (("Use queues", "accepted"), ("Use REST", "draft"), ("Use SOAP", "rejected")):
        wire.made("/adrs", name=name, status=status, content="# Why")
    page = wire.send("GET", "/adrs?limit=2")
    assert [(a["number"], a["name"]) for a in page["adrs"]] == [(1, "Use queues"), (2, "Use REST")]
    rest = wire.send("GET", f"/adrs?limit=2&cursor={page['nextCursor']}")
    assert [a["name"] for a in rest["adrs"]] == ["Use SOAP"]
    asked = wire.send("GET", "/adrs?filter[status]=draft&filter[status]=rejected&filter[name]=use%20r")
    assert [a["name"] for a in asked["adrs"]] == ["Use REST"]
    id_ = asked["adrs"][0]["id"]
    wire.send("POST", "/adrs", 422, json={"name": "x", "status": "draft", "commit": -1})
    assert wire.send("DELETE", f"/adrs/{id_}") == {}
    wire.send("GET", f"/adrs/{id_}", 404)
