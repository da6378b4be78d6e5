"""Refusals: what the product says no to, in words and data, never in a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nunatak.core.access import Actor


class Refusal(Exception):
    """A request that is understood and refused.

    `message` is one sentence for a person; `errors` are the details, each naming the field it speaks of;
    `code` is a stable word for machines; `retry_after` says in how many seconds the same request may pass, where
    waiting helps.
    """

    code = "refused"
    retry_after: int | None = None

    def __init__(self, message: str, errors: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors


class Invalid(Refusal):
    """The request breaks a rule of a field or of a thing."""

    code = "invalid"


class Dangling(Invalid):
    """A value refers to something that isn't there."""


class Missing(Dangling):
    """Things that were named aren't there; `missing` holds each as it was named."""

    def __init__(self, message: str, missing: tuple[dict[str, Any], ...]) -> None:
        super().__init__(message)
        self.missing = missing


class Unauthenticated(Refusal):
    """Nobody is named, or the name can't be proved; `claimed` is whose the name is, for the log alone."""

    code = "auth/authorization-missing"
    claimed: Actor | None = None


class Forbidden(Refusal):
    """The actor is known and may not do this."""

    code = "auth/forbidden"


class NotFound(Refusal):
    """The thing isn't there, or isn't there for this actor."""

    code = "not-found"


class Conflict(Refusal):
    """The thing has moved on since the caller read it, or something of the same name stands in the way."""

    code = "conflict"


class Duplicated(Conflict):
    """Things of the same names are there already; `duplicated` holds each name."""

    def __init__(self, message: str, duplicated: tuple[dict[str, Any], ...]) -> None:
        super().__init__(message)
        self.duplicated = duplicated


class TooLarge(Refusal):
    """The request holds more than a stated limit."""

    code = "too-large"


class Busy(Refusal):
    """The product can't do this now; the same request may pass later."""

    code = "busy"
    retry_after = 1


class TooMany(Refusal):
    """Somebody has asked for all that may be under way at once; what is done meanwhile makes room."""

    code = "too-many-requests"

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.retry_after = seconds
