"""`nunatak layout`: a picture file to one with places."""

from __future__ import annotations

from pathlib import Path

import msgspec

from nunatak.core.errors import Invalid, NotFound, TooLarge
from nunatak.drawing.errors import DrawingFailed
from nunatak.render.arrange import arrange


def run(picture: Path, output: Path, *, direction: str, pinned: list[str], only_new: bool) -> None:
    """Lays out the picture and writes it as JSON."""
    if direction not in ("right", "down"):
        raise Invalid("The direction is not known", (f"--direction: expected right or down, got {direction}",))
    try:
        data = picture.read_bytes()
    except OSError as error:
        raise NotFound(f"{picture} can't be read: {error.strerror}") from None
    wanted = {"direction": direction, "pinnedIds": pinned, "onlyNew": only_new}
    try:
        found = arrange(data, msgspec.json.encode(wanted))
    except DrawingFailed as error:
        raise TooLarge(str(error)) from None
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(found)
    print(output)
