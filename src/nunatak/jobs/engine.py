"""The durable engine: work queued in the caller's own transaction, done at least once, by DBOS."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection

from nunatak.core.errors import Busy, Refusal
from nunatak.jobs import notes
from nunatak.jobs.database import Claim, connect
from nunatak.jobs.hands import Hands, JobFailed, quieten
from nunatak.jobs.life import Life
from nunatak.jobs.lookout import Lookout
from nunatak.jobs.pool import WorkerDied

Payload = dict[str, Any]
Handler = Callable[[Payload], None]
# Told about a job that failed for good, so that the work's own record can say why.
Failure = Callable[[Payload, BaseException], None]

# All three are in the database of every installation: change them only with a plan for the jobs that wait there.
_WORKFLOW = "nunatak.job"
_VERSION = "1"
_NAME = "nunatak"
_ALONE = "local"  # the executor of a SQLite file, one after another
# Seconds between tries of what may pass: a storage that is away for a while, a worker that was killed.
_BUSY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_DIED_DELAYS = (0.2, 1.0)
_MOST_STARTS = 5
_STATES = {
    "DELAYED": "waiting",
    "ENQUEUED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "CANCELLED": "cancelled",
}
_log = logging.getLogger("nunatak.jobs")


class JobLost(Exception):
    """A job that was started again and again and never ended, for each time the server ended first."""


class Jobs:
    """Queues and does jobs in one database, the app's own. `start` it in a server, and `stop` it; one a process.

    `handlers` and `failures` are by kind (at least 3 characters), and each kind is a queue of its own with
    `concurrency` jobs at once; all are looked into every `poll_seconds`, and soon after this process queued a job. A
    handler may run again after a crash, so what it does twice must have the effect of once. One that raises has failed,
    and its kind's failure is called; Busy and WorkerDied are tried again first.
    A process does only the kinds in `works`, None for all; it queues jobs of every kind. On PostgreSQL there may be
    many, each with an `executor_id` of its own, made up where none is given, and whatever one leaves the others do. Of
    a SQLite file there is one.
    """

    def __init__(
        self,
        *,
        database_url: str,
        handlers: Mapping[str, Handler],
        failures: Mapping[str, Failure],
        concurrency: Mapping[str, int],
        poll_seconds: float = 0.05,
        executor_id: str = "",
        works: Collection[str] | None = None,
    ) -> None:
        self._url = database_url
        self._handlers = handlers
        self._failures = failures
        self._concurrency = concurrency
        shared = not database_url.startswith("sqlite")
        self._executor = executor_id or (
            f"{socket.gethostname()}-{os.getpid()}-{os.urandom(3).hex()}" if shared else _ALONE
        )
        self._works = [kind for kind in concurrency if works is None or kind in works]
        self._engine = connect(database_url)
        queues = {kind: concurrency[kind] for kind in self._works}
        self._lookout = Lookout(self._engine, queues=queues, seconds=poll_seconds)
        self._lock = threading.Lock()
        self._client: Any = None
        self._claim: Claim | None = None
        self._life = self._new_life() if shared else None
        self._hands = Hands(concurrency)

    def start(self) -> None:
        """Makes the engine's tables where they are missing, takes up the jobs that a process of this executor left, and
        works until `stop`. Raises Busy when another process works with the same SQLite file."""
        from dbos import DBOS

        claim = Claim(self._url)
        try:
            if self._life is not None:
                self._life.begin()
            quieten()
            launched = DBOS(config=self._config())
            DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)(self._workflow())
            DBOS.listen_queues([])  # the look-out has threads for ours
            DBOS.launch()
            self._lookout.begin(launched)
        except BaseException:
            self._lookout.end()
            DBOS.destroy(destroy_registry=True)
            if self._life is not None:
                self._life.end()
            claim.release()
            raise
        self._claim = claim

    @contextmanager
    def held(self) -> Iterator[None]:
        """Makes the engine's tables where they are missing, and does no job; nor does any other process of a SQLite
        file. Raises Busy as `start` does."""
        claim = Claim(self._url)
        try:
            quieten()
            self._enqueuer()._sys_db.run_migrations()
            yield
        finally:
            claim.release()

    def stop(self, seconds: float = 30, *, cut: Callable[[], None] | None = None) -> None:
        """Lets the jobs in hand end within some seconds; `cut`, called soon, ends work that goes on from where it was.
        What takes longer, is cut or waits is done after the next start."""
        if self._claim is not None:
            from dbos import DBOS

            self._settle(self._hands.drained(seconds, cut))
            self._lookout.end()
            DBOS.destroy(destroy_registry=True)
            self._hands.leave()  # only now: what ends from here on is recorded nowhere, and starts again
            if self._life is not None:
                self._life.end()
            self._claim.release()
            self._claim = None
        if self._client is not None:
            self._client.destroy()
        self._engine.dispose()

    def check(self) -> None:
        """Raises Busy while no job would be done."""
        if self._claim is None or self._hands.draining:
            raise Busy("The job engine is not running")

    def enqueue(self, connection: Connection, kind: str, payload: Payload, *, job_id: str, delay_seconds: float = 0,
                asked_by: str = "") -> None:  # fmt: skip
        """Queues a job within the caller's transaction: it is there when that commits, and never was otherwise. It is
        done `delay_seconds` from now, or at the next start where no server runs then.

        The same `job_id` twice is one job; `asked_by` is whom `asked` counts it to. The payload must be JSON, and is
        best kept to ids.
        """
        if kind not in self._concurrency:
            raise ValueError(f"no such kind of job: {kind}")
        options: dict[str, Any] = {"workflow_name": _WORKFLOW, "queue_name": kind, "workflow_id": job_id}
        options["app_version"] = _VERSION
        options |= {"authenticated_user": asked_by} if asked_by else {}
        if delay_seconds > 0:
            options["delay_seconds"] = delay_seconds
        self._enqueuer().enqueue_in_transaction(connection, options, kind, payload)
        self._lookout.nudge()

    def asked(self, connection: Connection, asked_by: str) -> int:
        """How many jobs of this asker wait and run, as the caller's transaction sees them."""
        return notes.asked(connection, asked_by)

    def status(self, job_id: str) -> str | None:
        """`waiting`, `running`, `done`, `failed` or `cancelled`; None for an unknown job."""
        found = self._found([job_id])
        return _STATES.get(found[0].status, "failed") if found else None

    def cancel(self, job_id: str) -> None:
        """Takes a job that waits out of its queue; one in hand runs to its end, and counts as cancelled."""
        self._enqueuer().cancel_workflow(job_id)

    def forget(self, before: datetime) -> int:
        """Removes what the engine has noted of jobs that ended before a time, and says of how many."""
        return notes.forget(self._enqueuer(), before)

    def waiting(self, since: datetime) -> list[notes.Queued]:
        """The jobs that haven't ended, and those that were queued since a time, ended or not."""
        return notes.waiting(self._enqueuer(), since) if notes.are_there(self._engine) else []

    def depths(self) -> dict[tuple[str, str], int]:
        """How many jobs of a kind are `waiting` or `running`, by kind and state; those planned for later aren't."""
        return notes.depths(self._enqueuer())

    def _new_life(self) -> Life:
        """What keeps count of the processes that work with the same database."""

        def give_back(executor: str) -> None:
            from dbos import DBOS

            DBOS._recover_pending_workflows([executor])  # the public way would forget how often a job was started

        def pending() -> set[str]:
            found = self._enqueuer().list_workflows(status="PENDING", load_input=False, load_output=False)
            return {each.executor_id for each in found if each.executor_id}

        return Life(self._url, self._executor, pending=pending, give_back=give_back, busy=lambda: self._hands.busy)

    def _workflow(self) -> Callable[[str, Payload], None]:
        """The engine marks the function that it is given, which a bound method doesn't let it."""
        from dbos import DBOS

        def work(kind: str, payload: Payload) -> None:
            job_id = str(DBOS.workflow_id)
            try:
                with self._hands.on(job_id, kind):
                    self._do(job_id, kind, payload)
            finally:
                self._lookout.nudge()  # there is room for another

        return work

    def _do(self, job_id: str, kind: str, payload: Payload) -> None:
        """One job, with its failure told. Trying again what was refused would be refused again, and somebody waits."""
        try:
            self._spared(job_id)
            self._tried(job_id, lambda: self._handlers[kind](payload))
        except Exception as error:
            if self._hands.left:
                raise JobFailed("The server stopped; the job is done after the next start") from None
            _log.warning("job %s %s failed: %s", kind, job_id, error, exc_info=not isinstance(error, Refusal))
            self._tell(job_id, kind, payload, error)
            raise JobFailed(f"{type(error).__name__}: {error}") from None

    def _spared(self, job_id: str) -> None:
        """Refuses a job that may well be what ends the server each time."""
        starts = sum(found.recovery_attempts or 0 for found in self._found([job_id]))
        if starts > _MOST_STARTS:
            raise JobLost(f"The job was started {_MOST_STARTS} times, and the server ended each time")

    def _tell(self, job_id: str, kind: str, payload: Payload, error: Exception) -> None:
        try:
            self._tried(job_id, lambda: self._failures[kind](payload, error))
        except Exception:
            _log.exception("the failure of job %s could not be recorded", kind)

    def _tried(self, job_id: str, call: Callable[[], None]) -> None:
        for tries in count():
            try:
                call()
                return
            except (Busy, WorkerDied) as error:
                self._hands.let_go(job_id)
                delays = _BUSY_DELAYS if isinstance(error, Busy) else _DIED_DELAYS
                if tries == len(delays) or self._hands.leaving_within(delays[tries]):
                    raise

    def _settle(self, job_ids: list[str]) -> None:
        """Waits until the engine has recorded the jobs that ended last, which it does after they left our hands."""
        for _ in range(100):
            if all(found.status != "PENDING" for found in self._found(job_ids)) or self._hands.leaving_within(0.01):
                return

    def _found(self, job_ids: list[str]) -> list[Any]:
        if not job_ids:
            return []
        found: list[Any] = self._enqueuer().list_workflows(workflow_ids=job_ids, load_input=False, load_output=False)
        return found

    def _enqueuer(self) -> Any:
        """The client that queues and looks; made at first use, for importing the library takes its time."""
        with self._lock:
            if self._client is None:
                from dbos import DBOSClient, DBOSPortableJSONSerializer

                self._client = DBOSClient(
                    system_database_engine=self._engine,
                    serializer=DBOSPortableJSONSerializer(),
                    application_name=_NAME,
                    retry_connection_errors=False,
                    lazy=True,
                )
            return self._client

    def _config(self) -> Any:
        from dbos import DBOSPortableJSONSerializer

        return {
            "name": _NAME,
            "system_database_engine": self._engine,
            "application_version": _VERSION,
            "executor_id": self._executor,
            "serializer": DBOSPortableJSONSerializer(),  # the engine's own choice is pickle
            "use_listen_notify": False,  # we use none of what it would tell of
            "notification_listener_polling_interval_sec": 0.2,  # how long `stop` waits for that thread
            "log_level": "WARNING",
            "enable_otlp": False,
        }
