"""The schemas by name, on the wire."""

from __future__ import annotations

import jsonschema
import pytest

from nunatak.api.icepanel.app import all_operations
from nunatak.api.icepanel.errors import SchemaNotFound
from nunatak.api.icepanel.openapi import document
from nunatak.api.icepanel.schemas import alone
from tests.wire import Wire


def test_a_schema_is_served_to_anybody_and_needs_nothing_else(wire: Wire) -> None:
    answer = wire.client.get("/v1/schemas/LandscapeImportData")
    assert answer.status_code == 200
    schema = answer.json()
    check = jsonschema.Draft202012Validator(schema)
    entry = {"id": "a", "name": "A", "type": "domain"}
    assert list(check.iter_errors({"modelObjects": [entry]})) == []
    (error,) = check.iter_errors({"modelObjects": [{**entry, "color": "red"}]})
    assert "'color' was unexpected" in error.message
    assert not check.is_valid({"modelObjects": [{**entry, "type": "root"}]})


def test_an_unknown_schema_is_answered_as_ever(wire: Wire) -> None:
    answer = wire.client.get("/v1/schemas/Nothing")
    assert (answer.status_code, answer.json()) == (404, {"error": "Schema not found"})


def test_every_schema_of_the_document_stands_alone() -> None:
    schemas = document(all_operations(), version="0")["components"]["schemas"]
    assert len(schemas) > 50
    for name in schemas:
        schema = alone(name, schemas)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert "#/components/" not in str(schema)


def test_a_schema_that_refers_to_itself_is_under_its_own_name_too() -> None:
    schemas = {"Tree": {"properties": {"below": {"items": {"$ref": "#/components/schemas/Tree"}}}}}
    found = alone("Tree", schemas)
    assert found["properties"]["below"]["items"] == {"$ref": "#/$defs/Tree"}
    assert list(found["$defs"]) == ["Tree"]
    with pytest.raises(SchemaNotFound):
        alone("Bush", schemas)
