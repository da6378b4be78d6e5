"""A landscape import of 10,000 objects and 15,000 connections, against writing the same rows with executemany.

python bench/imports.py [objects] [connections]
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from server import Running, running

_TECHNOLOGIES = ("python", "postgresql", "go", "apache-kafka", "redis")


def file(objects: int, connections: int) -> dict[str, Any]:
    """A file of one domain with groups, systems and apps, tagged, labelled and built with technologies."""
    entries: list[dict[str, Any]] = [{"id": "d", "name": "Bench", "type": "domain"}]
    entries += [{"id": f"g{i}", "name": f"Group {i}", "type": "group", "parentId": "d"} for i in range(20)]
    apps: list[str] = []
    system = 0
    while len(entries) < objects:
        entries.append(
            {"id": f"s{system}", "name": f"System {system}", "type": "system", "parentId": "d"}
            | {"groupIds": [f"g{system % 20}"], "caption": "Does one thing", "tagIds": ["t1"]}
        )
        for each in range(min(9, objects - len(entries))):
            apps.append(f"s{system}-{each}")
            entries.append(_app(apps[-1], system, each))
        system += 1
    dice = random.Random(1)
    return {
        "namespace": "bench",
        "tagGroups": [{"id": "tg", "name": "Kind", "icon": "star"}],
        "tags": [{"id": f"t{i}", "name": f"Tag {i}", "color": "red", "groupId": "tg"} for i in range(5)],
        "modelObjects": entries,
        "modelConnections": [_connection(i, dice.choice(apps), dice.choice(apps)) for i in range(connections)],
    }


def _app(id_: str, system: int, index: int) -> dict[str, Any]:
    return {
        "id": id_,
        "name": f"App {system}-{index}",
        "type": "app",
        "parentId": f"s{system}",
        "caption": "Keeps the orders of customers and tells others about them",
        "description": "What it does, in more words than a card has room for.",
        "technologyIds": [_TECHNOLOGIES[(system + index) % 3], _TECHNOLOGIES[3]],
        "tagIds": [f"t{index % 5}"],
        "labels": {"team": "a", "cloudId": f"c-{system}-{index}"},
        "links": [{"url": f"https://example.com/{id_}", "customName": "Repository"}],
    }


def _connection(index: int, origin: str, target: str) -> dict[str, Any]:
    return {
        "id": f"c{index}",
        "name": f"Calls {index}",
        "direction": "outgoing",
        "originId": origin,
        "targetId": target,
        "description": "Sends orders",
        "technologyIds": [_TECHNOLOGIES[index % 3]],
        "tagIds": [f"t{index % 5}"],
    }


def imported(server: Running, base: str, body: bytes) -> tuple[float, float]:
    """Seconds from POST until the import is done, and how many megabytes the server's memory grew at most."""
    process = psutil.Process(server.process.pid)
    before = peak = process.memory_info().rss
    began = time.perf_counter()
    headers = {"Content-Type": "application/json"}
    record = server.call("POST", f"{base}/import", content=body, headers=headers)["landscapeImport"]
    while record["status"] == "in-progress":
        time.sleep(0.02)
        peak = max(peak, process.memory_info().rss)
        record = server.call("GET", f"{base}/import/{record['id']}")["landscapeImport"]
    seconds = time.perf_counter() - began
    if record["status"] != "completed":
        raise SystemExit(json.dumps(record["errors"][:3], indent=2))
    return seconds, (peak - before) / 1e6


def bare(data: Path) -> float:
    """Seconds to write the same rows, log and all, into an empty database of the same tables with executemany."""
    with TemporaryDirectory() as folder, sqlite3.connect(data / "nunatak.db") as source:
        target = sqlite3.connect(Path(folder) / "bare.db")
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=NORMAL")
        tables = ("model_object", "model_connection", "tag", "tag_group", "domain", "term", "log_entry")
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        for name in tables:
            query = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
            for (sql,) in source.execute(query, (name,)).fetchall():
                target.execute(sql)
        began = time.perf_counter()
        for name in tables:
            marks = ",".join("?" * len(rows[name][0]))
            target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows[name])
        target.commit()
        seconds = time.perf_counter() - began
        target.close()
        return seconds


def main() -> None:
    """Prints seconds, memory and the ratio."""
    objects, connections = (int(sys.argv[i]) if len(sys.argv) > i else n for i, n in ((1, 10_000), (2, 15_000)))
    body = json.dumps(file(objects, connections)).encode()
    with running(warm=False) as server:
        base, _ = server.landscape("Imported")
        seconds, grown = imported(server, base, body)
        theirs = bare(server.data)
        print(f"import of {objects:,} objects and {connections:,} connections ({len(body) / 1e6:.1f} MB of JSON)")
        print(f"new: {seconds:.1f} s, memory grew by {grown:.0f} MB")
        print(f"the same rows with executemany alone: {theirs:.1f} s, ratio {seconds / theirs:.1f}")
        again, grown = imported(server, base, body)
        print(f"the same file again: {again:.1f} s, memory grew by {grown:.0f} MB more")
        changed = body.replace(b'"caption": "Keeps', b'"caption": "Holds').replace(b"Sends orders", b"Sends bills")
        all_of_it, grown = imported(server, base, changed)
        print(f"with all apps and connections changed: {all_of_it:.1f} s, memory grew by {grown:.0f} MB more")


if __name__ == "__main__":
    main()
