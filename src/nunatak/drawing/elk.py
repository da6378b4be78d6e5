"""The layout engine that ships with the package: elkjs, unmodified, in a V8 of its own. Reads no files but its own."""

from __future__ import annotations

import atexit
import json
from functools import cache
from importlib import resources
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
_ROUNDS = 8  # of microtasks until a promise is kept


class Elk:
    """A warm engine; 110 MB, for one thread at a time. `seconds` bounds one call."""

    def __init__(self, *, seconds: float = 60) -> None:
        from py_mini_racer import MiniRacer  # 30 ms and a library of 60 MB: only for who lays out

        self._seconds = seconds
        self._room = MiniRacer()
        atexit.register(self._room.close)  # left to the interpreter's own end, it may wait for ever
        folder = resources.files("nunatak.drawing") / "elkjs"
        for source in (_SURROUNDINGS, (folder / "elk.bundled.js").read_text("utf-8"), _ROOM):
            self._room.eval(source)
        self._room.set_hard_memory_limit(_MEMORY_MB << 20)

    def __call__(self, graph: dict[str, Any]) -> dict[str, Any]:
        """The graph, in the engine's own JSON, with places; raises DrawingFailed for one that it can't lay out in
        time and memory."""
        from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException

        try:
            self._room.eval(f"begin({json.dumps(graph)});0", timeout_sec=self._seconds)
            for _ in range(_ROUNDS):
                found, failure = json.loads(str(self._room.eval("end()", timeout_sec=self._seconds)))
                if failure is not None:
                    raise DrawingFailed(f"The layout engine failed: {failure[:300]}")
                if found is not None:
                    laid: dict[str, Any] = json.loads(found)
                    return laid
        except JSTimeoutException:
            raise DrawingFailed(f"The layout took longer than {self._seconds:g} seconds and was given up") from None
        except (JSOOMException, JSEvalException) as error:
            raise DrawingFailed(f"The layout engine failed: {str(error)[:300]}") from None
        raise DrawingFailed("The layout engine gave no answer")


@cache
def elk() -> Elk:
    """This process's engine, made at the first call (0.2 s): layouts of one process are made one after another."""
    return Elk()
