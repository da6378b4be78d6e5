"""Icons of the catalog as files: SVG as they are, PNG drawn at the first look."""

from __future__ import annotations

import re

from nunatak.catalog.bundled import catalog
from nunatak.core.errors import NotFound
from nunatak.drawing.icons import document
from nunatak.drawing.png import icon
from nunatak.services.files import File
from nunatak.services.service import Service

PIXELS = 128  # a PNG's width and height
_NAME = re.compile(r"(?P<slug>[a-z0-9-]{1,200}?)(?:-(?P<theme>light|dark))?\.(?P<format>svg|png)")
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def read(service: Service, name: str) -> File:
    """The file of a name like `docker-dark.png`: a slug, the ground it is for (light, where none is said), and the
    format. Raises NotFound for a slug that leads to nothing, or to a technology without an icon."""
    found = _NAME.fullmatch(name)
    technology = catalog().by_slug(found["slug"]) if found else None
    body = ""
    if found and technology:
        body = catalog().icon(technology.id, "dark" if found["theme"] == "dark" else "light")
    if not found or not body:
        raise NotFound("Icon not found")
    data = document(body).encode() if found["format"] == "svg" else _png(service, body, found["slug"], found["theme"])
    return File(data=data, content_type=_TYPES[found["format"]], name=name)


def _png(service: Service, body: str, slug: str, theme: str | None) -> bytes:
    key = f"{catalog().icons.strip('/')}/{slug}-{theme or 'light'}.png"
    if service.blobs.exists(key):
        return service.blobs.get(key)
    drawn = service.apart(icon, document(body), PIXELS)
    service.blobs.put(key, drawn)
    return drawn
