"""An organization has no more jobs under way than it may, and a page holds no more than it may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import TooMany
from nunatak.core.kinds import DIAGRAM_EXPORT_IMAGE
from nunatak.services import exports
from nunatak.services.bounds import Bounds
from tests.make import World


@pytest.fixture
def queued(drawing: World) -> World:
    """An organization whose jobs wait, for nobody does them, and which may have two."""
    drawing.service = replace(drawing.service, bounds=Bounds(jobs=2))
    return drawing


def export(world: World) -> None:
    exports.create(world.service, world.actor, world.path, world.diagram().id, DiagramExportImageOptions())


def test_one_job_too_many_is_refused_with_the_time_to_come_back_and_leaves_no_record(queued: World) -> None:
    export(queued)
    export(queued)
    with pytest.raises(TooMany, match="has 2 jobs under way") as refused:
        export(queued)
    assert refused.value.retry_after == 5
    with queued.service.reading() as unit:
        assert len(unit.every(DIAGRAM_EXPORT_IMAGE, None)) == 2


def test_a_job_counts_to_the_organization_that_asked(queued: World) -> None:
    export(queued)
    with queued.service.reading() as unit:
        asked = [queued.service.jobs.asked(unit.connection, id_) for id_ in (queued.organization_id, "another")]
    assert asked == [1, 0]


def test_no_bound_is_no_bound(queued: World) -> None:
    queued.service = replace(queued.service, bounds=Bounds())
    for _ in range(4):
        export(queued)


@pytest.mark.parametrize(("bound", "asked", "given"), [(0, None, None), (0, 7, 7), (5, None, 5), (5, 7, 5), (5, 3, 3)])
def test_a_page_is_no_longer_than_it_may_be(bound: int, asked: int | None, given: int | None) -> None:
    assert Bounds(page=bound).paged(asked) == given
