from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.differences import differences

CONTRACT: dict[str, Any] = {
    "operations": {
        "tags.create": {
            "at": "POST /tags",
            "query": {"limit": ["integer", "may"]},
            "body": ["@Tag"],
            "answer": {"fields": {"tag": ["@Tag"], "link": [{"one of": ["@A", "@B", "null"]}, "may"]}},
            "refusals": [400, 404],
        }
    },
    "types": {
        "Tag": {
            "fields": {
                "name": [{"of": "string", "maxLength": 9}],
                "note": ["string", "always"],
                "color": [{"words": ["blue", "red"]}, "may"],
                "ids": [{"list": "string", "maxItems": 3}, "may"],
                "more": [{"map": "@Tag"}, "may"],
            }
        },
        "A": {"fields": {"type": [{"words": ["a"]}]}},
        "B": {"fields": {"type": [{"words": ["b"]}], "x": ["number"]}},
    },
}


def changed(change: Callable[[dict[str, Any], dict[str, Any]], Any]) -> list[str]:
    ours = copy.deepcopy(CONTRACT)
    ours["types"] = {f"Our{name}": kind for name, kind in ours["types"].items()}
    ours = _renamed(ours)
    ours["types"]["OurTag"]["fields"]["note"] = ["string"]
    ours["operations"]["tags.create"]["body"] = ["@OurTagForm"]
    ours["types"]["OurTagForm"] = copy.deepcopy(ours["types"]["OurTag"])
    ours["types"]["OurTagForm"]["fields"]["note"] = ["string", "may"]
    ours["types"]["OurTagForm"]["fields"]["more"] = [{"map": "@OurTagForm"}, "may"]
    change(ours["operations"]["tags.create"], {name[3:]: kind["fields"] for name, kind in ours["types"].items()})
    return differences(ours, CONTRACT)


def _renamed(value: Any) -> Any:
    if isinstance(value, str):
        return "@Our" + value[1:] if value.startswith("@") else value
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    return {key: _renamed(each) for key, each in value.items()} if isinstance(value, dict) else value


def test_the_same_shapes_under_other_names_do_not_differ() -> None:
    assert changed(lambda operation, types: None) == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda o, t: o.update(at="PUT /tags"), "tags.create at: 'PUT /tags', expected 'POST /tags'"),
        (lambda o, t: o.update(anonymous=True), "tags.create anonymous: True, expected None"),
        (lambda o, t: o["query"].clear(), "tags.create query.limit: missing"),
        (lambda o, t: o["query"].update(limit=["integer"]), "tags.create query.limit: required, expected optional"),
        (lambda o, t: o["query"].update(limit=["number", "may"]), "tags.create query.limit: number, expected integer"),
        (
            lambda o, t: o["query"].update(more=["string", "may"]),
            "tags.create query.more: neither in the contract nor marked as own and optional",
        ),
        (lambda o, t: o.pop("body"), "tags.create body: False, expected True"),
        (lambda o, t: o.update(answer="text/plain"), None),
        (lambda o, t: o.update(refusals=[400]), "tags.create refusals: [404] missing"),
        (lambda o, t: t["TagForm"].pop("ids"), "tags.create.body.ids: missing"),
        (lambda o, t: t["Tag"].pop("ids"), "tags.create answer.tag.ids: missing"),
        (
            lambda o, t: t["Tag"].update(note=["string", "may"]),
            "tags.create answer.tag.note: optional, expected required",
        ),
        (
            lambda o, t: t["TagForm"].update(ids=[{"list": "string", "maxItems": 3}]),
            "tags.create.body.ids: required, expected optional",
        ),
        (lambda o, t: t["TagForm"].update(name=["string"]), "tags.create.body.name: maxLength None, expected 9"),
        (
            lambda o, t: t["TagForm"].update(ids=[{"list": "string"}, "may"]),
            "tags.create.body.ids: maxItems None, expected 3",
        ),
        (
            lambda o, t: t["TagForm"].update(ids=[{"list": "number", "maxItems": 3}, "may"]),
            "tags.create.body.ids[]: number, expected string",
        ),
        (
            lambda o, t: t["Tag"].update(color=[{"words": ["red"]}, "may"]),
            "tags.create answer.tag.color: {'words': ['red']}, expected {'words': ['blue', 'red']}",
        ),
        (lambda o, t: t["B"].update(x=["string"]), "tags.create answer.link.x: string, expected number"),
        (
            lambda o, t: o["answer"]["fields"].update(link=[{"one of": ["@OurA", "@OurB"]}, "may"]),
            "tags.create answer.link: lacks null",
        ),
    ],
)
def test_what_differs_is_said(change: Callable[[Any, Any], Any], difference: str | None) -> None:
    found = changed(change)
    assert found
    assert difference is None or found == [difference]


@pytest.mark.parametrize(
    "change",
    [
        lambda o, t: o["query"].update(more=["string", "may", "own"]),
        lambda o, t: t["Tag"].update(more_ours=["string", "may", "own"]),
        lambda o, t: t["Tag"].update(color=[{"words": ["blue", "red"]}]),
        lambda o, t: t["TagForm"].update(note=[{"of": "string", "maxLength": 9}, "may"]),
        lambda o, t: o.update(refusals=[400, 404, 422]),
    ],
)
def test_what_is_more_and_marked_or_harmless_does_not_differ(change: Callable[[Any, Any], Any]) -> None:
    assert changed(change) == []


def test_operations_of_ours_are_marked_and_missing_ones_are_named_on_demand() -> None:
    ours = {"operations": {"x.y": {"at": "GET /x"}, "x.z": {"at": "GET /z", "own": True}}, "types": {}}
    assert differences(ours, CONTRACT) == ["x.y: not in the contract"]
    assert differences(ours, CONTRACT, whole=True) == ["tags.create: missing", "x.y: not in the contract"]
