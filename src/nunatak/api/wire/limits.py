"""Limits of requests besides the size of a body: how deep, how long a list of ids, how large a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from nunatak.core.errors import TooLarge

_REST = bytes(set(range(256)) - set(b"[]{},"))
_OPENING, _CLOSING = b"[{", b"]}"
_STEPS = [1 if byte in _OPENING else -1 if byte in _CLOSING else 0 for byte in range(256)]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`depth` is how deep JSON may be nested, `items` how many ids or other values may stand in one list of a body,
    `query` how many bytes a query may have and `keys` how many keys with values."""

    depth: int = 64
    items: int = 10_000
    query: int = 32_768
    keys: int = 1_000

    def check(self, text: bytes) -> None:
        """Raises TooLarge for JSON that is deeper, or has a longer list of values. It costs about as much as reading
        the JSON does. What isn't JSON may pass: reading it refuses it."""
        marks = _marks(text)
        if marks.count(b"[") + marks.count(b"{") > self.depth and _depth(marks) > self.depth:
            raise TooLarge("The body is nested too deep", (f"body: expected at most {self.depth} levels",))
        if b"," * self.items in marks and _longest(marks, self.items) > self.items:
            fault = f"body: expected at most {self.items:,} values in each list"
            raise TooLarge("A list of the body is too long", (fault,))


USUAL = Limits()


def _longest(marks: bytes, least: int) -> int:
    """The most values side by side in a list, of those with so many commas: one more than commas where they are all
    there is, one less between two lists."""
    runs = re.finditer(rb"([\[{]?),{%d,}([\[{]?)" % least, marks)
    return max(run[0].count(b",") + bool(run[1]) - bool(run[2]) for run in runs)


def _marks(text: bytes) -> bytes:
    """The brackets and commas of JSON outside of its strings."""
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(text.split(b'"')[::2]).translate(None, _REST)


def _depth(marks: bytes) -> int:
    return max(accumulate(map(_STEPS.__getitem__, marks.translate(None, b","))), default=0)
