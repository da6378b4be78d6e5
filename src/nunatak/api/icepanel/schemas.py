"""The schemas of this API by name, each as a JSON Schema that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nunatak.api.icepanel.errors import SchemaLost, SchemaNotFound
from nunatak.api.icepanel.operation import Call, Operations

OPERATIONS = Operations()
_HERE, _THERE = "#/components/schemas/", "#/$defs/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

operation = OPERATIONS.operation


@operation(
    "schemas.get",
    "GET",
    "/schemas/{schemaName}",
    answer=dict[str, Any],
    anonymous=True,
    refusals={404: SchemaLost},
)
def get(call: Call[Any]) -> dict[str, Any]:
    """One schema of this document, by its name."""
    return alone(call.path["schemaName"], call.schemas)


def alone(name: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with all that it refers to under `$defs`; raises SchemaNotFound."""
    if name not in schemas:
        raise SchemaNotFound("Schema not found")
    needed = dict.fromkeys(_named(schemas[name]))
    rest = list(needed)
    for each in rest:
        new = [other for other in _named(schemas[each]) if other not in needed]
        needed |= dict.fromkeys(new)
        rest += dict.fromkeys(new)
    defs = {other: _moved(schemas[other]) for other in sorted(needed)}
    found = {"$schema": _DIALECT, "title": name, **_moved(schemas[name])}
    return found | ({"$defs": defs} if defs else {})


def _named(schema: Any) -> Iterator[str]:
    """The names of the schemas that one refers to."""
    if isinstance(schema, dict):
        if isinstance(ref := schema.get("$ref"), str):
            yield ref.removeprefix(_HERE)
        schema = list(schema.values())
    if isinstance(schema, list):
        for each in schema:
            yield from _named(each)


def _moved(schema: Any) -> Any:
    """The schema with its references to where the others stand beside it."""
    if isinstance(schema, dict):
        return {key: _there(each) if key == "$ref" else _moved(each) for key, each in schema.items()}
    return [_moved(each) for each in schema] if isinstance(schema, list) else schema


def _there(ref: Any) -> Any:
    return _THERE + ref.removeprefix(_HERE) if isinstance(ref, str) else _moved(ref)
