"""Traces: what a request, a unit of work, a job and a picture took, told to a collector in OpenTelemetry's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from nunatak.core.errors import Invalid

_NAME = "nunatak"


class Traces:
    """Spans, nested as the calls are, or nothing at all where no tracer is given. They say what was done and how it
    ended, by names of ours: nobody's words, addresses or credentials, and no message of a failure."""

    def __init__(self, tracer: Any = None, *, close: Callable[[], object] = lambda: None) -> None:
        self._tracer = tracer
        self.close = close  # tells the collector what it hasn't heard yet

    @property
    def on(self) -> bool:
        """Whether anybody listens."""
        return self._tracer is not None

    def span(self, name: str, **facts: str) -> AbstractContextManager[Any]:
        """A span around what is done within; gives it, or None where nobody listens."""
        return nullcontext() if self._tracer is None else self._spanned(name, facts)

    @contextmanager
    def _spanned(self, name: str, facts: dict[str, str]) -> Iterator[Any]:
        shown = {f"{_NAME}.{fact}": value for fact, value in facts.items()}
        with self._tracer.start_as_current_span(
            name, attributes=shown, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                raise


def traces_to(address: str) -> Traces:
    """Traces that go to a collector, as OTLP over HTTP, in batches and beside the work; none for an empty address.
    Raises Invalid where the library isn't installed."""
    if not address:
        return Traces()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        error = "NUNATAK_TRACES: expected to be empty, or nunatak[traces] to be installed"
        raise Invalid("Traces need a library that is not installed", (error,)) from None
    provider = TracerProvider(resource=Resource({"service.name": _NAME}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return Traces(provider.get_tracer(_NAME), close=provider.shutdown)
