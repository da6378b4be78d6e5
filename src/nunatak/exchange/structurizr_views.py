"""The static views of a Structurizr workspace as diagrams, with their places on our grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nunatak.core.diagram import DiagramObjectShape, DiagramType
from nunatak.core.errors import Invalid
from nunatak.core.fields import LineShape
from nunatak.exchange.frames import Box, framed
from nunatak.exchange.parts import DiagramPart, DrawnPart, PlacedPart
from nunatak.exchange.scale import Scale, Sheet, scaled
from nunatak.exchange.structurizr_file import (
    Configuration,
    Container,
    Element,
    ElementView,
    Relationship,
    RelationshipView,
    Styles,
    View,
    Views,
    Workspace,
    tags_of,
)
from nunatak.exchange.structurizr_model import Reading, type_of

BOX = (256, 128)
ACTOR = (256, 160)
# What a box and a person measure on paper when no style says so.
PAPER_BOX = (450, 300)
PAPER_PERSON = (400, 400)
LEAST_PAPER = 50
_SHAPES: dict[str, LineShape] = {"orthogonal": "square", "direct": "straight", "curved": "curved"}


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A view on its way to a diagram: the model object it belongs to, and what is placed on it."""

    view: View
    type: DiagramType
    owner: str | None
    reading: Reading
    configuration: Configuration


def diagrams(workspace: Workspace, reading: Reading) -> tuple[list[DiagramPart], list[str]]:
    """The landscape, context, container and component views in the file's order, and a warning for each view that is
    left out. Raises Invalid for a view that names what is not in the model."""
    views = workspace.views or Views()
    configuration = views.configuration or Configuration()
    found: list[DiagramPart] = []
    warnings = [_left_out(kind, view) for kind, view in _foreign(views)]
    for type, owner, view in sorted(_static(views), key=lambda entry: entry[2].order or 0):
        if owner is not None and owner not in reading.elements:
            raise Invalid(f"The view '{view.key}' is of '{owner}', which is not in the model", (f"views.{view.key}",))
        drawing = Drawing(view=view, type=type, owner=owner, reading=reading, configuration=configuration)
        diagram, remarks = _diagram(drawing, workspace)
        found.append(diagram)
        warnings += remarks
    return found, warnings


def _static(views: Views) -> Iterator[tuple[DiagramType, str | None, View]]:
    for view in (*(views.system_landscape_views or ()), *(views.system_context_views or ())):
        yield "context-diagram", None, view
    for view in views.container_views or ():
        yield "app-diagram", view.software_system_id or "", view
    for view in views.component_views or ():
        yield "component-diagram", view.container_id or "", view


def _foreign(views: Views) -> Iterator[tuple[str, View]]:
    yield from (("dynamic", view) for view in views.dynamic_views or ())
    yield from (("deployment", view) for view in views.deployment_views or ())
    yield from (("filtered", view) for view in views.filtered_views or ())
    yield from (("custom", view) for view in views.custom_views or ())
    yield from (("image", view) for view in views.image_views or ())


def _left_out(kind: str, view: View) -> str:
    return f"The {kind} view '{view.key}' is left out: a diagram shows a landscape, system or app at rest."


def _diagram(drawing: Drawing, workspace: Workspace) -> tuple[DiagramPart, list[str]]:
    sheets, homeless = _sheets(drawing)
    scale = scaled(sheets, homeless)
    boxes = {s.id: (*scale.places[s.id], s.our_width, s.our_height) for s in (*sheets, *homeless)}
    areas, crowded = framed(boxes, _enclosures(drawing, boxes))
    drawn, loose = _lines(drawing, scale)
    part = DiagramPart(
        id=drawing.view.key,
        name=_name(drawing, workspace),
        type=drawing.type,
        model_id=drawing.owner,
        description=drawing.view.description or "",
        objects=[*_placed(areas, "area"), *_placed(boxes, "box")],
        connections=drawn,
    )
    return part, [*_homeless(drawing, len(homeless)), *(_crowded(drawing, id) for id in crowded), *loose]


def _placed(boxes: Mapping[str, Box], shape: DiagramObjectShape) -> Iterator[PlacedPart]:
    for id, (x, y, width, height) in boxes.items():
        yield PlacedPart(id=id, model_id=id, shape=shape, x=x, y=y, width=width, height=height)


def _name(drawing: Drawing, workspace: Workspace) -> str:
    """The view's title, or what it shows of what, as the tool itself would call it."""
    view, elements = drawing.view, drawing.reading.elements
    if view.title:
        return view.title
    shown = elements.get(drawing.owner or view.software_system_id or "")
    of = shown.name if shown else workspace.name or "Landscape"
    context = "Context" if view.software_system_id else "Landscape"
    what = {"context-diagram": context, "app-diagram": "Containers", "component-diagram": "Components"}[drawing.type]
    return f"{of} – {what}"


def _sheets(drawing: Drawing) -> tuple[list[Sheet], list[Sheet]]:
    """The view's elements with a place, and those without one. Where all have the same place, none has one: that is how
    files look whose layout is left to a browser."""
    shown = drawing.view.elements or []
    for element in shown:
        if element.id not in drawing.reading.elements and element.id not in drawing.reading.skipped:
            raise Invalid(
                f"The view '{drawing.view.key}' places '{element.id}', which is not in the model",
                (f"views.{drawing.view.key}.elements: there is no element '{element.id}'",),
            )
    known = [element for element in shown if element.id in drawing.reading.elements]
    unlaid = len(known) > 1 and len({(element.x, element.y) for element in known}) == 1
    sheets: tuple[list[Sheet], list[Sheet]] = ([], [])
    for element in known:
        sheets[unlaid or element.x is None or element.y is None].append(_sheet(drawing, element))
    return sheets


