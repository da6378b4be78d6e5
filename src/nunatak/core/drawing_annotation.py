"""Annotations as jobs find them and take them: a text, its place on a page, and the entities it may mean."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from nunatak.core.fields import Struct

Fraction = Annotated[float, Meta(ge=0, le=1)]


class Vertex(Struct, frozen=True, kw_only=True):
    """A corner in 0..1 of the page's width and height as displayed, from its top left."""

    x: Fraction
    y: Fraction


class Region(Struct, frozen=True, kw_only=True):
    """A place on a page: the smallest box that holds all vertices, of which one is enough."""

    vertices: Annotated[list[Vertex], Meta(min_length=1, max_length=1000)]
    page: Annotated[int, Meta(ge=1)] = 1
    shape: str = "rectangle"

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        across, down = [one.x for one in self.vertices], [one.y for one in self.vertices]
        return min(across), min(down), max(across), max(down)


class FoundAnnotation(Struct, frozen=True, kw_only=True):
    """A text that was found. `entities` are objects as somebody gave them; any of their values may be of any sort."""

    text: Annotated[str, Meta(max_length=4000)]
    region: Region
    confidence: Fraction | None = None
    entities: list[dict[str, Any]] | None = None
