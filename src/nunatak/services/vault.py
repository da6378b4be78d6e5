"""Secrets that must be read again, such as those that sign webhooks, are kept sealed with keys that can be renewed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from nunatak.core.errors import Conflict


class Vault:
    """Seals words with the first of its keys, 32 bytes each, and opens what any of them has sealed. A seal is
    authenticated encryption (AES-CBC with HMAC-SHA256), as text that names nothing."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])

    def seal(self, words: str) -> str:
        """The words as only this vault can read them; other text each time."""
        return self._keys.encrypt(words.encode()).decode()

    def open(self, sealed: str) -> str:
        """The words; raises Conflict for what none of the keys has sealed."""
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Conflict("A stored secret was sealed with a key that this installation no longer has") from None
