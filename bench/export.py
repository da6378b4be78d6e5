"""From POST to both files read, for a 50-object diagram on an embedded server; against a cold headless Chromium.

python bench/export.py [runs]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server import Running, median, running

_COLUMNS = 8


def diagram(server: Running, count: int) -> tuple[str, str, str]:
    """A diagram of `count` apps on the 384 x 320 pitch with 1.5 connections each: version path, diagram id, an app."""
    base, root = server.landscape(f"Bench {count}")
    made = server.call("POST", f"{base}/model/objects", json={"name": "S", "type": "system", "parentId": root})
    system = made["modelObject"]["id"]
    apps = [_app(server, base, system, i) for i in range(count)]
    pairs = [(i, i + 1) for i in range(count - 1)] + [(i, i + _COLUMNS) for i in range(0, count - _COLUMNS, 2)]
    lines = {f"l{i}": _line(server, base, apps, a, b) for i, (a, b) in enumerate(pairs)}
    objects = {
        f"o{i}": {"modelId": id_, "type": "app", "shape": "box", "x": i % _COLUMNS * 384, "y": i // _COLUMNS * 320}
        for i, id_ in enumerate(apps)
    }
    body = {"name": "Bench", "type": "app-diagram", "modelId": system, "index": 0}
    answer = server.call("POST", f"{base}/diagrams", json=body | {"objects": objects, "connections": lines})
    return base, answer["diagram"]["id"], apps[0]


def _app(server: Running, base: str, system: str, index: int) -> str:
    body = {
        "name": f"Service number {index}",
        "type": "app",
        "parentId": system,
        "caption": "Keeps the orders of customers and tells others about them",
    }
    return str(server.call("POST", f"{base}/model/objects", json=body)["modelObject"]["id"])


def _line(server: Running, base: str, apps: list[str], a: int, b: int) -> dict[str, Any]:
    body = {"name": "Makes API calls to", "originId": apps[a], "targetId": apps[b], "direction": "outgoing"}
    made = server.call("POST", f"{base}/model/connections", json=body)["modelConnection"]
    return {"modelId": made["id"], "originId": f"o{a}", "targetId": f"o{b}"}


def once(server: Running, base: str, id_: str) -> tuple[float, bytes]:
    """Seconds from POST until both files are read, and the SVG."""
    began = time.perf_counter()
    path = f"{base}/diagrams/{id_}/export/image"
    record = server.call("POST", path, json={})["diagramExportImage"]
    while "completedAt" not in record:
        time.sleep(0.004)
        record = server.call("GET", f"{path}/{record['id']}")["diagramExportImage"]
    if record["error"]:
        raise SystemExit(record["error"])
    svg, _ = (server.http.get(record["fileUrls"][name]).content for name in ("svg", "png"))
    return time.perf_counter() - began, svg


def chromium(svg: bytes) -> float | None:
    """Seconds of a cold headless Chromium's screenshot of the same SVG; None where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.svg"
        file.write_bytes(svg)
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=3072,2304",
            f"--user-data-dir={folder}/profile", f"--screenshot={folder}/x.png", file.as_uri(),
        ]  # fmt: skip
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - began


def main() -> None:
    """Prints medians and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with running() as server:
        base, id_, app = diagram(server, 50)
        times, svg = [], b""
        for index in range(runs + 3):
            # Another picture each time, or the finished one would be served again.
            server.call("PATCH", f"{base}/model/objects/{app}", json={"name": f"Service {index}"})
            seconds, svg = once(server, base, id_)
            times.append(seconds)
        ours = median(times[3:])
        print(f"POST to both files read, 50 objects: median {ours * 1000:.0f} ms, worst {max(times[3:]) * 1000:.0f} ms")
        print(f"the first, on a fresh server: {times[0] * 1000:.0f} ms")
        theirs = [seconds for _ in range(3) if (seconds := chromium(svg)) is not None]
        if theirs:
            cold = median(theirs)
            print(f"cold headless Chromium, same SVG: median {cold * 1000:.0f} ms = {cold / ours:.1f}x")
        else:
            print("no Chromium here to compare with")


if __name__ == "__main__":
    main()
