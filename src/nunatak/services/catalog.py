"""The catalog as everybody sees it: shared technologies and those of one's own organizations, listed and searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from nunatak.catalog.bundled import catalog
from nunatak.catalog.catalog import Brand
from nunatak.catalog.ranking import ranked
from nunatak.core.access import Actor
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.errors import NotFound
from nunatak.core.kinds import fold
from nunatak.services import technologies
from nunatak.services.pages import cursor_at, place_of
from nunatak.services.service import Service

MOST = 10_000
USUAL = 1_000


@dataclass(frozen=True, kw_only=True)
class TechnologyPage:
    """A part of a list, and the cursor of the next part, None at the end."""

    technologies: list[CatalogTechnology]
    next_cursor: str | None


def page(
    service: Service,
    actor: Actor,
    asked: Mapping[str, Any],
    *,
    search: str = "",
    cursor: str | None = None,
    limit: int = USUAL,
) -> TechnologyPage:
    """The technologies that match, by name, or with `search` the best first. Raises Invalid for a cursor that no page
    had."""
    with service.reading() as unit:
        own = [each for id_ in actor.organization_ids for each in technologies.own(unit, id_)]
    shared = catalog().technologies
    every = sorted([*own, *shared], key=lambda each: fold(each.name)) if own else shared
    found = matching(every, asked)
    found = ranked(search, found) if search.strip() else found
    start = _after(found, cursor) if cursor else 0
    part = found[start : start + limit]
    more = start + limit < len(found)
    return TechnologyPage(technologies=part, next_cursor=cursor_at(start + limit, part[-1].id) if more else None)


def _after(found: list[CatalogTechnology], cursor: str) -> int:
    """Where the next part starts: behind the last one of the part before, or where that was if it is gone."""
    count, last = place_of(cursor)
    return next((place + 1 for place, each in enumerate(found) if each.id == last), max(0, count - 1))


def get(technology_id: str) -> CatalogTechnology:
    """A shared technology; raises NotFound."""
    return _there(catalog().get(technology_id))


def by_slug(slug: str) -> CatalogTechnology:
    """The shared technology that a slug leads to; raises NotFound."""
    return _there(catalog().by_slug(slug))


def _there(found: CatalogTechnology | None) -> CatalogTechnology:
    if found is None:
        raise NotFound("Catalog technology not found")
    return found


def brand(url: str) -> Brand | None:
    """What the catalog knows of the brand whose site an address lies on; nothing is fetched."""
    return catalog().by_site(url)


def matching(every: Any, asked: Mapping[str, Any]) -> list[CatalogTechnology]:
    """The technologies that pass a filter: of several values of a key one must fit, of the keys all."""
    tests = [(_TESTS[name], value if isinstance(value, list) else [value]) for name, value in asked.items()]
    return [each for each in every if all(test(each, values) for test, values in tests)]


def _named(technology: CatalogTechnology, values: list[str]) -> bool:
    short = "" if technology.name_short is UNSET else technology.name_short
    return any(fold(value) in fold(name) for value in values for name in (technology.name, short))


def _usable(technology: CatalogTechnology, values: list[str | None]) -> bool:
    """Restrictions say what a technology is meant for; one without any is meant for everything."""
    allowed = technology.restrictions
    return not allowed or any(value in allowed for value in values)


_TESTS: dict[str, Callable[[CatalogTechnology, list[Any]], bool]] = {
    "name": _named,
    "provider": lambda technology, values: technology.provider in values,
    "restrictions": _usable,
    "status": lambda technology, values: technology.status in values,
    "type": lambda technology, values: technology.type in values,
}
