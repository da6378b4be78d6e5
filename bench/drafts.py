"""Reads with a draft of 200 tasks applied, on 2,000 objects and 2,000 connections, against reads without.

python bench/drafts.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from server import Running, median, running

_OBJECTS = 2000
_SYSTEMS = 100


def best(act: Callable[[], Any], runs: int = 11) -> str:
    """Median and worst of some runs, in words."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return f"{median(times):.0f} ms, at most {max(times):.0f}"


def fill(server: Running, base: str, root: str) -> tuple[list[str], list[str]]:
    """The ids of systems and of the applications in them."""

    def made(**values: Any) -> str:
        return str(server.call("POST", f"{base}/model/objects", json=values)["modelObject"]["id"])

    systems = [made(name=f"System {i}", type="system", parentId=root) for i in range(_SYSTEMS)]
    applications = [
        made(name=f"Application {i}", type="app", parentId=systems[i % _SYSTEMS]) for i in range(_OBJECTS - _SYSTEMS)
    ]
    for i in range(_OBJECTS):
        ends = applications[i % len(applications)], applications[(i * 7 + 1) % len(applications)]
        line = {"name": "uses", "originId": ends[0], "targetId": ends[1], "direction": "outgoing"}
        server.call("POST", f"{base}/model/connections", json=line)
    return systems, applications


def tasks(systems: list[str], applications: list[str]) -> list[dict[str, Any]]:
    """80 objects and 40 connections made, 60 objects renamed, 20 deleted with their connections."""
    new = [{"name": f"New {i}", "type": "app", "parentId": systems[i]} for i in range(80)]
    lines = [{"name": "", "originId": f"n{i}", "targetId": applications[i], "direction": None} for i in range(40)]
    return [
        *({"type": "draft-model-object-create", "entityId": f"n{i}", "props": props} for i, props in enumerate(new)),
        *({"type": "draft-model-connection-create", "entityId": f"l{i}", "props": p} for i, p in enumerate(lines)),
        *(
            {"type": "draft-model-object-update", "entityId": id_, "props": {"name": f"Renamed {id_}"}, "snapshot": {}}
            for id_ in applications[:60]
        ),
        *({"type": "draft-model-object-delete", "entityId": id_} for id_ in applications[-20:]),
    ]


def main() -> None:
    """Prints what each read takes, with the draft and without, and a write that stands in line behind the reads."""
    with running(warm=False) as server:
        base, root = server.landscape("Drafts")
        systems, applications = fill(server, base, root)
        draft = server.call("POST", f"{base}/drafts", json={"name": "D", "status": "in-progress"})["draft"]["id"]
        given = {"tasks": tasks(systems, applications)}
        began = time.perf_counter()
        server.call("POST", f"{base}/drafts/{draft}/tasks/batch", json=given)
        print(f"{len(given['tasks'])} tasks added: {(time.perf_counter() - began) * 1000:.0f} ms")
        for name, path in (("all objects", "/model/objects"), ("one object", f"/model/objects/{systems[0]}")):
            print(f"{name}: {best(lambda path=path: server.call('GET', f'{base}{path}'))}")
            with_draft = f"{base}{path}?draftId={draft}"
            print(f"{name} with the draft: {best(lambda path=with_draft: server.call('GET', path))}")
        print(f"conflicts: {best(lambda: server.call('GET', f'{base}/drafts/{draft}/conflicts'), 3)}")
        began = time.perf_counter()
        server.call("POST", f"{base}/drafts/{draft}/merge")
        print(f"merge: {(time.perf_counter() - began) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
