"""Comments on diagrams, and the replies to them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.fields import AuthType, Derived, Description, Placed, Struct, Versioned


class _Body(Struct, frozen=True, kw_only=True):
    content: Description
    show_content_preview: bool | UnsetType = UNSET


class CommentBodyQuestion(_Body, frozen=True, kw_only=True, tag_field="type", tag="question"):
    """Something to be answered."""

    status: Literal["open", "resolved"]


class CommentBodyInaccuracy(_Body, frozen=True, kw_only=True, tag_field="type", tag="inaccurate"):
    """Something the diagram gets wrong."""

    status: Literal["open", "resolved"]


class CommentBodyIdea(_Body, frozen=True, kw_only=True, tag_field="type", tag="idea"):
    """A proposal."""

    status: Literal["active", "dismissed"]


class CommentBodyNewQuestion(_Body, frozen=True, kw_only=True, tag_field="type", tag="new-question"):
    """A question that is being written."""

    status: Literal["create"]


class CommentBodyNewInaccuracy(_Body, frozen=True, kw_only=True, tag_field="type", tag="new-inaccurate"):
    """An inaccuracy that is being written."""

    status: Literal["create"]


class CommentBodyNewIdea(_Body, frozen=True, kw_only=True, tag_field="type", tag="new-idea"):
    """An idea that is being written."""

    status: Literal["create"]


CommentBody = (
    CommentBodyQuestion
    | CommentBodyInaccuracy
    | CommentBodyIdea
    | CommentBodyNewQuestion
    | CommentBodyNewInaccuracy
    | CommentBodyNewIdea
)


class CommentDiagram(Struct, frozen=True, kw_only=True):
    """A diagram that a comment is pinned on: the diagram's `id`, and the pin's id there as `comment_id`."""

    id: str
    comment_id: str


class Comment(Versioned, frozen=True, kw_only=True):
    """A remark; its pins are in the contents of diagrams."""

    body: CommentBody
    mentioned_user_ids: list[str] = []
    diagrams: Derived[dict[str, CommentDiagram]] = {}
    reply_count: Derived[int | float] = 0


class CommentReply(Placed, frozen=True, kw_only=True):
    """An answer to a comment."""

    comment_id: Derived[str]
    content: Description
    mentioned_user_ids: list[str] = []
    latest_entity_id: Derived[str | UnsetType] = UNSET
    deleted_at: Derived[datetime | UnsetType] = UNSET
    deleted_by: Derived[AuthType | UnsetType] = UNSET
    deleted_by_id: Derived[str | UnsetType] = UNSET
