"""A landscape as one HTML file that needs no network: its pictures and letters are in it, no name becomes markup."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from nunatak.core.domain import Domain
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.markup import quoted, words
from nunatak.drawing.scene import FontKey, Scene
from nunatak.drawing.svg import Inline, inline, page_style
from nunatak.exchange.landscape import DiagramShown, FlowPart, LandscapeParts
from nunatak.exchange.prose import Block, Span, blocks
from nunatak.exchange.register import Line, Register, arrow, counted, kind_of, links_of, named, state_of, text_of

_MOST_INDENTED = 4


def write(parts: LandscapeParts, fonts: Fonts) -> str:
    """The page, with a picture of each diagram that has its scenes. Raises DrawingFailed for a scene that can't be
    drawn."""
    writer = _Writer(parts, fonts)
    body = "".join(writer.body())
    style = page_style(fonts, writer.characters(body)) + _file("page.css")
    script = _file("page.js")
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words(parts.name)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}<script>{script}</script>\n</body>\n</html>\n"
    )


@cache
def _file(name: str) -> str:
    """A part of the page that ships with the package."""
    return (resources.files("nunatak.exchange") / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """What a content policy knows an inline style or script by."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class _Writer:
    def __init__(self, parts: LandscapeParts, fonts: Fonts) -> None:
        self._parts = parts
        self._register = Register(parts)
        self._places = {found.id: f"o{number}" for number, found in enumerate(parts.objects, 1)}
        for number, domain in enumerate(parts.domains, 1):
            if root := self._register.root(domain):
                self._places[root.id] = f"domain{number}"
        self._views = {view.diagram.id: f"d{number}" for number, view in enumerate(parts.diagrams, 1)}
        self._flows = {flow.id: f"f{number}" for number, flow in enumerate(parts.flows, 1)}
        self._pictures = {
            view.diagram.id: [(name, inline(scene, fonts)) for name, scene in _scenes(view)] for view in parts.diagrams
        }
        self._ends: defaultdict[str, list[ModelConnection]] = defaultdict(list)
        for connection in parts.connections:
            for end in dict.fromkeys((connection.origin_id, connection.target_id)):
                self._ends[end].append(connection)

    def characters(self, body: str) -> dict[FontKey, frozenset[str]]:
        """The letters of the page and its pictures, by font."""
        found: defaultdict[FontKey, set[str]] = defaultdict(set)
        for picture in self._inline():
            for key, used in picture.characters.items():
                found[key] |= used
        for key in ("sans", "sans-semibold", "mono"):
            found[key] |= set(body)
        return {key: frozenset(used) for key, used in sorted(found.items())}

    def _inline(self) -> Iterator[Inline]:
        return (picture for pictures in self._pictures.values() for _, picture in pictures)

    def body(self) -> Iterator[str]:
        symbols = {id_: markup for picture in self._inline() for id_, markup in picture.symbols.items()}
        if symbols:
            yield f'<svg class="symbols" aria-hidden="true"><defs>{"".join(symbols.values())}</defs></svg>\n'
        yield from self._contents()
        parts = self._parts
        yield f"<main>\n<header><h1>{words(named(parts.name))}</h1>\n"
        yield f'<p class="counts">{words(parts.version)} · {self._counts()}</p></header>\n'
        yield from _section("diagrams", "Diagrams", map(self._diagram, parts.diagrams))
        for number, domain in enumerate(parts.domains, 1):
            yield from self._domain(number, domain)
        yield from _section("flows", "Flows", map(self._flow, parts.flows))
        yield from self._technologies()
        yield from self._tags()
        yield "</main>\n"

    def _counts(self) -> str:
        parts = self._parts
        objects = sum(found.type != "root" for found in parts.objects)
        counts = (
            (objects, "object"),
            (len(parts.connections), "connection"),
            (len(parts.diagrams), "diagram"),
            (len(parts.flows), "flow"),
        )
        return " · ".join(counted(number, word) for number, word in counts if number)

    def _contents(self) -> Iterator[str]:
        parts = self._parts
        yield '<nav aria-label="Contents">\n<div hidden><input type="search" id="search" placeholder="Search (/)"'
        yield ' aria-label="Search objects, diagrams and flows"><p id="found" role="status"></p></div>\n'
        domains = ((f"domain{number}", domain.name) for number, domain in enumerate(parts.domains, 1))
        yield from _links("Diagrams", ((self._views[v.diagram.id], v.diagram.name) for v in parts.diagrams))
        yield from _links("Domains", domains)
        yield from _links("Flows", ((self._flows[flow.id], flow.name) for flow in parts.flows))
        more = (("technologies", "Technologies", parts.technologies), ("tags", "Tags", parts.tags))
        yield from _links("Built with", ((id_, name) for id_, name, there in more if there))
        yield "</nav>\n"

    def _domain(self, number: int, domain: Domain) -> Iterator[str]:
        root = self._register.root(domain)
        known = f' data-id="{quoted(root.id)}"' if root else ""
        yield f'<section id="domain{number}"{known}><h2>{words(named(domain.name))}</h2>\n'
        yield _text(text_of(root.description)) if root else ""
        objects = self._register.domain_objects(domain)
        yield from (self._object(depth, found) for depth, found in objects)
        yield "</section>\n" if objects else '<p class="quiet">Nothing stands in this domain.</p></section>\n'

    def _object(self, depth: int, found: ModelObject) -> str:
        caption = text_of(found.caption)
        links = "".join(f"<li>{_link(name, url)}</li>" for name, url in links_of(found))
        return (
            f'<article id="{self._places[found.id]}" class="d{min(depth, _MOST_INDENTED)}" '
            f'data-id="{quoted(found.id)}" data-find><h4>{words(named(found.name))}'
            f'<span class="kind">{kind_of(found)}</span>{_state(found)}</h4>'
            f"{f'<p>{words(caption)}</p>' if caption else ''}{self._chips(found)}"
            f"{_text(text_of(found.description))}{f'<ul class=lines>{links}</ul>' if links else ''}"
            f"{self._connections(found)}</article>\n"
        )

    def _chips(self, found: ModelObject | ModelConnection) -> str:
        chips = [f"<li>{words(name)}</li>" for name in self._register.technology_names(found.technology_ids)]
        tags = (self._register.tags[id_] for id_ in found.tag_ids if id_ in self._register.tags)
        chips += [f'<li class="tag {tag.color}">{words(tag.name)}</li>' for tag in tags]
        if isinstance(found, ModelObject):
            chips += [f"<li>{words(name)}</li>" for name in self._register.team_names(found.team_ids)]
        return f'<ul class="chips">{"".join(chips)}</ul>' if chips else ""

    def _connections(self, found: ModelObject) -> str:
        ends = self._ends[found.id]
        if not ends:
            return ""
        lines = "".join(self._connection(found, connection) for connection in ends)
        return f'<details><summary>{counted(len(ends), "connection")}</summary><ul class="lines">{lines}</ul></details>'

    def _connection(self, found: ModelObject, connection: ModelConnection) -> str:
        leaves = connection.origin_id == found.id
        other = connection.target_id if leaves else connection.origin_id
        sign = arrow(connection) if leaves or connection.direction != "outgoing" else "←"
        name = f": {words(connection.name)}" if connection.name else ""
        via = f" via {self._reference(connection.via_id)}" if connection.via_id else ""
        return (
            f'<li><span class="arrow">{sign}</span>{self._reference(other)}{via}{name}{_state(connection)}'
            f"{self._chips(connection)}{_text(text_of(connection.description))}</li>"
        )

    def _reference(self, id_: str) -> str:
        place = self._places.get(id_)
        name = words(self._register.name(id_))
        return f'<a href="#{place}">{name}</a>' if place else name

    def _diagram(self, view: DiagramShown) -> str:
        diagram = view.diagram
        kind = diagram.type.replace("-", " ").capitalize()
        pictures = "".join(
            f'<div class="picture {name}">{picture.text}</div>' for name, picture in self._pictures[diagram.id]
        )
        return (
            f'<figure id="{self._views[diagram.id]}" data-find><figcaption><h3>{words(named(diagram.name))}</h3>'
            f'<p class="quiet">{kind} of {self._reference(diagram.model_id)}</p>{_text(text_of(diagram.description))}'
            f"</figcaption>{pictures}</figure>\n"
        )

    def _flow(self, flow: FlowPart) -> str:
        place = self._views.get(flow.diagram_id)
        over = f'<p class="quiet">Over <a href="#{place}">its diagram</a></p>' if place else ""
        steps = _steps(self._register.lines(flow))
        return f'<div id="{self._flows[flow.id]}" data-find><h3>{words(named(flow.name))}</h3>{over}{steps}</div>\n'

    def _technologies(self) -> Iterator[str]:
        rows = (
            f"<tr data-find><td>{words(t.name)}</td><td>{words((t.type or '').replace('-', ' '))}</td>"
            f"<td>{_link('', text_of(t.website_url))}</td></tr>"
            for t in self._parts.technologies
        )
        head = "<thead><tr><th>Technology<th>Type<th>Website</thead>"
        return _section("technologies", "Technologies", rows, f"<table>{head}<tbody>", "</tbody></table>")

    def _tags(self) -> Iterator[str]:
        groups = self._register.groups
        rows = (
            f'<tr data-find><td><ul class="chips"><li class="tag {tag.color}">{words(tag.name)}</ul></td>'
            f"<td>{words(groups[tag.group_id].name if tag.group_id in groups else '')}</td></tr>"
            for tag in self._parts.tags
        )
        head = "<thead><tr><th>Tag<th>Group</thead>"
        return _section("tags", "Tags", rows, f"<table>{head}<tbody>", "</tbody></table>")


