"""What a page needs to show a diagram at once: its picture, and the words that its colours stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from nunatak.core.access import Actor
from nunatak.core.diagram import Diagram, DiagramExportImageOptions
from nunatak.core.fields import Struct
from nunatak.core.kinds import DIAGRAM, FLOW, MODEL_CONNECTION, MODEL_OBJECT, TEAM
from nunatak.services import comparisons, drafts, exports, technologies
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.unit import Unit


class Word(Struct, frozen=True, kw_only=True):
    """A technology or team as a page shows it; the icons are addresses, empty where there is none."""

    id: str
    name: str
    color: str
    icon_light: str = ""
    icon_dark: str = ""


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The technologies and teams that a version's objects and connections name, by name."""

    technologies: list[Word]
    teams: list[Word]


def image(
    service: Service,
    actor: Actor,
    path: Path,
    diagram_id: str,
    options: DiagramExportImageOptions,
    suffix: Literal["svg", "png"] = "svg",
) -> bytes:
    """The diagram as SVG or PNG, with the path's draft applied, or two versions of it as one picture with their
    differences; drawn now, unless the same picture lies there already. Raises NotFound for the diagram, the flow and a
    version, Invalid for a sequence of no flow and for what can't be drawn."""
    of = _compared if comparisons.are_versions(options) else _plain
    picture = of(service, actor, path, diagram_id, options)
    parts = (picture, exports.rendering(options), exports.output_of(options))
    with exports.refusing():
        key, _ = exports.drawn(service, *parts, raster=suffix == "png")
    return service.blobs.get(f"{key}.{suffix}")


def _plain(service: Service, actor: Actor, path: Path, diagram_id: str, options: DiagramExportImageOptions) -> bytes:
    exports.require_flow(options, "query")
    flow_id = options.flow_id or None
    with viewing(service, actor, path) as (unit, place):
        diagram: Diagram = unit.get(DIAGRAM, diagram_id, place.version_id)
        flow = unit.get(FLOW, flow_id, place.version_id).id if flow_id else None
        return exports.encoded(unit, place, diagram.id, flow, titled=bool(options.title))


def _compared(service: Service, actor: Actor, path: Path, diagram_id: str, options: DiagramExportImageOptions) -> bytes:
    before, after = options.from_ or None, options.to or None
    with service.reading() as unit:
        compared = comparisons.states(
            unit, actor, path, before=before, after=after, draft_id=path.draft_id, sent="query"
        )
        drafts.require(unit, compared.after, path.draft_id)
    return exports.json_of(comparisons.picture(service, compared, diagram_id, options))


def vocabulary(service: Service, actor: Actor, path: Path) -> Vocabulary:
    """The words of a version, with the path's draft applied."""
    with viewing(service, actor, path) as (unit, place):
        objects = unit.every(MODEL_OBJECT, place.version_id)
        connections = unit.every(MODEL_CONNECTION, place.version_id)
        named = {id_ for one in (*objects, *connections) for id_ in one.technology_ids}
        shown = {one.icon.catalog_technology_id for one in objects if one.icon}
        teams = {id_ for one in objects for id_ in one.team_ids}
        return Vocabulary(
            technologies=_technologies(unit, place.organization_id, named | shown),
            teams=_sorted(
                Word(id=team.id, name=team.name, color=team.color)
                for team in unit.among(TEAM, place.organization_id, teams)
            ),
        )


def _technologies(unit: Unit, organization_id: str, ids: Iterable[str]) -> list[Word]:
    return _sorted(
        Word(
            id=found.id,
            name=found.name_short or found.name,
            color=found.color,
            icon_light=found.icon_url_light or found.icon_url or "",
            icon_dark=found.icon_url_dark or found.icon_url or "",
        )
        for found in technologies.among(unit, organization_id, ids)
    )


def _sorted(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word.name.casefold(), word.id))
