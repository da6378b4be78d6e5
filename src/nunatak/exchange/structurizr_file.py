"""The shape of a Structurizr workspace's JSON: the fields we read, with their own names; all others are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from nunatak.core.errors import Invalid
from nunatak.core.fields import Coordinate, Percent, Struct

# A style's size in the file's own units.
Size = Annotated[int, Meta(ge=1, le=100_000)] | None
Properties = dict[str, str | None] | None


class Relationship(Struct, frozen=True, kw_only=True):
    """A relationship; one with a `linked_relationship_id` is implied by the one it names."""

    id: str
    source_id: str
    destination_id: str
    description: str | None = None
    technology: str | None = None
    tags: str | None = None
    url: str | None = None
    properties: Properties = None
    linked_relationship_id: str | None = None


class Element(Struct, frozen=True, kw_only=True):
    """Any element of the model; `children` are what stands inside it."""

    id: str
    name: str
    description: str | None = None
    technology: str | None = None
    tags: str | None = None
    url: str | None = None
    group: str | None = None
    location: str | None = None
    properties: Properties = None
    relationships: list[Relationship] | None = None

    @property
    def children(self) -> list[Component] | list[Container]:
        """The elements one level below."""
        return []


class Component(Element, frozen=True, kw_only=True):
    """A component of a container."""


class Container(Element, frozen=True, kw_only=True):
    """A container of a software system."""

    components: list[Component] | None = None

    @property
    def children(self) -> list[Component]:
        return self.components or []


class SoftwareSystem(Element, frozen=True, kw_only=True):
    """A software system."""

    containers: list[Container] | None = None

    @property
    def children(self) -> list[Container]:
        return self.containers or []


class Model(Struct, frozen=True, kw_only=True):
    """All elements, with their relationships inside them; custom ones and deployment are known by id alone."""

    people: list[Element] | None = None
    software_systems: list[SoftwareSystem] | None = None
    custom_elements: list[Element] | None = None
    properties: Properties = None


class Vertex(Struct, frozen=True, kw_only=True):
    """A bend, in paper units."""

    x: Coordinate
    y: Coordinate


class ElementView(Struct, frozen=True, kw_only=True):
    """Where an element is: its top-left corner in paper units, which a file without a layout leaves out."""

    id: str
    x: Coordinate | None = None
    y: Coordinate | None = None


class RelationshipView(Struct, frozen=True, kw_only=True):
    """A drawn relationship, its bends, and its label's place in percent."""

    id: str
    vertices: list[Vertex] | None = None
    routing: str | None = None
    position: Percent | None = None


class View(Struct, frozen=True, kw_only=True):
    """A view of any kind; `software_system_id` and `container_id` are its scope."""

    key: str
    order: int | None = None
    title: str | None = None
    description: str | None = None
    software_system_id: str | None = None
    container_id: str | None = None
    properties: Properties = None
    external_software_system_boundaries_visible: bool | None = None
    external_container_boundaries_visible: bool | None = None
    elements: list[ElementView] | None = None
    relationships: list[RelationshipView] | None = None


class ElementStyle(Struct, frozen=True, kw_only=True):
    """How elements with a tag look."""

    tag: str
    background: str | None = None
    shape: str | None = None
    width: Size = None
    height: Size = None


class RelationshipStyle(Struct, frozen=True, kw_only=True):
    """How relationships with a tag look."""

    tag: str
    color: str | None = None
    routing: str | None = None
    position: Percent | None = None


class Styles(Struct, frozen=True, kw_only=True):
    """All styles; later ones go before earlier ones."""

    elements: list[ElementStyle] | None = None
    relationships: list[RelationshipStyle] | None = None


class Configuration(Struct, frozen=True, kw_only=True):
    """What holds for all views."""

    styles: Styles | None = None
    properties: Properties = None


class Views(Struct, frozen=True, kw_only=True):
    """All views, by kind."""

    system_landscape_views: list[View] | None = None
    system_context_views: list[View] | None = None
    container_views: list[View] | None = None
    component_views: list[View] | None = None
    dynamic_views: list[View] | None = None
    deployment_views: list[View] | None = None
    filtered_views: list[View] | None = None
    custom_views: list[View] | None = None
    image_views: list[View] | None = None
    configuration: Configuration | None = None


class Workspace(Struct, frozen=True, kw_only=True):
    """The whole file."""

    model: Model
    name: str | None = None
    description: str | None = None
    views: Views | None = None

    @property
    def styles(self) -> Styles:
        """The styles, if only none."""
        found = self.views.configuration.styles if self.views and self.views.configuration else None
        return found or Styles()


def decode(data: bytes) -> Workspace:
    """The workspace in a JSON file. Raises Invalid naming the field that is missing or of the wrong type."""
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Workspace)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(f"The file is not a Structurizr workspace: {error}", (str(error),)) from None


def walk(model: Model) -> Iterator[tuple[Element, Element | None]]:
    """Every person, system, container and component with its parent, parents first."""
    for person in model.people or ():
        yield person, None
    for system in model.software_systems or ():
        yield system, None
        for container in system.children:
            yield container, system
            for component in container.children:
                yield component, container


def tags_of(thing: Element | Relationship) -> list[str]:
    """A thing's tags in the file's order, each once."""
    return list(dict.fromkeys(tag.strip() for tag in (thing.tags or "").split(",") if tag.strip()))
