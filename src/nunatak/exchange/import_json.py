"""A version as JSON, schema v2: lists that a landscape import reads back as the same model."""

from __future__ import annotations

from typing import Any

import msgspec

from nunatak.core.expanded import TeamExport, technology_export
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.landscape import LandscapeParts
from nunatak.exchange.register import links_of, text_of
from nunatak.exchange.version_json import flow_export

_ENCODER = msgspec.json.Encoder(order="sorted")
# Labels by which an import finds again what it brought; the next import sets its own.
_IMPORT_LABELS = ("imported", "import-namespace", "import-original-id")


def write(parts: LandscapeParts) -> bytes:
    """The file: UTF-8, one line, parents before their children, a `domain` entry in the place of each root. What an
    import doesn't read (flows, teams, technologies) stands beside it, as in schema v1. A connection without a direction
    leaves as `outgoing`, for an import knows none without."""
    return _ENCODER.encode(
        {
            "modelObjects": [_object(found, parts) for found in parts.objects],
            "modelConnections": [_connection(found) for found in parts.connections],
            "tagGroups": [_labelled({"id": g.id, "name": g.name, "icon": g.icon}, g.labels) for g in parts.tag_groups],
            "tags": [
                _labelled({"id": t.id, "name": t.name, "color": t.color, "groupId": t.group_id}, t.labels)
                for t in parts.tags
            ],
            "flows": [flow_export(flow) for flow in parts.flows],
            "teams": [TeamExport(id=t.id, name=t.name) for t in parts.teams],
            "technologies": [technology_export(t) for t in parts.technologies],
        }
    )


def _object(found: ModelObject, parts: LandscapeParts) -> dict[str, Any]:
    if found.type == "root":
        return _domain(found, parts)
    entry: dict[str, Any] = {
        "id": found.id,
        "name": found.name,
        "type": found.type,
        "parentId": found.parent_id,
        "caption": text_of(found.caption),
        "description": text_of(found.description),
        "external": found.external,
        "status": found.status,
        "icon": {"technologyId": found.icon.catalog_technology_id} if found.icon else None,
        "technologyIds": found.technology_ids,
        "tagIds": found.tag_ids,
        "groupIds": found.group_ids,
        "teamIds": found.team_ids,
        "links": _links(found),
    }
    return _labelled(entry, found.labels)


def _domain(root: ModelObject, parts: LandscapeParts) -> dict[str, Any]:
    """The entry that stands for a domain and its root; its children name it as their parent."""
    name = next((domain.name for domain in parts.domains if domain.id == root.domain_id), root.name)
    entry = {"id": root.id, "name": name, "type": "domain", "caption": text_of(root.caption)}
    return _labelled({**entry, "description": text_of(root.description)}, root.labels)


def _connection(found: ModelConnection) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": found.id,
        "name": found.name,
        "direction": found.direction or "outgoing",
        "originId": found.origin_id,
        "targetId": found.target_id,
        "description": text_of(found.description),
        "status": found.status,
        "tagIds": found.tag_ids,
        "technologyIds": found.technology_ids,
        "links": _links(found),
    }
    return _labelled(entry | ({"viaId": found.via_id} if found.via_id else {}), found.labels)


def _links(found: ModelObject | ModelConnection) -> list[dict[str, str]]:
    return [{"url": url} | ({"customName": name} if name != url else {}) for name, url in links_of(found)]


def _labelled(entry: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    own = {key: value for key, value in labels.items() if key not in _IMPORT_LABELS}
    return entry | ({"labels": own} if own else {})
