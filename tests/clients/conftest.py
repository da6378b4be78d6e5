"""What journeys through the viewer start once a module: a server with a story, and a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.browsing import Browser, Told, chromium, told
from tests.started import Started, prepared


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    started = prepared(tmp_path_factory.mktemp("viewed"))
    started.start()
    yield started
    started.end()


@pytest.fixture(scope="module")
def story(server: Started) -> Told:
    return told(server)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="journeys through the viewer need Playwright")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield Browser(opened)
        opened.close()
