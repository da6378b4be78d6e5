from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, Meta, UnsetType

from nunatak.api.wire import Malformed, decode_query
from nunatak.core.errors import Invalid, TooLarge

Sort = Literal["app", "system", "root"]


class Not(msgspec.Struct, kw_only=True):
    without: str | list[str] | UnsetType = msgspec.field(name="$not", default=UNSET)


class Filter(msgspec.Struct, kw_only=True, rename="camel"):
    type: Sort | Annotated[list[Sort], Meta(max_length=3)] | UnsetType = UNSET
    tag_ids: str | list[str] | UnsetType = UNSET
    parent_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    external: bool | UnsetType = UNSET
    labels: dict[str, str] | UnsetType = UNSET
    action: list[str] | Not | UnsetType = UNSET


class Query(msgspec.Struct, kw_only=True, rename="camel"):
    filter: Filter | UnsetType = UNSET
    expand: list[Literal["tags", "technologies"]] | UnsetType = UNSET
    cursor: str | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    factor: float | int | UnsetType = UNSET


def filtered(raw: str) -> Any:
    return decode_query(raw, Query).filter


@pytest.mark.parametrize(
    "raw",
    [
        "filter[type]=app&filter[type]=system",
        "filter%5Btype%5D=app&filter%5Btype%5D=system",
        "filter[type][]=app&filter[type][]=system",
        "filter[type][1]=system&filter[type][0]=app",
        "filter%5Btype%5D%5B1%5D=system&filter%5Btype%5D%5B0%5D=app",
        "filter[type]=app,system",
    ],
)
def test_each_spelling_of_a_list_reads_the_same(raw: str) -> None:
    assert filtered(raw).type == ["app", "system"]


def spelled(spelling: str, items: list[str]) -> str:
    texts = [quote(item, safe="") for item in items]
    if spelling == "comma":
        return "filter[tagIds]=" + ",".join(texts)
    key = {"repeat": "filter[tagIds]", "encoded": "filter%5BtagIds%5D", "brackets": "filter[tagIds][]"}
    numbered = [f"filter[tagIds][{index}]={text}" for index, text in enumerate(texts)]
    return "&".join(reversed(numbered) if spelling == "index" else [f"{key[spelling]}={text}" for text in texts])


@given(
    st.sampled_from(["repeat", "encoded", "brackets", "index", "comma"]),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0,"), max_size=12),
        min_size=1,
        max_size=12,
    ),
)
def test_any_list_survives_any_spelling(spelling: str, items: list[str]) -> None:
    assert filtered(spelled(spelling, items)).tag_ids == items


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0[]"), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.booleans(),
)
def test_any_label_survives_encoded_whole_or_by_part(key: str, value: str, whole: bool) -> None:
    name = quote(f"filter[labels][{key}]", safe="") if whole else f"filter[labels][{quote(key, safe='')}]"
    assert filtered(f"{name}={quote(value, safe='')}").labels == {key: value}


def test_one_value_is_a_list_of_one() -> None:
    query = decode_query("filter[type]=app&expand=tags", Query)
    assert (query.filter.type, query.expand) == (["app"], ["tags"])


@pytest.mark.parametrize("raw", ["filter[tagIds]=a%2Cb", "filter%5BtagIds%5D=a%2cb", "filter[tagIds][]=a,b"])
def test_an_encoded_comma_parts_a_list_too(raw: str) -> None:
    assert filtered(raw).tag_ids == ["a", "b"]


def test_a_comma_splits_only_where_a_list_is_taken() -> None:
    assert filtered("filter[name]=a,b").name == "a,b"
    assert filtered("filter[name]=a%2Cb&filter[labels][k]=c%2Cd").name == "a,b"
    assert filtered("filter[labels][k]=c%2Cd").labels == {"k": "c,d"}


def test_labels_may_hold_dots_and_brackets_in_their_keys() -> None:
    assert filtered("filter[labels][a.b]=1&filter[labels][c%5Bd%5D]=2").labels == {"a.b": "1", "c[d]": "2"}
    assert filtered("filter%5Blabels%5D%5Bc%5Bd%5D%5D=2").labels == {"c[d]": "2"}
    assert filtered("filter[labels][0]=zero").labels == {"0": "zero"}


@pytest.mark.parametrize("raw", ["filter[parentId]=", "filter[parentId]=null", "filter%5BparentId%5D"])
def test_null_is_an_empty_value_or_the_word(raw: str) -> None:
    assert filtered(raw).parent_id is None


