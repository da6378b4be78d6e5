"""One PATCH of an object over HTTP: on a landscape of 10,000 objects, and on one of 30.

python bench/patch.py [objects]
"""

from __future__ import annotations

import json
import sys
import time
from http.client import HTTPConnection

from imports import file, imported
from server import Running, median, running

_RUNS = 201
_FEW = 30


def patched(server: Running, base: str, id_: str) -> list[float]:
    """Milliseconds of PATCHes of a caption, one by one on one connection."""
    url = server.http.base_url
    connection = HTTPConnection(url.host, url.port)
    headers = {"X-API-Key": server.http.headers["X-API-Key"], "Content-Type": "application/json"}
    times = []
    for index in range(_RUNS):
        body = json.dumps({"caption": f"Caption {index}", "name": f"Name {index}"})
        began = time.perf_counter()
        connection.request("PATCH", f"{base}/model/objects/{id_}", body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer.status
    return times


def main() -> None:
    """Prints medians and the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with running(warm=False) as server:
        found: dict[str, tuple[str, str]] = {}
        for name, size in (("few", _FEW), ("many", count)):
            base, _ = server.landscape(name)
            imported(server, base, json.dumps(file(size, size * 3 // 2)).encode())
            one = server.call("GET", f"{base}/model/objects?filter[type]=app&limit=1")["modelObjects"][0]["id"]
            found[name] = (base, one)
        times = {name: patched(server, base, id_) for name, (base, id_) in found.items()}
        few, many = median(times["few"]), median(times["many"])
        worst = sorted(times["many"])[int(_RUNS * 0.99)]
        print(f"PATCH on {count:,} objects: median {many:.2f} ms, 99th percentile {worst:.2f} ms")
        print(f"PATCH on {_FEW} objects: median {few:.2f} ms; ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
