"""Kept answers: what a request with an idempotency key was answered, for when it comes again."""

from __future__ import annotations

from datetime import datetime

from nunatak.core.fields import Struct


class KeptAnswer(Struct, frozen=True, kw_only=True):
    """An answer under the digest of its caller and key; `request_digest` tells whether it is the same request. Without
    a status the request is still being carried out."""

    id: str
    request_digest: str
    created_at: datetime
    delete_at: datetime
    status: int | None = None
    media_type: str = ""
    body: str = ""
