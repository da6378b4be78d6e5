"""Share links."""

from __future__ import annotations

from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, given, path_of
from nunatak.api.icepanel.table import NOTHING, VERSION_PATH
from nunatak.core.errors import NotFound
from nunatak.core.share import ShareLink, ShareLinkStats
from nunatak.services import share_links

OPERATIONS = Operations()
_PATH = f"{VERSION_PATH}/share-link"
ResetQuery = record("ShareLinkQuery", {"reset_short_id": bool | UnsetType})
_LINK: dict[str, Any] = {"share_link": ShareLink}
_PLACED: dict[str, Any] = {**_LINK, "default_url": str, "url": str}
LinkAnswer = record("ShareLinkAnswer", _LINK)
LinkMade = record("ShareLinkMade", _PLACED)
Sharing = record("Sharing", {"share_link": ShareLink | UnsetType, "stats": ShareLinkStats | UnsetType})
LinkFound = record("ShareLinkFound", {**_PLACED, "stats": ShareLinkStats})

operation = OPERATIONS.operation


@operation("shareLink.get", "GET", _PATH, answer=LinkFound)
def get(call: Call[Any]) -> dict[str, Any]:
    """A version's share link, and how often it was opened."""
    link, stats = share_links.get(call.service, actor_of(call), path_of(call))
    return {**_placed(call, link), "stats": stats}


@operation("versions.sharing", "GET", f"{VERSION_PATH}/sharing", answer=Sharing, own=True)
def sharing(call: Call[Any]) -> dict[str, Any]:
    """A version's share link where it has one, for pages that ask whether it has."""
    try:
        link, stats = share_links.get(call.service, actor_of(call), path_of(call))
    except NotFound as refusal:
        if refusal.message != share_links.NONE:
            raise
        return {}
    return {"shareLink": link, "stats": stats}


@operation("shareLink.create", "POST", _PATH, body=bodies.ShareLinkRequired, answer=LinkMade)
def create(call: Call[Any]) -> dict[str, Any]:
    """Makes a version's share link."""
    return _placed(call, share_links.create(call.service, actor_of(call), path_of(call), given(call.body)))


@operation("shareLink.update", "PATCH", _PATH, query=ResetQuery, body=bodies.ShareLinkPartial, answer=LinkAnswer)
def update(call: Call[Any]) -> dict[str, Any]:
    """Changes a share link, or renews its address."""
    reset = chosen(call.query, "reset_short_id", False)
    link = share_links.update(call.service, actor_of(call), path_of(call), given(call.body), reset=reset)
    return {"shareLink": link}


@operation("shareLink.delete", "DELETE", _PATH, answer=NOTHING)
def delete(call: Call[Any]) -> dict[str, Any]:
    """Takes a version's share link away."""
    share_links.delete(call.service, actor_of(call), path_of(call))
    return {}


def _placed(call: Call[Any], link: ShareLink) -> dict[str, Any]:
    """A link with its address; the view that it opens on is the overview."""
    url = f"{call.base_url}/s/{link.short_id}"
    return {"shareLink": link, "url": url, "defaultUrl": f"{url}/overview"}
