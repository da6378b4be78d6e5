"""Signed addresses of files: a token names a file, can't be forged, and runs out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from nunatak.core.errors import NotFound

_SALT = "files"
_SEAL_SALT = "sealed"
_WEEK = 7 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class SignedBlob:
    """What a token says: the blob's key, the content type to send it as, and the name to save it under."""

    key: str
    content_type: str
    name: str


class Tokens:
    """Makes tokens with a secret of at least 16 bytes, and reads those that it or an older one has made; `now` is the
    clock that they are dated by."""

    def __init__(self, secret: bytes, *older: bytes, now: Callable[[], datetime]) -> None:
        secrets = (*reversed(older), secret)  # the last one signs
        if min(map(len, secrets)) < 16:
            raise ValueError("a secret of at least 16 bytes is needed")
        self._serializer = serializer(secrets, _SALT, now)
        self._seals = serializer(secrets, _SEAL_SALT, now)

    def sign(self, key: str, content_type: str, name: str) -> str:
        """A token of URL-safe characters, about 43 longer than what it says; the same within one second."""
        return str(self._serializer.dumps([key, content_type, name]))

    def read(self, token: str, max_age: float = _WEEK) -> SignedBlob:
        """What a token says; raises NotFound when it was not made here or is older than `max_age` seconds."""
        try:
            key, content_type, name = self._serializer.loads(token, max_age=int(max_age))
        except (BadData, ValueError, TypeError):
            raise NotFound("File not found") from None
        return SignedBlob(key=key, content_type=content_type, name=name)

    def seal(self, purpose: str, words: Sequence[str], *, seconds: int) -> str:
        """A token that says words to whoever unseals it for the same purpose within so many seconds."""
        return str(self._seals.dumps([purpose, seconds, *words]))

    def unseal(self, purpose: str, token: str) -> list[str]:
        """The words of a token; raises NotFound when it was not made here or for something else, or has run out."""
        try:
            _, seconds, *_ = self._seals.loads(token)
            found, _, *words = self._seals.loads(token, max_age=int(seconds))
        except (BadData, ValueError, TypeError):
            raise NotFound("The address has run out, or never was") from None
        if found != purpose:
            raise NotFound("The address has run out, or never was")
        return [str(word) for word in words]


def serializer(secrets: Sequence[bytes], salt: str, now: Callable[[], datetime]) -> URLSafeTimedSerializer:
    """What signs words with the last of the secrets, dated by `now`, and reads those that any of them has signed with
    the same salt."""
    return URLSafeTimedSerializer(
        secrets,
        salt=salt,
        signer=_dated_by(now),
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def _dated_by(now: Callable[[], datetime]) -> type[TimestampSigner]:
    """A signer whose clock is `now`."""

    class Dated(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(now().timestamp())

    return Dated
