"""Words and entities to hits: which of the known tags stand on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nunatak.documents.page import Matches, PageText


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How entities are matched, as a detect request says it."""

    search_field: str = "name"
    partial_match: bool = False
    min_tokens: int = 2
    pattern_mode: bool = False
    configuration: dict[str, Any] = {}


def match(pages: Sequence[PageText], entities: Sequence[Mapping[str, Any]], options: Options) -> Matches:
    """The hits of `entities` on `pages`, in reading order. Raises nothing for odd entities: one whose `search_field`
    holds no text is passed over and counted in `warnings`."""
    raise NotImplementedError
