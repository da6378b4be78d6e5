"""The definitions of a converter's SVG, which stand at its end and are needed from its start on."""

from __future__ import annotations

import xml.parsers.expat
from dataclasses import dataclass, field
from typing import Any

from nunatak.documents.errors import Unreadable


@dataclass(slots=True)
class Node:
    """An element of the definitions, which stand at the end of the document and are read first."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)


def parse(text: str, start: Any, end: Any) -> None:
    """Calls `start` with each element's name and attributes, `end` with its name. Raises Unreadable for entities."""
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = _refuse
    parser.Parse(text, True)


def _refuse(*_: object) -> None:
    raise Unreadable("The page's vectors declare entities")


class Definitions:
    """All that stands in `<defs>`, by id, and how often each is used."""

    def __init__(self, text: str) -> None:
        self.top: list[Node] = []
        self.by_id: dict[str, Node] = {}
        self.uses: dict[str, int] = {}
        self._open: list[Node] = []
        self._inside = 0
        parse(text, self._start, self._end)

    def _start(self, name: str, told: dict[str, str]) -> None:
        if name == "use":
            target = told.get("xlink:href", told.get("href", ""))[1:]
            self.uses[target] = self.uses.get(target, 0) + 1
        if name == "defs":
            self._inside += 1
        elif self._inside:
            node = Node(name, told)
            (self._open[-1].children if self._open else self.top).append(node)
            if "id" in told:
                self.by_id[told["id"]] = node
            self._open.append(node)

    def _end(self, name: str) -> None:
        if name == "defs":
            self._inside -= 1
        elif self._inside:
            self._open.pop()
