"""Search in a landscape of 10,000 objects and 15,000 connections, against reading all its names from the database.

python bench/search.py
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from typing import Any

from listing import best, plain
from server import Running, running

_OBJECTS, _CONNECTIONS, _BATCH = 10_000, 15_000, 5_000
_WORDS = (  # noqa: SIM905 -- a list of thirty quoted words is harder to read
    "order payment customer invoice ledger account shipping stock price catalog search mail event audit report "
    "billing session token gateway worker archive cache queue router planner parser monitor proxy bridge store"
).split()
_TYPED = ("pay", "payment gateway", "paymnt gatewya", "s", "audit report", "zzzzzz", "lay")


def changes(root: str) -> Iterator[dict[str, Any]]:
    """A model: systems with apps below them, and lines between the apps."""
    chance = random.Random(7)
    name = lambda index: f"{' '.join(chance.sample(_WORDS, 3)).capitalize()} {index}"  # noqa: E731
    for index in range(_OBJECTS):
        parent, type_ = (f"o{index - index % 20}", "app") if index % 20 else (root, "system")
        values = {"name": name(index), "type": type_, "parentId": parent}
        yield {"verb": "create", "kind": "model-object", "id": f"o{index}", "values": values}
    for index in range(_CONNECTIONS):
        ends = chance.sample(range(_OBJECTS), 2)
        values = {"name": name(index), "originId": f"o{ends[0]}", "targetId": f"o{ends[1]}", "direction": "outgoing"}
        yield {"verb": "create", "kind": "model-connection", "id": f"c{index}", "values": values}


def fill(server: Running, base: str, root: str) -> None:
    """Writes the model in bulk."""
    every = list(changes(root))
    for start in range(0, len(every), _BATCH):
        server.call("POST", f"{base}/changes", json={"changes": every[start : start + _BATCH]})


def main() -> None:
    """Prints medians and ratios."""
    with running(warm=False) as server:
        base, root = server.landscape("Search")
        fill(server, base, root)
        database = sqlite3.connect(next(server.data.glob("*.db")))
        tables = ("model_object", "model_connection", "diagram", "flow")
        names = lambda: [database.execute(f"SELECT id, name FROM {table}").fetchall() for table in tables]  # noqa: E731
        bare = best(names)
        print(f"all {sum(map(len, names())):,} names from the database: {bare:.1f} ms")
        for typed in _TYPED:
            path = f"{base}/search?search={typed.replace(' ', '%20')}"
            count = len(server.call("GET", path)["results"])
            ours = best(plain(server, path))
            print(f"{typed!r}: {count} finds, median {ours:.1f} ms over HTTP, {ours / bare:.2f} of that")


if __name__ == "__main__":
    main()
