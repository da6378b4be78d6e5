"""The table of families: one row a family of a landscape version's entities; the verbs are written once, elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from msgspec import Meta

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.draft_bodies import DraftPartial, DraftRequired, DraftUpsert
from nunatak.api.icepanel.forms import Form, filter_form, record
from nunatak.core.expanded import (
    ModelConnectionExpanded,
    ModelConnectionExpandKey,
    ModelObjectExpanded,
    ModelObjectExpandKey,
)
from nunatak.core.fields import Number, Struct
from nunatak.core.kinds import (
    ADR,
    COMMENT,
    DIAGRAM,
    DIAGRAM_GROUP,
    DOMAIN,
    DRAFT,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
    Kind,
)

Verb = Literal["list", "create", "get", "exists", "upsert", "update", "delete"]
VERSION_PATH = "/landscapes/{landscapeId}/versions/{versionId}"
# The answer that is an empty object.
NOTHING = dict[str, Any]
LONG_LIMIT = Annotated[int, Meta(ge=1, le=10_000)] | Annotated[float, Meta(ge=1, le=10_000)]
_ANY_LIMIT = Annotated[int, Meta(ge=1)]
_ALL: tuple[Verb, ...] = ("list", "create", "get", "exists", "upsert", "update", "delete")
_NO_HEAD: tuple[Verb, ...] = ("list", "create", "get", "upsert", "update", "delete")


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family of entities under a version: where it is, what its bodies are, what its list can do."""

    name: str
    kind: Kind
    path: str
    id_name: str
    required: Form
    upsert: Form
    partial: Form
    verbs: tuple[Verb, ...] = _ALL
    paged: bool = False
    limit: Any = None  # the type of a paged list's `limit`
    filter: Form | None = None
    expand: Any = None  # the type of one `expand` key
    expanded: type[Struct] | None = None
    deleted: Any = None  # what a delete answers, where it isn't a commit alone
    told: Mapping[str, str] = field(default_factory=dict)  # and which kinds' ids it tells, by answer key

    @property
    def shown(self) -> type[Struct]:
        """What reads answer with."""
        return self.expanded or self.kind.struct

    @property
    def one_path(self) -> str:
        """The path of one entity."""
        return f"{self.path}/{{{self.id_name}}}"


def _family(name: str, kind: Kind, path: str, forms: tuple[Form, Form, Form], **more: Any) -> Family:
    required, upsert, partial = forms
    id_name = f"{kind.one}Id"
    title = kind.struct.__name__
    return Family(
        name=name,
        kind=kind,
        path=f"{VERSION_PATH}{path}",
        id_name=id_name,
        required=required,
        upsert=upsert,
        partial=partial,
        filter=filter_form(f"{title}Filter", kind.filters) if kind.filters else None,
        **more,
    )


DIAGRAMS = _family(
    "diagrams",
    DIAGRAM,
    "/diagrams",
    (bodies.DiagramCreate, bodies.DiagramCreate, bodies.DiagramUpsert),
    verbs=("list",),  # the others stamp a view, and some answer with the content
)
CONNECTIONS = _family(
    "model.connections",
    MODEL_CONNECTION,
    "/model/connections",
    (bodies.ModelConnectionRequired, bodies.ModelConnectionUpsert, bodies.ModelConnectionPartial),
    verbs=("list", "create", "get", "delete"),  # the others may redraw diagrams
    paged=True,
    limit=_ANY_LIMIT,
    expand=ModelConnectionExpandKey,
    expanded=ModelConnectionExpanded,
)
FLOWS = _family("flows", FLOW, "/flows", (bodies.FlowRequired, bodies.FlowRequired, bodies.FlowPartial))
COMMENTS = _family(
    "comments",
    COMMENT,
    "/comments",
    (bodies.CommentRequired, bodies.CommentUpsert, bodies.CommentPartial),
    verbs=("create", "get", "upsert", "update", "delete"),  # its list asks for statuses, without a filter
)
DRAFTS = _family(
    "drafts",
    DRAFT,
    "/drafts",
    (DraftRequired, DraftUpsert, DraftPartial),
    verbs=_NO_HEAD,
    deleted=NOTHING,
)
FAMILIES: tuple[Family, ...] = (
    DIAGRAMS,
    _family(
        "diagrams.groups",
        DIAGRAM_GROUP,
        "/diagram-groups",
        (bodies.DiagramGroupRequired, bodies.DiagramGroupUpsert, bodies.DiagramGroupPartial),
    ),
    _family("domains", DOMAIN, "/domains", (bodies.DomainRequired, bodies.DomainUpsert, bodies.DomainPartial)),
    _family(
        "model.objects",
        MODEL_OBJECT,
        "/model/objects",
        (bodies.ModelObjectRequired, bodies.ModelObjectUpsert, bodies.ModelObjectPartial),
        verbs=_NO_HEAD,
        paged=True,
        limit=_ANY_LIMIT,
        expand=ModelObjectExpandKey,
        expanded=ModelObjectExpanded,
        deleted=record(
            "ModelObjectDeleted",
            {"commit": Number, "deleted_model_connection_ids": list[str], "deleted_model_object_ids": list[str]},
        ),
        told={"deletedModelConnectionIds": MODEL_CONNECTION.name, "deletedModelObjectIds": MODEL_OBJECT.name},
    ),
    CONNECTIONS,
    FLOWS,
    _family("tags", TAG, "/tags", (bodies.TagRequired, bodies.TagUpsert, bodies.TagPartial), verbs=_NO_HEAD),
    COMMENTS,
    _family(
        "adrs",
        ADR,
        "/adrs",
        (bodies.ADRRequired, bodies.ADRRequired, bodies.ADRPartial),
        verbs=("list", "create", "get", "update", "delete"),
        paged=True,
        limit=LONG_LIMIT,
        deleted=NOTHING,
    ),
    DRAFTS,
    _family(
        "tags.groups",
        TAG_GROUP,
        "/tag-groups",
        (bodies.TagGroupRequired, bodies.TagGroupUpsert, bodies.TagGroupPartial),
        verbs=_NO_HEAD,
    ),
)
