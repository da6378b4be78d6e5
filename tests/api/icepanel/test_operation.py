from __future__ import annotations

from typing import Any

import pytest

from nunatak.api.icepanel.operation import Call, Operation, Operations


def handled(call: Call[Any]) -> str:
    return call.request_id


def made(**declared: Any) -> Operation:
    return Operation(**{"id": "tags.get", "method": "GET", "path": "/tags/{tagId}", "handler": handled, **declared})


def test_readers_may_call_reads_and_what_is_marked_for_them() -> None:
    assert made().reads
    assert made(method="HEAD").reads
    assert not made(method="POST").reads
    assert made(method="POST", readonly=True).reads


def test_an_operation_knows_its_parameters_family_and_media_type() -> None:
    operation = made(id="diagrams.export.create", path="/a/{aId}/b/{bId}", answer=dict)
    assert operation.parameters == ("aId", "bId")
    assert operation.family == "diagrams.export"
    assert operation.media == "application/json"
    assert made(answer="text/plain").media == "text/plain"
    assert made().media is None


@pytest.mark.parametrize("path", ["tags", "/tags/", "/tags/{tag id}", "/tags/{tagId"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        made(path=path)


def test_head_answers_nothing() -> None:
    with pytest.raises(ValueError, match="HEAD answers nothing"):
        made(method="HEAD", answer=dict)


def test_a_function_is_declared_and_stays_a_function() -> None:
    operations = Operations()

    @operations.operation("drafts.merge", "POST", "/drafts/{draftId}/merge", answer=dict, own=True)
    def merge(call: Call[Any]) -> str:
        """Merge a draft.

        It makes a version."""
        return call.request_id

    (found,) = operations
    assert (found.id, found.method, found.handler, found.title, found.own) == (
        "drafts.merge", "POST", merge, "Merge a draft.", True,
    )  # fmt: skip
    call = Call(actor=None, path={}, query=None, body=None, request_id="r", service=None)
    assert merge(call) == "r"


def test_nothing_is_declared_twice() -> None:
    operations = Operations()
    operations.add(made())
    for again in (made(path="/other"), made(id="tags.other", path="/tags/{otherId}")):
        with pytest.raises(ValueError, match="declared twice"):
            operations.add(again)
    operations.add(made(id="tags.delete", method="DELETE"))
    assert [each.id for each in operations] == ["tags.get", "tags.delete"]
    assert len(operations) == 2


@pytest.mark.parametrize(
    ("declared", "keyed"),
    [
        ({"method": "POST", "answer": dict}, True),
        ({"method": "POST", "readonly": True}, True),
        ({"method": "POST", "answer": "text/plain"}, True),
        ({"method": "POST", "answer": "image/png"}, False),
        ({"method": "POST", "anonymous": True}, False),
        ({"method": "PUT"}, False),
        ({"method": "GET", "answer": dict}, False),
    ],
)
def test_an_idempotency_key_is_for_posts_of_known_callers_that_answer_in_words(declared: Any, keyed: bool) -> None:
    assert made(**declared).keyed is keyed
