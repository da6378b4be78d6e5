"""A span around each request, in which those of its units of work lie."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nunatak.services.traces import Traces


class Traced:
    """ASGI middleware: each request is a span with its method, operation, status and id; of its address and its headers
    nothing is told."""

    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self._app = app
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._traces.span("request", request_id=scope.get("request_id", "")) as span:

            async def told(message: Message) -> None:
                if message["type"] == "http.response.start":
                    operation = scope.get("operation", "other")
                    span.update_name(f"{scope['method']} {operation}")
                    span.set_attributes(
                        {
                            "http.request.method": scope["method"],
                            "http.response.status_code": message["status"],
                            "nunatak.operation": operation,
                        }
                    )
                await send(message)

            await self._app(scope, receive, told)
