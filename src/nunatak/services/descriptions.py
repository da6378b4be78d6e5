"""Descriptions made from the model, without an AI service: the same model gives the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nunatak.core import sentences
from nunatak.core.access import Actor
from nunatak.core.diagram import DiagramContent
from nunatak.core.errors import Dangling
from nunatak.core.kinds import DIAGRAM_CONTENT, MODEL_CONNECTION, MODEL_OBJECT
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.services import places, technologies
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

Length = Literal["caption", "detailed"]
MESSAGE = "Made from the model's names, types and connections"


def of_connection(service: Service, actor: Actor, path: Path, connection_id: str, length: Length) -> str:
    """What a connection does; raises NotFound."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "write")
        connection: ModelConnection = unit.get(MODEL_CONNECTION, connection_id, place.version_id)
        return _Words.found(unit, place, [connection], []).connection(connection, detailed=length == "detailed")


def of_diagram(
    service: Service, actor: Actor, path: Path, diagram_id: str, length: Length, model_ids: Sequence[str] | None
) -> str:
    """What a diagram shows, or what it shows of some model objects and between them; detailed with a line for each of
    its objects and connections. Raises NotFound for the diagram and Dangling for objects that it doesn't show."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "write")
        content: DiagramContent = unit.get(DIAGRAM_CONTENT, diagram_id, place.version_id)
        placed = {found.model_id for found in content.objects.values()}
        wanted = placed if model_ids is None else _shown(placed, model_ids)
        objects: list[ModelObject] = unit.among(MODEL_OBJECT, place.version_id, wanted)
        drawn = [c.model_id for c in content.connections.values() if c.model_id]
        lines: list[ModelConnection] = unit.among(MODEL_CONNECTION, place.version_id, drawn)
        lines = [line for line in lines if {line.origin_id, line.target_id} <= wanted]
        words = _Words.found(unit, place, lines, objects)
    told = [sentences.of_diagram(content.name, objects, len(lines))]
    if length == "detailed":
        told += [sentences.of_object(found, words.names) for found in objects]
        told += [words.connection(line, detailed=False) for line in lines]
    return sentences.together(told)


def _shown(placed: set[str], model_ids: Sequence[str]) -> set[str]:
    errors = [
        f"body.modelObjectIds[{place}]: expected the id of a model object that the diagram shows, got {id_!r}"
        for place, id_ in enumerate(model_ids)
        if id_ not in placed
    ]
    if errors:
        raise Dangling("Model object not found on the diagram", tuple(errors[:30]))
    return set(model_ids)


@dataclass(frozen=True, kw_only=True)
class _Words:
    """What sentences need: model objects by id, names of objects and of technologies by id."""

    objects: dict[str, ModelObject]
    names: dict[str, str]
    technologies: dict[str, str]

    @classmethod
    def found(
        cls, unit: Unit, place: Place, lines: Sequence[ModelConnection], objects: Iterable[ModelObject]
    ) -> _Words:
        ends = {id_ for line in lines for id_ in (line.origin_id, line.target_id, line.via_id) if id_}
        here = {o.id: o for o in (*objects, *unit.among(MODEL_OBJECT, place.version_id, ends))}
        above = unit.among(MODEL_OBJECT, place.version_id, {o.parent_id for o in here.values() if o.parent_id})
        used = technologies.among(unit, place.organization_id, {id_ for line in lines for id_ in line.technology_ids})
        return cls(
            objects=here,
            names={o.id: " ".join(o.name.split()) for o in above},
            technologies={t.id: t.name for t in used},
        )

    def connection(self, line: ModelConnection, *, detailed: bool) -> str:
        via = self.objects.get(line.via_id or "")
        return sentences.of_connection(
            line,
            self.objects[line.origin_id],
            self.objects[line.target_id],
            parents=self.names,
            via=" ".join(via.name.split()) if via else "",
            technologies=[self.technologies[id_] for id_ in line.technology_ids if id_ in self.technologies],
            detailed=detailed,
        )
