"""Whom a token belongs to, and which projects it opens."""

from __future__ import annotations

from typing import Any

from nunatak.api.cognite.operation import Call, Operations
from nunatak.services import projects

OPERATIONS = Operations()


@OPERATIONS.operation("GET", "/token/inspect")
def inspect(call: Call) -> dict[str, Any]:
    """The caller and the projects there are for it; what may be done in them isn't told in this API's words."""
    names = projects.names(call.service, call.actor)
    return {
        "subject": call.actor.name or call.actor.id,
        "projects": [{"projectUrlName": name, "groups": []} for name in names],
        "capabilities": [],
    }
