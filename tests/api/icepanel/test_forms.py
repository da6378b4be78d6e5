from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from nunatak.api.icepanel.forms import envelope, extended, filter_form, merged, partial, record, required, values
from nunatak.core.fields import Derived, IdList, Labels, Map, Name, Struct, Versioned
from nunatak.core.kinds import Filter


class Part(Struct, frozen=True, kw_only=True):
    id: Derived[str]
    url: str
    index: int = 0


class Thing(Versioned, frozen=True, kw_only=True):
    name: Name
    parent_id: str | None
    external: bool = False
    icon: str | None = None
    labels: Labels = {}
    tag_ids: IdList = []
    parts: Map[Part] = {}
    fixed: str = ""
    linked: Derived[bool] = False


PartRequired = required(Part, "PartRequired")
MAPS = {Part: (PartRequired, partial(Part, "PartPartial"))}
ThingRequired = required(Thing, "ThingRequired", maps=MAPS)
ThingPartial = partial(Thing, "ThingPartial", without=("fixed",), maps=MAPS)


def fields(form: type[msgspec.Struct]) -> dict[str, bool]:
    return {each.encode_name: each.required for each in msgspec.structs.fields(form)}


def read(form: type[msgspec.Struct], value: Any) -> dict[str, Any]:
    return values(msgspec.json.decode(msgspec.json.encode(value), type=form))


def test_a_create_takes_what_the_server_does_not_write_and_needs_what_has_no_default() -> None:
    found = fields(ThingRequired)
    assert {name for name, needed in found.items() if needed} == {"name", "parentId"}
    assert {name for name, needed in found.items() if not needed} == {
        "commit", "handleId", "external", "icon", "labels", "tagIds", "parts", "fixed",
    }  # fmt: skip


def test_a_create_may_need_less_than_its_entity() -> None:
    assert fields(required(Part, "PartLoose", optional=("url",))) == {"url": False, "index": False}


def test_an_update_needs_nothing_and_leaves_out_what_never_changes() -> None:
    assert fields(ThingPartial) == dict.fromkeys(
        ("commit", "name", "parentId", "external", "icon", "labels", "tagIds", "parts"), False
    )


def test_values_are_what_was_given_and_nothing_else() -> None:
    assert read(ThingRequired, {"name": "a", "parentId": None}) == {"name": "a", "parentId": None}
    assert read(ThingPartial, {"icon": None, "commit": 3}) == {"icon": None}
    assert read(ThingPartial, {}) == {}


def test_a_list_of_ids_is_replaced_or_patched() -> None:
    assert read(ThingPartial, {"tagIds": ["a"]}) == {"tagIds": ["a"]}
    assert read(ThingPartial, {"tagIds": {"$add": ["a"], "$remove": []}}) == {"tagIds": {"$add": ["a"], "$remove": []}}


def test_a_map_is_patched_with_its_own_forms() -> None:
    patch = {"parts": {"$add": {"k": {"url": "u"}}, "$update": {"l": {"index": 1}}, "$remove": ["m"], "$replace": {}}}
    assert read(ThingPartial, patch) == patch
    assert read(ThingRequired, {"name": "", "parentId": None, "parts": {"k": {"url": "u"}}})["parts"] == {
        "k": {"url": "u"}
    }


@pytest.mark.parametrize(
    "body",
    [
        {"tagIds": {"$ad": []}},
        {"parts": {"k": {"url": "u"}}},
        {"parts": {"$add": {"k": {}}}},
        {"parts": {"$update": {"k": {"index": "x"}}}},
        {"name": "a" * 4001},
        {"labels": {"k": "a" * 5001}},
        {"name": None},
    ],
)
def test_an_update_keeps_the_limits_and_knows_its_operators(body: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(ThingPartial, body)


def test_forms_are_merged_and_the_first_one_counts() -> None:
    one, two = record("One", {"a": int, "b": str}), record("Two", {"b": int, "c_d": str | UnsetType})
    both = merged("Both", one, two)
    assert fields(both) == {"a": True, "b": True, "cD": False}
    assert read(both, {"a": 1, "b": "x"}) == {"a": 1, "b": "x"}


def test_an_entity_is_extended() -> None:
    shown = extended(Part, "PartShown", {"more": dict[str, int] | UnsetType})
    assert fields(shown) == {"id": True, "url": True, "index": True, "more": False}


def test_an_envelope_is_keyed_as_the_wire_says() -> None:
    answer = envelope(modelObjects=list[str], nextCursor=str | UnsetType)
    assert msgspec.json.encode(answer(modelObjects=["a"])) == b'{"modelObjects":["a"]}'


def test_a_filter_takes_one_value_or_up_to_thirty() -> None:
    form: Any = filter_form(
        "ThingFilter",
        [
            Filter(name="type", test="equal", type=Literal["a", "b"], many=True),
            Filter(name="parent_id", test="equal", nullable=True),
            Filter(name="labels", test="labels"),
            Filter(name="linked", test="flag", type=bool),
        ],
    )
    assert fields(form) == dict.fromkeys(("type", "parentId", "labels", "linked"), False)
    assert msgspec.convert({"type": "a"}, form).type == "a"
    assert msgspec.convert({"type": ["a"] * 30, "parentId": None}, form).parent_id is None
    assert msgspec.convert({}, form).linked is UNSET
    for wrong in ({"type": ["a"] * 31}, {"type": "c"}, {"labels": {"k": "a" * 5001}}, {"linked": None}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, form)
