"""The order in which a file's objects can be made: each after its parent and the groups it is in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from nunatak.core.import_file import ModelObjectImport


@dataclass(frozen=True, kw_only=True)
class Order:
    """The entries that can be made, in an order in which they can; those that stand on a ring, so that none of them can
    be the first; and those that would have to come after such a one."""

    entries: list[ModelObjectImport]
    rings: list[ModelObjectImport]
    after: list[ModelObjectImport]


def ordered(entries: Sequence[ModelObjectImport]) -> Order:
    """The order of entries with different ids; what they name outside of the file doesn't matter to it."""
    known = {entry.id: entry for entry in entries}
    needs = {entry.id: _needs(entry, known) for entry in entries}
    found = _freed(needs)
    done = set(found)
    rest = {id_: needs[id_] - done for id_ in known if id_ not in done}
    needed_by: dict[str, set[str]] = {id_: set() for id_ in rest}
    for id_, ids in rest.items():
        for each in ids:
            needed_by[each].add(id_)
    after = set(_freed(needed_by))
    return Order(
        entries=[known[id_] for id_ in found],
        rings=[known[id_] for id_ in rest if id_ not in after],
        after=[known[id_] for id_ in rest if id_ in after],
    )


def _needs(entry: ModelObjectImport, known: Mapping[str, ModelObjectImport]) -> set[str]:
    groups = () if entry.group_ids is UNSET else entry.group_ids
    parent = (entry.parent_id,) if isinstance(entry.parent_id, str) else ()
    return {id_ for id_ in (*parent, *groups) if id_ in known}


def _freed(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids that can come one after the other, each after all that it needs."""
    missing = {id_: len(set(ids)) for id_, ids in needs.items()}
    waiting: dict[str, list[str]] = {}
    for id_, ids in needs.items():
        for each in set(ids):
            waiting.setdefault(each, []).append(id_)
    free = deque(id_ for id_, count in missing.items() if not count)
    found = []
    while free:
        found.append(id_ := free.popleft())
        for each in waiting.get(id_, ()):
            missing[each] -= 1
            if not missing[each]:
                free.append(each)
    return found
