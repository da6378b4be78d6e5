"""What pages ask for: a diagram's picture at once, and the words of a version. Additions of ours."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import DRAFTED, actor_of, path_of
from nunatak.api.icepanel.table import DIAGRAMS, VERSION_PATH
from nunatak.core.diagram import DiagramExportImageOptions, ExportTab, Theme
from nunatak.core.fields import Struct
from nunatak.services import viewing

OPERATIONS = Operations()
_IDS = list[str] | UnsetType


class ImageQuery(Struct, frozen=True, kw_only=True):
    """Which picture: an image export's options that mean something to who looks at it at once."""

    theme: Theme | UnsetType = UNSET
    tab: ExportTab | UnsetType = UNSET
    group_id: str | UnsetType = UNSET
    focus_ids: _IDS = UNSET
    hide_ids: _IDS = UNSET
    pin_ids: _IDS = UNSET
    flow_id: str | UnsetType = UNSET
    flow_path_ids: _IDS = UNSET
    sequence: bool | UnsetType = UNSET
    legend: bool | UnsetType = UNSET
    title: bool | UnsetType = UNSET
    from_: str | UnsetType = msgspec.field(name="from", default=UNSET)
    to: str | UnsetType = UNSET
    draft_id: str | UnsetType = UNSET


VocabularyQuery = record("VocabularyQuery", DRAFTED)

_IMAGE = f"{DIAGRAMS.one_path}/image.svg"
_VOCABULARY = f"{VERSION_PATH}/vocabulary"

operation = OPERATIONS.operation


@operation("diagrams.image", "GET", _IMAGE, query=ImageQuery, answer="image/svg+xml", own=True)
def image(call: Call[Any]) -> bytes:
    """A diagram as SVG, at once."""
    given = {name: value for name, value in msgspec.structs.asdict(call.query).items() if value is not UNSET}
    options = DiagramExportImageOptions(**given)
    return viewing.image(call.service, actor_of(call), path_of(call), call.path["diagramId"], options)


@operation("versions.vocabulary", "GET", _VOCABULARY, query=VocabularyQuery, answer=viewing.Vocabulary, own=True)
def vocabulary(call: Call[Any]) -> viewing.Vocabulary:
    """The technologies and teams that a version names."""
    return viewing.vocabulary(call.service, actor_of(call), path_of(call))
