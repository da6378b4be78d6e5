"""Found tags as marks on a page: what each says as data, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.documents.page import Box, Mark

_TOLD = ("id", "externalId", "name", "type", "resourceType", "modelObjectId")  # what of an entity a hit says as data
Entity = Mapping[str, Any]


def nowhere(_entity: Entity) -> str | None:
    """No address."""
    return None


class Links:
    """Where entities lead. `sheets` are the stems of pages that lie side by side, by ("id" | "externalId", value) of
    their file; `objects` gives the address of the model object that an entity names, or None."""

    def __init__(
        self, sheets: Mapping[tuple[str, str], str], objects: Callable[[Entity], str | None] = nowhere
    ) -> None:
        self._sheets = sheets
        self._objects = objects

    def of(self, entity: Entity) -> str | None:
        """The entity's own address, its model object's, or the first page of its file, in this order."""
        for key in ("url", "link"):
            if isinstance(entity.get(key), str) and urlsplit(entity[key]).scheme in ("http", "https"):
                return str(entity[key])
        return self._objects(entity) or self._sheet(entity)

    def _sheet(self, entity: Entity) -> str | None:
        names = [("id", entity.get("fileId")), ("externalId", entity.get("fileExternalId"))]
        if str(entity.get("resourceType", "")).lower() == "file":
            names += [("id", entity.get("id")), ("externalId", entity.get("externalId"))]
        stems = (self._sheets.get((name, str(value))) for name, value in names if value is not None)
        stem = next(filter(None, stems), None)
        return f"./{stem}-1.svg" if stem else None


def mark(found: FoundAnnotation, links: Links) -> Mark:
    """The mark of what was found; its facts are those of the first entity, its link the first that there is."""
    entities = found.entities or []
    first = entities[0] if entities else {}
    told = {key: str(first[key]) for key in _TOLD if isinstance(first.get(key), str | int)}
    return Mark(
        text=found.text,
        box=Box(*found.region.bounds),
        identity=found.text,
        title=found.text,
        link=next(filter(None, map(links.of, entities)), None),
        confidence=found.confidence,
        data={"page": str(found.region.page), **{f"entity-{key.lower()}": value for key, value in told.items()}},
    )