def _scenes(view: DiagramShown) -> list[tuple[str, Scene]]:
    return [(name, scene) for name, scene in (("light", view.light), ("dark", view.dark)) if scene is not None]


def _section(id_: str, title: str, inner: Iterable[str], before: str = "", after: str = "") -> Iterator[str]:
    """A section of the page, unless nothing is in it."""
    found = "".join(inner)
    if found:
        yield f'<section id="{id_}"><h2>{title}</h2>\n{before}{found}{after}</section>\n'


def _links(label: str, links: Iterable[tuple[str, str]]) -> Iterator[str]:
    items = "".join(f'<li><a href="#{place}">{words(named(name))}</a></li>' for place, name in links)
    if items:
        yield f'<p class="label">{label}</p><ul>{items}</ul>\n'


def _steps(lines: Iterable[Line]) -> str:
    """Lines as lists in lists."""
    written, depth = ['<ol class="steps">'], 0
    for line in lines:
        written += ['<li><ol class="steps">'] * max(0, line.depth - depth) + ["</ol></li>"] * max(0, depth - line.depth)
        depth = line.depth
        number = f"<b>{line.number}</b>" if line.number else ""
        written.append(f"<li>{number}{words(line.text)}{_text(line.detail)}</li>")
    return "".join([*written, *["</ol></li>"] * depth, "</ol>"])


