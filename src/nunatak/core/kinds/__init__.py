"""The table of entity kinds: it drives storage, filters, the log, and with them every face of the product."""

from __future__ import annotations

from nunatak.core.kinds.diagrams import (
    ADR,
    COMMENT,
    COMMENT_REPLY,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    DRAFT,
    DRAFT_TASK,
    FLOW,
    SHARE_LINK,
)
from nunatak.core.kinds.drawings import ANNOTATION, DRAWING_JOB, FILE, FILE_PART
from nunatak.core.kinds.kind import Filter, Kind, Scope, Term, Test, fold
from nunatak.core.kinds.model import DOMAIN, MODEL_CONNECTION, MODEL_OBJECT, TAG, TAG_GROUP
from nunatak.core.kinds.tenancy import (
    API_KEY,
    INVITE,
    LANDSCAPE,
    ORGANIZATION,
    SESSION,
    TEAM,
    TECHNOLOGY,
    USER,
    VERSION,
    VERSION_REVERT,
)
from nunatak.core.kinds.work import (
    DIAGRAM_EXPORT_IMAGE,
    KEPT_ANSWER,
    LANDSCAPE_EXPORT,
    LANDSCAPE_IMPORT,
    LOG_ENTRY,
    WEBHOOK_DELIVERY,
    WEBHOOK_SUBSCRIPTION,
)

__all__ = [
    "ADR",
    "ANNOTATION",
    "API_KEY",
    "COMMENT",
    "COMMENT_REPLY",
    "DIAGRAM",
    "DIAGRAM_CONTENT",
    "DIAGRAM_EXPORT_IMAGE",
    "DIAGRAM_GROUP",
    "DOMAIN",
    "DRAFT",
    "DRAFT_TASK",
    "DRAWING_JOB",
    "FILE",
    "FILE_PART",
    "FLOW",
    "INVITE",
    "KEPT_ANSWER",
    "KINDS",
    "LANDSCAPE",
    "LANDSCAPE_EXPORT",
    "LANDSCAPE_IMPORT",
    "LOG_ENTRY",
    "MODEL_CONNECTION",
    "MODEL_OBJECT",
    "ORGANIZATION",
    "SESSION",
    "SHARE_LINK",
    "TAG",
    "TAG_GROUP",
    "TEAM",
    "TECHNOLOGY",
    "USER",
    "VERSION",
    "VERSION_REVERT",
    "WEBHOOK_DELIVERY",
    "WEBHOOK_SUBSCRIPTION",
    "Filter",
    "Kind",
    "Scope",
    "Term",
    "Test",
    "fold",
    "kind_named",
]

KINDS: tuple[Kind, ...] = (
    ORGANIZATION,
    API_KEY,
    USER,
    SESSION,
    TEAM,
    INVITE,
    TECHNOLOGY,
    LANDSCAPE,
    VERSION,
    VERSION_REVERT,
    DOMAIN,
    MODEL_OBJECT,
    MODEL_CONNECTION,
    TAG_GROUP,
    TAG,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    FLOW,
    COMMENT,
    COMMENT_REPLY,
    ADR,
    DRAFT,
    DRAFT_TASK,
    SHARE_LINK,
    DIAGRAM_EXPORT_IMAGE,
    LANDSCAPE_EXPORT,
    LANDSCAPE_IMPORT,
    LOG_ENTRY,
    WEBHOOK_SUBSCRIPTION,
    WEBHOOK_DELIVERY,
    KEPT_ANSWER,
    FILE,
    FILE_PART,
    ANNOTATION,
    DRAWING_JOB,
)

_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind of this name; raises KeyError for a name that isn't in the table."""
    return _BY_NAME[name]
