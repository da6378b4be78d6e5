"""Addresses of icons, laid into answers: only here is it known under which address the caller reaches the server."""

from __future__ import annotations

import json
import re

from nunatak.catalog.bundled import catalog
from nunatak.catalog.catalog import ICONS

_BEGINNING = f'"{ICONS}'.encode()
_MARK = b'"icon":{"catalogTechnologyId":"'
# An object's icon as it is stored for a technology of the shared catalog: without addresses.
_ICON = re.compile(rb'("icon":\{"catalogTechnologyId":"([\w-]+)","name":"(?:[^"\\]|\\.)*")\}')


def addressed(data: bytes, base_url: str) -> bytes:
    """An answer's JSON with whole addresses of icons. It is never decoded: long lists are texts from the database."""
    if _MARK in data:
        data = _ICON.sub(_filled, data)
    if _BEGINNING not in data:
        return data
    icons = catalog().icons
    return data.replace(f'"{icons}'.encode(), f"{json.dumps(base_url)[:-1]}{icons}".encode())


def _filled(found: re.Match[bytes]) -> bytes:
    technology = catalog().get(found[2].decode())
    if technology is None:
        return found[0]
    urls = {"url": technology.icon_url, "urlDark": technology.icon_url_dark, "urlLight": technology.icon_url_light}
    return found[1] + b"".join(f',"{name}":"{url}"'.encode() for name, url in urls.items() if url) + b"}"
