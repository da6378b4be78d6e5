"""Drawn text: letters that an engine glues together or cuts off (whole pages are in test_reading.py)."""

from __future__ import annotations

import pytest

from nunatak.documents.match import Options, match
from tests.documents.sheets import bubble, sheet

NAMES = [{"name": "TI-92537"}, {"name": "TT-92602"}, {"name": "TE-96137"}]


@pytest.mark.parametrize(("read", "number", "entity"), [("n", "92537", 0), ("π", "92602", 1), ("E", "96137", 2)])
def test_letters_glued_by_the_engine_are_guessed_with_less_certainty(read: str, number: str, entity: int) -> None:
    page = sheet(*bubble(read, number, 100, 50, confidence=0.98))
    (hit,) = match([page], NAMES, Options()).hits
    assert hit.entities == (entity,)
    assert hit.confidence < 0.9


def test_written_text_is_never_guessed() -> None:
    page = sheet(*bubble("E", "96137", 100, 50))
    assert match([page], NAMES, Options()).hits == ()
