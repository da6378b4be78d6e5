"""Tracks of a street: few, and in an order that crosses little."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.render.layout.tracks import Span, span, tracks


def test_spans_apart_share_a_track_and_others_do_not() -> None:
    spans = [
        span("a", (0, True), (100, False)),
        span("b", (120, True), (200, False)),
        span("c", (50, True), (90, True)),
    ]
    found, count = tracks(spans, 12)
    assert count == 2
    assert found["a"] == found["b"] != found["c"]
    assert tracks(spans, 20)[1] == 2
    assert tracks(spans[:2], 20)[1] == 2


def test_a_fan_is_laid_out_without_crossings() -> None:
    fan = [span(f"l{n}", (n * 20, True), (1000 + n * 20, False)) for n in range(5)]
    found, _ = tracks(fan, 12)
    assert [found[f"l{n}"] for n in range(5)] == [4, 3, 2, 1, 0]
    nested = [span(f"l{n}", (n * 20, True), (1000 - n * 20, True)) for n in range(5)]
    found, _ = tracks(nested, 12)
    assert [found[f"l{n}"] for n in range(5)] == [4, 3, 2, 1, 0]


def test_an_empty_street_has_no_tracks() -> None:
    assert tracks([], 12) == ({}, 0)


@st.composite
def streets(draw: st.DrawFn) -> list[Span]:
    places = st.tuples(st.integers(0, 50).map(float), st.booleans())
    ends = draw(st.lists(st.tuples(places, places), max_size=12))
    return [span(f"l{n}", *two) for n, two in enumerate(ends)]


@settings(max_examples=60)
@given(streets())
def test_no_two_spans_on_a_track_overlap(spans: list[Span]) -> None:
    found, count = tracks(spans, 0)
    assert set(found.values()) == set(range(count))
    for number, one in enumerate(spans):
        for other in spans[:number]:
            if found[one.line] == found[other.line]:
                assert one.end < other.start or other.end < one.start
