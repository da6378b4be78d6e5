"""A drawn page, its words and its marks as one SVG document."""

from __future__ import annotations

from collections.abc import Sequence

from nunatak.documents.page import Drawn, Mark, PageText


def svg(drawn: Drawn, text: PageText | None, marks: Sequence[Mark], *, title: str = "") -> str:
    """The SVG document: the page as drawn, an invisible text layer, a `<g>` for each mark. Same input, same bytes."""
    raise NotImplementedError