def _sheet(drawing: Drawing, place: ElementView) -> Sheet:
    element = drawing.reading.elements[place.id]
    person = type_of(element, drawing.reading.styles) == "actor"
    width, height = _paper_size(element, drawing.reading.styles, PAPER_PERSON if person else PAPER_BOX)
    inside = any(id == drawing.owner for id in drawing.reading.ancestors(place.id))
    return Sheet(
        id=place.id,
        x=(place.x or 0) + width / 2,
        y=(place.y or 0) + height / 2,
        width=width,
        height=height,
        our_width=(ACTOR if person else BOX)[0],
        our_height=(ACTOR if person else BOX)[1],
        rank=0 if person else 1 if inside else 2,
    )


def _paper_size(element: Element, styles: Styles, size: tuple[int, int]) -> tuple[int, int]:
    """The last style that speaks of a size wins."""
    width, height = size
    tags = tags_of(element)
    for style in styles.elements or ():
        if style.tag in tags:
            width, height = style.width or width, style.height or height
    return max(width, LEAST_PAPER), max(height, LEAST_PAPER)


def _enclosures(drawing: Drawing, boxes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each box of the view what is drawn around it, outermost first. A group that holds something of the view only
    through a system that isn't shown has no frame: one round its other members would say that this isn't in it."""
    reading = drawing.reading
    frames = {id for box in boxes for id in reading.ancestors(box) if _framed(drawing, id)} - set(boxes)
    hidden = {id for box in boxes for id in reading.ancestors(box)} - frames
    half = {group for id in hidden for group in reading.group_ids[id]}
    grouped = _said(drawing, "structurizr.groups") != "false"
    found: dict[str, tuple[str, ...]] = {}
    for box in boxes:
        chain = [box, *(id for id in reading.ancestors(box) if id in frames)]
        around: list[str] = []
        for id in reversed(chain):
            around += [group for group in reading.group_ids[id] if grouped and group not in half]
            around += [id] if id != box else []
        found[box] = tuple(around)
    return found


def _framed(drawing: Drawing, id: str) -> bool:
    """Whether the view draws an element as a frame around what is in it."""
    view = drawing.view
    if id == drawing.owner:
        return True
    if isinstance(drawing.reading.elements[id], Container):
        return drawing.type == "component-diagram" and view.external_container_boundaries_visible is not False
    if drawing.type == "app-diagram":
        return view.external_software_system_boundaries_visible is not False
    return drawing.type == "component-diagram" and _said(drawing, "structurizr.softwareSystemBoundaries") == "true"


def _said(drawing: Drawing, key: str) -> str:
    """A property of the view or, failing that, of all views."""
    for properties in (drawing.view.properties, drawing.configuration.properties):
        if properties and properties.get(key):
            return (properties[key] or "").lower()
    return ""


def _homeless(drawing: Drawing, count: int) -> list[str]:
    if not count:
        return []
    return [f"The view '{drawing.view.key}' has no places for {count} elements: they stand in rows."]


def _crowded(drawing: Drawing, id: str) -> str:
    name = drawing.reading.names[id]
    return f"The view '{drawing.view.key}' shows no frame for '{name}': something else stands between its members."


def _lines(drawing: Drawing, scale: Scale) -> tuple[list[DrawnPart], list[str]]:
    """The view's relationships, each drawn between what the view shows. An implied one is drawn for the written one
    that it comes from; several that look the same are one line. Those that lead off the view are left out."""
    reading, view = drawing.reading, drawing.view
    drawn: dict[tuple[str, str, str], DrawnPart] = {}
    loose: list[str] = []
    for shown in view.relationships or ():
        if shown.id in reading.skipped:
            continue
        if shown.id not in reading.relationships:
            raise Invalid(
                f"The view '{view.key}' draws the relationship '{shown.id}', which is not in the model",
                (f"views.{view.key}.relationships: there is no relationship '{shown.id}'",),
            )
        relationship = reading.relationships[shown.id]
        if relationship.source_id not in scale.places or relationship.destination_id not in scale.places:
            loose.append(f"The view '{view.key}' leaves out the relationship '{shown.id}': an end of it is not shown.")
            continue
        real = reading.real[shown.id]
        name = reading.relationships[real].description or ""
        key = (relationship.source_id, relationship.destination_id, name if real != shown.id else f"/{shown.id}")
        drawn.setdefault(key, _line(shown, relationship, real, reading.styles, scale))
    return list(drawn.values()), loose


def _line(shown: RelationshipView, relationship: Relationship, real: str, styles: Styles, scale: Scale) -> DrawnPart:
    tags = tags_of(relationship)
    routing, position = shown.routing, shown.position
    for style in reversed(styles.relationships or ()):
        if style.tag in tags:
            routing = routing or style.routing
            position = style.position if position is None else position
    return DrawnPart(
        id=shown.id,
        model_id=real,
        origin_id=relationship.source_id,
        target_id=relationship.destination_id,
        line_shape=_SHAPES.get((routing or "").lower(), "curved"),
        label_position=50 if position is None else position,
        points=[scale.point(vertex.x, vertex.y) for vertex in shown.vertices or ()],
    )
