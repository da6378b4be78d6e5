"""What a server says when it is ready: its address, and at the first start a picture and how to make another."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

from nunatak.core.errors import Refusal
from nunatak.services.setup import FirstStart
from nunatak.settings import Settings

_ADDRESS = """
  nunatak is ready at {address}   (API reference: {address}/docs)
"""

_FIRST = """
  Open it in your browser; this link lets you in once, within an hour:
    {entry}

  A sample landscape is there. Its first diagram, exported through the API:
    {picture}

  Your administrator key, also in {key_file}:
    {key}

  Make the picture again yourself:
    curl -sX POST {address}/v1/landscapes/{landscape}/versions/latest/diagrams/{diagram}/export/image \\
      -H 'X-API-Key: {key}' -d '{{"theme": "dark"}}'
  The answer's fileUrls are the picture's addresses; they open without a key.
  Or all diagrams at once, into a folder:
    {program} export --all -o pictures --data {data}
"""


def say(settings: Settings, address: str, first: FirstStart | None, entry: str) -> None:
    """Prints the address; after a first start also the page that lets its reader in, and makes the sample's picture and
    prints where it lies."""
    print(_ADDRESS.format(address=address), end="", flush=True)
    if first is None:
        return
    try:
        picture = _picture(settings.data, address, first)
    except Refusal as refusal:
        picture = f"(not made: {refusal.message})"
    words = {
        "address": address,
        "entry": entry,
        "picture": picture,
        "key_file": settings.data / "admin-api-key",
        "key": first.credentials,
        "data": settings.data,
        "program": program(sys.argv[0]),
        "landscape": first.landscape_id,
        "diagram": first.diagram_id,
    }
    print(_FIRST.format(**words), flush=True)


def program(started: str) -> str:
    """What its reader types to start this program: its name where that finds it, else its path."""
    if which("nunatak"):
        return "nunatak"
    path, here = Path(started).absolute(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _picture(data: Path, address: str, first: FirstStart) -> str:
    from nunatak.cli.client import Client  # its library stays in memory, and only a first start needs it

    with Client(address, first.credentials) as client:
        diagram = next(d for d in client.diagrams() if d.id == first.diagram_id)
        record = client.export(diagram, {})
        for suffix, url in (("svg", record.file_urls.svg), ("png", record.file_urls.png)):
            (data / f"sample.{suffix}").write_bytes(client.fetch(url))
    return f"{data.absolute() / 'sample.png'} and {data / 'sample.svg'}"
