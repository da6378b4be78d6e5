"""Rates: figures from a setting, and a count of each caller's."""

from __future__ import annotations

import time

import pytest

from nunatak.api.wire.rates import Figures, Rates, Sort, sort_of
from nunatak.core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("", None),
        ("  ", None),
        ("hosted", Figures(reads=2400, writes=60, user=10)),
        ("reads=5", Figures(reads=5, writes=60, user=10)),
        (" user = 1 , reads=2,writes=3", Figures(reads=2, writes=3, user=1)),
    ],
)
def test_figures_are_off_the_hosted_ones_or_ones_own(text: str, figures: Figures | None) -> None:
    assert Figures.parsed(text) == figures


@pytest.mark.parametrize("text", ["vendor", "reads", "reads=", "reads=0", "reads=-1", "reads=1.5", "all=3", "reads=1,"])
def test_any_other_figures_are_refused_by_the_settings_name(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Figures.parsed(text)
    assert refused.value.errors[0].startswith("NUNATAK_RATE_LIMITS: expected hosted, or figures a minute")


@pytest.mark.parametrize(
    ("method", "path", "sort"),
    [
        ("GET", "/user/me", "reads"),
        ("HEAD", "/x", "reads"),
        ("POST", "/user/x", "user"),
        ("PATCH", "/user/x", "writes"),
        ("POST", "/users", "writes"),
        ("DELETE", "/x", "writes"),
    ],
)
def test_a_request_counts_to_the_figure_of_what_it_does(method: str, path: str, sort: Sort) -> None:
    assert sort_of(method, path) == sort


def test_a_caller_over_the_figure_is_told_when_to_come_back_and_others_are_not_touched() -> None:
    rates = Rates(Figures(reads=2))
    (first, fine), (second, also) = rates.count("a", "reads"), rates.count("a", "reads")
    assert (fine, also, first.remaining, second.remaining) == (None, None, 1, 0)
    third, over = rates.count("a", "reads")
    assert over is not None
    assert (third.remaining, over.message) == (0, "Too Many Requests")
    assert over.retry_after is not None
    assert 1 <= over.retry_after <= 60
    assert third.reset == pytest.approx(time.time() + over.retry_after, abs=2)
    assert rates.count("b", "reads")[1] is None
    assert rates.count("a", "writes")[1] is None
    assert third.headers.keys() == {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}
    assert third.headers["X-RateLimit-Limit"] == "2"
