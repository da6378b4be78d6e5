"""The kinds of what is drawn and told over the model: diagrams, flows, comments, decisions, drafts, share links."""

from __future__ import annotations

from collections.abc import Iterable

from nunatak.core import adr
from nunatak.core.comment import Comment, CommentReply
from nunatak.core.diagram import Diagram, DiagramContent, DiagramGroup, DiagramStatus, DiagramType
from nunatak.core.draft import Draft, DraftStatus, DraftTask
from nunatak.core.flow import Flow
from nunatak.core.kinds.kind import HANDLE, LABELS, NAME, Filter, Kind, Term, many
from nunatak.core.share import StoredShareLink


def _placed(content: DiagramContent) -> Iterable[str]:
    return sorted({placed.model_id for placed in content.objects.values()})


def _drawn(content: DiagramContent) -> Iterable[str]:
    return sorted({drawn.model_id for drawn in content.connections.values() if drawn.model_id})


def _pinned(content: DiagramContent) -> Iterable[str]:
    return sorted({pin.comment_id for pin in content.comments.values()})


def _comment_status(comment: Comment) -> Iterable[str]:
    return [comment.body.status]


DIAGRAM = Kind(
    name="diagram",
    struct=Diagram,
    one="diagram",
    many="diagrams",
    scope="version",
    searched=True,
    in_snapshot=True,
    columns=("name", "type", "model_id", "group_id", "parent_id", "status", "pinned"),
    filters=(
        Filter(name="empty", test="empty", type=bool),
        HANDLE,
        LABELS,
        Filter(name="model_id", test="equal"),
        NAME,
        Filter(name="pinned", test="flag", type=bool),
        many("status", DiagramStatus),
        many("type", DiagramType),
    ),
)

DIAGRAM_CONTENT = Kind(
    name="diagram-content",
    struct=DiagramContent,
    one="diagramContent",
    many="diagramContents",
    scope="version",
    in_snapshot=True,
    terms=(
        Term(name="placed_ids", of=_placed),
        Term(name="drawn_ids", of=_drawn),
        Term(name="pinned_ids", of=_pinned),
    ),
)

DIAGRAM_GROUP = Kind(
    name="diagram-group",
    struct=DiagramGroup,
    one="diagramGroup",
    many="diagramGroups",
    scope="version",
    in_snapshot=True,
    columns=("name", "model_id"),
    filters=(HANDLE, LABELS, Filter(name="model_id", test="equal"), NAME),
)

FLOW = Kind(
    name="flow",
    struct=Flow,
    one="flow",
    many="flows",
    scope="version",
    searched=True,
    in_snapshot=True,
    columns=("name", "diagram_id", "pinned"),
    terms=(Term(name="subflow_ids", of=lambda flow: {s.flow_id for s in flow.steps.values() if s.flow_id}),),
    filters=(
        Filter(name="diagram_id", test="equal"),
        HANDLE,
        LABELS,
        NAME,
        Filter(name="pinned", test="flag", type=bool),
    ),
)

COMMENT = Kind(
    name="comment",
    struct=Comment,
    one="comment",
    many="comments",
    scope="version",
    in_snapshot=True,
    terms=(Term(name="status", of=_comment_status),),
    filters=(Filter(name="status", test="any", many=True),),
)

COMMENT_REPLY = Kind(
    name="comment-reply",
    struct=CommentReply,
    one="commentReply",
    many="commentReplies",
    scope="version",
    in_snapshot=True,
    columns=("comment_id",),
    filters=(Filter(name="comment_id", test="equal"),),
)

ADR = Kind(
    name="adr",
    spelled="ADR",
    struct=adr.ADR,
    one="adr",
    many="adrs",
    scope="version",
    in_snapshot=True,
    columns=("name", "status"),
    filters=(Filter(name="name", test="contains", type=adr.ADRName), many("status", adr.ADRStatus, most=3)),
)

DRAFT = Kind(
    name="draft",
    struct=Draft,
    one="draft",
    many="drafts",
    scope="version",
    columns=("name", "status"),
    filters=(NAME, many("status", DraftStatus, most=3)),
)

DRAFT_TASK = Kind(
    name="draft-task",
    struct=DraftTask,
    one="draftTask",
    many="draftTasks",
    scope="version",
    columns=("draft_id",),
    filters=(Filter(name="draft_id", test="equal"),),
)

SHARE_LINK = Kind(
    name="share-link",
    struct=StoredShareLink,
    one="shareLink",
    many="shareLinks",
    scope="version",
    columns=("short_id",),
    filters=(Filter(name="short_id", test="equal"),),
)
