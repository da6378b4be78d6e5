"""A landscape with something of every family in it, and a service with all its parts to serve it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import ADR, COMMENT, DOMAIN, LOG_ENTRY, TAG_GROUP
from nunatak.render.draw import draw
from nunatak.services import (
    comments,
    draft_tasks,
    entities,
    exports,
    keys,
    landscape_exports,
    landscape_imports,
    organizations,
    people,
    reverts,
    share_links,
    teams,
    technologies,
    versions,
    webhooks,
)
from nunatak.services.posting import Poster
from nunatak.services.service import Service
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make, queues
from tests.drafted import draft, new, task
from tests.make import World, placed

_NOTES = {"notes": "Made for requests of every kind"}
_TECHNOLOGY = {"name": "Own", "color": "red", "provider": None, "type": None, "restrictions": None}


@dataclass(frozen=True)
class Filled:
    """A database file with a filled landscape: an id for every path parameter, an administrator's credentials."""

    path: Path
    ids: dict[str, str]
    credentials: str

    def copied(self, folder: Path) -> str:
        """The address of a copy of its own in a folder."""
        return f"sqlite:///{shutil.copy(self.path, folder)}"


def filled(folder: Path) -> Filled:
    """A filled database in a folder."""
    path = folder / "filled.db"
    url = f"sqlite:///{path}"
    with serving(url, folder) as service:
        migrate(service.database)
        service.jobs.start()
        service.jobs.stop(5)  # its tables are there, and nobody works
    with serving(url, folder) as service:
        world = make.world(service)
        ids = fill(world)
        _, credentials = keys.create(service, world.actor, world.organization_id, name="s", permission="admin")
    return Filled(path, ids, credentials)


@contextmanager
def serving(url: str, folder: Path) -> Iterator[Service]:
    """A service with all its parts, whose jobs stay in the queue: doing them is tested elsewhere."""
    database, jobs = Database(url, clock=make.Clock()), queues.queue(url)
    yield make.service(
        database,
        blobs=open_blobs(str(folder / "blobs")),
        jobs=jobs,
        tokens=Tokens(b"a secret of 16 bytes and more", now=make.Clock()),
        poster=Poster(resolve=lambda _host, _port: ["93.184.215.14"]),
        painter=draw,
    )
    jobs.stop()
    database.close()


def fill(world: World) -> dict[str, str]:
    """Puts something of every family into a world; gives an id for every path parameter of the API."""
    given = (world.service, world.actor, world.path)
    drawn, talk = _drawn(world), _talk(world)
    draft_id = draft(world, new(world, "fresh"), task("update", "model-object", drawn["modelObjectId"], {"name": "N"}))
    wish = landscape_exports.Wish(type="json")
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": True})
    share_links.create(*given, {"protected": False})
    about = {
        "draftId": draft_id,
        "draftTaskId": draft_tasks.listing(*given, draft_id)[0].id,
        "landscapeExportId": landscape_exports.create(*given, wish).id,
        "landscapeImportId": landscape_imports.create(*given, LandscapeImportData(), prune=False).id,
        "versionRevertId": _reverted(world),
        "landscapeId": world.path.landscape_id,
        "versionId": "latest",
        "schemaName": "LandscapeImportData",
        "catalogTechnologySlug": "postgresql",
    }
    return drawn | talk | about | _organization(world)


def _drawn(world: World) -> dict[str, str]:
    """The model, a diagram of it, a picture of that, and a flow."""
    one, two = world.object(), world.object("actor", tagIds=[world.tag().id])
    line = world.connection(one, two)
    diagram = world.diagram(
        groupId=world.folder().id,
        objects={"a": placed(one), "b": placed(two, 512)},
        connections={"l": {"modelId": line.id, "originId": "a", "targetId": "b"}},
    )
    options = DiagramExportImageOptions()
    return {
        "domainId": world.ids(DOMAIN)[0],
        "modelObjectId": one.id,
        "modelConnectionId": line.id,
        "diagramId": diagram.id,
        "diagramGroupId": diagram.group_id,
        "diagramExportImageId": exports.create(world.service, world.actor, world.path, diagram.id, options).id,
        "flowId": world.flow(diagram, steps={"s": make.step(originId="a", targetId="b", viaId="l")}).id,
        "tagId": two.tag_ids[0],
        "tagGroupId": world.ids(TAG_GROUP)[0],
    }


def _talk(world: World) -> dict[str, str]:
    """A comment with a reply, and a decision."""
    given = (world.service, world.actor)
    body = {"type": "question", "status": "open", "content": "Why?"}
    comment = entities.create(*given, COMMENT, world.path, {"body": body})
    reply = comments.write(*given, world.path, comment.id, {"content": "So"})
    adr = entities.create(*given, ADR, world.path, {"name": "Decided", "status": "draft"})
    return {"commentId": comment.id, "commentReplyId": reply.id, "adrId": adr.id}


def _reverted(world: World) -> str:
    given = (world.service, world.actor, world.path.landscape_id)
    kept = versions.create(*given, {"name": "K", "modelHandleId": None, **_NOTES})
    return str(reverts.create(*given, {"versionId": kept.id, **_NOTES}).id)


def _organization(world: World) -> dict[str, str]:
    """What belongs to the organization as a whole."""
    given = (world.service, world.actor, world.organization_id)
    user, _ = people.add(*given, {"email": "ann@example.com", "name": "Ann"}, {"permission": "write"})
    invited: dict[str, Any] = {"email": "bob@example.com", "permission": "read", "expiresAt": "2030-01-01T00:00:00Z"}
    invite = people.invite(*given, invited)
    hook, _ = webhooks.create(*given, {"name": "W", "url": "https://w.example"})
    technology = technologies.create(*given, _TECHNOLOGY)
    team = teams.create(*given, {"name": "T", "userIds": [user.id]})
    message = webhooks.ping(*given, hook.id)
    spare, _ = keys.create(*given, name="spare", permission="read")
    with world.service.reading() as unit:
        entry_id = unit.values(LOG_ENTRY, world.organization_id, ("id",), {})[0][0]
    return {
        "organizationId": world.organization_id,
        "userId": user.id,
        "organizationUserInviteId": invite.id,
        "teamId": team.id,
        "catalogTechnologyId": technology.id,
        "webhookSubscriptionId": hook.id,
        "apiKeyId": spare.id,
        "webhookDeliveryId": message.id,
        "actionLogId": entry_id,
        "organizationLogId": entry_id,
    }
