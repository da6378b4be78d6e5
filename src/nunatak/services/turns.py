"""Turns: names that one thread at a time works on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Names that one thread at a time works on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Waits until nobody else works on the name."""
        with self._lock:
            lock, waiting = self._held.get(name, (threading.Lock(), 0))
            self._held[name] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._held[name]
                if waiting == 1:
                    del self._held[name]
                else:
                    self._held[name] = lock, waiting - 1
