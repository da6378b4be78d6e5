"""Requests made up from our own OpenAPI document: each is answered as the document says, and none by a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, checks
from starlette.testclient import TestClient

from nunatak.api.icepanel import openapi
from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.requests import Requests
from nunatak.services.service import Service
from tests.filled import Filled, filled, serving

EXAMPLES = 8  # an operation; more find nothing new and take their time
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(openapi.document(all_operations(), version="0"))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}


def test_every_operation_is_tried() -> None:
    assert len(OPERATIONS) == len(all_operations())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A database with something of every family, which is copied for each operation."""
    return filled(tmp_path_factory.mktemp("made"))


class Server:
    """The API over a filled landscape, and the ids of what is in it by path parameter."""

    def __init__(self, service: Service, made: Filled) -> None:
        self.ids = made.ids
        self._key = {"X-API-Key": made.credentials}
        self._client = TestClient(Requests(Api(service), new_id=lambda: "made"), base_url="http://n")

    def send(self, case: Case) -> Any:
        """The answer to a case, sent in the very bytes that a client would send."""
        given = case.as_transport_kwargs(base_url="http://n/v1", headers=self._key)
        ready = requests.Request(**given).prepare()
        headers = {**ready.headers, **self._key}
        assert ready.method is not None
        assert ready.url is not None
        assume(len(ready.url) < 60_000)  # longer ones the client itself refuses
        return self._client.request(ready.method, ready.url, headers=headers, content=ready.body)


@pytest.fixture
def server(made: Filled, tmp_path: Path) -> Iterator[Server]:
    with serving(made.copied(tmp_path), tmp_path) as service:
        yield Server(service, made)


def test_there_is_something_to_find_for_every_operation(made: Filled) -> None:
    assert {name for each in all_operations() for name in each.parameters} == set(made.ids)


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_answers_as_the_document_says(server: Server, label: str) -> None:
    good, bad = (OPERATIONS[label].as_strategy(generation_mode=mode) for mode in GenerationMode)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=good | bad, known=st.integers(0, 7))
    def tried(case: Case, known: int) -> None:
        if known:  # a made-up id finds nothing, which is soon told
            case.path_parameters.update({n: i for n, i in server.ids.items() if n in case.path_parameters})
        case.validate_response(server.send(case), checks=CHECKS)

    tried()


# What would end the conversation.
LAST_WORDS = {"organizations.delete", "organizations.landscapes.delete", "landscapes.delete"}
TALK = 250  # requests to one server; each may be about what those before it made
# The fields of bodies that name something else than `tagId` or `tagIds` do.
NAMED = {
    **dict.fromkeys(("parentId", "originId", "targetId", "viaId", "modelId", "groupIds", "entityId"), "modelObjectId"),
    "technologyIds": "catalogTechnologyId",
    "mentionedUserIds": "userId",
    "groupId": "tagGroupId",
}


class Talk:
    """A conversation with one server: ids that it tells are used in what it is asked from then on."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ids = {name: [id_] for name, id_ in server.ids.items()}

    def say(self, case: Case, pick: int) -> Any:
        """The answer to a case about things that are there."""
        for name in case.path_parameters:
            case.path_parameters[name] = self._one(name, pick)
        case.body = self._about(case.body, pick)
        answer = self._server.send(case)
        if answer.is_success and answer.headers.get("content-type") == "application/json":
            self._heard(answer.json())
        return answer

    def _one(self, name: str, pick: int) -> str:
        known = self._ids[name]
        return known[pick % len(known)]

    def _about(self, body: Any, pick: int, name: str = "") -> Any:
        if isinstance(body, dict):
            return {key: self._about(value, pick + n, key) for n, (key, value) in enumerate(body.items())}
        if isinstance(body, list):
            return [self._about(value, pick + n, name) for n, value in enumerate(body)]
        wanted = NAMED.get(name, name.removesuffix("s"))
        return self._one(wanted, pick) if isinstance(body, str) and wanted in self._ids else body

    def _heard(self, answer: Any) -> None:
        for name, told in answer.items():
            if f"{name}Id" in self._ids and name != "version" and isinstance(told, dict) and "id" in told:
                self._ids[f"{name}Id"].append(told["id"])


def test_a_long_conversation_is_answered_as_the_document_says(server: Server) -> None:
    talk = Talk(server)
    labels = [label for label, each in OPERATIONS.items() if each.definition.raw["operationId"] not in LAST_WORDS]
    cases = st.sampled_from(labels).flatmap(lambda label: OPERATIONS[label].as_strategy())

    @settings(
        max_examples=TALK,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, pick=st.integers(0, 1000))
    def said(case: Case, pick: int) -> None:
        answer = talk.say(case, pick)
        case.validate_response(answer, checks=CHECKS)

    said()
