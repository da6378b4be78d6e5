"""One picture to the same picture laid out: what a layout process runs, and `nunatak layout`."""

from __future__ import annotations

import msgspec

from nunatak.drawing.bundled import fonts
from nunatak.drawing.elk import elk
from nunatak.render.draw import decoded
from nunatak.render.layout.layout import Wanted, layout
from nunatak.render.picture import Picture


def arrange(picture: bytes, wanted: bytes) -> bytes:
    """A picture laid out, all as JSON. Raises Invalid for JSON that is neither, for pinned ids that aren't there and
    for places that would be wrong, DrawingFailed where the engine gives up."""
    found = layout(decoded(picture, Picture), decoded(wanted, Wanted), elk(), fonts())
    return msgspec.json.encode(found)
