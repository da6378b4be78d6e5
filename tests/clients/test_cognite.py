"""The unmodified client against a started server: every call that it has on files, annotations and diagrams."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.started import ROOT, Started, prepared

# An interpreter with another version of the client, which would not stand beside this one.
OTHER = os.environ.get("TEST_COGNITE_PYTHON", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Started]:
    started = prepared(tmp_path)
    started.start()
    yield started
    started.end(signal.SIGTERM)


@pytest.mark.filterwarnings("ignore")  # the client has its own to say
def test_the_client_of_today_walks_through(server: Started) -> None:
    from tests.clients.cognite_walk import walk

    walk(server.address, server.key)


@pytest.mark.skipif(not OTHER, reason="TEST_COGNITE_PYTHON names no interpreter with another client")
def test_another_client_walks_through(server: Started) -> None:
    command = [OTHER, "-m", "tests.clients.cognite_walk", server.address, server.key]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
