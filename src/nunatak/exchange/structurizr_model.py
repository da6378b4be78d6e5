"""The model of a Structurizr workspace as parts: elements, groups, relationships and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain

from nunatak.core.diagram import DiagramObjectType
from nunatak.core.errors import Invalid
from nunatak.exchange.color import nearest
from nunatak.exchange.names import told_apart
from nunatak.exchange.parts import ConnectionPart, LinkPart, ObjectPart, TagGroupPart, TagPart
from nunatak.exchange.structurizr_file import (
    Component,
    Container,
    Element,
    Model,
    Properties,
    Relationship,
    SoftwareSystem,
    Styles,
    Workspace,
    tags_of,
    walk,
)

CAPTION_LENGTH = 120
LABEL_COUNT = 50
LABEL_LENGTH = 5000
TAG_GROUP = TagGroupPart(id="tags", name="Structurizr tags", icon="cog")

# The tool gives them to every element of a kind, so they say nothing.
_DEFAULT_TAGS = frozenset(
    {"Element", "Person", "Software System", "Container", "Component", "Relationship", "Synchronous"}
)
_EXTERNAL = re.compile(r"external\b|third[ -]party\b|(?:saas|vendor)$", re.IGNORECASE)
_STORE_SHAPES = frozenset({"Cylinder", "Bucket", "Pipe"})
_STORE_NAME = re.compile(r"\b(?:database|db|queue|bucket|topic|data ?store|data ?warehouse|cache)s?$", re.IGNORECASE)
_STORE_TECHNOLOGY = re.compile(
    r"\b(?:database|queue|bucket|topic|postgres(?:ql)?|mysql|mariadb|mongodb|redis|cassandra|dynamodb|sqlite|s3)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:and\s|or\s)?\s*|\s+(?:and|or|&|\+)\s+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of elements; `parent_id` is the group around it."""

    id: str
    parent_id: str | None
    name: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is known of a workspace's model by id: elements in the file's order, parents first; `parents` of all but the
    top ones; `group_ids` of all, outer groups first; the `names` that elements and groups get from us; `real` gives
    each relationship the one that stands in the model for it, which differs for implied ones. `skipped` are ids of
    elements and relationships we have no place for."""

    elements: Mapping[str, Element]
    parents: Mapping[str, str]
    groups: Mapping[str, Group]
    group_ids: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    relationships: Mapping[str, Relationship]
    real: Mapping[str, str]
    skipped: frozenset[str]
    styles: Styles

    def ancestors(self, id: str) -> Iterator[str]:
        """The elements around one, nearest first."""
        while id in self.parents:
            id = self.parents[id]
            yield id


def understood(workspace: Workspace) -> Reading:
    """The model by id. Raises Invalid for an id used twice and for a relationship that leads nowhere."""
    elements: dict[str, Element] = {}
    parents: dict[str, str] = {}
    for element, parent in walk(workspace.model):
        if element.id in elements:
            raise Invalid(f"The workspace uses the id '{element.id}' twice", (f"model: '{element.id}' is used twice",))
        elements[element.id] = element
        if parent is not None:
            parents[element.id] = parent.id
    custom = frozenset(element.id for element in workspace.model.custom_elements or ())
    relationships, skipped = _relationships(workspace.model, elements, custom)
    groups_of = _groups(workspace.model, elements, parents)
    groups = {group.id: group for path in groups_of.values() for group in path}
    styles = workspace.styles
    names = told_apart(
        chain(
            ((e.id, parents.get(e.id), e.name, type_of(e, styles)) for e in elements.values()),
            ((group.id, group.parent_id, group.name, "group") for group in groups.values()),
        )
    )
    return Reading(
        elements=elements,
        parents=parents,
        groups=groups,
        group_ids={id: tuple(group.id for group in path) for id, path in groups_of.items()},
        names=names,
        relationships=relationships,
        real={id: _real(id, relationships) for id in relationships},
        skipped=custom | skipped,
        styles=styles,
    )


def type_of(element: Element, styles: Styles) -> DiagramObjectType:
    """The model type of an element. A container is a store when a tag of it is drawn as a cylinder, bucket or pipe, or
    when its name or technology says so."""
    if isinstance(element, SoftwareSystem):
        return "system"
    if isinstance(element, Component):
        return "component"
    if not isinstance(element, Container):
        return "actor"
    tags = tags_of(element)
    if any(style.shape in _STORE_SHAPES for style in styles.elements or () if style.tag in tags):
        return "store"
    said = _STORE_NAME.search(element.name.strip()) or _STORE_TECHNOLOGY.search(element.technology or "")
    return "store" if said else "app"


def objects(reading: Reading) -> list[ObjectPart]:
    """All groups and elements, parents before children."""
    around = {id: path[:depth] for path in reading.group_ids.values() for depth, id in enumerate(path)}
    groups = [
        ObjectPart(
            id=group.id,
            type="group",
            name=reading.names[group.id],
            parent_id=group.parent_id,
            group_ids=list(around[group.id]),
        )
        for group in reading.groups.values()
    ]
    return [*groups, *(_object(element, reading) for element in reading.elements.values())]


def connections(reading: Reading) -> list[ConnectionPart]:
    """The relationships that somebody wrote; implied ones aren't among them."""
    return [_connection(reading.relationships[id]) for id, real in reading.real.items() if id == real]


