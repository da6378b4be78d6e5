"""The kinds of jobs: what the engine does, and how many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nunatak.services import (
    deliveries,
    drawing_jobs,
    drawing_reading,
    drawing_work,
    exports,
    housekeeping,
    landscape_exports,
    landscape_imports,
    scheduled,
)
from nunatak.services.service import Service
from nunatak.settings import Settings

_RECEIVERS = 16  # webhooks that are sent at once: slow ones keep only themselves waiting


@dataclass(frozen=True, kw_only=True)
class Work:
    """A kind of job: how it is carried out, how its record ends when that fails, and how many there are at once."""

    kind: str
    carry_out: Callable[[Service, Any], None]
    fail: Callable[[Service, Any, str], None]
    concurrency: Callable[[Settings], int]
    reason: Callable[[BaseException], str] = exports.reason


WORKS = (
    Work(
        kind=exports.JOB,
        carry_out=exports.carry_out,
        fail=exports.fail,
        concurrency=lambda settings: settings.render_workers * 2,
    ),
    Work(
        kind=landscape_imports.JOB,
        carry_out=landscape_imports.carry_out,
        fail=landscape_imports.fail,
        concurrency=lambda _settings: 1,  # they write, and SQLite has one writer
        reason=landscape_imports.reason,
    ),
    Work(
        kind=landscape_exports.JOB,
        carry_out=landscape_exports.carry_out,
        fail=landscape_exports.fail,
        concurrency=lambda settings: settings.render_workers,
    ),
    Work(
        kind=drawing_jobs.JOBS["detect"],
        carry_out=drawing_work.carry_out,
        fail=drawing_work.fail,
        concurrency=lambda settings: settings.render_workers,
        reason=drawing_work.reason,
    ),
    Work(
        kind=drawing_jobs.JOBS["convert"],
        carry_out=drawing_work.carry_out,
        fail=drawing_work.fail,
        concurrency=lambda settings: settings.render_workers,
        reason=drawing_work.reason,
    ),
    Work(
        kind=drawing_reading.JOB,
        carry_out=drawing_reading.carry_out,
        fail=drawing_reading.fail,
        concurrency=lambda _settings: 1,  # it runs ahead of what somebody waits for
        reason=drawing_work.reason,
    ),
    Work(
        kind=scheduled.JOB,
        carry_out=scheduled.carry_out,
        fail=scheduled.fail,
        concurrency=lambda _settings: 1,
    ),
    Work(
        kind=housekeeping.JOB,
        carry_out=housekeeping.carry_out,
        fail=housekeeping.fail,
        concurrency=lambda _settings: 1,
    ),
    Work(
        kind=deliveries.JOB,
        carry_out=deliveries.carry_out,
        fail=deliveries.fail,
        concurrency=lambda _settings: _RECEIVERS,
    ),
)

KINDS_OF_JOBS = tuple(work.kind for work in WORKS)
