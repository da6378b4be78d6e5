"""Pages of a list: an opaque cursor that says where the next one starts."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import UNSET, UnsetType

from nunatak.core.errors import Invalid

Item = TypeVar("Item")


def encode_cursor(key: str) -> str:
    """The cursor of the item that has this key: letters, digits, `-` and `_` only."""
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """The key in a cursor; raises Invalid for one that `encode_cursor` didn't make."""
    try:
        key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        if "\0" not in key and encode_cursor(key) == cursor:
            return key
    except ValueError:
        pass
    raise Invalid("query.cursor: not a cursor of this list", ("query.cursor: not a cursor of this list",))


def cut(items: Sequence[Item], limit: int | None, key: Callable[[Item], str]) -> tuple[Sequence[Item], str | UnsetType]:
    """A page and the cursor of the next one. `items` were read with one more than `limit`: if that one is there, the
    page ends before it and the cursor names the page's last item; with no limit everything is one page."""
    if limit is None or len(items) <= limit:
        return items, UNSET
    return items[:limit], encode_cursor(key(items[limit - 1]))
