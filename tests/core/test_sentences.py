"""Sentences made from the model: plain, and the same for the same model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from nunatak.core import sentences
from nunatak.core.model import ModelConnection, ModelObject

_HEAD: dict[str, Any] = {
    "landscape_id": "l", "version_id": "v", "handle_id": "h", "commit": 1, "version": 1,
    "created_at": datetime(2026, 1, 1, tzinfo=UTC), "created_by": "user", "created_by_id": "u",
    "updated_at": datetime(2026, 1, 1, tzinfo=UTC), "updated_by": "user", "updated_by_id": "u",
}  # fmt: skip


def thing(name: str, type_: Any = "app", **values: Any) -> ModelObject:
    return ModelObject(id=name, name=name, type=type_, parent_id="shop", **values, **_HEAD)


def said(name: str, *, direction: Any = "outgoing", **more: Any) -> str:
    line = ModelConnection(id="l", name=name, origin_id="o", target_id="t", direction=direction, **_HEAD)
    return sentences.of_connection(
        line, thing("Web shop"), thing("Billing", "system"), parents={"shop": "Shop"}, **more
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sends orders", "Web shop sends orders to Billing."),
        ("Send orders to", "Web shop sends orders to Billing."),
        ("Sends orders to billing", "Web shop sends orders to Billing."),
        ("uses", "Web shop uses Billing."),
        ("", "Web shop uses Billing."),
        ("Queries", "Web shop queries Billing."),
        ("pushes events into", "Web shop pushes events into Billing."),
        ("Order events", "Web shop connects to Billing: Order events."),
        ("HTTPS", "Web shop connects to Billing: HTTPS."),
        ("to", "Web shop uses Billing."),
    ],
)
def test_a_connections_name_becomes_what_it_does(name: str, expected: str) -> None:
    assert said(name) == expected


def test_a_connection_says_how_and_through_what_and_in_detail_between_whom() -> None:
    assert said("sends orders", technologies=["HTTP"], via="Queue") == (
        "Web shop sends orders to Billing through Queue over HTTP."
    )
    assert said("sends orders", technologies=["HTTP", "JSON", "TLS"], detailed=True) == (
        "Web shop (app, in Shop) sends orders to Billing (system, in Shop) over HTTP, JSON and TLS."
    )
    assert said("orders", direction="bidirectional") == "Web shop and Billing exchange messages: orders."


def test_an_object_is_told_with_its_caption() -> None:
    assert sentences.of_object(thing("A", caption=" Sells\nthings. "), {}) == "A (app): Sells things."
    assert sentences.of_object(thing("", external=True), {"shop": "Shop"}) == "An unnamed app (external app, in Shop)."


def test_a_diagram_is_counted_and_names_some() -> None:
    objects = [thing(str(i)) for i in range(6)] + [thing("S", "store")]
    assert sentences.of_diagram("Shop", objects, 1) == (
        "Shop shows 6 apps and 1 store, joined by 1 connection: 0, 1, 2, 3, 4 and 2 more."
    )
    assert sentences.of_diagram("", [], 0) == "The diagram shows nothing yet."


def test_a_long_description_ends_with_how_much_more_there_is() -> None:
    lines = sentences.together([str(i) for i in range(1201)]).splitlines()
    assert (len(lines), lines[-1]) == (201, "There are 1,001 more.")
