"""A register of a landscape: what stands where, and names for every id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from nunatak.core.domain import Domain
from nunatak.core.flow import NESTING
from nunatak.core.kinds import fold
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.landscape import FlowPart, LandscapeParts, StepPart

_ORDER = ("actor", "group", "system", "app", "store", "component")
_ARROWS = {"outgoing": "→", "bidirectional": "↔", None: "–"}
_FORKS = {"alternate-path": "One of these", "parallel-path": "All of these at once"}
_NUMBERED = ("outgoing", "reply", "self-action")
_DEEPEST = 2 * NESTING  # a fork and its path's name are a step each


class Line(NamedTuple):
    """A step as it is told: how deep it stands, its number (empty for none), its words, and more of them."""

    depth: int
    number: str
    text: str
    detail: str = ""


class Register:
    """Looks things up in parts. Children are in the order of the C4 levels, then of their names."""

    def __init__(self, parts: LandscapeParts) -> None:
        self.parts = parts
        self.objects = {found.id: found for found in parts.objects}
        self.connections = {found.id: found for found in parts.connections}
        self.technologies = {found.id: found for found in parts.technologies}
        self.tags = {found.id: found for found in parts.tags}
        self.groups = {found.id: found for found in parts.tag_groups}
        self.teams = {found.id: found for found in parts.teams}
        self.domains = {found.id: found for found in parts.domains}
        self.flows = {found.id: found for found in parts.flows}
        self.children: defaultdict[str | None, list[ModelObject]] = defaultdict(list)
        for found in sorted(parts.objects, key=_rank):
            self.children[found.parent_id].append(found)

    def name(self, id_: str | None) -> str:
        """The name of a model object; a root's is its domain's, and of what isn't there it is a question mark."""
        found = self.objects.get(id_ or "")
        if found is None:
            return "?"
        domain = self.domains.get(found.domain_id)
        return named(domain.name if found.type == "root" and domain else found.name)

    def path(self, found: ModelObject) -> list[str]:
        """The names of everything above an object, the domain's first."""
        return [self.name(id_) for id_ in reversed(found.parent_ids)]

    def root(self, domain: Domain) -> ModelObject | None:
        """The object that a domain's objects stand under."""
        return next((found for found in self.children[None] if found.domain_id == domain.id), None)

    def domain_objects(self, domain: Domain) -> list[tuple[int, ModelObject]]:
        """A domain's objects with their depth from 0, as a tree is read."""
        root = self.root(domain)
        return [(depth - 1, found) for depth, found in self._tree(root, 0) if depth] if root else []

    def _tree(self, found: ModelObject, depth: int) -> Iterator[tuple[int, ModelObject]]:
        """An object and all under it; groups may lie deeper in each other than calls may."""
        waiting = [(depth, found)]
        while waiting:
            depth, found = waiting.pop()
            yield depth, found
            waiting += [(depth + 1, child) for child in reversed(self.children[found.id])]

    def domain_connections(self, domain: Domain) -> list[ModelConnection]:
        """The connections that begin in a domain, by the names of their ends."""
        kept = [c for c in self.parts.connections if self._domain_of(c.origin_id) == domain.id]
        return sorted(
            kept, key=lambda c: (fold(self.name(c.origin_id)), fold(self.name(c.target_id)), fold(c.name), c.id)
        )

    def _domain_of(self, object_id: str) -> str:
        found = self.objects.get(object_id)
        return found.domain_id if found else ""

    def technology_names(self, ids: Iterable[str]) -> list[str]:
        """Short names of technologies, where they have one."""
        return [t.name_short or t.name for t in map(self.technologies.get, ids) if t]

    def tag_names(self, ids: Iterable[str]) -> list[str]:
        return [tag.name for tag in map(self.tags.get, ids) if tag]

    def team_names(self, ids: Iterable[str]) -> list[str]:
        return [team.name for team in map(self.teams.get, ids) if team]

    def object_names(self, ids: Iterable[str]) -> list[str]:
        return [self.name(id_) for id_ in ids if id_ in self.objects]

    def lines(self, flow: FlowPart) -> list[Line]:
        """The steps of a flow in the order of telling, those of a fork's paths under it. What happens between objects
        is numbered from 1, as it is in pictures."""
        on: defaultdict[str | None, list[StepPart]] = defaultdict(list)
        paths = {path.id for step in flow.steps for path in step.paths}
        for step in flow.steps:
            on[step.path_id if step.path_id in paths else None].append(step)
        numbers = count(1)
        return list(self._told(flow, on, None, 0, numbers))

    def _told(
        self,
        flow: FlowPart,
        on: dict[str | None, list[StepPart]],
        path_id: str | None,
        depth: int,
        numbers: Iterator[int],
    ) -> Iterator[Line]:
        for step in on.pop(path_id, []) if depth <= _DEEPEST else ():
            number = str(next(numbers)) if step.type in _NUMBERED else ""
            yield Line(depth, number, self.sentence(flow, step), step.detail)
            for place, path in enumerate(step.paths, 1):
                yield Line(depth + 1, "", path.name or f"Path {place}")
                yield from self._told(flow, on, path.id, depth + 2, numbers)

    def sentence(self, flow: FlowPart, step: StepPart) -> str:
        """A step in one line."""
        who, text = self._who(step), step.text.strip()
        if step.type in _FORKS:
            text = text or _FORKS[step.type]
        if step.type == "subflow":
            other = self.flows.get(step.flow_id or "")
            text = f"{text or 'Goes on'} (flow: {other.name})" if other else text or "Another flow"
        if flow.show_connection_names and (via := self.connections.get(step.via_id or "")) is not None and via.name:
            text = f"{text} ({via.name})" if text else via.name
        return ": ".join(part for part in (who, text) if part) or "…"

    def _who(self, step: StepPart) -> str:
        if step.type not in _NUMBERED or step.origin_id is None:
            return ""
        if step.target_id is None or step.type == "self-action":
            return self.name(step.origin_id)
        back = " (reply)" if step.type == "reply" else ""
        return f"{self.name(step.origin_id)} → {self.name(step.target_id)}{back}"


def named(name: str) -> str:
    """A name as a document shows it, with words for one that shows nothing."""
    return name if name.strip() else "Without a name"


def kind_of(found: ModelObject) -> str:
    """What an object is, in words: "External system"."""
    word = "domain" if found.type == "root" else found.type
    return f"External {word}" if found.external else word.capitalize()


def arrow(connection: ModelConnection) -> str:
    return _ARROWS[connection.direction]


def state_of(found: ModelObject | ModelConnection) -> str:
    """A status that is worth a word; nothing for what simply is live."""
    return "" if found.status == "live" else found.status


def text_of(value: object) -> str:
    """A text that may not be there."""
    return value if isinstance(value, str) else ""


def counted(number: int, word: str) -> str:
    """A number with its thing: "1 object", "1,200 objects"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def links_of(found: ModelObject | ModelConnection) -> list[tuple[str, str]]:
    """The links to what really runs: name and address, in their order."""
    links = sorted(found.links.values(), key=lambda link: (link.index, link.id))
    addresses = ((link, text_of(link.url) or text_of(link.connection_resolve_url)) for link in links)
    return [(text_of(link.custom_name) or text_of(link.name) or url, url) for link, url in addresses if url]


def _rank(found: ModelObject) -> tuple[int, str, str]:
    return _ORDER.index(found.type) if found.type in _ORDER else -1, fold(found.name), found.id
