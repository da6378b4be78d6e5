"""The tags of a plant from a file: a CSV with a heading, or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from nunatak.core.errors import Invalid, NotFound

Entities = list[dict[str, Any]]
FIELD = "nunatak:names"  # where an entity keeps the spellings that are looked for
_MOST = 500_000
_LONGEST_CELL = 1_000_000


def read(path: Path, columns: Sequence[str]) -> Entities:
    """The entities of a file: the rows of a CSV, or the objects or texts of a JSON list. The spellings in `columns`
    are under FIELD besides. Raises NotFound for a file that can't be read, Invalid naming a line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path} can't be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid(f"{path} is not valid", (f"line {line}: expected UTF-8",)) from None
    rows = _objects(path, text) if path.suffix.lower() == ".json" else _rows(path, text, columns)
    if len(rows) > _MOST:
        raise Invalid(f"{path} is not valid", (f"{path}: expected at most {_MOST:,} tags, got {len(rows):,}",))
    entities = [{**row, FIELD: _names(row, columns)} for row in rows]
    if not any(entity[FIELD] for entity in entities):
        raise Invalid(f"{path} holds no tags", (f"{path}: expected texts in {' or '.join(columns)}",))
    return entities


def told(entity: dict[str, Any]) -> dict[str, Any]:
    """An entity as its file has it."""
    return {name: value for name, value in entity.items() if name != FIELD}


def _rows(path: Path, text: str, columns: Sequence[str]) -> Entities:
    csv.field_size_limit(_LONGEST_CELL)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        heading = list(reader.fieldnames or ())
        lacking = [column for column in columns if column not in heading]
        if lacking:
            expected = f"line 1: expected a column {lacking[0]!r}, got {', '.join(heading) or 'nothing'}; see --column"
            raise Invalid(f"{path} is not valid", (expected,))
        return [{name: value for name, value in row.items() if name and value} for row in reader]
    except csv.Error as error:
        raise Invalid(f"{path} is not valid", (f"line {reader.line_num + 1}: {error}",)) from None


def _objects(path: Path, text: str) -> Entities:
    try:
        found = msgspec.json.decode(text, type=list[str | dict[str, Any]])
    except msgspec.DecodeError as error:
        raise Invalid(f"{path} is not valid", (f"{path}: expected a list of objects or texts: {error}",)) from None
    return [{"name": one} if isinstance(one, str) else one for one in found]


def _names(row: dict[str, Any], columns: Sequence[str]) -> list[str]:
    values = [row.get(column) for column in columns]
    names = [name for value in values for name in (value if isinstance(value, list) else [value])]
    return [name for name in names if isinstance(name, str) and name.strip()]
