"""What jobs over drawings do with files of which a part can't be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nunatak.core.errors import TooLarge
from nunatak.services import drawing_jobs, drawing_work
from tests.api.cognite.conftest import drawings as drawings
from tests.drawings import Drawings
from tests.drawings_pdf import pdf
from tests.make import beside

DETECT, CONVERT = "/context/diagram/detect", "/context/diagram/convert"
ENTITIES = [{"name": "23-PT-1"}, {"name": "23-PT-2"}]


class Without:
    """Makes calls here, but one page of every document takes too long for some of them."""

    def __init__(self, page: int, *names: str) -> None:
        self._page, self._names = page, names

    def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        if getattr(function, "func", function).__name__ in self._names and args[1] == self._page:
            raise TooLarge("The work took longer than 1 seconds; given up")
        return function(*args)


def carried_out(drawings: Drawings, apart: Any, path: str, body: Any) -> Any:
    service = replace(drawings.world.service, documents=apart, reader="r")
    job = drawings.send(path, body)
    payload = {"organizationId": drawings.world.organization_id, "jobId": str(job["jobId"])}
    drawing_work.carry_out(service, payload)
    done = drawings.send(f"{path}/{job['jobId']}")
    assert (done["status"], done["statusCount"]) == ("Completed", {"completed": 1, "failed": 0})
    return done["items"][0]


@pytest.fixture
def file(drawings: Drawings) -> Any:
    return drawings.made(pdf("23-PT-1", "23-PT-2", "23-PT-1"))


def test_a_page_that_cannot_be_read_costs_only_its_own_tags(drawings: Drawings, file: Any) -> None:
    body = {"items": [{"fileId": file["id"]}], "entities": ENTITIES}
    item = carried_out(drawings, Without(1, "read"), DETECT, body)
    assert item["errorMessage"] == "Page 1: The work took longer than 1 seconds, given up"
    assert [(one["text"], one["region"]["page"]) for one in item["annotations"]] == [("23-PT-2", 2), ("23-PT-1", 3)]


def test_a_page_that_cannot_be_drawn_costs_only_itself(drawings: Drawings, file: Any) -> None:
    item = carried_out(drawings, Without(2, "draw", "picture"), CONVERT, {"items": [{"fileId": file["id"]}]})
    assert item["errorMessage"].startswith("Page 2: The work took longer")
    assert [one["page"] for one in item["results"]] == [1, 3]


def test_a_page_whose_words_cannot_be_read_is_drawn_without_them(drawings: Drawings, file: Any) -> None:
    item = carried_out(drawings, Without(2, "read"), CONVERT, {"items": [{"fileId": file["id"]}]})
    assert "errorMessage" not in item
    notes = [one.get("note") for one in item["results"]]
    assert notes == [None, "Its words can't be read: The work took longer than 1 seconds; given up", None]
    pages = [drawings.client.get(one["svgUrl"]).text for one in item["results"]]
    assert ["<text" in page for page in pages] == [True, False, True]


def test_a_job_that_has_ended_elsewhere_does_not_go_on(drawings: Drawings, file: Any) -> None:
    service, organization_id = drawings.world.service, drawings.world.organization_id
    id_ = str(drawings.send(DETECT, {"items": [{"fileId": file["id"]}], "entities": ENTITIES})["jobId"])
    with service.database.write() as unit:
        drawing_jobs.changed(service, unit, organization_id, id_, status="Completed")
        told = beside(lambda: drawing_jobs.change(service, organization_id, id_, status="Running", done=0))
    told.join()
    assert drawing_jobs.known(service, organization_id, id_).status == "Completed"
