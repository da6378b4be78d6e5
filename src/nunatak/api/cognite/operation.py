"""One operation of this API as data, and all of them by path and method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nunatak.core.access import Actor, Deed
from nunatak.services.service import Service

Method = Literal["GET", "POST"]
_PARAMETER = "{}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One request, checked: `organization_id` is that of the path's project, empty outside of one; `id` the number at
    the path's end, empty for none; `base_url` the address under which the caller reaches the server."""

    service: Service
    actor: Actor
    organization_id: str
    id: str
    query: Any
    body: Any
    base_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """An answer that isn't final: it is asked for again until it is, or until the caller has waited long enough."""

    body: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An answer with headers of its own."""

    body: Any
    headers: Mapping[str, str]


Handler = Callable[[Call], Any]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What the app serves. `body` and `query` are structs, `deed` is what the caller must be allowed to do, and the
    handler gives JSON builtins, bytes of JSON, or one of these as Told or Later."""

    method: Method
    path: str
    handler: Handler
    body: type[Any] | None = None
    query: type[Any] | None = None
    deed: Deed = "read"
    status: int = 200


@dataclass(kw_only=True)
class Operations:
    """The operations of a module, in the order they are written."""

    found: list[Operation] = field(default_factory=list)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.found)

    def operation(self, method: Method, path: str, **declared: Any) -> Callable[[Handler], Handler]:
        """The decorator that declares the function below it as an operation; a path may end in `{}`, a number."""

        def declare(handler: Handler) -> Handler:
            self.found.append(Operation(method=method, path=path, handler=handler, **declared))
            return handler

        return declare


class Router:
    """All operations by path."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._paths: dict[str, dict[str, Operation]] = {}
        for each in operations:
            methods = self._paths.setdefault(each.path, {})
            assert each.method not in methods, f"{each.method} {each.path} is declared twice"
            methods[each.method] = each

    def match(self, path: str) -> tuple[Mapping[str, Operation], str]:
        """The operations at a path by method, none for a path that isn't known; and the number at its end."""
        path = path.rstrip("/")
        if path in self._paths:
            return self._paths[path], ""
        head, _, last = path.rpartition("/")
        number = last if last.isdecimal() and len(last) <= 19 else ""
        return (self._paths.get(f"{head}/{_PARAMETER}", {}) if number else {}), number
