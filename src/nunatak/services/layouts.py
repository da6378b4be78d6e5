"""Layouts: a diagram's content with the places that an engine found for it."""

from __future__ import annotations

from typing import Any

import msgspec

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.diagram import DiagramContent
from nunatak.core.errors import TooLarge
from nunatak.core.kinds import DIAGRAM_CONTENT
from nunatak.drawing.errors import DrawingFailed
from nunatak.render.arrange import arrange
from nunatak.render.layout.layout import Wanted
from nunatak.render.picture import Picture
from nunatak.services import entities, pictures, places
from nunatak.services.places import Path
from nunatak.services.service import Service


def lay_out(service: Service, actor: Actor, path: Path, diagram_id: str, wanted: Wanted) -> DiagramContent:
    """The content after its layout. Raises NotFound for the diagram, Invalid for pinned ids that aren't on it, Conflict
    when somebody has changed it meanwhile."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "write")
        place.writable()
        picture = pictures.load(unit, place, diagram_id)
        before: DiagramContent = unit.get(DIAGRAM_CONTENT, picture.id, place.version_id)
    if not before.objects:
        return before
    found = arranged(service, picture, wanted)
    values = {name: {"$update": parts} for name, parts in placed(found).items() if parts}
    change = Change(verb="update", kind=DIAGRAM_CONTENT.name, id=before.id, values=values, commit=before.commit)
    written: DiagramContent = entities.write(service, actor, path, change)
    return written


def arranged(service: Service, picture: Picture, wanted: Wanted) -> Picture:
    """The picture laid out, in a process that has the engine. Raises TooLarge for one that takes too long."""
    try:
        found = service.engine(arrange, msgspec.json.encode(picture), msgspec.json.encode(wanted))
    except DrawingFailed as error:
        raise TooLarge(str(error)) from None
    return msgspec.json.decode(found, type=Picture)


def placed(picture: Picture) -> dict[str, dict[str, Any]]:
    """What of a picture's places a content keeps, by wire names: `objects` and `connections` by id."""
    return {
        "objects": {thing.id: {"x": thing.x, "y": thing.y} for thing in picture.things},
        "connections": {
            line.id: {
                "points": [{"x": point.x, "y": point.y} for point in line.points],
                "labelPosition": line.label_position,
                "originConnector": line.origin_connector,
                "targetConnector": line.target_connector,
            }
            for line in picture.lines
        },
    }
