"""`nunatak import file`: a file into a landscape, straight into a data folder or through a running server."""

from __future__ import annotations

from pathlib import Path

from nunatak.api.wire import decode_body
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.import_file import LandscapeImportData
from nunatak.exchange import import_text
from nunatak.services import landscape_imports, places
from nunatak.settings import Settings

_MEDIA = {".json": "application/json", ".yaml": "application/yaml", ".yml": "application/yaml"}


def run(file: Path, landscape: str, settings: Settings, *, prune: bool, server: str | None, key: str | None) -> None:
    """Brings the file in, whole or not at all, and prints what it held; raises Invalid naming every bad entry."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} can't be read: {error.strerror}") from None
    media = _MEDIA.get(file.suffix.lower(), "")
    try:
        held = _checked(data, media, settings)
    except Invalid as refusal:
        raise Invalid(f"{file} is not valid", refusal.errors or (refusal.message,)) from None
    if server:
        _through_server(data, media, landscape, settings, prune=prune, server=server, key=key)
    else:
        _into_folder(held, landscape, settings, prune=prune)
    objects, connections = held.model_objects or (), held.model_connections or ()
    print(f"{file.name}: {len(objects)} objects, {len(connections)} connections are in landscape {landscape}")


def _checked(data: bytes, media: str, settings: Settings) -> LandscapeImportData:
    limit = settings.body_limit_mb * 1024 * 1024
    return decode_body(import_text.as_json(data, media), LandscapeImportData, limit=limit)


def _into_folder(held: LandscapeImportData, landscape: str, settings: Settings, *, prune: bool) -> None:
    from nunatak.cli.operate import open_service

    service, operator = open_service(settings)
    path = places.Path(landscape_id=landscape, version_id=places.LATEST)
    landscape_imports.at_once(service, operator, path, held, prune=prune)


def _through_server(
    data: bytes, media: str, landscape: str, settings: Settings, *, prune: bool, server: str, key: str | None
) -> None:
    from nunatak.cli.client import Client, stored_key

    with Client(server, key or stored_key(settings)) as client:
        ended = client.bring(landscape, data, media, prune=prune)
    if ended.errors:
        errors = tuple(f"{one.entity_type or 'file'} {one.entity_id or ''}: {one.message}" for one in ended.errors)
        raise Invalid("The server took nothing of the file", errors)