def _state(found: ModelObject | ModelConnection) -> str:
    state = state_of(found)
    return f'<span class="state">{state}</span>' if state else ""


def _text(text: str) -> str:
    """A description, as its writer meant it."""
    return f'<div class="text">{"".join(map(_block, blocks(text)))}</div>' if text.strip() else ""


def _block(block: Block) -> str:
    lines = "\n".join("".join(map(_span, line)) for line in block.lines)
    match block.kind:
        case "heading":
            return f'<p class="title">{lines}</p>'
        case "item":
            return f'<p class="item i{block.depth}"><span>{words(block.mark)}</span>{lines}</p>'
        case "code":
            return f"<pre>{lines}</pre>"
    return f"<p>{lines}</p>"


def _span(span: Span) -> str:
    text = _spaced(span.text)
    if span.url:
        return f'<a href="{quoted(span.url)}" rel="noreferrer">{text}</a>'
    return f"<{span.style}>{text}</{span.style}>" if span.style else text


def _spaced(text: str) -> str:
    """Words that keep their spaces."""
    return words(text.replace("\t", "    "))


def _link(name: str, url: str) -> str:
    """A link, where the address is one of the web; any other is only told."""
    if url.startswith(("http://", "https://")):
        return f'<a href="{quoted(url)}" rel="noreferrer">{words(name or url)}</a>'
    return words(f"{name} {url}" if name and name != url else url)
