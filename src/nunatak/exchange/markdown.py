"""A landscape as a Markdown document, whose names can't become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nunatak.core.domain import Domain
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.landscape import DiagramShown, FlowPart, LandscapeParts
from nunatak.exchange.register import Register, arrow, counted, kind_of, links_of, named, state_of, text_of
from nunatak.exchange.tamed import tamed

# What opens or closes markup amid a line: underscores only beside a word, marks of headings only after a space, an
# ampersand only before what could be an entity; and what opens a block at the start of a line.
_INLINE = re.compile(r"[\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|(?<!\S)#|&(?=[#\w])")
_OPENING = re.compile(r"^(?:[+=-]|\d+(?=[.)]))")
_SAFE_ADDRESS = re.compile(r"https?://[^\s<>()\\]+")


def write(parts: LandscapeParts) -> str:
    """The document: a title, its contents, then each domain, diagrams, flows, and what they are built with."""
    return "\n".join(_Writer(parts).lines()).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Text as one line in which no character is markup."""
    line = _INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    opening = _OPENING.match(line)
    if opening is None:
        return line
    return f"{opening[0]}\\{line[opening.end() :]}" if opening[0].isdigit() else f"\\{line}"


class _Writer:
    def __init__(self, parts: LandscapeParts) -> None:
        self._parts = parts
        self._register = Register(parts)

    def lines(self) -> Iterator[str]:
        parts = self._parts
        yield from (f"# {_name(parts.name)}", "", f"{escaped(parts.version)}. {self._counts()}", "")
        yield from ("## Contents", "", *self._contents(), "")
        for number, domain in enumerate(parts.domains, 1):
            yield from self._domain(number, domain)
        if parts.diagrams:
            yield from (
                *_heading(2, "Diagrams", "diagrams"),
                *(line for d in parts.diagrams for line in self._diagram(d)),
            )
        if parts.flows:
            yield from _heading(2, "Flows", "flows")
            for number, flow in enumerate(parts.flows, 1):
                yield from self._flow(number, flow)
        yield from self._technologies()
        yield from self._tags()

    def _counts(self) -> str:
        parts = self._parts
        objects = sum(found.type != "root" for found in parts.objects)
        counts = (
            (len(parts.domains), "domain"),
            (objects, "object"),
            (len(parts.connections), "connection"),
            (len(parts.diagrams), "diagram"),
            (len(parts.flows), "flow"),
        )
        return ", ".join(counted(number, word) for number, word in counts if number) + "."

    def _contents(self) -> Iterator[str]:
        parts = self._parts
        for number, domain in enumerate(parts.domains, 1):
            yield f"- [{_name(domain.name)}](#domain-{number})"
        if parts.diagrams:
            yield "- [Diagrams](#diagrams)"
        if parts.flows:
            yield "- [Flows](#flows)"
            yield from (f"  - [{_name(flow.name)}](#flow-{number})" for number, flow in enumerate(parts.flows, 1))
        for name, there in (("Technologies", parts.technologies), ("Tags", parts.tags)):
            if there:
                yield f"- [{name}](#{name.lower()})"

    def _domain(self, number: int, domain: Domain) -> Iterator[str]:
        objects = self._register.domain_objects(domain)
        connections = self._register.domain_connections(domain)
        yield from _heading(2, _name(domain.name), f"domain-{number}")
        if text := text_of(getattr(self._register.root(domain), "description", "")).strip():
            yield from (*_quoted(text), "")
        if not objects:
            yield from ("Nothing stands in this domain.", "")
            return
        yield from (*(self._branch(depth, found) for depth, found in objects), "")
        yield from _table(
            ("Object", "Type", "Status", "Technologies", "Tags", "Teams"), (self._object(found) for _, found in objects)
        )
        if connections:
            yield from ("### Connections", "")
            header = ("From", "", "To", "Connection", "Via", "Status", "Technologies", "Tags")
            yield from _table(header, map(self._connection, connections))
        told = [line for _, found in objects for line in self._description(found)]
        told += [line for found in connections for line in self._description(found)]
        if told:
            yield from ("### Descriptions", "", *told)

    def _branch(self, depth: int, found: ModelObject) -> str:
        caption = escaped(text_of(found.caption))
        return f"{'  ' * depth}- **{_name(found.name)}** ({kind_of(found)})" + (f": {caption}" if caption else "")

    def _object(self, found: ModelObject) -> tuple[str, ...]:
        register = self._register
        return (
            _name(found.name),
            kind_of(found),
            state_of(found),
            _list(register.technology_names(found.technology_ids)),
            _list(register.tag_names(found.tag_ids)),
            _list(register.team_names(found.team_ids)),
        )

    def _connection(self, found: ModelConnection) -> tuple[str, ...]:
        register = self._register
        return (
            escaped(register.name(found.origin_id)),
            arrow(found),
            escaped(register.name(found.target_id)),
            escaped(found.name),
            escaped(register.name(found.via_id)) if found.via_id else "",
            state_of(found),
            _list(register.technology_names(found.technology_ids)),
            _list(register.tag_names(found.tag_ids)),
        )

    def _description(self, found: ModelObject | ModelConnection) -> Iterator[str]:
        """A description and links under a heading."""
        text, links = text_of(found.description).strip(), links_of(found)
        if not text and not links:
            return
        yield from (f"#### {self._title(found)}", "")
        yield from _quoted(text)
        yield from [""] if text else []
        yield from (f"- {_link(name, url)}" for name, url in links)
        yield from [""] if links else []

    def _title(self, found: ModelObject | ModelConnection) -> str:
        if isinstance(found, ModelObject):
            return _name(found.name)
        ends = f"{self._register.name(found.origin_id)} {arrow(found)} {self._register.name(found.target_id)}"
        return escaped(f"{ends}: {found.name}" if found.name else ends)

    def _diagram(self, view: DiagramShown) -> Iterator[str]:
        diagram = view.diagram
        kind = diagram.type.replace("-", " ").capitalize()
        yield from (
            f"### {_name(diagram.name)}",
            "",
            f"{kind} of {escaped(self._register.name(diagram.model_id))}.",
            "",
        )
        if text := text_of(diagram.description).strip():
            yield from (*_quoted(text), "")
        if names := _list(self._register.object_names(dict.fromkeys(view.object_ids))):
            yield from (f"Shows {names}.", "")

    def _flow(self, number: int, flow: FlowPart) -> Iterator[str]:
        yield from _heading(3, _name(flow.name), f"flow-{number}")
        for line in self._register.lines(flow):
            label = f"**{line.number}** " if line.number else ""
            yield f"{'  ' * line.depth}- {label}{escaped(line.text)}"
            if line.detail:
                yield f"\n{'  ' * (line.depth + 1)}{escaped(line.detail)}\n"
        yield ""

    def _technologies(self) -> Iterator[str]:
        technologies = self._parts.technologies
        if not technologies:
            return
        yield from _heading(2, "Technologies", "technologies")
        yield from _table(
            ("Technology", "Type", "Website"),
            (
                (_name(t.name), (t.type or "").replace("-", " "), _link("", text_of(t.website_url)))
                for t in technologies
            ),
        )

    def _tags(self) -> Iterator[str]:
        if not self._parts.tags:
            return
        yield from _heading(2, "Tags", "tags")
        groups = self._register.groups
        rows = ((_name(tag.name), escaped(groups[tag.group_id].name), tag.color) for tag in self._parts.tags)
        yield from _table(("Tag", "Group", "Colour"), rows)


def _name(name: str) -> str:
    return escaped(named(name))


def _heading(level: int, title: str, anchor: str) -> tuple[str, ...]:
    """A heading that contents can point to, whatever letters it has."""
    return (f'<a id="{anchor}"></a>', "", f"{'#' * level} {title}", "")


def _quoted(text: str) -> Iterator[str]:
    """A description as it was written, without HTML, as a quotation, so that its headings stay its own."""
    return (f"> {line}".rstrip() for line in tamed(text).splitlines())


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table without the columns that would be empty from top to bottom."""
    kept = list(rows)
    used = [index for index in range(len(header)) if any(row[index] for row in kept)]
    yield _row(header[index] for index in used)
    yield _row("---" for _ in used)
    yield from (_row(row[index] for index in used) for row in kept)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(escaped, names))


def _link(name: str, url: str) -> str:
    """A link, where the address is one of the web; any other is only told."""
    if not _SAFE_ADDRESS.fullmatch(url):
        return escaped(f"{name} {url}" if name and name != url else url)
    return f"[{escaped(name)}](<{url}>)" if name and name != url else f"<{url}>"
