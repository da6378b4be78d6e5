"""Vocabularies: the words of versions, kept a while: a mistyping is corrected as well by those of a minute ago."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from nunatak.store.search import words
from nunatak.store.unit import Unit

_STAYS = timedelta(minutes=1)
_MOST = 8


class Vocabularies:
    """The words of the versions that were searched last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, list[str]]] = OrderedDict()

    def of(self, unit: Unit, version_id: str, now: datetime) -> list[str]:
        """A version's words as they are, or were at most a minute ago."""
        kept = self._kept.get(version_id)
        if kept is None or now - kept[0] > _STAYS:
            kept = (now, words(unit, version_id))
            self._kept[version_id] = kept
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return kept[1]
