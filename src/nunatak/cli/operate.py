"""Commands on a data folder, without a server: keys, imports, migrations."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import get_args

from nunatak.core.access import Actor
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.fields import PermissionType
from nunatak.core.kinds import API_KEY
from nunatak.exchange import structurizr
from nunatak.services import imports, keys, setup
from nunatak.services.service import Service
from nunatak.settings import Settings
from nunatak.store.database import Database
from nunatak.store.migrations import missing
from nunatak.wiring import build, now


def open_service(settings: Settings) -> tuple[Service, Actor]:
    """The service of an existing data folder, and its operator. Raises NotFound where nothing was set up yet."""
    if not settings.database and not (settings.data / "nunatak.db").exists():
        raise NotFound(f"There is no database in {settings.data}: run `nunatak serve` first, or give --data")
    service = build(settings).service
    return service, keys.operator(setup.organization_ids(service))


def migrate(settings: Settings, *, dry_run: bool = False) -> None:
    """Brings the schema up to date, which opening does, or says what that would do. Raises Busy for a database that a
    newer program has changed."""
    if dry_run:
        _say_missing(settings)
        return
    build(settings)
    print("The database is at this program's schema")


def _say_missing(settings: Settings) -> None:
    if not settings.database and not (settings.data / "nunatak.db").exists():
        print("There is no database yet; the first start makes one")
        return
    database = Database(settings.database_url, clock=now)
    steps = missing(database)
    database.close()
    for step in steps:
        print(f"would apply {step}")
    print(f"{len(steps)} to apply" if steps else "The database is at this program's schema")


def create_key(settings: Settings, name: str, permission: str, organization: str | None, *, days: int = 0) -> None:
    """Makes a key, which ends after so many days (0: never), and prints its credentials."""
    wanted = next((p for p in get_args(PermissionType) if p == permission), None)
    if wanted is None:
        raise Invalid("The permission is not known", ("--permission: expected read, write, admin or billing",))
    service, operator = open_service(settings)
    end = service.clock() + timedelta(days=days) if days else None
    own = _one(operator, organization)
    _, credentials = keys.create(service, operator, own, name=name, permission=wanted, expires_at=end)
    print(credentials)


def rotate_key(settings: Settings, key_id: str, *, keep_days: int) -> None:
    """Gives a key a new secret and prints its credentials; the old one opens on for so many days."""
    service, operator = open_service(settings)
    with service.reading() as unit:
        organization_id = unit.get(API_KEY, key_id).organization_id
    until = service.clock() + timedelta(days=keep_days)
    print(keys.rotate(service, operator, organization_id, key_id, until=until)[1])


def _one(operator: Actor, organization: str | None) -> str:
    known = operator.organization_ids
    if organization is None and len(known) == 1:
        return known[0]
    if organization not in known:
        expected = ", ".join(known)
        got = organization or "none"
        raise Invalid("Which organization?", (f"--organization: expected one of {expected}, got {got}",))
    return organization


def list_keys(settings: Settings) -> None:
    """Prints one line a key."""
    service, operator = open_service(settings)
    for organization_id in operator.organization_ids:
        for key in keys.listing(service, operator, organization_id):
            state = key.ended(service.clock()) or "active"
            used = f"used {key.last_used_at:%Y-%m-%d}" if key.last_used_at else "never used"
            print(f"{key.id}  {key.permission:7}  {state:7}  {key.created_at:%Y-%m-%d}  {used:15}  {key.name}")


def revoke_key(settings: Settings, key_id: str) -> None:
    """Revokes a key."""
    service, operator = open_service(settings)
    print(f"{keys.revoke(service, operator, key_id).id} is revoked")


def bring_structurizr(settings: Settings, file: Path, *, name: str | None, organization: str | None) -> None:
    """Imports a workspace as a new landscape and prints what came in."""
    if file.suffix == ".dsl":
        expected = f"expected JSON, which `structurizr-cli export -workspace {file} -format json` makes of it"
        raise Invalid(f"{file} is DSL", (expected,))
    try:
        parts = structurizr.read(file.read_bytes())
    except OSError as error:
        raise NotFound(f"{file} can't be read: {error.strerror}") from None
    service, operator = open_service(settings)
    land, made = imports.as_landscape(service, operator, _one(operator, organization), parts, name=name)
    for warning in parts.warnings:
        print(f"left out: {warning}")
    print(f"{land.name}: {made.objects} objects, {made.connections} connections, {len(made.diagram_ids)} diagrams")
    print(f"landscape {land.id}")
    for diagram_id in made.diagram_ids:
        print(f"diagram {diagram_id}")
