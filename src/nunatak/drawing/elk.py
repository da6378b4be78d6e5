"""The layout engine that ships with the package: elkjs, unmodified, in V8s of its own. Reads no files but its own."""

from __future__ import annotations

import atexit
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from queue import SimpleQueue
from typing import Any

from nunatak.drawing.errors import DrawingFailed

# What elkjs asks of its surroundings: a clock that runs at once, and a console that says nothing.
_SURROUNDINGS = """
var self = globalThis, waiting = [];
globalThis.setTimeout = function (call) { return waiting.push(call); };
globalThis.clearTimeout = function () {};
globalThis.console = {log() {}, warn() {}, error() {}, info() {}, debug() {}};
"""
_ROOM = """
var elk = new ELK(), found = null, failure = null;
function drain() { while (waiting.length) waiting.shift()(); }
function begin(graph) {
  found = failure = null;
  elk.layout(graph).then(r => { found = JSON.stringify(r); }, e => { failure = String(e && e.message || e); });
  drain();
}
function end() { drain(); return JSON.stringify([found, failure]); }
drain();
"""
_MEMORY_MB = 1024
Graph = dict[str, Any]
_ROUNDS = 8  # of microtasks until a promise is kept


class Elk:
    """Warm engines: the first takes 110 MB, each other 30. Graphs that are given together are laid out `at_once`, for
    each engine works in a thread of its own outside of Python's lock; `seconds` bounds one graph."""

    def __init__(self, *, seconds: float = 60, at_once: int = 2) -> None:
        self._seconds, self._at_once = seconds, at_once
        self._rooms = [_Room(seconds)]

    def __call__(self, graphs: Sequence[Graph]) -> list[Graph]:
        """The graphs, in the engine's own JSON, with places: the same for the same graph, whatever is laid out beside
        it. Raises DrawingFailed for one that it can't lay out in time and memory."""
        if len(graphs) < 2:
            return [self._rooms[0](graph) for graph in graphs]
        while len(self._rooms) < self._at_once:
            self._rooms.append(_Room(self._seconds))
        free: SimpleQueue[_Room] = SimpleQueue()
        for room in self._rooms:
            free.put(room)

        def laid(graph: Graph) -> Graph:
            room = free.get()
            try:
                return room(graph)
            finally:
                free.put(room)

        with ThreadPoolExecutor(self._at_once) as threads:
            return list(threads.map(laid, graphs))


class _Room:
    """One engine, for one thread at a time."""

    def __init__(self, seconds: float) -> None:
        from py_mini_racer import MiniRacer  # 30 ms and a library of 60 MB: only for who lays out

        self._seconds = seconds
        self._room = MiniRacer()
        atexit.register(self._room.close)  # left to the interpreter's own end, it may wait for ever
        folder = resources.files("nunatak.drawing") / "elkjs"
        for source in (_SURROUNDINGS, (folder / "elk.bundled.js").read_text("utf-8"), _ROOM):
            self._room.eval(source)
        self._room.set_hard_memory_limit(_MEMORY_MB << 20)

    def __call__(self, graph: Graph) -> Graph:
        from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException

        try:
            self._room.eval(f"begin({json.dumps(graph)});0", timeout_sec=self._seconds)
            for _ in range(_ROUNDS):
                found, failure = json.loads(str(self._room.eval("end()", timeout_sec=self._seconds)))
                if failure is not None:
                    raise DrawingFailed(f"The layout engine failed: {failure[:300]}")
                if found is not None:
                    laid: Graph = json.loads(found)
                    return laid
        except JSTimeoutException:
            raise DrawingFailed(f"The layout took longer than {self._seconds:g} seconds and was given up") from None
        except (JSOOMException, JSEvalException) as error:
            raise DrawingFailed(f"The layout engine failed: {str(error)[:300]}") from None
        raise DrawingFailed("The layout engine gave no answer")


@cache
def elk() -> Elk:
    """This process's engines, made at the first call (0.2 s): layouts of one process are made one after another."""
    return Elk()
