"""The installation's secrets, the newest first: made at the first start, and what is derived of each for one use."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from nunatak.core.errors import Invalid
from nunatak.settings import Settings

_SECRET_BYTES = 16
_PART = re.compile(r"[\s,]+")


def path_of(settings: Settings) -> Path:
    """Where the secrets lie, unless NUNATAK_SECRET holds them."""
    return settings.data / "secret"


def secrets_of(settings: Settings) -> tuple[bytes, ...]:
    """The secrets: the first makes everything new, the others still open what they once made. The first start makes
    one, readable by its owner alone. Raises Invalid for one that is too short or no number."""
    path = path_of(settings)
    if not settings.secret and not path.exists():
        _begin(path)
    return read(settings.secret or path.read_text(), "NUNATAK_SECRET" if settings.secret else str(path))


def read(text: str, source: str) -> tuple[bytes, ...]:
    """Secrets as hexadecimal digits, with commas or a line each. Raises Invalid, naming where they are from."""
    with suppress(ValueError):
        found = tuple(bytes.fromhex(part) for part in _PART.split(text.strip()))
        if all(len(one) >= _SECRET_BYTES for one in found):
            return found
    expected = f"expected {_SECRET_BYTES * 2} hexadecimal digits or more, of several secrets the newest first"
    raise Invalid("The secret is not valid", (f"{source}: {expected}",))


def text_of(found: Sequence[bytes]) -> str:
    """Secrets as NUNATAK_SECRET, the file and a backup hold them."""
    return ",".join(one.hex() for one in found)


def derived(found: Sequence[bytes], purpose: str) -> tuple[bytes, ...]:
    """Keys of 32 bytes for one purpose, one of each secret, in their order."""
    return tuple(hmac.new(one, purpose.encode(), hashlib.sha256).digest() for one in found)


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    _written(made, text)
    made.replace(path)


def _begin(path: Path) -> None:
    made = path.with_name(f"{path.name}.{os.getpid()}")
    _written(made, secrets.token_hex(32))
    with suppress(FileExistsError):  # of several processes that start at once, the first one's counts
        os.link(made, path)
    made.unlink()


def _written(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