def test_what_is_not_given_stays_unset() -> None:
    assert filtered("filter[name]=x").parent_id is UNSET
    assert decode_query("", Query).filter is UNSET


def test_an_empty_value_of_a_string_is_the_empty_string_and_of_anything_else_nothing() -> None:
    assert filtered("filter[name]=&filter[external]=&filter[type]=") == Filter(name="")
    assert decode_query("limit=&cursor=", Query) == Query(cursor="")


def test_booleans_and_numbers_are_read() -> None:
    assert filtered("filter[external]=true").external is True
    assert filtered("filter[external]=False").external is False
    assert decode_query("limit=30&factor=2.5", Query) == Query(limit=30, factor=2.5)


def test_an_operator_below_a_list_field_is_an_object() -> None:
    assert filtered("filter[action][$not]=x").action == Not(without=["x"])
    assert filtered("filter[action]=x").action == ["x"]


def test_a_plus_is_a_blank() -> None:
    assert filtered("filter[name]=a+b%2Bc").name == "a b+c"


def test_unknown_keys_are_ignored() -> None:
    assert decode_query("foo=1&filter[bar]=2&filter[name]=x&[=1&a[b=2", Query) == Query(filter=Filter(name="x"))


def test_keys_of_older_clients_are_lifted_out_of_the_filter() -> None:
    lifted = ("limit", "cursor")
    assert decode_query("filter[limit]=5&filter[name]=x", Query, lifted=lifted) == Query(
        limit=5, filter=Filter(name="x")
    )
    assert decode_query("filter[limit]=5&limit=7", Query, lifted=lifted).limit == 7


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("filter[type]=actor", "query.filter.type[0]: expected one of app, system, root; got the string 'actor'"),
        ("filter[type]=app,app,app,app", "query.filter.type: expected at most 3 items, got 4"),
        ("filter[external]=perhaps", "query.filter.external: expected true or false, got the string 'perhaps'"),
        ("limit=0", "query.limit: expected a number of at least 1, got 0"),
        ("limit=x", "query.limit: expected an integer, got the string 'x'"),
        ("limit=1e3", "query.limit: expected an integer, got the string '1e3'"),
        ("factor=NaN", "query.factor: expected a number, got the string 'NaN'"),
        ("factor=inf", "query.factor: expected a number, got the string 'inf'"),
        ("limit=1&limit=2", "query.limit: given more than once"),
        ("filter=x", "query.filter: expected an object, got the string 'x'"),
        ("filter[name][a]=x", "query.filter.name: expected a string, got an object"),
        ("filter[labels]=x", "query.filter.labels: expected an object, got the string 'x'"),
        ("filter[labels][a][b]=x", "query.filter.labels.a: expected a string, got an object"),
        ("a[b][c][d][e][f]=x", "query.a: nested deeper than 5"),
        ("filter[name]=a%00b", "query: a NUL character is not allowed"),
    ],
)
def test_what_a_known_key_cannot_take_is_refused_by_name(raw: str, fault: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode_query(raw, Query)
    assert refused.value.errors == (fault,)
    assert refused.value.message == fault


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        decode_query("limit=0&filter[type]=x&filter[external]=y", Query)
    assert [fault.split(":")[0] for fault in refused.value.errors] == [
        "query.filter.type[0]",
        "query.filter.external",
        "query.limit",
    ]


@pytest.mark.parametrize(
    "raw", ["a=%zz", "a=%f", "%=1", "filter[name]=%ff", "filter[labels][%C3]=1", b"filter[name]=\xff"]
)
def test_a_broken_encoding_is_malformed(raw: str | bytes) -> None:
    with pytest.raises(Malformed):
        decode_query(raw, Query)


def test_a_query_beyond_its_limits_is_too_large() -> None:
    with pytest.raises(TooLarge):
        decode_query("filter[name]=" + "a" * 32_768, Query)
    with pytest.raises(TooLarge):
        decode_query("&".join(["a=1"] * 1_001), Query)


@given(st.text(st.sampled_from("filter[]typelabs%5BD=&,01$not.null+é\0"), max_size=60))
def test_no_query_does_worse_than_be_refused(raw: str) -> None:
    try:
        decode_query(raw, Query)
    except Invalid as error:
        refused = error.errors
    else:
        refused = ()
    assert all(fault.startswith("query") for fault in refused)
