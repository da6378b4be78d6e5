"""A list of 5,000 model objects over HTTP, against encoding the same rows with the fastest JSON library.

python bench/listing.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any

import msgspec
from server import Running, median, running

_COUNT = 5000


def best(act: Callable[[], Any], runs: int = 21) -> float:
    """The median of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def plain(server: Running, path: str) -> Callable[[], bytes]:
    """A GET with the standard library's client on one connection."""
    url = server.http.base_url
    connection = HTTPConnection(url.host, url.port)
    headers = {"X-API-Key": server.http.headers["X-API-Key"]}

    def get() -> bytes:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().read()

    return get


def encoders() -> dict[str, Callable[[Any], bytes]]:
    """The JSON libraries that are here."""
    found: dict[str, Callable[[Any], bytes]] = {"msgspec": msgspec.json.Encoder().encode}
    try:
        import orjson
    except ImportError:
        return found
    return found | {"orjson": orjson.dumps}


def main() -> None:
    """Prints medians and the ratio."""
    with running(warm=False) as server:
        base, root = server.landscape("Listing")
        made = server.call("POST", f"{base}/model/objects", json={"name": "S", "type": "system", "parentId": root})
        for index in range(_COUNT - 2):
            body = {
                "name": f"Application {index}",
                "type": "app",
                "parentId": made["modelObject"]["id"],
                "caption": "Keeps the orders of customers and tells others about them",
                "labels": {"team": "a", "cloudId": f"c-{index}"},
            }
            server.call("POST", f"{base}/model/objects", json=body)
        path = f"{base}/model/objects"
        rows = server.call("GET", path)
        assert len(rows["modelObjects"]) == _COUNT
        ours = best(plain(server, path))  # a bare client: an ordinary one needs twice as long to read the answer
        theirs = {name: best(lambda encode=encode: encode(rows)) for name, encode in encoders().items()}  # type: ignore[misc]
        fastest = min(theirs, key=lambda name: theirs[name])
        size = len(msgspec.json.encode(rows)) / 1e6
        print(f"list {_COUNT} objects ({size:.1f} MB) over HTTP: median {ours:.1f} ms")
        print(", ".join(f"{name} alone {ms:.1f} ms" for name, ms in theirs.items()))
        print(f"ratio to {fastest}: {ours / theirs[fastest]:.2f}")


if __name__ == "__main__":
    main()
