"""Rates: how many requests a minute a caller may send, counted by what they do."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, fields
from typing import Literal

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from nunatak.core.errors import Invalid, Refusal

Sort = Literal["reads", "writes", "user"]
HOSTED = "hosted"


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
    """Counts requests in this process, each caller's by the minute that begins with its first one."""

    def __init__(self, figures: Figures) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._items = {each.name: RateLimitItemPerMinute(getattr(figures, each.name)) for each in fields(Figures)}

    def count(self, who: str, sort: Sort) -> tuple[Rate, OverRate | None]:
        """Counts a request of this caller; gives what is left, and the refusal when it is one too many."""
        item = self._items[sort]
        fits = self._limiter.hit(item, sort, who)
        left = self._limiter.get_window_stats(item, sort, who)
        rate = Rate(limit=item.amount, remaining=max(left.remaining, 0), reset=math.ceil(left.reset_time))
        seconds = max(1, math.ceil(left.reset_time - time.time()))
        return rate, None if fits else OverRate(seconds)
