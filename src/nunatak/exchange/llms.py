"""A landscape as compact text for language models: short ids, hierarchy by indentation, one line a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.landscape import LandscapeParts
from nunatak.exchange.register import Register, links_of, text_of

_LETTERS = {"actor": "u", "group": "g", "system": "s", "app": "a", "store": "d", "component": "c", "root": "r"}
_ARROWS = {"outgoing": "->", "bidirectional": "<->", None: "--"}
_GUIDE = (
    "One line each. Objects: `id name (external, status) [technologies] #tags @teams %groups: what it is`, indented "
    "under their parent; ids begin with their type: u actor, g group, s system, a app, d store, c component, r domain. "
    "Connections: `origin -> target via object: name [technologies] #tags`."
)


def write(parts: LandscapeParts) -> str:
    """The text, in Markdown's headings."""
    return "\n".join(_Writer(parts).lines()) + "\n"


class _Writer:
    """Knows each object under a short id, in the order that they are told in."""

    def __init__(self, parts: LandscapeParts) -> None:
        self._parts = parts
        self._register = Register(parts)
        self._ids: dict[str, str] = {}
        for domain in parts.domains:
            if root := self._register.root(domain):
                self._name(root)
            for _, found in self._register.domain_objects(domain):
                self._name(found)

    def _name(self, found: ModelObject) -> None:
        self._ids.setdefault(found.id, f"{_LETTERS[found.type]}{len(self._ids) + 1}")

    def lines(self) -> Iterator[str]:
        parts = self._parts
        yield f"# {_line(parts.name)} ({_line(parts.version)})"
        yield _GUIDE
        for domain in parts.domains:
            root = self._register.root(domain)
            yield f"\n## {self._ids[root.id] if root else 'r'} Domain: {_line(domain.name)}"
            yield from (self._object(depth, found) for depth, found in self._register.domain_objects(domain))
        if parts.connections:
            yield "\n## Connections"
            yield from map(self._connection, parts.connections)
        yield from self._stories()
        yield from self._details()

    def _object(self, depth: int, found: ModelObject) -> str:
        words = [self._ids[found.id], _line(found.name)]
        states = [word for word, said in (("external", found.external), (found.status, found.status != "live")) if said]
        words += [f"({', '.join(states)})"] if states else []
        words += self._marks(found.technology_ids, found.tag_ids)
        words += [f"@{_line(name)}" for name in self._register.team_names(found.team_ids)]
        words += [f"%{self._ids[id_]}" for id_ in found.group_ids if id_ in self._ids]
        caption = _line(text_of(found.caption))
        return "  " * depth + " ".join(words) + (f": {caption}" if caption else "")

    def _marks(self, technology_ids: Iterable[str], tag_ids: Iterable[str]) -> list[str]:
        technologies = ", ".join(map(_line, self._register.technology_names(technology_ids)))
        tags = [f"#{_line(name)}" for name in self._register.tag_names(tag_ids)]
        return ([f"[{technologies}]"] if technologies else []) + tags

    def _connection(self, found: ModelConnection) -> str:
        ends = f"{self._ids.get(found.origin_id, '?')} {_ARROWS[found.direction]} {self._ids.get(found.target_id, '?')}"
        via = f" via {self._ids.get(found.via_id, '?')}" if found.via_id else ""
        status = f"({found.status}) " if found.status != "live" else ""
        marks = " ".join(self._marks(found.technology_ids, found.tag_ids))
        words = f"{status}{_line(found.name)} {marks}".strip()
        return f"{ends}{via}" + (f": {words}" if words else "")

    def _stories(self) -> Iterator[str]:
        for flow in self._parts.flows:
            yield f"\n## Flow: {_line(flow.name)}"
            for line in self._register.lines(flow):
                number = f"{line.number}. " if line.number else ""
                detail = f" ({_line(line.detail)})" if line.detail else ""
                yield "  " * line.depth + number + _line(line.text) + detail

    def _details(self) -> Iterator[str]:
        """Long descriptions and links, which would tear the hierarchy apart."""
        told: list[ModelObject | ModelConnection] = [*self._parts.objects, *self._parts.connections]
        found = [line for entity in told if (line := self._detail(entity))]
        if found:
            yield "\n## Details"
            yield from found

    def _detail(self, entity: ModelObject | ModelConnection) -> str:
        words = [_line(text_of(entity.description)), *(url for _, url in links_of(entity))]
        told = " ".join(word for word in words if word)
        if isinstance(entity, ModelObject):
            who = self._ids.get(entity.id, "?")
        else:
            who = (
                f"{self._ids.get(entity.origin_id, '?')} -> {self._ids.get(entity.target_id, '?')} {_line(entity.name)}"
            )
        return f"{who}: {told}" if told else ""


def _line(text: str) -> str:
    """The text as one line."""
    return " ".join(text.split())
