from __future__ import annotations

import pytest

from nunatak.api.icepanel.errors import STATUSES, refused, status_of, unexpected, unknown_method, unknown_path
from nunatak.api.wire import Malformed, encode
from nunatak.api.wire.rates import OverRate
from nunatak.core import errors
from nunatak.core.errors import Busy, Conflict, Forbidden, Invalid, NotFound, Refusal, TooLarge, Unauthenticated


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Malformed, 400),
        (Unauthenticated, 401),
        (Forbidden, 403),
        (NotFound, 404),
        (Conflict, 409),
        (TooLarge, 413),
        (Invalid, 422),
        (Busy, 503),
    ],
)
def test_each_refusal_has_its_status(refusal: type[Refusal], status: int) -> None:
    assert status_of(refusal("no")) == status


def test_every_refusal_of_the_core_is_in_the_table() -> None:
    known = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Refusal)}
    assert [each for each in known - {Refusal} if not set(each.__mro__) & set(STATUSES)] == []


def test_a_refusal_nearer_to_its_own_kind_takes_the_status_of_the_class_above() -> None:
    assert status_of(type("Gone", (NotFound,), {})("no")) == 404
    assert status_of(Refusal("no")) == 400


def test_the_body_names_the_fields_and_the_request() -> None:
    status, body = refused(Invalid("body.name: required", ("body.name: required",)), "r1")
    assert status == 422
    assert encode(body) == (
        b'{"message":"body.name: required","code":"invalid","errors":["body.name: required"],"requestId":"r1"}'
    )


def test_a_missing_key_is_said_as_the_vendor_says_it() -> None:
    _, body = refused(Unauthenticated("Authorization required"), "r1")
    assert (body.code, body.errors, body.message) == ("auth/authorization-missing", [], "Authorization required")


def test_an_unknown_path_says_only_that() -> None:
    status, body = unknown_path()
    assert (status, encode(body)) == (404, b'{"message":"Path not found"}')


def test_the_other_answers_keep_the_shape() -> None:
    assert unknown_method(["GET", "HEAD"])[0] == 405
    assert "GET, HEAD" in unknown_method(["GET", "HEAD"])[1].message
    status, body = refused(OverRate(7), "r")
    assert (status, body.message, body.code) == (429, "Too Many Requests", "too-many-requests")
    status, body = unexpected("r9")
    assert (status, body.request_id) == (500, "r9")
    assert "r9" in body.message
