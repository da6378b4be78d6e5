"""Traces: a started server tells a collector of requests, units, jobs and pictures, and of no secret."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nunatak.services.traces import Traces, traces_to
from tests.started import Started, prepared

trace = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")


class Collector:
    """Takes traces as OTLP over HTTP."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding") == "gzip"
                collector.bodies.append(gzip.decompress(body) if packed else body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1/traces"

    def spans(self) -> dict[bytes, Any]:
        found = [trace.ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        each = [s for one in found for r in one.resource_spans for scope in r.scope_spans for s in scope.spans]
        return {span.span_id: span for span in each}


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_collector_hears_of_requests_units_jobs_and_pictures_and_of_no_secret(
    collector: Collector, tmp_path: Path
) -> None:
    server: Started = prepared(tmp_path)
    server.env |= {"NUNATAK_TRACES": collector.url}
    server.start()
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    version = f"/v1/landscapes/{land}/versions/latest"
    diagram = server.call("GET", f"{version}/diagrams")["diagrams"][0]["id"]
    image = f"{version}/diagrams/{diagram}/export/image"
    assert server.finished(image, server.call("POST", image, {"maxWidth": 444})["diagramExportImage"])["error"] is None
    key = server.key
    assert server.end() == 0
    spans = collector.spans()
    names = {span.name for span in spans.values()}
    assert {"GET diagrams.list", "POST diagrams.export.create", "read", "write", "job render-image", "render"} <= names

    def above(name: str) -> set[str]:
        return {spans[s.parent_span_id].name for s in spans.values() if s.name == name and s.parent_span_id in spans}

    assert above("render") == {"job render-image"}
    assert "POST diagrams.export.create" in above("write")
    told = b"".join(collector.bodies)
    secret = (server.data / "secret").read_text().strip()
    for word in (key, key.partition(":")[2], secret, diagram, land):
        assert word.encode() not in told
    statuses = {a.value.int_value for s in spans.values() for a in s.attributes if a.key == "http.response.status_code"}
    assert 200 in statuses


def test_without_a_collector_there_is_nothing_and_nothing_is_loaded() -> None:
    traces = traces_to("")
    assert not traces.on
    with traces.span("read") as span:
        assert span is None
    traces.close()


def test_a_failure_is_told_by_its_sort_and_not_in_its_words() -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    traces = Traces(provider.get_tracer("test"))
    with pytest.raises(ValueError, match="secret words"), traces.span("outer", kind="x"), traces.span("inner"):
        raise ValueError("secret words")
    inner, outer = kept.get_finished_spans()
    assert inner.name == "inner"
    assert inner.parent == outer.context
    assert inner.attributes == {"error.type": "ValueError"}
    assert (inner.events, inner.status.description) == ((), None)
