"""Loads a picture: a diagram with all the model's words that its drawing needs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.catalog.bundled import catalog
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.comment import CommentBody
from nunatak.core.diagram import Diagram, DiagramConnection, DiagramContent, DiagramObject
from nunatak.core.flow import Flow
from nunatak.core.kinds import (
    COMMENT,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DOMAIN,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    ORGANIZATION,
    TAG,
    TEAM,
    VERSION,
)
from nunatak.core.landscape import Version
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.core.people import Team
from nunatak.core.tag import Tag
from nunatak.render.picture import Line, Mark, Picture, Pin, Technology, Thing
from nunatak.services import flow_steps, technologies
from nunatak.services.places import LATEST, Place
from nunatak.store.unit import Unit


def load(unit: Unit, place: Place, diagram_id: str, flow_id: str | None = None, *, titled: bool = False) -> Picture:
    """The picture of a diagram as it is now, with a flow told over it; raises NotFound for either. A title also says
    of which version it is."""
    scope = place.version_id
    diagram: Diagram = unit.get(DIAGRAM, diagram_id, scope)
    content: DiagramContent = unit.get(DIAGRAM_CONTENT, diagram.id, scope)
    flow: Flow | None = unit.get(FLOW, flow_id, scope) if flow_id else None
    return composed(unit, place, diagram, content, flow, titled=titled)


def composed(
    unit: Unit,
    place: Place,
    diagram: Diagram,
    content: DiagramContent,
    flow: Flow | None = None,
    *,
    titled: bool = False,
) -> Picture:
    """The picture of a diagram that need not be stored, as long as what it shows is."""
    scope = place.version_id
    objects = {o.id: o for o in unit.among(MODEL_OBJECT, scope, [p.model_id for p in content.objects.values()])}
    drawn = [c.model_id for c in content.connections.values() if c.model_id]
    connections = {c.id: c for c in unit.among(MODEL_CONNECTION, scope, drawn)}
    vias = unit.among(MODEL_OBJECT, scope, [c.via_id for c in connections.values() if c.via_id])
    names = {o.id: o.name for o in vias}
    here = [*objects.values(), *connections.values()]
    return Picture(
        id=diagram.id,
        name=diagram.name,
        type=diagram.type,
        things=_things(unit, scope, diagram, content, objects),
        lines=[_line(c, connections.get(c.model_id or ""), names) for c in content.connections.values()],
        pins=_pins(unit, scope, content),
        technologies=_technologies(unit, place.organization_id, here),
        tags={t.id: Mark(name=t.name, color=t.color, group=t.group_id) for t in _tags(unit, scope, here)},
        teams={t.id: Mark(name=t.name, color=t.color) for t in _teams(unit, place.organization_id, objects)},
        line_shape=unit.get(ORGANIZATION, place.organization_id).line_shape_default,
        version=version_words(unit, place) if titled else "",
        flow=flow.name if flow else "",
        steps=flow_steps.steps(flow, content) if flow else [],
        line_names=flow is None or flow.show_connection_names,
    )


def version_words(unit: Unit, place: Place) -> str:
    """A snapshot's name and day; the live version has no day, for it changes."""
    version: Version = unit.get(VERSION, place.version_id, place.landscape_id)
    return version.name if LATEST in version.tags else f"{version.name}, {version.created_at:%Y-%m-%d}"


def _things(
    unit: Unit, scope: str, diagram: Diagram, content: DiagramContent, objects: dict[str, ModelObject]
) -> list[Thing]:
    """The things, of which those of other domains than the diagram's say so."""
    home = unit.get(MODEL_OBJECT, diagram.model_id, scope).domain_id
    domains = {d.id: d.name for d in unit.among(DOMAIN, scope, {o.domain_id for o in objects.values()})}
    domains[home] = ""
    placed = [p for p in content.objects.values() if p.model_id in objects]
    return [_thing(p, objects[p.model_id], domains.get(objects[p.model_id].domain_id, "")) for p in placed]


def _thing(placed: DiagramObject, model: ModelObject, domain: str = "") -> Thing:
    return Thing(
        id=placed.id,
        model_id=model.id,
        type=placed.type,
        shape=placed.shape,
        x=placed.x,
        y=placed.y,
        width=placed.width,
        height=placed.height,
        name=model.name,
        caption="" if model.caption is UNSET else model.caption,
        external=model.external,
        status=model.status,
        technology_ids=model.technology_ids,
        icon_id=model.icon.catalog_technology_id if model.icon else None,
        parent_ids=model.parent_ids,
        group_ids=model.group_ids,
        tag_ids=model.tag_ids,
        team_ids=model.team_ids,
        domain=domain,
        child_count=len(model.child_ids),
    )


def _line(drawn: DiagramConnection, model: ModelConnection | None, names: dict[str, str]) -> Line:
    line = Line(
        id=drawn.id,
        model_id=drawn.model_id,
        origin_id=drawn.origin_id,
        target_id=drawn.target_id,
        line_shape=drawn.line_shape,
        origin_connector=drawn.origin_connector,
        target_connector=drawn.target_connector,
        label_position=drawn.label_position,
        points=drawn.points,
    )
    return _worded(line, model, names) if model else line


def _worded(line: Line, model: ModelConnection, names: dict[str, str]) -> Line:
    return replace(
        line,
        name=model.name,
        direction=model.direction,
        status=model.status,
        technology_ids=model.technology_ids,
        tag_ids=model.tag_ids,
        via=names.get(model.via_id or "", ""),
    )


def _pins(unit: Unit, scope: str, content: DiagramContent) -> list[Pin]:
    comments = {c.id: c.body for c in unit.among(COMMENT, scope, [p.comment_id for p in content.comments.values()])}
    return [
        Pin(id=pin.id, comment_id=pin.comment_id, x=pin.x, y=pin.y, type=_sort(body), status=body.status)
        for pin in content.comments.values()
        if (body := comments.get(pin.comment_id)) is not None
    ]


def _sort(body: CommentBody) -> str:
    """What a comment is, being written or not."""
    return str(body.__struct_config__.tag).removeprefix("new-")


def _teams(unit: Unit, organization_id: str, objects: dict[str, ModelObject]) -> list[Team]:
    found: list[Team] = unit.among(TEAM, organization_id, {id_ for o in objects.values() for id_ in o.team_ids})
    return found


def _technologies(
    unit: Unit, organization_id: str, here: Iterable[ModelObject | ModelConnection]
) -> dict[str, Technology]:
    worded = {id_ for entity in here for id_ in entity.technology_ids}
    shown = {o.icon.catalog_technology_id for o in here if isinstance(o, ModelObject) and o.icon}
    found = sorted(technologies.among(unit, organization_id, worded | shown), key=lambda t: t.id)
    return {t.id: _technology(t, drawn=t.id in shown) for t in found}


def _technology(found: CatalogTechnology, *, drawn: bool) -> Technology:
    """A technology's words, with its icon where a card shows it. An organization's own icons are addresses: those of
    the catalog's icons are drawn, all others lie elsewhere."""
    light, dark = found.icon_url_light or found.icon_url, found.icon_url_dark or found.icon_url
    return Technology(
        name=found.name,
        short="" if found.name_short is UNSET else found.name_short,
        color=found.color,
        icon_light=catalog().icon_at(light, "light") if drawn else "",
        icon_dark=catalog().icon_at(dark, "dark") if drawn else "",
    )


def _tags(unit: Unit, scope: str, here: Iterable[ModelObject | ModelConnection]) -> list[Tag]:
    found: list[Tag] = unit.among(TAG, scope, {id_ for entity in here for id_ in entity.tag_ids})
    return found
