from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, Meta, UnsetType

from nunatak.api.wire import Malformed, decode_body, encode
from nunatak.core.errors import Invalid, TooLarge


class Box(msgspec.Struct, kw_only=True, rename="camel"):
    x: Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)]
    shape: Literal["area", "box"]


class Patch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    add: list[str] | UnsetType = msgspec.field(name="$add", default=UNSET)


class Body(msgspec.Struct, kw_only=True, rename="camel"):
    name: Annotated[str, Meta(max_length=5)]
    objects: dict[str, Box] | UnsetType = UNSET
    tag_ids: list[str] | Patch | UnsetType = UNSET
    labels: Annotated[dict[str, str], Meta(max_length=2)] | UnsetType = UNSET
    pinned_at: datetime | UnsetType = UNSET
    parent_id: str | UnsetType | None = UNSET


def faults(data: str) -> tuple[str, ...]:
    with pytest.raises(Invalid) as refused:
        decode_body(data.encode(), Body, limit=10_000)
    assert refused.value.message == refused.value.errors[0]
    return refused.value.errors


def test_a_body_is_read_into_its_struct() -> None:
    body = decode_body(b'{"name": "a", "objects": {"o": {"x": 1, "shape": "box"}}, "extra": 1}', Body, limit=100)
    assert body == Body(name="a", objects={"o": Box(x=1, shape="box")})


def test_a_byte_order_mark_and_blanks_are_skipped() -> None:
    assert decode_body(b'\xef\xbb\xbf {"name": "a"}\n', Body, limit=100).name == "a"


@pytest.mark.parametrize("data", [b"", b"  \n"])
def test_an_empty_body_is_an_empty_object(data: bytes) -> None:
    assert decode_body(data, Patch, limit=100) == Patch()
    with pytest.raises(Invalid, match=r"body\.name: required"):
        decode_body(data, Body, limit=100)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ('{"name": 3}', "body.name: expected a string, got 3"),
        ('{"name": "abcdef"}', "body.name: expected at most 5 characters, got 6"),
        ("{}", "body.name: required"),
        ("[]", "body: expected an object, got a list"),
        ("null", "body: expected an object, got null"),
        (
            '{"name": "a", "objects": {"k.1": {"x": "y", "shape": "box"}}}',
            "body.objects.k.1.x: expected a number, got the string 'y'",
        ),
        (
            '{"name": "a", "objects": {"k": {"x": 1, "shape": "disc"}}}',
            "body.objects.k.shape: expected one of area, box; got the string 'disc'",
        ),
        (
            '{"name": "a", "objects": {"k": {"x": 101, "shape": "box"}}}',
            "body.objects.k.x: expected a number of at most 100, got 101",
        ),
        ('{"name": "a", "tagIds": ["a", 1]}', "body.tagIds[1]: expected a string, got 1"),
        ('{"name": "a", "tagIds": {"$ad": []}}', "body.tagIds.$ad: unknown, expected $add"),
        ('{"name": "a", "tagIds": 1}', "body.tagIds: expected an object or a list, got 1"),
        ('{"name": "a", "labels": {"a": "", "b": "", "c": ""}}', "body.labels: expected at most 2 entries, got 3"),
        (
            '{"name": "a", "pinnedAt": "now"}',
            "body.pinnedAt: expected a date and time such as 2026-01-31T12:00:00Z, got the string 'now'",
        ),
        ('{"name": "a", "parentId": 1}', "body.parentId: expected a string or null, got 1"),
        ('{"name": "a\\u0000"}', "body.name: a NUL character is not allowed"),
        ('{"name": "a", "labels": {"k": "\\u0000"}}', "body.labels.k: a NUL character is not allowed"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(data: str, fault: str) -> None:
    assert faults(data) == (fault,)


def test_all_faults_are_named_at_once() -> None:
    found = faults('{"objects": {"a": {"x": 1}, "b": {"x": null, "shape": "box"}}, "tagIds": [1]}')
    assert [fault.split(":")[0] for fault in found] == [
        "body.name",
        "body.objects.a.shape",
        "body.objects.b.x",
        "body.tagIds[0]",
    ]


def test_no_more_than_twenty_faults_are_named() -> None:
    assert len(faults(encode({"name": "a", "tagIds": list(range(100))}).decode())) == 20


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"{'name': 1}",
        b'{"name": NaN}',
        b'{"name": "a"} x',
        b'{"name": "\xff"}',
        b'"\\ud800"',
    ],
)
def test_what_is_not_json_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        decode_body(data, Body, limit=1_000_000)
    assert refused.value.errors[0].startswith("body: ")


def test_a_fault_ahead_of_broken_json_is_malformed_too() -> None:
    with pytest.raises(Malformed):
        decode_body(b'{"name": 1, "x', Body, limit=100)


def test_a_body_over_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge, match="at most 10 are taken"):
        decode_body(b'{"name": "abc"}', Body, limit=10)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert decode_body(rb'{"name": "\\u000"}', Body, limit=100).name == r"\u000"
    assert decode_body(rb'{"a": "\\u0000"}', dict, limit=100) == {"a": r"\u0000"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_no_body_does_worse_than_be_refused(value: Any) -> None:
    try:
        decode_body(
            encode({"name": value, "objects": {"k": value}, "tagIds": value, "labels": value}), Body, limit=10**6
        )
    except Invalid as error:
        refused = error.errors
    else:
        refused = ()
    assert all(fault.startswith("body.") for fault in refused)


def test_answers_leave_out_what_is_unset_and_say_times_in_utc() -> None:
    answer = Body(name="é", pinned_at=datetime(2026, 1, 31, 12, tzinfo=UTC))
    assert encode(answer) == '{"name":"é","pinnedAt":"2026-01-31T12:00:00Z"}'.encode()


@pytest.mark.parametrize(
    ("body", "faulty"),
    [
        (b'{"index": 1e999}', ["body.index"]),
        (b'{"name": 3, "index": -1e400, "labels": {"a": [1, 1e999]}}', ["body.index", "body.labels.a[1]"]),
        (b'{"unknown": {"deep": 1e999}}', ["body.unknown.deep"]),
        (b"1e999", ["body"]),
    ],
)
def test_a_number_that_nothing_can_hold_is_named(body: bytes, faulty: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        decode_body(body, dict[str, int | float | dict[str, int | float]], limit=1000)
    assert list(refused.value.errors) == [f"{path}: expected a number within ±1.8e308" for path in faulty]


@pytest.mark.parametrize("body", [b'{"index": 1e999', b'{"a": 1e999, "b": nonsense}'])
def test_broken_json_behind_such_a_number_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode_body(body, dict[str, int], limit=1000)
