"""Connectors: where in a code host the reality behind a link lies; the union is told apart by `type`."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import msgspec

from nunatak.core.fields import Number

_HOSTS: dict[str, dict[str, Any]] = {
    "AzureDevops": {"account_name": str, "project_id": str, "repository_id": str},
    "Bitbucket": {"project_id": str, "repository_id": str, "workspace_id": str},
    "BitbucketServer": {"project_id": Number, "repository_id": Number, "server_url": str},
    "Github": {"owner_id": Number, "repository_id": Number},
    "Gitlab": {"project_id": Number},
}
_PLACES: dict[str, dict[str, Any]] = {
    "Repo": {},
    "Branch": {"branch_name": str},
    "Folder": {"branch_name": str, "path": str},
    "File": {"branch_name": str, "path": str},
}


def _connector(name: str, fields: dict[str, Any]) -> type[msgspec.Struct]:
    """The connector of this name; its tag is the name with dashes, "github-repo" for GithubRepo."""
    return msgspec.defstruct(
        f"RealityConnector{name}",
        list(fields.items()),
        module=__name__,
        frozen=True,
        kw_only=True,
        rename="camel",
        tag_field="type",
        tag="".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:],
    )


CONNECTORS: tuple[type[msgspec.Struct], ...] = (
    _connector("Url", {"url": str}),
    *(_connector(host + place, ids | where) for host, ids in _HOSTS.items() for place, where in _PLACES.items()),
)

if TYPE_CHECKING:
    RealityConnector = msgspec.Struct
else:
    RealityConnector = reduce(or_, CONNECTORS)
