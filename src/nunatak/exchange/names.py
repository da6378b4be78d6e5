"""Names that a landscape accepts: unlike their siblings' and unlike those of everything around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count

from nunatak.core.kinds import fold


def told_apart(named: Iterable[tuple[str, str | None, str, str]]) -> dict[str, str]:
    """A name for each id, from (id, parent's id, name, kind) with parents first: its own, or with its kind in brackets
    where a sibling or something around it has that name already. Things without a name keep none."""
    names: dict[str, str] = {}
    around: dict[str | None, frozenset[str]] = {None: frozenset()}
    beside: defaultdict[str | None, set[str]] = defaultdict(set)
    numbers: defaultdict[tuple[str | None, str, str], Iterator[int]] = defaultdict(lambda: count(2))
    for id, parent, name, kind in named:
        untried = numbers[parent, name, kind]  # what was taken once stays so
        wishes = chain((name, f"{name} ({kind})"), (f"{name} ({kind} {number})" for number in untried))
        taken = beside[parent] | around[parent] if name else set()
        names[id] = next(wish for wish in wishes if fold(wish) not in taken)
        beside[parent].add(fold(names[id]))
        around[id] = around[parent] | {fold(names[id])}
    return names