def tags(reading: Reading) -> list[TagPart]:
    """Every tag in use but the default ones, in the colour nearest to its style's."""
    colors = {style.tag: style.background for style in reading.styles.elements or ()}
    colors = {style.tag: style.color for style in reading.styles.relationships or ()} | colors
    real = (reading.relationships[id] for id, real in reading.real.items() if id == real)
    things: list[Element | Relationship] = [*reading.elements.values(), *real]
    names = dict.fromkeys(tag for thing in things for tag in _own_tags(thing))
    return [
        TagPart(id=_tag_id(name), name=name, color=nearest(colors.get(name)), group_id=TAG_GROUP.id) for name in names
    ]


def caption(description: str) -> str:
    """A description short enough for a card: all of it, or its first sentence, clause or words."""
    text = " ".join(description.split())
    if len(text) <= CAPTION_LENGTH:
        return text
    head = text[:CAPTION_LENGTH]
    for stop, keep in ((". ", 1), ("; ", 0), (", ", 0), (" ", 0)):
        end = head.rfind(stop)
        if end > CAPTION_LENGTH // 4:
            return head[: end + keep] + ("" if stop == ". " else "…")
    return head[:-1] + "…"


def technologies(text: str | None) -> list[str]:
    """The names in a technology text, each once: commas, semicolons, "and", "or", "&" and "+" part them."""
    return list(dict.fromkeys(name.strip() for name in _SEPARATOR.split(text or "") if name and name.strip()))


def _object(element: Element, reading: Reading) -> ObjectPart:
    names = technologies(element.technology)
    said = tags_of(element)
    return ObjectPart(
        id=element.id,
        type=type_of(element, reading.styles),
        name=reading.names[element.id],
        parent_id=reading.parents.get(element.id),
        caption=caption(element.description or ""),
        description=element.description or "",
        external=(element.location or "").lower() == "external" or any(_EXTERNAL.match(tag) for tag in said),
        technologies=names,
        icon=names[0] if names else None,
        tags=[_tag_id(tag) for tag in _own_tags(element)],
        group_ids=list(reading.group_ids.get(element.id, ())),
        links=_links(element.url),
        labels=_labels(element.properties),
    )


def _connection(relationship: Relationship) -> ConnectionPart:
    return ConnectionPart(
        id=relationship.id,
        name=relationship.description or "",
        origin_id=relationship.source_id,
        target_id=relationship.destination_id,
        technologies=technologies(relationship.technology),
        tags=[_tag_id(tag) for tag in _own_tags(relationship)],
        links=_links(relationship.url),
        labels=_labels(relationship.properties),
    )


def _own_tags(thing: Element | Relationship) -> list[str]:
    return [tag for tag in tags_of(thing) if tag not in _DEFAULT_TAGS]


def _tag_id(name: str) -> str:
    return f"tag/{name}"


def _links(url: str | None) -> list[LinkPart]:
    return [LinkPart(url=url)] if url else []


def _labels(properties: Properties) -> dict[str, str]:
    """Properties as labels, but for those that speak to the tool, and no more than a thing may have."""
    own = [(key, value) for key, value in (properties or {}).items() if value and not key.startswith("structurizr.")]
    return {key: value[:LABEL_LENGTH] for key, value in own[:LABEL_COUNT]}


def _relationships(
    model: Model, elements: Mapping[str, Element], custom: frozenset[str]
) -> tuple[dict[str, Relationship], frozenset[str]]:
    """The relationships between our elements by id, and the ids of those that touch custom ones."""
    known: dict[str, Relationship] = {}
    skipped: set[str] = set()
    for holder in (*elements.values(), *(model.custom_elements or ())):
        for relationship in holder.relationships or ():
            ends = {relationship.source_id, relationship.destination_id}
            missing = sorted(end for end in ends if end not in elements and end not in custom)
            if missing:
                raise Invalid(
                    f"The relationship '{relationship.id}' names '{missing[0]}', which is not in the model",
                    tuple(f"relationship {relationship.id}: there is no element '{end}'" for end in missing),
                )
            if relationship.id in known or relationship.id in elements:
                raise Invalid(
                    f"The workspace uses the id '{relationship.id}' twice",
                    (f"relationship {relationship.id}: the id is used twice",),
                )
            if ends & custom:
                skipped.add(relationship.id)
            else:
                known[relationship.id] = relationship
    return known, frozenset(skipped)


def _real(id: str, relationships: Mapping[str, Relationship]) -> str:
    """The written relationship that an implied one comes from. Raises Invalid when that leads nowhere."""
    seen = {id}
    while (linked := relationships[id].linked_relationship_id) is not None:
        if linked not in relationships or linked in seen:
            raise Invalid(
                f"The relationship '{id}' is implied by '{linked}', which is not in the model",
                (f"relationship {id}: there is no relationship '{linked}'",),
            )
        seen.add(linked)
        id = linked
    return id


def _groups(model: Model, elements: Mapping[str, Element], parents: Mapping[str, str]) -> dict[str, tuple[Group, ...]]:
    """The groups around each element, outer ones first. Groups of one name in two systems are two groups."""
    separator = (model.properties or {}).get("structurizr.groupSeparator")
    return {
        element.id: tuple(_group_path(element.group or "", separator, parents.get(element.id)))
        for element in elements.values()
    }


def _group_path(text: str, separator: str | None, scope: str | None) -> Iterator[Group]:
    """The groups in an element's group text, outer ones first."""
    names = [name.strip() for name in (text.split(separator) if separator else [text]) if name.strip()]
    joined = accumulate(names, lambda path, name: f"{path}{separator}{name}")
    outer: str | None = None
    for path, name in zip(joined, names, strict=True):
        id = f"group/{scope or ''}/{path}"
        yield Group(id=id, parent_id=outer, name=name)
        outer = id
