"""Texts to tokens, and what counts as the same."""

from __future__ import annotations

import pytest

from nunatak.documents.tokens import Spelling, number_of, texts_of


def test_tokens_are_runs_of_letters_and_runs_of_digits() -> None:
    assert Spelling({}).tokens("23YE96133-01 /x") == ["23", "YE", "96133", "01", "x"]


def test_signs_that_are_taken_for_each_other_fold_to_one() -> None:
    folded = Spelling({}).folded
    assert folded("PI-1O19").replace("-", "") == folded("P1-1019").replace("-", "")


def test_substitutions_of_the_request_take_the_place_of_the_usual_ones() -> None:
    spelling = Spelling({"substitutions": {"B": ["8"]}})
    assert spelling.folded("AB") == "AB"
    assert spelling.folded("AO") == "AO"
    assert Spelling({}).folded("AO") == "A0"
    assert spelling.folded("A8").replace("-", "") == "AB"


@pytest.mark.parametrize(("told", "same"), [(True, False), (False, True)])
def test_case_counts_unless_the_request_says_otherwise(told: bool, same: bool) -> None:
    spelling = Spelling({"caseSensitive": told})
    assert (spelling.folded("pt-1019") == spelling.folded("PT-1019")) is same


def test_leading_zeros_go_where_the_request_says_so() -> None:
    assert Spelling({"removeLeadingZeros": True}).tokens("PT-0019-00") == ["PT", "19", "0"]


def test_the_number_of_a_tag_is_its_longest() -> None:
    assert number_of("23-PT-92536-01") == "92536"
    assert number_of("PT") == ""


def test_a_field_may_hold_a_text_or_a_list_of_them() -> None:
    assert texts_of("a") == ["a"]
    assert texts_of(["a", "", 3, "b"]) == ["a", "b"]
    assert texts_of(7) == texts_of(None) == texts_of(" ") == []
