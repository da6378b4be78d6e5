"""A small landscape, loaded, that every export is tested with: two domains, a flow with paths, and hostile names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from nunatak.core.catalog import CatalogTechnology
from nunatak.core.diagram import Diagram
from nunatak.core.domain import Domain
from nunatak.core.flow import FlowStepPath
from nunatak.core.model import ModelConnection, ModelObject, ModelObjectIcon, RealityLink
from nunatak.core.people import Team
from nunatak.core.tag import Tag, TagGroup
from nunatak.drawing.scene import Scene
from nunatak.exchange.landscape import DiagramShown, FlowPart, LandscapeParts, StepPart
from tests.golden import cases

_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_STAMPS: dict[str, Any] = {
    "created_at": _AT,
    "created_by": "user",
    "created_by_id": "u",
    "updated_at": _AT,
    "updated_by": "user",
    "updated_by_id": "u",
}
HOSTILE = "</script><img src=x onerror=alert(1)> | *_`[a](b)`_* &lt; =1+1"


def head(id_: str) -> dict[str, Any]:
    versioned = {"landscape_id": "land", "version_id": "v", "handle_id": f"h-{id_}", "commit": 1, "version": 1}
    return {"id": id_, **_STAMPS, **versioned}


def thing(id_: str, name: str, type_: Any, above: tuple[str, ...] = ("root",), **values: Any) -> ModelObject:
    """A model object; `above` holds its parents, nearest first."""
    given = {"domain_id": "shop", "parent_id": above[0] if above else None, "parent_ids": list(above), **values}
    return ModelObject(name=name, type=type_, **head(id_), **given)


def line(id_: str, origin: str, target: str, name: str, **values: Any) -> ModelConnection:
    given = {"direction": "outgoing", **values}
    return ModelConnection(name=name, origin_id=origin, target_id=target, **head(id_), **given)


def technology(id_: str, name: str, **values: Any) -> CatalogTechnology:
    given: dict[str, Any] = {"color": "blue", "provider": None, "restrictions": None, "type": "data-storage", **values}
    return CatalogTechnology(id=id_, name=name, organization_id=None, **_STAMPS, **given)


def diagram(id_: str, name: str, model_id: str, type_: Any = "app-diagram", **values: Any) -> Diagram:
    return Diagram(name=name, model_id=model_id, type=type_, index=0, **head(id_), **values)


def scene(name: str) -> Scene:
    """The scene of a golden case."""
    return msgspec.json.decode((cases.ROOT / name / "scene.json").read_bytes(), type=Scene)


def _objects() -> list[ModelObject]:
    site = ("system", "root")
    return [
        thing("root", "root", "root", above=(), description="Where people book."),
        thing("far", "Partners", "root", above=(), domain_id="partners"),
        thing("guest", "Guest", "actor", caption="Books a bed."),
        thing("group", "Cluster", "group"),
        thing(
            "system",
            "Hut booking",
            "system",
            group_ids=["group"],
            description="# Why\n\nBeds are *few*.\n\n- one\n- two",
            links={"l": RealityLink(id="l", url="https://example.com/hut?a=1", custom_name="Handbook")},
        ),
        thing("pay", HOSTILE, "system", ("far",), domain_id="partners", external=True, status="deprecated"),
        thing(
            "web",
            "Booking site",
            "app",
            site,
            caption="Shows free beds and takes bookings.",
            technology_ids=["java"],
            icon=ModelObjectIcon(catalog_technology_id="java", name="Java"),
            tag_ids=["low"],
            team_ids=["team"],
            labels={"imported": "true", "tier": "gold"},
        ),
        thing("db", "Bookings", "store", site, technology_ids=["pg"], status="future"),
        thing("api", "Beds", "component", ("web", *site)),
    ]


def _connections() -> list[ModelConnection]:
    return [
        line("c1", "guest", "web", "Books a bed with", technology_ids=["java"]),
        line("c2", "web", "db", "Reads and writes", direction="bidirectional", description="One pool of ten."),
        line("c3", "web", "pay", "Charges cards at", via_id="db", tag_ids=["low"], status="future"),
        line("c4", "db", "api", "", direction=None),
    ]


def _steps() -> list[StepPart]:
    ways = [FlowStepPath(id="p1", index=0, name="Paid by card"), FlowStepPath(id="p2", index=1, name="")]
    return [
        StepPart(id="s1", index=0, type="introduction", text="A guest wants a bed."),
        StepPart(
            id="s2", index=1, type="outgoing", text="asks for Saturday", origin_id="guest", target_id="web", via_id="c1"
        ),
        StepPart(
            id="s3", index=2, type="self-action", text="looks", origin_id="web", target_id="web", detail="In the cache."
        ),
        StepPart(id="s4", index=3, type="alternate-path", text="How is it paid?", paths=ways),
        StepPart(
            id="s5",
            index=4,
            type="outgoing",
            text="charges",
            origin_id="web",
            target_id="pay",
            path_id="p1",
            via_id="c3",
        ),
        StepPart(id="s6", index=5, type="reply", text="", origin_id="pay", target_id="web", path_id="p1"),
        StepPart(id="s7", index=6, type="subflow", text="", path_id="p2", flow_id="flow2"),
        StepPart(id="s8", index=7, type="conclusion", text="The bed is theirs."),
    ]


def parts() -> LandscapeParts:
    """The landscape, without pictures."""
    return LandscapeParts(
        name="Huts & <beds>",
        version="Latest",
        domains=[
            Domain(name="Shop", **head("shop")),
            Domain(name="Partners", **head("partners")),
            Domain(name="Empty", **head("empty")),
        ],
        objects=_objects(),
        connections=_connections(),
        tag_groups=[TagGroup(name="Risk", icon="star", index=0, **head("risk"))],
        tags=[
            Tag(name="Low", color="green", group_id="risk", index=0, **head("low")),
            Tag(name="Unused", color="red", group_id="risk", index=1, **head("unused")),
        ],
        teams=[Team(id="team", organization_id="o", name="Web team", **_STAMPS)],
        technologies=[
            technology("java", "Java", website_url="https://example.com/java"),
            technology("pg", "PostgreSQL", name_short="Postgres", website_url="javascript:alert(1)"),
        ],
        flows=[
            FlowPart(id="flow", name="Book a bed", diagram_id="d1", show_connection_names=True, steps=_steps()),
            FlowPart(id="flow2", name="Pay later", diagram_id="d2"),
        ],
        diagrams=[
            DiagramShown(
                diagram=diagram("d1", "Hut booking", "system"),
                object_ids=["guest", "web", "db", "pay"],
                connection_ids=["c1", "c2", "c3"],
            ),
            DiagramShown(diagram=diagram("d2", HOSTILE, "far", "context-diagram"), object_ids=["pay"]),
        ],
    )


def pictured() -> LandscapeParts:
    """The landscape with a picture of each diagram."""
    plain = parts()
    looks = (("whole_app_diagram", "whole_app_diagram_dark"), ("name_hostile", "name_hostile"))
    shown = [
        msgspec.structs.replace(view, light=scene(light), dark=scene(dark))
        for view, (light, dark) in zip(plain.diagrams, looks, strict=True)
    ]
    return msgspec.structs.replace(plain, diagrams=shown)
