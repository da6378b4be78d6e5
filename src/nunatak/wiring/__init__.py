"""The only place that chooses implementations: settings in, a program out."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.core.errors import TooLarge
from nunatak.documents import work as document_work
from nunatak.drawing import bundled
from nunatak.jobs.engine import Jobs
from nunatak.jobs.late import Late
from nunatak.jobs.pool import Pool, WorkerTimeout
from nunatak.render.draw import Files, draw, warm
from nunatak.services import housekeeping, scheduled
from nunatak.services.ahead import Ahead
from nunatak.services.bounds import Bounds
from nunatak.services.deliveries import Retries
from nunatak.services.housekeeping import Keeping
from nunatak.services.meters import Meters
from nunatak.services.posting import Poster
from nunatak.services.service import Service
from nunatak.services.sessions import Tickets
from nunatak.services.traces import traces_to
from nunatak.services.vault import Vault
from nunatak.settings import Settings
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from nunatak.wiring.secret import derived, secrets_of
from nunatak.wiring.sign_in import issuer_of
from nunatak.wiring.works import KINDS_OF_JOBS, WORKS, Work

T = TypeVar("T")
_DOCUMENTS_MB = 350  # what a process keeps that reads documents: the OCR engine's networks, loaded


@dataclass(frozen=True, kw_only=True)
class Program:
    """A service with the processes and threads that work for it. Build one, `start` it, and `stop` it."""

    settings: Settings
    service: Service
    jobs: Jobs
    pool: Pool
    layouts: Late
    documents: Late
    tokens: Tokens
    tickets: Tickets = field(default_factory=Tickets)
    leaving: threading.Event = field(default_factory=threading.Event)  # set as soon as the server is asked to stop

    def start(self) -> None:
        """Starts drawing processes and the job engine, which takes up what an earlier process left."""
        self.pool.start()
        self.jobs.start()
        scheduled.plan(self.service)
        housekeeping.plan(self.service)

    def check(self) -> None:
        """Raises a refusal while this can't work."""
        self.service.database.check()
        self.service.blobs.check()
        self.jobs.check()

    def stop(self, *, seconds: float = 30) -> None:
        """Lets the jobs in hand end, then closes everything; jobs still waiting stay for the next start."""
        self.jobs.stop(seconds, cut=self.documents.stop)  # each page that is done is kept
        self.documents.stop()
        self.pool.stop()
        self.layouts.stop()
        self.service.database.close()
        self.service.meters.traces.close()


def build(settings: Settings) -> Program:
    """The program of these settings, with its database migrated; nothing runs yet."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    held_secrets = secrets_of(settings)
    database = Database(settings.database_url, clock=now)
    migrate(database)
    pool = Pool(settings.render_workers, warm=warm, memory_mb=settings.render_memory_mb)
    # The engine reserves more addresses than any limit allows, and bounds its memory itself.
    layouts = Late(Pool(1, resident_mb=600))
    documents = Late(Pool(settings.render_workers, memory_mb=settings.render_memory_mb, resident_mb=_DOCUMENTS_MB))
    held: list[Service] = []
    jobs = Jobs(
        database_url=settings.database_url,
        handlers={work.kind: partial(_carried_out, work, held) for work in WORKS},
        failures={work.kind: partial(_failed, work, held) for work in WORKS},
        concurrency={work.kind: work.concurrency(settings) for work in WORKS} | settings.at_once(KINDS_OF_JOBS),
        works=settings.works(KINDS_OF_JOBS),
    )
    tokens = Tokens(*derived(held_secrets, "files"), now=now)
    pepper, *older = derived(held_secrets, "keys")
    service = Service(
        database=database,
        blobs=open_blobs(settings.blobs_url),
        jobs=jobs,
        tokens=tokens,
        painter=partial(_painted, pool, settings.render_seconds),
        apart=partial(apart, pool, settings.render_seconds),
        documents=partial(_read_apart, documents, settings),
        engine=partial(apart, layouts, settings.render_seconds),
        clock=now,
        pepper=pepper,
        older_peppers=tuple(older),
        vault=Vault(derived(held_secrets, "vault")),
        renderer=_digest(("resvg", "uharfbuzz", "brotli", *bundled.PACKAGES), ("nunatak.render", "nunatak.drawing")),
        ahead=Ahead(),
        reader=_digest(("pypdfium2", "onnxruntime", "opencv-python-headless", "resvg"), ("nunatak.documents",))[:16],
        keep_files=timedelta(days=settings.keep_export_days),
        poster=Poster(private=bool(settings.webhook_private), seconds=settings.webhook_seconds),
        retries=Retries(attempts=settings.webhook_attempts, wait=timedelta(seconds=settings.webhook_wait)),
        bounds=Bounds(page=settings.page_items, jobs=settings.queue_jobs),
        issuer=issuer_of(settings, now=now),
        meters=Meters(depths=jobs.depths, lines=database.lines, traces=traces_to(settings.traces)),
        keeping=Keeping(
            pictures=timedelta(days=settings.keep_picture_days),
            log=timedelta(days=settings.keep_log_days) if settings.keep_log_days else None,
            jobs=timedelta(days=settings.keep_job_days),
            every=timedelta(minutes=settings.housekeeping_minutes),
        ),
    )
    held.append(service)
    return Program(
        settings=settings, service=service, jobs=jobs, pool=pool, layouts=layouts, documents=documents, tokens=tokens
    )


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def _carried_out(work: Work, held: list[Service], payload: Any) -> None:
    with held[0].meters.job(work.kind):
        work.carry_out(held[0], payload)


def _failed(work: Work, held: list[Service], payload: Any, error: BaseException) -> None:
    work.fail(held[0], payload, work.reason(error))


def apart(pool: Pool | Late, seconds: float, function: Callable[..., T], *args: object) -> T:
    """What a call returns or raises in a process of the pool; raises TooLarge for one that takes longer."""
    try:
        return pool.run(function, *args, timeout=seconds)
    except WorkerTimeout:
        raise TooLarge(f"The work took longer than {seconds:g} seconds and was given up") from None


def _read_apart(pool: Late, settings: Settings, function: Callable[..., T], *args: object) -> T:
    """Work on a document; text may take longer than a picture, for it may have to be looked for."""
    called = function.func if isinstance(function, partial) else function
    seconds = settings.read_seconds if called is document_work.read else settings.render_seconds
    return apart(pool, seconds, function, *args)


def _painted(pool: Pool, seconds: float, picture: bytes, options: bytes, output: bytes) -> Files:
    try:
        return pool.run(draw, picture, options, output, timeout=seconds)
    except WorkerTimeout:
        raise TooLarge(f"The picture took longer than {seconds:g} seconds to draw and was given up") from None


def _digest(libraries: tuple[str, ...], rooms: tuple[str, ...]) -> str:
    """The digest of all that pictures are drawn or documents are read with: our code and fonts, and the libraries by
    version. What is finished is kept under it, so a program that works otherwise never serves an older one's."""
    found = hashlib.sha256()
    for library in libraries:
        found.update(_version(library).encode())
    for room in rooms:
        folder = Path(str(resources.files(room)))
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".ttf")):
            found.update(path.read_bytes())
    return found.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
