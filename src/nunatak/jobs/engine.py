"""The durable engine: work queued in the caller's own transaction, done at least once, by DBOS."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, create_engine

from nunatak.core.errors import Busy

Payload = dict[str, Any]
Handler = Callable[[Payload], None]
# Told about a job whose handler raised, so that the work's own record can say why.
Failure = Callable[[Payload, BaseException], None]

# Both are in the database of every installation: change them only with a plan for the jobs that wait there.
_WORKFLOW = "nunatak.job"
_VERSION = "1"
_NAME = "nunatak"
_log = logging.getLogger("nunatak.jobs")


class Jobs:
    """Queues and does jobs in one database, the app's own. `start` it in a server, and `stop` it.

    `handlers` and `failures` are by kind, and each kind is a queue of its own with `concurrency` jobs at once. A
    handler may run again after a crash, so what it does twice must have the effect of once. The engine polls, every
    `poll_seconds`.
    """

    def __init__(
        self,
        *,
        database_url: str,
        handlers: Mapping[str, Handler],
        failures: Mapping[str, Failure],
        concurrency: Mapping[str, int],
        poll_seconds: float = 0.05,
        executor_id: str = "local",
    ) -> None:
        self._url = database_url
        self._handlers = handlers
        self._failures = failures
        self._concurrency = concurrency
        self._poll = poll_seconds
        self._executor = executor_id
        self._lock = threading.Lock()
        self._client: Any = None
        self._running = False

    def start(self) -> None:
        """Makes the engine's tables where they are missing, takes up the jobs that a process of this executor left, and
        works until `stop`."""
        from dbos import DBOS

        _quieten()
        DBOS(config=self._config())

        def work(kind: str, payload: Payload) -> None:  # the engine marks it, which a bound method doesn't let it
            self._do(kind, payload)

        DBOS.workflow(name=_WORKFLOW)(work)
        DBOS.launch()
        for kind, count in self._concurrency.items():
            DBOS.register_queue(kind, worker_concurrency=count, polling_interval_sec=self._poll)
        self._running = True

    def stop(self, seconds: float = 30) -> None:
        """Lets the jobs in hand end within some seconds; the others wait in the database."""
        from dbos import DBOS

        if self._running:
            self._running = False
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=int(seconds))
        if self._client is not None:
            self._client.destroy()

    def check(self) -> None:
        """Raises Busy while no job would be done."""
        if not self._running:
            raise Busy("The job engine has not started")

    def enqueue(self, connection: Connection, kind: str, payload: Payload, *, job_id: str) -> None:
        """Queues a job within the caller's transaction: it is there when that commits, and never was otherwise."""
        options = {
            "workflow_name": _WORKFLOW,
            "queue_name": kind,
            "workflow_id": job_id,
            "app_version": _VERSION,
        }
        self._enqueuer().enqueue_in_transaction(connection, options, kind, payload)

    def status(self, job_id: str) -> str | None:
        """The engine's word for a job's state, such as ENQUEUED, PENDING, SUCCESS, ERROR; None for an unknown job."""
        found = self._enqueuer().list_workflows(workflow_ids=[job_id])
        return str(found[0].status) if found else None

    def cancel(self, job_id: str) -> None:
        """Takes a job that waits out of its queue; one in hand runs to its end."""
        self._enqueuer().cancel_workflow(job_id)

    def _do(self, kind: str, payload: Payload) -> None:
        """The one workflow. A failure is told and done with: trying again would fail again, and somebody waits."""
        try:
            self._handlers[kind](payload)
        except Exception as error:
            _log.exception("job %s failed", kind)
            self._failures[kind](payload, error)

    def _enqueuer(self) -> Any:
        """The client that queues; made at first use, for it needs the engine's tables."""
        with self._lock:
            if self._client is None:
                from dbos import DBOSClient, DBOSPortableJSONSerializer

                self._client = DBOSClient(
                    system_database_engine=self._engine(),
                    serializer=DBOSPortableJSONSerializer(),
                    application_name=_NAME,
                )
            return self._client

    def _engine(self) -> Any:
        return create_engine(self._url, pool_size=4)

    def _config(self) -> Any:
        from dbos import DBOSPortableJSONSerializer

        return {
            "name": _NAME,
            "system_database_url": self._url,
            "application_version": _VERSION,
            "executor_id": self._executor,
            "serializer": DBOSPortableJSONSerializer(),  # the engine's own choice is pickle
            "log_level": "WARNING",
            "enable_otlp": False,
            "scheduler_polling_interval_sec": 30.0,
        }


def _quieten() -> None:
    """The engine's own log lines go the way of all others, from warnings up."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    logger.propagate = True
