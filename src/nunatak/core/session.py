"""Browser sessions: who signed in, from where, and until when."""

from __future__ import annotations

from datetime import datetime

from nunatak.core.fields import AuthType, Struct


class BrowserSession(Struct, frozen=True, kw_only=True):
    """A session; `id` is the keyed digest of its cookie. It is a user's, an API key's (`actor_id` is their id), or a
    visitor's: then nothing but `email` is known, which its issuer has proved, and `actor_id` is empty."""

    id: str
    actor_kind: AuthType
    actor_id: str
    email: str = ""
    provider: str = ""
    created_at: datetime
    delete_at: datetime
    ip: str = ""
    user_agent: str = ""
