"""Bodies: JSON in, whatever its content type says, and JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from nunatak.api.wire.faults import MOST_FAULTS, Malformed, refusal
from nunatak.api.wire.limits import USUAL, Limits
from nunatak.core.errors import Invalid, TooLarge

T = TypeVar("T")

_MARK = b"\xef\xbb\xbf"
_encoder = msgspec.json.Encoder()


def encode(answer: Any) -> bytes:
    """The answer as JSON bytes; UNSET fields are left out, times are RFC 3339."""
    return _encoder.encode(answer)


def decode_body(data: bytes, type_: type[T], *, limit: int, limits: Limits = USUAL) -> T:
    """The body as `type_`. An empty body is `{}`: the type says what is missing then. `limit` is in bytes. Raises
    TooLarge, Malformed for what isn't JSON, and Invalid naming every field that doesn't fit."""
    if len(data) > limit:
        raise TooLarge(f"The body holds {len(data)} bytes; at most {limit} are taken")
    text = data.removeprefix(_MARK).strip() or b"{}"
    limits.check(text)
    try:
        body: T = _decoder(cast(Hashable, type_)).decode(text)
    except msgspec.ValidationError:
        raise _refused(text, type_) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(error) from None
    _refuse_nul(text)
    return body


@lru_cache(maxsize=512)
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def _refused(text: bytes, type_: Any) -> Invalid:
    """The refusal with all faults; a fault before the end of broken JSON makes the whole body malformed."""
    try:
        return refusal(msgspec.json.decode(text), type_, "body")
    except msgspec.ValidationError:  # JSON knows numbers that no double holds
        return _out_of_range(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        return _malformed(broken)


def _out_of_range(text: bytes) -> Invalid:
    """The refusal of a body's numbers that are too large to be any value."""
    try:
        body = json.loads(text, parse_constant=float)
    except (ValueError, RecursionError) as broken:
        return _malformed(broken)
    found = tuple(f"{path}: expected a number within ±1.8e308" for path in places(body, _too_large, "body"))
    return Invalid(found[0] if found else "body: not valid", found[:MOST_FAULTS])


def _too_large(value: Any) -> bool:
    return isinstance(value, int | float) and not abs(value) <= sys.float_info.max


def _malformed(error: Exception) -> Malformed:
    if isinstance(error, RecursionError):
        return Malformed("body: nested too deep", ("body: nested too deep",))
    reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    return Malformed(f"The body is not JSON: {reason}", (f"body: {reason}",))


def _refuse_nul(text: bytes) -> None:
    """No database of ours is sure to keep a NUL, so none gets in."""
    if b"\\u0000" not in text:
        return
    found = tuple(f"{path}: a NUL character is not allowed" for path in places(msgspec.json.decode(text), _nul, "body"))
    if found:
        raise Invalid(found[0], found)


def _nul(value: Any) -> bool:
    return "\0" in value if isinstance(value, str) else isinstance(value, dict) and any("\0" in key for key in value)


def places(value: Any, test: Callable[[Any], bool], path: str) -> Iterator[str]:
    """The paths in a JSON value at which a test holds."""
    if test(value):
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, test, f"{path}.{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, test, f"{path}[{index}]")
