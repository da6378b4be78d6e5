"""Requests to the issuer that the operator has named: bounded in time and size, and never redirected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    import httpx

_SECONDS = 5.0
_MOST_BYTES = 1024 * 1024
_LOCAL = ("127.0.0.1", "localhost", "::1")


class NotFetched(Exception):
    """That nothing usable was answered, in words for the log."""


class Fetch(Protocol):
    """Gets the JSON object behind an address or, given a form, of the answer to a POST of it."""

    def __call__(
        self, url: str, form: Mapping[str, str] | None = None, basic: tuple[str, str] | None = None
    ) -> dict[str, Any]: ...


def fetched(url: str, form: Mapping[str, str] | None = None, basic: tuple[str, str] | None = None) -> dict[str, Any]:
    """The JSON object; raises NotFetched."""
    import httpx  # here: most servers never ask anybody

    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=True) as client:
            method = "GET" if form is None else "POST"
            headers = {"Accept": "application/json"}
            with client.stream(method, url, data=form, auth=basic, headers=headers) as answer:
                body = _bounded(answer)
        found = msgspec.json.decode(body)
    except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, UnicodeError) as error:
        raise NotFetched(f"{url} can't be read: {type(error).__name__}") from None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise NotFetched(f"{url} answered {answer.status_code}; expected a JSON object with status 200")
    return found


def require_safe(url: object, *, name: str) -> str:
    """The address, where it may be asked: over TLS, or on this machine. Raises NotFetched."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
    except ValueError:
        parts = urlsplit("")
    is_local = parts.scheme == "http" and parts.hostname in _LOCAL
    if not (parts.scheme == "https" or is_local) or not parts.hostname or parts.username is not None or parts.fragment:
        raise NotFetched(f"{name}: expected an https address, got {str(url)[:200]!r}")
    return str(url)


def _bounded(answer: httpx.Response) -> bytes:
    kept, size = [], 0
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > _MOST_BYTES:
            raise NotFetched(f"{answer.url} answers more than {_MOST_BYTES:,} bytes")
        kept.append(chunk)
    return b"".join(kept)
