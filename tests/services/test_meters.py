"""Counts and times, as Prometheus reads them."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from nunatak.core.errors import Invalid
from nunatak.services.meters import Meters


def samples(meters: Meters) -> dict[tuple[str, ...], float]:
    """What is told, by the name and the values of the labels."""
    found = {}
    for family in text_string_to_metric_families(meters.text().decode()):
        for sample in family.samples:
            found[(sample.name, *(value for _, value in sorted(sample.labels.items())))] = sample.value
    return found


def test_requests_jobs_pictures_and_what_is_so_now_are_told() -> None:
    meters = Meters(depths=lambda: {("render-image", "waiting"): 3}, lines=lambda: {"used": 1, "idle": 4})
    meters.request("diagrams.get", 200, 0.004)
    meters.request("diagrams.get", 404, 0.2)
    meters.picture(found=True)
    meters.picture(found=False)
    with meters.render():
        pass
    with meters.job("render-image"):
        pass
    with pytest.raises(Invalid), meters.job("render-image"):
        raise Invalid("no")
    told = samples(meters)
    assert told["nunatak_requests_total", "diagrams.get", "200"] == 1
    assert told["nunatak_request_seconds_count", "diagrams.get"] == 2
    assert told["nunatak_request_seconds_bucket", "0.005", "diagrams.get"] == 1
    assert told["nunatak_job_seconds_count", "render-image", "done"] == 1
    assert told["nunatak_job_seconds_count", "render-image", "refused"] == 1
    assert (told["nunatak_picture_cache_total", "hit"], told["nunatak_picture_cache_total", "miss"]) == (1, 1)
    assert told["nunatak_render_seconds_count",] == 1
    assert told["nunatak_jobs", "render-image", "waiting"] == 3
    assert told["nunatak_database_connections", "idle"] == 4


def test_two_services_in_a_process_count_for_themselves() -> None:
    one, other = Meters(), Meters()
    one.picture(found=True)
    assert ("nunatak_picture_cache_total", "hit") not in samples(other)
