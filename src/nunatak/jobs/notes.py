"""What the engine has noted of jobs: what waits, how much, and what may be forgotten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

_OPEN = {"DELAYED": "planned", "ENQUEUED": "waiting", "PENDING": "running"}
_AT_ONCE = 500
_TABLE = "workflow_status"


@dataclass(frozen=True, kw_only=True)
class Queued:
    """A job as it was queued; `due` is the Unix time before which it isn't done, None for at once."""

    kind: str
    payload: dict[str, Any]
    job_id: str
    due: float | None = None


def are_there(engine: Engine | Connection) -> bool:
    """Whether the engine's tables are; the first server makes them."""
    return inspect(engine).has_table(_TABLE, schema=_schema(engine))


def forget(client: Any, before: datetime) -> int:
    """Removes the notes of jobs that ended before a time, and says of how many."""
    total = 0
    while ids := _ended(client, before):
        client.delete_workflows(ids)
        total += len(ids)
    return total


def _ended(client: Any, before: datetime) -> list[str]:
    found = client.list_workflows(
        status=["SUCCESS", "ERROR", "CANCELLED"],
        completed_before=before.isoformat(),
        limit=_AT_ONCE,
        load_input=False,
        load_output=False,
    )
    return [each.workflow_id for each in found]


def waiting(client: Any, since: datetime) -> list[Queued]:
    """The jobs that haven't ended, and those that were queued since a time, ended or not."""
    found = [
        *client.list_workflows(status=list(_OPEN), load_output=False),
        *client.list_workflows(start_time=since.isoformat(), load_output=False),
    ]
    return list({each.workflow_id: _queued(each) for each in found}.values())


def _queued(found: Any) -> Queued:
    kind, payload = found.input["args"]
    due = getattr(found, "delay_until_epoch_ms", None)
    return Queued(kind=kind, payload=payload, job_id=found.workflow_id, due=due / 1000 if due else None)


def asked(connection: Connection, asked_by: str) -> int:
    """How many jobs that were queued for an asker wait or run."""
    found = table(_TABLE, column("authenticated_user"), column("status"), schema=_schema(connection))
    open_ = found.c.status.in_(("ENQUEUED", "PENDING"))
    count = select(func.count()).select_from(found).where(open_, found.c.authenticated_user == asked_by)
    return connection.scalar(count) or 0


def _schema(engine: Engine | Connection) -> str | None:
    return None if engine.dialect.name == "sqlite" else "dbos"


def depths(client: Any) -> dict[tuple[str, str], int]:
    """How many jobs of a kind are `waiting` or `running`, by kind and state; those planned for later aren't."""
    found = client.list_workflows(status=["ENQUEUED", "PENDING"], load_input=False, load_output=False)
    return dict(Counter((str(each.queue_name), _OPEN[each.status]) for each in found))
