"""Organizations and landscapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Handler, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, enveloped, given, in_organization
from nunatak.api.icepanel.table import NOTHING
from nunatak.core.kinds import LANDSCAPE
from nunatak.core.landscape import Landscape, Version
from nunatak.core.organization import Organization
from nunatak.core.work import DiagramThumbnail
from nunatak.services import duplicates, landscapes, model_copies, organizations, thumbnails
from nunatak.services.pages import Page

OPERATIONS = Operations()
_ORGANIZATION = "/organizations/{organizationId}"
_LANDSCAPE = "/landscapes/{landscapeId}"

AdminQuery = record("OrganizationsQuery", {"admin": bool | UnsetType})
OrganizationAnswer = record("OrganizationAnswer", {"organization": Organization})
OrganizationsAnswer = record("OrganizationsAnswer", {"organizations": list[Organization]})
LandscapeAnswer = record("LandscapeAnswer", {"landscape": Landscape})
LandscapeMade = record("LandscapeMade", {"landscape": Landscape, "version": Version})
DuplicateQuery = record("LandscapeDuplicateQuery", {"target_organization_id": str | UnsetType})
CopyQuery = record("LandscapeCopyQuery", {"target_landscape_id": str})
PrimaryThumbnailAnswer = record("LandscapeThumbnailAnswer", {"thumbnail": DiagramThumbnail})
LandscapesAnswer = record("LandscapesAnswer", {"landscapes": list[Landscape]})

operation = OPERATIONS.operation


@operation("organizations.list", "GET", "/organizations", query=AdminQuery, answer=OrganizationsAnswer)
def list_organizations(call: Call[Any]) -> dict[str, Any]:
    """The organizations that the caller belongs to."""
    return {"organizations": organizations.listing(call.service, actor_of(call))}


@operation(
    "organizations.create",
    "POST",
    "/organizations",
    body=bodies.OrganizationRequired,
    answer=OrganizationAnswer,
    deed="admin",
)
def create_organization(call: Call[Any]) -> dict[str, Any]:
    """Makes an organization."""
    return {"organization": organizations.create(call.service, actor_of(call), given(call.body))}


@operation("organizations.get", "GET", _ORGANIZATION, answer=OrganizationAnswer, light=True)
def get_organization(call: Call[Any]) -> dict[str, Any]:
    """One organization."""
    return {"organization": organizations.get(call.service, actor_of(call), call.path["organizationId"])}


@operation(
    "organizations.update",
    "PATCH",
    _ORGANIZATION,
    body=bodies.OrganizationPartial,
    answer=OrganizationAnswer,
    deed="admin",
)
def update_organization(call: Call[Any]) -> dict[str, Any]:
    """Changes an organization."""
    id_ = call.path["organizationId"]
    return {"organization": organizations.update(call.service, actor_of(call), id_, given(call.body))}


@operation("organizations.delete", "DELETE", _ORGANIZATION, answer=NOTHING, deed="admin")
def delete_organization(call: Call[Any]) -> dict[str, Any]:
    """Deletes an organization and everything in it."""
    organizations.delete(call.service, actor_of(call), call.path["organizationId"])
    return {}


@operation("organizations.landscapes.list", "GET", f"{_ORGANIZATION}/landscapes", answer=LandscapesAnswer)
def list_landscapes(call: Call[Any]) -> bytes:
    """An organization's landscapes."""
    texts = landscapes.listing(call.service, actor_of(call), call.path["organizationId"])
    return enveloped(LANDSCAPE.many, Page(texts=texts, next_cursor=None))


@operation(
    "organizations.landscapes.create",
    "POST",
    f"{_ORGANIZATION}/landscapes",
    body=bodies.LandscapeCreate,
    answer=LandscapeMade,
)
def create_landscape(call: Call[Any]) -> dict[str, Any]:
    """Makes a landscape with its live version, a domain and tag groups."""
    land, live = landscapes.create(call.service, actor_of(call), call.path["organizationId"], given(call.body))
    return {"landscape": land, "version": live}


def _get(call: Call[Any]) -> dict[str, Any]:
    """One landscape."""
    return {"landscape": landscapes.get(call.service, actor_of(call), call.path["landscapeId"])}


def _update(call: Call[Any]) -> dict[str, Any]:
    """Changes a landscape."""
    id_ = call.path["landscapeId"]
    return {"landscape": landscapes.update(call.service, actor_of(call), id_, given(call.body))}


def _delete(call: Call[Any]) -> dict[str, Any]:
    """Deletes a landscape with all its versions."""
    landscapes.delete(call.service, actor_of(call), call.path["landscapeId"])
    return {}


def _duplicate(call: Call[Any]) -> dict[str, Any]:
    """Makes a landscape like this one, with all its versions."""
    target_id = chosen(call.query, "target_organization_id")
    id_, values = call.path["landscapeId"], given(call.body)
    return {"landscape": duplicates.create(call.service, actor_of(call), id_, values, organization_id=target_id)}


def _copy(call: Call[Any]) -> dict[str, Any]:
    """Adds a landscape's model, with its diagrams and flows, to another landscape."""
    model_copies.create(call.service, actor_of(call), call.path["landscapeId"], call.query.target_landscape_id)
    return {}


def _primary_thumbnail(call: Call[Any]) -> dict[str, Any]:
    """The thumbnail of a landscape's first diagram."""
    found = thumbnails.of_landscape(call.service, actor_of(call), call.path["landscapeId"], call.base_url)
    return {"thumbnail": found}


def _as_it_is(handler: Handler) -> Handler:
    return handler


# Both generations of paths lead to the same functions.
for _resource, _path, _old in (
    ("landscapes", _LANDSCAPE, False),
    ("organizations.landscapes", f"{_ORGANIZATION}/landscapes/{{landscapeId}}", True),
):
    _here: Callable[[Handler], Handler] = in_organization if _old else _as_it_is
    operation(f"{_resource}.get", "GET", _path, answer=LandscapeAnswer, deprecated=_old, light=True)(_here(_get))
    operation(
        f"{_resource}.update",
        "PATCH",
        _path,
        body=bodies.LandscapePartial,
        answer=LandscapeAnswer,
        deprecated=_old,
    )(_here(_update))
    operation(f"{_resource}.delete", "DELETE", _path, answer=NOTHING, deprecated=_old)(_here(_delete))
    operation(
        f"{_resource}.duplicate",
        "POST",
        f"{_path}/duplicate",
        query=DuplicateQuery,
        body=bodies.LandscapeRequired,
        answer=LandscapeAnswer,
        deprecated=_old,
    )(_here(_duplicate))
    operation(f"{_resource}.copy", "POST", f"{_path}/copy", query=CopyQuery, answer=NOTHING, deprecated=_old)(
        _here(_copy)
    )
    operation(
        f"{_resource}.getPrimaryThumbnail",
        "GET",
        f"{_path}/thumbnails/primary",
        answer=PrimaryThumbnailAnswer,
        deprecated=_old,
    )(_here(_primary_thumbnail))
