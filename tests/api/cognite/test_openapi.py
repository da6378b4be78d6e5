"""The drawings' API as its own document says it: valid, whole, and true of requests made up from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import Case, GenerationMode, checks

from nunatak.api.cognite import openapi, tokens
from nunatak.api.cognite.app import all_operations
from nunatak.store.migrations import migrate
from tests import make
from tests.drawings import Drawings, drawings_of
from tests.filled import serving

DOCUMENT = openapi.document(all_operations(), tokens.OPERATIONS)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
EXAMPLES = 6  # an operation
CHECKS = [checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
          checks.response_schema_conformance]  # fmt: skip


def test_the_document_is_valid_and_names_every_operation() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    assert len(OPERATIONS) == len(all_operations()) + len(list(tokens.OPERATIONS))
    body = DOCUMENT["components"]["schemas"]["DetectBody"]
    assert body["required"] == ["items", "entities"]
    assert body["properties"]["minTokens"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 2}


def test_the_document_is_served_to_everybody(drawings: Drawings) -> None:
    answer = drawings.client.get("/api/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DOCUMENT


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Drawings, dict[str, int]]]:
    """A project with a file, an annotation and a job of each sort, with their ids by path."""
    folder = tmp_path_factory.mktemp("made")
    url = f"sqlite:///{folder / 'made.db'}"
    with serving(url, folder) as service:
        migrate(service.database)
        service.jobs.start()
        service.jobs.stop(5)  # its tables are there, and nobody works
    with serving(url, folder) as service:
        drawings = drawings_of(make.world(service))
        yield drawings, _ids(drawings)


def _ids(drawings: Drawings) -> dict[str, int]:
    file = drawings.made(b"%PDF-1.4 hello", externalId="a")["id"]
    items = {"items": [{"fileId": file}]}
    head = {"annotatedResourceType": "file", "annotatedResourceId": file, "annotationType": "x", "data": {}}
    by = {"creatingApp": "t", "creatingAppVersion": "1.0.0", "creatingUser": None}
    return {
        "files": file,
        "annotations": drawings.send("/annotations/suggest", {"items": [head | by]}, 201)["items"][0]["id"],
        "detect": drawings.send("/context/diagram/detect", {**items, "entities": [{"name": "A 1"}]})["jobId"],
        "convert": drawings.send("/context/diagram/convert", items)["jobId"],
    }


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_answers_as_the_document_says(served: tuple[Drawings, dict[str, int]], label: str) -> None:
    drawings, ids = served
    good, bad = (OPERATIONS[label].as_strategy(generation_mode=mode) for mode in GenerationMode)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=good | bad, known=st.booleans())
    def tried(case: Case, known: bool) -> None:
        case.path_parameters["project"] = drawings.project
        if known and "id" in case.path_parameters:
            case.path_parameters["id"] = ids[case.path.split("/")[-2]]
        case.validate_response(_sent(drawings, case), checks=CHECKS)

    tried()


def _sent(drawings: Drawings, case: Case) -> Any:
    key = {"Authorization": f"Bearer {drawings.token}"}
    ready = requests.Request(**case.as_transport_kwargs(base_url="http://n", headers=key)).prepare()
    assert ready.method is not None
    assert ready.url is not None
    return drawings.client.request(ready.method, ready.url, headers={**ready.headers, **key}, content=ready.body)
