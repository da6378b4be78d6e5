"""What of drawings has run out goes, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from nunatak.core.kinds import DRAWING_JOB, FILE_PART
from nunatak.services import drawing_ages, housekeeping
from tests.api.cognite.conftest import drawings as drawings
from tests.drawings import Drawings
from tests.drawings_pdf import pdf

MONTH = timedelta(days=31)


def keys(drawings: Drawings) -> set[str]:
    return {key.split("/")[0] for key in drawings.world.service.blobs.list("")}


@pytest.fixture
def later(drawings: Drawings) -> datetime:
    """A time when all that was made has run out."""
    return drawings.world.service.clock() + MONTH


def test_jobs_and_their_blobs_go_after_thirty_days(drawings: Drawings, later: datetime) -> None:
    file = drawings.made(pdf("23-PT-1"))
    job = drawings.send("/context/diagram/detect", {"items": [{"fileId": file["id"]}], "entities": [{"name": "a"}]})
    drawings.done(job)
    service = drawings.world.service
    assert housekeeping._expired(service, DRAWING_JOB, service.clock()) == 0
    assert housekeeping._expired(service, DRAWING_JOB, later) == 1
    assert drawings.answer(f"/context/diagram/detect/{job['jobId']}").status_code == 404
    now = next(iter(written for _, written in service.blobs.dated("drawing-jobs"))) + timedelta(days=2)
    assert drawing_ages.sweep(service, now) == 2  # what the job was given and what came of it
    assert keys(drawings) == {"contents", "pages"}
    assert drawings.fetched(file["id"]) == pdf("23-PT-1")


def test_uploads_that_never_ended_go_with_their_bytes(drawings: Drawings, later: datetime) -> None:
    session = drawings.send("/files/initmultipartupload?parts=2", {"name": "F"}, 201)
    drawings.client.put(session["uploadUrls"][0], content=b"half")
    service = drawings.world.service
    assert drawing_ages.forget_parts(service, service.clock()) == 0
    assert drawing_ages.forget_parts(service, later) == 1
    with service.reading() as unit:
        assert unit.every(FILE_PART, None) == []
    written = next(iter(written for _, written in service.blobs.dated("contents")))
    assert drawing_ages.sweep(service, written + timedelta(hours=1)) == 0
    assert drawing_ages.sweep(service, written + timedelta(days=2)) == 1


def test_pages_stay_for_a_month_after_the_last_file_that_had_them(drawings: Drawings) -> None:
    file, same = drawings.made(pdf("23-PT-1")), drawings.made(pdf("23-PT-1"))
    job = {"items": [{"fileId": file["id"]}]}
    drawings.done(drawings.send("/context/diagram/convert", job))
    service = drawings.world.service
    month = next(iter(written for _, written in service.blobs.dated("pages"))) + MONTH
    drawings.send("/files/delete", {"items": [{"id": file["id"]}]})
    drawing_ages.sweep(service, month)
    assert "pages" in keys(drawings)
    drawings.send("/files/delete", {"items": [{"id": same["id"]}]})
    drawing_ages.sweep(service, month)
    assert "pages" not in keys(drawings)
