from __future__ import annotations

from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from nunatak.api.wire import Malformed
from nunatak.api.wire.faults import again, faults, refusal
from nunatak.core.errors import Busy, Invalid


class Repo(msgspec.Struct, tag="repo", tag_field="type"):
    owner: int


class Page(msgspec.Struct, tag="page", tag_field="type", forbid_unknown_fields=True):
    url: str


class Link(msgspec.Struct):
    to: Repo | Page


def test_what_fits_has_no_faults() -> None:
    assert list(faults({"to": {"type": "repo", "owner": 1}}, Link, "body")) == []


@pytest.mark.parametrize(
    ("to", "fault"),
    [
        ({"type": "repo"}, "body.to.owner: required"),
        ({"type": "repo", "owner": "x"}, "body.to.owner: expected an integer, got the string 'x'"),
        ({"owner": 1}, "body.to.type: required"),
        ({"type": "disk"}, "body.to.type: expected one of repo, page; got the string 'disk'"),
        ({"type": 1}, "body.to.type: expected one of repo, page; got 1"),
        ({"type": "page", "url": "u", "x": 1}, "body.to.x: unknown, expected url"),
    ],
)
def test_of_several_structs_the_one_that_the_tag_names_is_meant(to: object, fault: str) -> None:
    assert list(faults({"to": to}, Link, "body")) == [fault]


def test_a_long_text_is_shown_in_part() -> None:
    assert list(faults("a" * 100, int, "query.limit")) == [
        f"query.limit: expected an integer, got the string '{'a' * 60}…'"
    ]


def test_a_refusal_carries_the_first_fault_as_its_message_and_all_as_errors() -> None:
    refused = refusal({"to": {}, "x": 1}, Link, "body")
    assert refused.message == "body.to.type: required"
    assert refused.errors == ("body.to.type: required",)


def test_malformed_is_a_kind_of_invalid_with_a_code_of_its_own() -> None:
    assert issubclass(Malformed, Invalid)
    assert (Malformed.code, Invalid.code) == ("malformed", "invalid")


def test_texts_kept_as_they_came_are_no_faults_but_their_number_may_be() -> None:
    few = Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=2)]
    assert list(faults([{}, 1], few, "body")) == []
    assert list(faults([], few | None, "body")) == ["body: expected at least 1 items, got 0"]
    assert list(faults({}, few, "body")) == ["body: expected a list, got an object"]


def test_a_refusal_says_when_to_come_back_only_where_waiting_helps() -> None:
    assert again(Busy("The database is away")) == {"Retry-After": str(Busy.retry_after)}
    assert again(Invalid("The name is too long")) == {}
