"""What somebody types finds what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.catalog.bundled import catalog
from nunatak.catalog.ranking import ranked


def first(asked: str) -> str:
    return ranked(asked, catalog().technologies)[0].name


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("go", "Go"),
        ("Postgres", "PostgreSQL"),
        ("postgersql", "PostgreSQL"),
        ("kuberntes", "Kubernetes"),
        ("k8s", "Kubernetes"),
        ("rabitmq", "RabbitMQ"),
        ("aws lam", "AWS Lambda"),
        ("lambda", "AWS Lambda"),
        ("sql server", "Microsoft SQL Server"),
        ("c#", "C#"),
        ("c++", "C++"),
        ("node.js", "Node.js"),
        ("elasticserch", "Elasticsearch"),
    ],
)
def test_the_first_is_what_was_meant(asked: str, name: str) -> None:
    assert first(asked) == name


def test_whole_names_come_before_beginnings_and_those_before_typing_errors() -> None:
    names = [each.name for each in ranked("java", catalog().technologies)]
    assert names[:2] == ["Java", "JavaScript"]


def test_nothing_typed_leaves_the_list_as_it_is_and_nonsense_finds_nothing() -> None:
    assert ranked(" - ", catalog().technologies) == list(catalog().technologies)
    assert ranked("zzqqxxyy", catalog().technologies) == []


def test_a_long_text_is_no_longer_work_than_a_name() -> None:
    assert ranked("a " * 16_000, catalog().technologies) == ranked("a " * 50, catalog().technologies)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(range(len(catalog().technologies))), st.integers(0, 40))
def test_a_name_is_found_however_it_is_spelled_and_with_one_letter_missing(place: int, at: int) -> None:
    technology = catalog().technologies[place]
    assert technology in ranked(technology.name.upper(), catalog().technologies)
    if len(technology.name) >= 6 and at < len(technology.name):
        mistyped = technology.name[:at] + technology.name[at + 1 :]
        fits = ranked(mistyped, catalog().technologies)
        assert technology in fits or len(fits) >= 10
