"""Pattern mode: samples instead of names."""

from __future__ import annotations

import re

import pytest

from nunatak.documents.match import Options, match
from nunatak.documents.patterns import shape
from tests.documents.sheets import bubble, sheet, word


@pytest.mark.parametrize(
    ("sample", "fits", "misses"),
    [
        ("12-AB-3456", "98ZZ1234", "98ZZ12345"),
        ("[PH]-AB-1", "PHXY7", "QHXY7"),
        ("[PT|TT|FE]-12", "FE34", "GE34"),
        ("ab1", "xy2", "XY2"),
    ],
)
def test_letters_stand_for_letters_digits_for_digits_and_brackets_for_themselves(
    sample: str, fits: str, misses: str
) -> None:
    expression = re.compile(shape(sample))
    assert expression.fullmatch(fits)
    assert not expression.fullmatch(misses)


def test_texts_of_the_shape_are_hits_of_the_sample_whatever_the_search_field() -> None:
    page = sheet(*bubble("PT", "92536", 100, 50), word("TI-10101", 400, 50), word("NOTE", 10, 200))
    entities = [{"sample": ["AB-12345"], "resourceType": "instrument"}, {"name": "TI-10101"}]
    matches = match([page], entities, Options(pattern_mode=True))
    assert [(hit.text, hit.entities) for hit in matches.hits] == [("PT 92536", (0,)), ("TI-10101", (0,))]
    assert matches.warnings == ("1 entities have no text in 'sample' and were passed over",)


def test_a_sample_without_letters_or_digits_matches_nothing() -> None:
    assert shape("--") == ""
    assert match([sheet(word("--", 1, 1))], [{"sample": "--"}], Options(pattern_mode=True)).hits == ()
