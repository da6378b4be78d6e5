"""What is counted and timed while the program works, in the words that Prometheus reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from nunatak.core.errors import Refusal
from nunatak.services.traces import Traces

_REQUESTS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_JOBS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
Depths = Mapping[tuple[str, str], int]  # by kind of job and state
Lines = Mapping[str, int]  # of the database's pool, by state


class Meters:
    """The counts of this process; of several that serve at one address (see prometheus_client's multiprocess mode),
    `text` tells the sums of all. `depths` and `lines` are asked when somebody reads. Jobs and pictures are also told to
    `traces`."""

    def __init__(
        self,
        *,
        depths: Callable[[], Depths] = dict,
        lines: Callable[[], Lines] = dict,
        traces: Traces | None = None,
    ) -> None:
        self.traces = traces or Traces()
        self._own = CollectorRegistry()
        self._now = _Now(depths, lines)
        given: Any = {"registry": self._own, "namespace": "nunatak"}
        self._requests = Counter("requests", "Requests answered", ("operation", "status"), **given)
        self._request = Histogram("request_seconds", "Time to answer", ("operation",), buckets=_REQUESTS, **given)
        self._job = Histogram("job_seconds", "Time to do a job", ("kind", "outcome"), buckets=_JOBS, **given)
        self._render = Histogram("render_seconds", "Time to draw a picture", buckets=_JOBS, **given)
        self._cache = Counter("picture_cache", "Pictures asked for", ("result",), **given)

    def request(self, operation: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(operation, str(status)).inc()
        self._request.labels(operation).observe(seconds)

    def picture(self, *, found: bool) -> None:
        """A picture was asked for, and lay there or not."""
        self._cache.labels("hit" if found else "miss").inc()

    @contextmanager
    def job(self, kind: str) -> Iterator[None]:
        """Times a job of a kind."""
        began, outcome = time.perf_counter(), "failed"
        try:
            with self.traces.span(f"job {kind}"):
                yield
            outcome = "done"
        except Refusal:
            outcome = "refused"
            raise
        finally:
            self._job.labels(kind, outcome).observe(time.perf_counter() - began)

    @contextmanager
    def render(self) -> Iterator[None]:
        """Times a picture's drawing."""
        with self._render.time(), self.traces.span("render"):
            yield

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        if values.ValueClass is values.MutexValue:
            return generate_latest(self._own) + self._now.text()
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together) + self._now.text()


class _Now(Collector):
    """What is so at the moment: how many jobs wait, how many of the database's lines are in use."""

    def __init__(self, depths: Callable[[], Depths], lines: Callable[[], Lines]) -> None:
        self._depths, self._lines = depths, lines

    def text(self) -> bytes:
        registry = CollectorRegistry()
        registry.register(self)
        return generate_latest(registry)

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        lines = GaugeMetricFamily("nunatak_database_connections", "Of this process's pool", labels=["state"])
        for state, count in self._lines().items():
            lines.add_metric([state], count)
        yield lines
        depths = GaugeMetricFamily("nunatak_jobs", "Jobs that wait and run", labels=["kind", "state"])
        for (kind, state), count in sorted(self._depths().items()):
            depths.add_metric([kind, state], count)
        yield depths
