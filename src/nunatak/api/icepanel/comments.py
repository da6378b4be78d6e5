"""Comments' list by status, and the replies to them."""

from __future__ import annotations

from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import DRAFTED, actor_of, chosen, enveloped, given, path_of
from nunatak.api.icepanel.table import COMMENTS, NOTHING
from nunatak.core.comment import Comment, CommentReply
from nunatak.core.kinds import COMMENT, COMMENT_REPLY
from nunatak.services import comments, entities
from nunatak.services.pages import Page

OPERATIONS = Operations()
_REPLIES = f"{COMMENTS.one_path}/replies"
_REPLY = f"{_REPLIES}/{{commentReplyId}}"
CommentsQuery = record("CommentListQuery", {"status": list[str] | UnsetType, **DRAFTED})
CommentsAnswer = record("CommentListAnswer", {"comments": list[Comment]})
ReplyQuery = record("CommentReplyQuery", DRAFTED)
RepliesAnswer = record("CommentReplyListAnswer", {"comment_replies": list[CommentReply]})
ReplyAnswer = record("CommentReplyAnswer", {"comment_reply": CommentReply})

operation = OPERATIONS.operation


@operation("comments.list", "GET", COMMENTS.path, query=CommentsQuery, answer=CommentsAnswer)
def list_comments(call: Call[Any]) -> bytes:
    """The comments, of some statuses or all."""
    statuses = chosen(call.query, "status")
    asked = {"status": statuses} if statuses else {}
    return enveloped(COMMENT.many, entities.page(call.service, actor_of(call), COMMENT, path_of(call), asked=asked))


@operation("comments.replies.list", "GET", _REPLIES, query=ReplyQuery, answer=RepliesAnswer)
def list_replies(call: Call[Any]) -> bytes:
    """A comment's replies."""
    texts = comments.replies(call.service, actor_of(call), path_of(call), call.path["commentId"])
    return enveloped(COMMENT_REPLY.many, Page(texts=texts, next_cursor=None))


@operation("comments.replies.create", "POST", _REPLIES, body=bodies.CommentReplyRequired, answer=ReplyAnswer)
def create_reply(call: Call[Any]) -> dict[str, Any]:
    """Replies to a comment."""
    made = comments.write(call.service, actor_of(call), path_of(call), call.path["commentId"], given(call.body))
    return {"commentReply": made}


@operation("comments.replies.get", "GET", _REPLY, query=ReplyQuery, answer=ReplyAnswer)
def get_reply(call: Call[Any]) -> dict[str, Any]:
    """One reply."""
    ids = call.path["commentId"], call.path["commentReplyId"]
    return {"commentReply": comments.reply(call.service, actor_of(call), path_of(call), *ids)}


@operation("comments.replies.upsert", "PUT", _REPLY, body=bodies.CommentReplyUpsert, answer=ReplyAnswer)
def upsert_reply(call: Call[Any]) -> dict[str, Any]:
    """Makes or replaces a reply at the caller's id."""
    comment_id, id_ = call.path["commentId"], call.path["commentReplyId"]
    put = comments.write(call.service, actor_of(call), path_of(call), comment_id, given(call.body), id_)
    return {"commentReply": put}


@operation("comments.replies.update", "PATCH", _REPLY, body=bodies.CommentReplyPartial, answer=ReplyAnswer)
def update_reply(call: Call[Any]) -> dict[str, Any]:
    """Changes a reply."""
    ids = call.path["commentId"], call.path["commentReplyId"]
    return {"commentReply": comments.update(call.service, actor_of(call), path_of(call), *ids, given(call.body))}


@operation("comments.replies.delete", "DELETE", _REPLY, answer=NOTHING)
def delete_reply(call: Call[Any]) -> dict[str, Any]:
    """Deletes a reply."""
    ids = call.path["commentId"], call.path["commentReplyId"]
    comments.delete(call.service, actor_of(call), path_of(call), *ids)
    return {}
