"""Hits that lead to model objects, and model objects whose links list the drawings they appear on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from nunatak.core.kinds import DRAWING_JOB, MODEL_OBJECT
from nunatak.services import drawing_work, housekeeping
from tests.api.cognite.conftest import drawings as drawings
from tests.drawings import Drawings, drawings_of
from tests.drawings_pdf import pdf

CONVERT = "/context/diagram/convert"
SHEET = pdf("23-PT-1\n23-LV-2")


def drawn(drawings: Drawings, entities: list[Any], *, file: Any = None) -> Any:
    """The answer to a convert that finds the entities, in one pass."""
    file = file or drawings.made(SHEET, name="P-100.pdf")
    return drawings.done(drawings.send(CONVERT, {"items": [{"fileId": file["id"]}], "entities": entities}))


def object_of(drawings: Drawings, id_: str) -> Any:
    with drawings.world.service.reading() as unit:
        return unit.get(MODEL_OBJECT, id_)


def told(drawings: Drawings, id_: str) -> list[tuple[str, Any, Any]]:
    return [(one.id, one.custom_name, one.url) for one in object_of(drawings, id_).links.values()]


def svg(drawings: Drawings, done: Any, page: int = 0) -> str:
    return str(drawings.client.get(done["items"][0]["results"][page]["svgUrl"]).text)


def test_a_hit_leads_to_its_object_and_the_object_lists_the_drawing(drawings: Drawings) -> None:
    pump, valve = drawings.world.object(name="Pump"), drawings.world.object(name="Valve")
    landscape = drawings.world.path.landscape_id
    entities = [
        {"name": "23-PT-1", "modelObjectId": pump.id},
        {"name": "23-LV-2", "modelObjectId": valve.handle_id, "landscapeId": landscape},
        {"name": "23-XX-9", "modelObjectId": "none"},
    ]
    two = drawings.made(pdf("23-PT-1\n23-LV-2", "23-PT-1"), name="P-100.pdf")
    done = drawn(drawings, entities, file=two)
    assert f'href="http://testserver/l/{landscape}/model?object={pump.handle_id}"' in svg(drawings, done)
    ((name, words, url),) = told(drawings, pump.id)
    assert (name, words) == (f"drawing-{two['id']}", "P-100.pdf, pages 1, 2")
    assert [one[1] for one in told(drawings, valve.id)] == ["P-100.pdf, page 1"]
    answer = drawings.client.get(url, headers={"Authorization": f"Bearer {drawings.token}"})
    assert answer.status_code == 303
    assert drawings.client.get(answer.headers["location"]).text == svg(drawings, done)
    assert drawings.client.get(url).status_code == 401
    stranger = {"Authorization": f"Bearer {drawings.stranger().token}"}
    assert drawings.client.get(url, headers=stranger).status_code == 404


@pytest.mark.parametrize("label", ["tag=23-PT-1", {"tag": "23-PT-1"}, {"tag": "23-PT-1", "area": "23"}])
def test_an_object_is_named_by_a_label_that_it_alone_has(drawings: Drawings, label: Any) -> None:
    pump = drawings.world.object(name="Pump", labels={"tag": "23-PT-1", "area": "23"})
    other = drawings.world.object(name="Other", labels={"tag": "23-PT-10", "area": "23"})
    entities = [{"name": "23-PT-1", "modelObjectLabel": label}, {"name": "23-LV-2", "modelObjectLabel": "area=23"}]
    done = drawn(drawings, entities)
    assert len(told(drawings, pump.id)) == 1
    assert told(drawings, other.id) == []  # two objects have the label that 23-LV-2 names
    assert svg(drawings, done).count("<a href=") == 1


def test_the_same_work_again_writes_nothing_and_another_job_moves_the_link(drawings: Drawings) -> None:
    pump = drawings.world.object(name="Pump")
    entities = [{"name": "23-PT-1", "modelObjectId": pump.id}]
    file = drawings.made(SHEET)
    done = drawn(drawings, entities, file=file)
    before = object_of(drawings, pump.id)
    with drawings.world.service.database.write() as unit:
        job = unit.get(DRAWING_JOB, str(done["jobId"]))
        unit.put(DRAWING_JOB, msgspec.structs.replace(job, status="Running"))
    payload = {"organizationId": drawings.world.organization_id, "jobId": str(done["jobId"])}
    drawing_work.carry_out(drawings.world.service, payload)
    assert object_of(drawings, pump.id) == before
    again = drawn(drawings, entities, file=file)
    ((name, _, url),) = told(drawings, pump.id)
    assert name == f"drawing-{file['id']}"
    assert f"/{again['jobId']}/" in url


def test_a_link_goes_with_the_results_that_it_leads_to(drawings: Drawings) -> None:
    pump = drawings.world.object(name="Pump", links={"own": {"url": "https://a.example", "index": 0}})
    entities = [{"name": "23-PT-1", "modelObjectId": pump.id}]
    drawn(drawings, entities)
    drawn(drawings, entities)
    assert len(told(drawings, pump.id)) == 3
    service = drawings.world.service
    later = replace(service, clock=lambda: service.clock() + timedelta(days=31))
    assert housekeeping.clean(later)["drawing-job"] == 2
    assert [one[0] for one in told(drawings, pump.id)] == ["own"]


def test_an_older_jobs_end_leaves_the_link_of_a_newer_one(drawings: Drawings) -> None:
    pump = drawings.world.object(name="Pump")
    file, entities = drawings.made(SHEET), [{"name": "23-PT-1", "modelObjectId": pump.id}]
    service = drawings.world.service
    drawn(drawings, entities, file=file)
    month = replace(drawings.world, service=replace(service, clock=lambda: service.clock() + timedelta(days=20)))
    newer = drawings_of(month)
    done = drawn(newer, entities, file=file)
    later = replace(service, clock=lambda: service.clock() + timedelta(days=31))
    assert housekeeping.clean(later)["drawing-job"] == 1
    ((_, _, url),) = told(drawings, pump.id)
    assert f"/{done['jobId']}/" in url


def test_who_may_only_read_gets_hits_that_lead_and_changes_nothing(drawings: Drawings) -> None:
    pump = drawings.world.object(name="Pump")
    file = drawings.made(SHEET)
    reader = drawings.with_permission("read")
    done = drawn(reader, [{"name": "23-PT-1", "modelObjectId": pump.id}], file=file)
    assert "/model?object=" in svg(reader, done)
    assert told(drawings, pump.id) == []


def test_objects_of_another_project_are_not_there(drawings: Drawings) -> None:
    pump = drawings.world.object(name="Pump")
    stranger = drawings.stranger()
    file = stranger.made(SHEET)
    body = {"items": [{"fileId": file["id"]}], "entities": [{"name": "23-PT-1", "modelObjectId": pump.id}]}
    job = stranger.send(CONVERT, body)
    with stranger.world.service.reading() as unit:
        (record,) = [one for one in unit.every(DRAWING_JOB, None) if one.id == str(job["jobId"])]
    payload = {"organizationId": record.organization_id, "jobId": record.id}
    drawing_work.carry_out(stranger.world.service, payload)
    assert "/model?object=" not in svg(stranger, stranger.send(f"{CONVERT}/{job['jobId']}"))
    assert told(drawings, pump.id) == []
