"""Leads that a sheet leaves out: tests/documents/test_match.py doubts a stray; here is when none is doubted."""

from __future__ import annotations

from nunatak.documents.match import Options, match
from tests.documents.sheets import bubble, sheet


def test_a_page_with_few_hits_or_mixed_leads_doubts_none() -> None:
    few = [each for place in range(3) for each in bubble("PT", f"{5000 + place}", 60 * place + 50, 100)]
    names = [{"name": f"{20 + place}-PT-{5000 + place}"} for place in range(3)]
    assert len(match([sheet(*few)], names, Options(partial_match=True)).hits) == 3
    many = [each for place in range(14) for each in bubble("PT", f"{5000 + place}", 60 * place + 50, 100)]
    names = [{"name": f"{20 + place % 2}-PT-{5000 + place}"} for place in range(14)]
    assert len(match([sheet(*many)], names, Options(partial_match=True)).hits) == 14
