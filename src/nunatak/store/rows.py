"""The codec between entities and rows, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Table, literal

from nunatak.core.fields import Struct
from nunatak.core.kinds import Kind, fold

_SCOPE_FIELDS = {"organization": "organization_id", "landscape": "landscape_id", "version": "version_id"}
_MOST_VALUES = 500  # in one statement
_ENCODER = msgspec.json.Encoder()


def scope_of(kind: Kind, entity: Struct) -> str:
    """The id of what the entity belongs to: its organization, landscape or version; empty at the top."""
    field = _SCOPE_FIELDS.get(kind.scope)
    return (getattr(entity, field) or "") if field else ""


def row(kind: Kind, entity: Any, position: int) -> dict[str, Any]:
    """The entity's row. A placed body leaves out the ids of landscape and version, so that a snapshot copies bodies
    as they are. The name's column is folded: it is for searching."""
    values = {field: getattr(entity, field) for field in kind.columns}
    if "name" in values:
        values["name"] = fold(values["name"])
    return {
        "scope_id": scope_of(kind, entity),
        "id": entity.id,
        "landscape_id": getattr(entity, "landscape_id", "") or "",
        "handle_id": getattr(entity, "handle_id", entity.id),
        "position": position,
        "body": _body(kind, entity),
        **values,
    }


def _body(kind: Kind, entity: Any) -> str:
    text = _ENCODER.encode(entity)
    if kind.placed:
        # The scope stands in one piece before anything a writer chose.
        text = text.replace(scope_text(entity.landscape_id, entity.version_id).encode(), b"", 1)[1:]
    return text.decode()


def scope_text(landscape_id: str, version_id: str) -> str:
    """The two members of a placed document that its body leaves out."""
    return f'"landscapeId":"{landscape_id}","versionId":"{version_id}",'


def document(kind: Kind, table: Table) -> ColumnElement[str]:
    """The SQL expression of an entity's JSON text as the wire has it."""
    if not kind.placed:
        return table.c.body
    head = literal('{"landscapeId":"') + table.c.landscape_id + '","versionId":"' + table.c.scope_id + '",'
    return head + table.c.body


@dataclass(frozen=True)
class Texts:
    """The JSON texts of entities that have the same beginning, kept apart from it: a long list is copied once, when it
    is joined."""

    head: str
    rests: Sequence[str]

    def __len__(self) -> int:
        return len(self.rests)

    def __iter__(self) -> Iterator[str]:
        return (self.head + rest for rest in self.rests)

    def joined(self, before: str = "", after: str = "") -> str:
        """All texts with commas between them, and what stands before and after them, in one copy."""
        if not self.rests:
            return before + after
        parts = list(self.rests)
        parts[0] = f"{before}{self.head}{parts[0]}"
        parts[-1] = f"{parts[-1]}{after}"
        return f",{self.head}".join(parts)

    def cut(self, count: int) -> Texts:
        """The first `count` texts."""
        return Texts(self.head, self.rests[:count])


def entity(kind: Kind, text: str | bytes) -> Any:
    """The typed entity of a JSON text."""
    return msgspec.json.decode(text, type=kind.struct)


def found_by(kind: Kind, entity: Any) -> set[tuple[str, str]]:
    """The pairs of field and value by which the entity is found, as the index holds them: one for each value of each
    list, and one for each label."""
    found = {(term.name, term_key(value)) for term in kind.terms for value in term.of(entity)}
    labels: Mapping[str, str] = entity.labels if kind.labelled else {}
    return found | {(term_key(f"labels.{key}"), term_key(value)) for key, value in labels.items()}


def term_key(text: str) -> str:
    """A text as the term table's index holds it: long ones by their digest, for an index entry has its limits."""
    clean = text.replace("\x00", "")
    return clean if len(clean) <= 200 else sha256(clean.encode("utf-8", "surrogatepass")).hexdigest()


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values, as many at once as a statement may hold."""
    return (values[start : start + _MOST_VALUES] for start in range(0, len(values), _MOST_VALUES))
