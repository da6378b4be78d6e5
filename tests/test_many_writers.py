"""Sixty-four clients write to one landscape at once, on each engine: nothing is lost, nobody hears of a fault."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.started import Started, prepared

CLIENTS = 64
EACH = 4


@pytest.fixture
def server(engine: str, tmp_path: Path) -> Iterator[Started]:
    """One process on SQLite, two on PostgreSQL."""
    made = prepared(tmp_path)
    if engine == "postgresql":
        made.env |= {"NUNATAK_DATABASE": postgres.database(), "NUNATAK_WORKERS": "2"}
    made.start()
    yield made
    made.end()


class Clients:
    """Clients with a connection each, that begin at the same moment."""

    def __init__(self, server: Started) -> None:
        self.port, self.key = server.port, server.key
        self.statuses: Counter[int] = Counter()
        self._lock = threading.Lock()

    def run(self, act: Callable[[Callable[..., tuple[int, Any]], int], None]) -> None:
        ready = threading.Barrier(CLIENTS)

        def client(number: int) -> None:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            line.connect()
            ready.wait()

            def call(method: str, path: str, body: Any) -> tuple[int, Any]:
                line.request(method, path, json.dumps(body), {"X-API-Key": self.key})
                answer = line.getresponse()
                found = json.loads(answer.read())
                with self._lock:
                    self.statuses[answer.status] += 1
                return answer.status, found

            act(call, number)
            line.close()

        threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def test_no_update_is_lost_and_of_stale_commits_exactly_one_wins(server: Started) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    objects = f"/v1/landscapes/{land}/versions/latest/model/objects"
    root = server.call("GET", f"{objects}?filter[type]=root")["modelObjects"][0]["id"]
    shared = server.call("POST", objects, {"name": "Shared", "type": "system", "parentId": root})["modelObject"]
    path = f"{objects}/{shared['id']}"
    clients = Clients(server)

    def update(call: Callable[..., tuple[int, Any]], number: int) -> None:
        """Everybody changes the same object, and gives it a child."""
        for turn in range(EACH):
            call("PATCH", path, {"description": f"By {number}, the {turn}th"})
        call("POST", objects, {"name": f"Own {number}", "type": "app", "parentId": shared["id"]})

    clients.run(update)
    assert clients.statuses == {200: CLIENTS * (EACH + 1)}
    after = server.call("GET", path)["modelObject"]
    assert len(set(after["childIds"])) == CLIENTS
    assert after["commit"] == shared["commit"] + CLIENTS * EACH

    stale = Clients(server)
    stale.run(lambda call, number: call("PATCH", path, {"name": f"By {number}", "commit": after["commit"]}) and None)
    assert stale.statuses == {200: 1, 409: CLIENTS - 1}
    assert server.call("GET", path)["modelObject"]["commit"] == after["commit"] + 1
