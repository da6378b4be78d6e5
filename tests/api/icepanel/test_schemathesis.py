"""Requests made up from our own OpenAPI document: each is answered as the document says, and none by a fault."""

from __future__ import annotations

import shutil
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
from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import DIAGRAM, DOMAIN, LOG_ENTRY, TAG_GROUP
from nunatak.jobs.engine import Jobs
from nunatak.services import draft_tasks, exports, keys, landscape_imports, reverts, versions, webhooks
from nunatak.services.posting import Poster
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from nunatak.wiring import WORKS
from tests import make
from tests.drafted import draft, new, task
from tests.make import World, placed

EXAMPLES = 12  # an operation; more find nothing new and take their time
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


def jobs_on(url: str) -> Jobs:
    """A queue that keeps its jobs, of every kind: doing them is tested elsewhere."""
    kinds = [work.kind for work in WORKS]
    return Jobs(
        database_url=url,
        handlers={kind: lambda payload: None for kind in kinds},
        failures={kind: lambda payload, error: None for kind in kinds},
        concurrency=dict.fromkeys(kinds, 1),
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database that has all its tables."""
    path = tmp_path_factory.mktemp("prepared") / "n.db"
    database = Database(f"sqlite:///{path}", clock=make.Clock())
    migrate(database)
    database.close()
    jobs = jobs_on(f"sqlite:///{path}")
    jobs.start()
    jobs.stop(5)
    return path


class Server:
    """The API over a filled landscape, and the ids of what is in it by path parameter."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ids = ids_of(world)
        _, credentials = keys.create(world.service, world.actor, world.organization_id, name="s", permission="admin")
        self._key = {"X-API-Key": credentials}
        self._client = TestClient(Requests(Api(world.service), new_id=lambda: "made"), base_url="http://n")

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
def server(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    url = f"sqlite:///{shutil.copy(prepared, tmp_path)}"
    database, jobs, clock = Database(url, clock=make.Clock()), jobs_on(url), make.Clock()
    tokens = Tokens(b"a secret of 16 bytes and more", now=clock)
    blobs = open_blobs(str(tmp_path / "blobs"))
    poster = Poster(resolve=lambda _host, _port: ["93.184.215.14"])
    yield Server(make.world(make.service(database, blobs=blobs, jobs=jobs, tokens=tokens, poster=poster)))
    jobs.stop()
    database.close()


def ids_of(world: World) -> dict[str, str]:
    """Something of every family, so that a made-up request finds what it asks for."""
    one, two = world.object(), world.object("actor", tagIds=[world.tag().id])
    line = world.connection(one, two)
    diagram = world.diagram(
        groupId=world.folder().id,
        objects={"a": placed(one), "b": placed(two, 512)},
        connections={"l": {"modelId": line.id, "originId": "a", "targetId": "b"}},
    )
    export = exports.create(world.service, world.actor, world.path, diagram.id, DiagramExportImageOptions())
    draft_id = draft(world, new(world, "fresh"), task("update", "model-object", one.id, {"name": "Drafted"}))
    drafted = draft_tasks.listing(world.service, world.actor, world.path, draft_id)
    about = {"notes": "Made for requests that are made up"}
    kept = versions.create(
        world.service, world.actor, world.path.landscape_id, {"name": "K", "modelHandleId": None, **about}
    )
    brought = landscape_imports.create(world.service, world.actor, world.path, LandscapeImportData(), prune=False)
    reverted = reverts.create(world.service, world.actor, world.path.landscape_id, {"versionId": kept.id, **about})
    with world.service.reading() as unit:
        entry_id = unit.values(LOG_ENTRY, world.organization_id, ("id",), {})[0][0]
    hook, _ = webhooks.create(
        world.service, world.actor, world.organization_id, {"name": "W", "url": "https://w.example"}
    )
    message = webhooks.ping(world.service, world.actor, world.organization_id, hook.id)
    return {
        "actionLogId": entry_id,
        "organizationLogId": entry_id,
        "webhookSubscriptionId": hook.id,
        "webhookDeliveryId": message.id,
        "landscapeImportId": brought.id,
        "schemaName": "LandscapeImportData",
        "versionRevertId": reverted.id,
        "draftId": draft_id,
        "draftTaskId": drafted[0].id,
        "organizationId": world.organization_id,
        "landscapeId": world.path.landscape_id,
        "versionId": "latest",
        "domainId": world.ids(DOMAIN)[0],
        "modelObjectId": one.id,
        "modelConnectionId": line.id,
        "diagramId": world.ids(DIAGRAM)[0],
        "diagramGroupId": diagram.group_id,
        "diagramExportImageId": export.id,
        "tagId": two.tag_ids[0],
        "tagGroupId": world.ids(TAG_GROUP)[0],
    }


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
