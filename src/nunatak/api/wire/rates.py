"""Rates: how many requests a minute a caller may send, counted by what they do."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, fields
from typing import Literal

from nunatak.core.errors import Invalid, Refusal
from nunatak.services.counts import Counts, OwnCounts

Sort = Literal["reads", "writes", "user"]
HOSTED = "hosted"
_MINUTE = 60  # seconds


class OverRate(Refusal):
    """The caller has sent all the requests that a minute allows."""

    code = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        super().__init__("Too Many Requests")
        self.retry_after = seconds


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Requests a minute: GET and HEAD, all other methods, and POSTs under /user."""

    reads: int = 2400
    writes: int = 60
    user: int = 10

    @staticmethod
    def parsed(text: str) -> Figures | None:
        """The figures of a setting: None for an empty one, the hosted product's for `hosted`, or own ones such as
        `reads=600,writes=120,user=20`, of which a missing one is the hosted product's. Raises Invalid."""
        if not text.strip() or text.strip() == HOSTED:
            return Figures() if text.strip() else None
        found: dict[str, int] = {}
        for part in text.split(","):
            name, _, figure = (piece.strip() for piece in part.partition("="))
            if name not in {each.name for each in fields(Figures)} or not figure.isdecimal() or int(figure) < 1:
                expected = f"expected {HOSTED}, or figures a minute such as reads=600,writes=120,user=20; got {part!r}"
                raise Invalid("The rate limits are not valid", (f"NUNATAK_RATE_LIMITS: {expected}",))
            found[name] = int(figure)
        return Figures(**found)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What is left of a caller's minute: `reset` is its end in Unix seconds."""

    limit: int
    remaining: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """The rate as clients read it."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


def sort_of(method: str, path: str) -> Sort:
    """Which figure a request counts to; `path` is the API's own, without its prefix."""
    if method in ("GET", "HEAD"):
        return "reads"
    return "user" if method == "POST" and path.startswith("/user/") else "writes"


class Rates:
    """Counts requests, each caller's by the minute that begins with its first one: in this process, or wherever
    `counts` are kept."""

    def __init__(self, figures: Figures, counts: Counts | None = None) -> None:
        self._figures = figures
        self._counts = counts or OwnCounts()

    def count(self, who: str, sort: Sort) -> tuple[Rate, OverRate | None]:
        """Counts a request of this caller; gives what is left, and the refusal when it is one too many."""
        most = int(getattr(self._figures, sort))
        sent, end = self._counts.count(f"{sort}/{who}", _MINUTE)
        rate = Rate(limit=most, remaining=max(most - sent, 0), reset=math.ceil(end))
        return rate, None if sent <= most else OverRate(max(1, math.ceil(end - time.time())))
