"""Finds the operation of a path: plain words before parameters, in one walk over the path's segments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nunatak.api.icepanel.operation import Operation


@dataclass
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    operations: dict[str, Operation] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """The operations of a path by method, and the values of the path's parameters in order."""

    operations: dict[str, Operation]
    values: tuple[str, ...]


class Router:
    """All operations, as a tree of path segments."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            node = self._root
            for segment in operation.path.strip("/").split("/"):
                node = _below(node, segment)
            node.operations[operation.method] = operation

    def match(self, path: str) -> Match | None:
        """The operations at a path, or None for a path that no operation has."""
        segments = path.strip("/").split("/")
        return _walk(self._root, segments, ())


def _below(node: _Node, segment: str) -> _Node:
    if not segment.startswith("{"):
        return node.words.setdefault(segment, _Node())
    if node.parameter is None:
        node.parameter = _Node()
    return node.parameter


def _walk(node: _Node, segments: list[str], values: tuple[str, ...]) -> Match | None:
    if not segments:
        return Match(node.operations, values) if node.operations else None
    first, rest = segments[0], segments[1:]
    if first in node.words:
        found = _walk(node.words[first], rest, values)
        if found is not None:
            return found
    if node.parameter is None or not first:
        return None
    return _walk(node.parameter, rest, (*values, first))
