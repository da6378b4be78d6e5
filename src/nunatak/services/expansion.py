"""Expansion: what entities refer to, laid into their JSON texts, which are never built anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from nunatak.core.expanded import DomainExport, TagExport, technology_export
from nunatak.core.fields import Struct
from nunatak.core.flow import Flow
from nunatak.core.kinds import DIAGRAM_CONTENT, DOMAIN, FLOW, TAG
from nunatak.core.model import FlowReference
from nunatak.exchange.landscape import told
from nunatak.exchange.version_json import flow_export
from nunatak.services import technologies
from nunatak.services.places import Place
from nunatak.store.rows import Texts
from nunatak.store.unit import Unit


class References(Struct, frozen=True, kw_only=True):
    """The part of an entity that expansion needs."""

    domain_id: str | UnsetType = UNSET
    tag_ids: list[str] = []
    technology_ids: list[str] = []
    flows: dict[str, FlowReference] = {}


def expanded(unit: Unit, place: Place, texts: Texts, keys: Collection[str]) -> Texts:
    """The texts with domain, tags, technologies and flows, as far as `keys` ask for them."""
    if not keys or not texts:
        return texts
    found = [msgspec.json.decode(text, type=References) for text in texts]
    shown = {key: _SHOWN[key](unit, place, found) for key in sorted(set(keys))}
    return Texts("", [_laid(text, one, shown) for text, one in zip(texts, found, strict=True)])


def _laid(text: str, one: References, shown: dict[str, dict[str, Any]]) -> str:
    more: dict[str, Any] = {}
    if "domain" in shown and one.domain_id is not UNSET:
        more["domain"] = shown["domain"].get(one.domain_id)
    if "flows" in shown:
        more["flowsExpanded"] = {id_: shown["flows"][id_] for id_ in one.flows if id_ in shown["flows"]}
    for key, ids in (("tags", one.tag_ids), ("technologies", one.technology_ids)):
        if key in shown:
            more[key] = {id_: shown[key][id_] for id_ in ids if id_ in shown[key]}
    return f"{text[:-1]},{msgspec.json.encode(more).decode()[1:]}" if more else text


def _domains(unit: Unit, place: Place, found: Iterable[References]) -> dict[str, Any]:
    ids = {one.domain_id for one in found if one.domain_id is not UNSET}
    return {d.id: DomainExport(id=d.id, name=d.name) for d in unit.among(DOMAIN, place.version_id, ids)}


def _tags(unit: Unit, place: Place, found: Iterable[References]) -> dict[str, Any]:
    tags = unit.among(TAG, place.version_id, {id_ for one in found for id_ in one.tag_ids})
    return {t.id: TagExport(id=t.id, name=t.name, color=t.color, group_id=t.group_id) for t in tags}


def _technologies(unit: Unit, place: Place, found: Iterable[References]) -> dict[str, Any]:
    ids = {id_ for one in found for id_ in one.technology_ids}
    return {t.id: technology_export(t) for t in technologies.among(unit, place.organization_id, ids)}


def _flows(unit: Unit, place: Place, found: Iterable[References]) -> dict[str, Any]:
    flows: list[Flow] = unit.among(FLOW, place.version_id, {id_ for one in found for id_ in one.flows})
    contents = {c.id: c for c in unit.among(DIAGRAM_CONTENT, place.version_id, {flow.diagram_id for flow in flows})}
    return {flow.id: flow_export(told(flow, contents.get(flow.diagram_id))) for flow in flows}


_SHOWN = {"domain": _domains, "tags": _tags, "technologies": _technologies, "flows": _flows}
