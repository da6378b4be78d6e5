"""One operation of the API as data: where it is, what it takes and answers, who may call it, and what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from nunatak.core.access import Actor, Deed

Service = TypeVar("Service")
Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

_READS = ("GET", "HEAD")
_SHAPE = re.compile(r"(/([A-Za-z0-9.-]+|\{[A-Za-z]+\}))+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Call(Generic[Service]):
    """One request, checked: `path` holds its parameters by wire name, `query` and `body` are the operation's structs
    (None where it has none), `actor` is None only for anonymous operations,
    `base_url` is the address under which the caller reaches the server, `schemas` are the document's by name."""

    actor: Actor | None
    path: dict[str, str]
    query: Any
    body: Any
    request_id: str
    service: Service
    base_url: str = ""
    schemas: Mapping[str, Any] = field(default_factory=dict)


Handler = Callable[[Call[Any]], Any]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What the app serves and the document describes.

    `body` and `query` are structs; `answer` is a type that is sent as JSON, a media type such as "text/plain" for which
    the handler gives text or bytes, or None for no content. `body_types` are the media types that the document names
    for the body, `read` makes JSON of one that came in another of them, given its content type. `refusals` are the
    types of refusals that aren't answered as all others are, by status. `readonly` lets keys that only read call a
    POST; `deed` is what it takes where that says too little. `own` marks what the contract doesn't have. The answer of
    a `private` one holds a secret, which is told once and kept nowhere. A `light` one looks up a few rows by their ids:
    in a database that is a file this takes less time than handing it to a thread.
    """

    id: str
    method: Method
    path: str
    handler: Handler
    answer: Any = None
    query: Any = None
    body: Any = None
    body_optional: bool = False
    body_types: tuple[str, ...] = ("application/json",)
    read: Callable[[bytes, str], bytes] | None = None
    refusals: Mapping[int, Any] = field(default_factory=dict)
    status: int = 200
    readonly: bool = False
    deed: Deed | None = None
    anonymous: bool = False
    deprecated: bool = False
    own: bool = False
    private: bool = False
    light: bool = False
    title: str = ""

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.path):
            raise ValueError(f"{self.id}: {self.path!r} is no path")
        if self.method == "HEAD" and self.answer is not None:
            raise ValueError(f"{self.id}: HEAD answers nothing")

    @property
    def reads(self) -> bool:
        """Whether a key that only reads may call it."""
        return self.method in _READS or self.readonly

    @property
    def needs(self) -> Deed:
        """What the caller must be allowed to do, in the organization or the landscape that the path names."""
        return self.deed or ("read" if self.reads else "write")

    @property
    def keyed(self) -> bool:
        """Whether it heeds an idempotency key: a POST of a known caller that answers in words. Those that readers may
        call do so too, for exports leave records."""
        in_words = self.media is None or self.media == "application/json" or self.media.startswith("text/")
        return self.method == "POST" and in_words and not self.anonymous

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path, in its order."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    @property
    def family(self) -> str:
        """The resource: the id without its last word."""
        return self.id.rpartition(".")[0]

    @property
    def media(self) -> str | None:
        """The media type of the answer; None for no content."""
        if self.answer is None:
            return None
        return self.answer if isinstance(self.answer, str) else "application/json"


@dataclass(kw_only=True)
class Operations:
    """The operations of a module, in the order they are written. Ids, and methods on a path, are unique."""

    found: list[Operation] = field(default_factory=list)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def add(self, *operations: Operation) -> None:
        """Takes operations in; raises ValueError for one that is there already."""
        for each in operations:
            if any(each.id == other.id or _place(each) == _place(other) for other in self.found):
                raise ValueError(f"{each.id} ({each.method} {each.path}) is declared twice")
            self.found.append(each)

    def operation(self, id: str, method: Method, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """The decorator that declares the function below it as an operation."""

        def declare(handler: Handler) -> Handler:
            title = " ".join((handler.__doc__ or "").partition("\n\n")[0].split())  # its first paragraph, in one line
            self.add(Operation(**{"title": title, **declared}, id=id, method=method, path=path, handler=handler))
            return handler

        return declare


def _place(operation: Operation) -> tuple[str, str]:
    """The method and the path, whatever its parameters are called."""
    return operation.method, re.sub(r"\{\w+\}", "{}", operation.path)
