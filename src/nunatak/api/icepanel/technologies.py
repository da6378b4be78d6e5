"""The technology catalog, and organizations' own technologies."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, UnsetType

from nunatak.api.icepanel.forms import filter_form, partial, record, required
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, asked, chosen, given
from nunatak.api.icepanel.table import NOTHING
from nunatak.catalog.bundled import catalog
from nunatak.core.catalog import (
    CatalogSuggestionBrand,
    CatalogSuggestionBrandColor,
    CatalogSuggestionBrandLogo,
    CatalogSuggestionBrandLogoFormat,
    CatalogSuggestionInformation,
    CatalogTechnology,
    Provider,
    Restriction,
    TechnologyStatus,
    TechnologyType,
)
from nunatak.core.errors import NotFound
from nunatak.core.kinds import Filter
from nunatak.services import catalog as lists
from nunatak.services import technologies
from nunatak.services.catalog import TechnologyPage

OPERATIONS = Operations()
_CATALOG = "/catalog/technologies"
_OWN = "/organizations/{organizationId}/technologies"
_ONE = f"{_OWN}/{{catalogTechnologyId}}"

Field = Literal[
    "awsXmlSelector", "azureUpdatesKeyword", "category", "color", "createdAt", "createdBy", "createdById",
    "defaultSlug", "deletedAt", "deletedBy", "deletedById", "deprecatedAt", "description", "disabled", "docsUrl",
    "iconUrl", "iconUrlDark", "iconUrlLight", "id", "name", "nameShort", "organizationId", "provider",
    "rejectionMessage", "rejectionReason", "restrictions", "slugs", "status", "type", "updatedAt", "updatedBy",
    "updatedById", "updatesUrl", "updatesXmlUrl", "websiteUrl",
]  # fmt: skip
Limit = Annotated[int, Meta(ge=1, le=lists.MOST)] | Annotated[float, Meta(ge=1, le=lists.MOST)]
CatalogTechnologyRequired = required(CatalogTechnology, "CatalogTechnologyRequired")
CatalogTechnologyPartial = partial(CatalogTechnology, "CatalogTechnologyPartial")
CatalogTechnologyFilter = filter_form(
    "CatalogTechnologyFilter",
    (
        Filter(name="name", test="contains", many=True),
        Filter(name="provider", test="equal", type=Provider | None, many=True),
        Filter(name="restrictions", test="any", type=Restriction, many=True),
        Filter(name="status", test="equal", type=TechnologyStatus, many=True),
        Filter(name="type", test="equal", type=TechnologyType | None, many=True),
    ),
)
CatalogTechnologySelected = record(
    "CatalogTechnologySelected",
    {
        field.name: field.type if field.name == "id" else field.type | UnsetType
        for field in msgspec.structs.fields(CatalogTechnology)
    },
)

_PAGE: dict[str, Any] = {
    "filter": CatalogTechnologyFilter | UnsetType,
    "search": str | UnsetType,
    "cursor": str | UnsetType,
    "limit": Limit | UnsetType,
}
ListQuery = record("CatalogTechnologiesQuery", {"admin": bool | UnsetType, **_PAGE})
SelectQuery = record("CatalogTechnologiesSelectQuery", {"fields": list[Field], **_PAGE})
OwnQuery = record("OrganizationTechnologiesQuery", {"filter": CatalogTechnologyFilter | UnsetType})
UrlQuery = record("CatalogSuggestionQuery", {"url": str})
Listed = record(
    "CatalogTechnologiesAnswer", {"catalog_technologies": list[CatalogTechnology], "next_cursor": str | UnsetType}
)
Selected = record(
    "CatalogTechnologiesSelectAnswer",
    {"catalog_technologies": list[CatalogTechnologySelected], "next_cursor": str | UnsetType},  # type: ignore[valid-type]
)
OwnListed = record("OrganizationTechnologiesAnswer", {"catalog_technologies": list[CatalogTechnology]})
One = record("CatalogTechnologyAnswer", {"catalog_technology": CatalogTechnology})
BrandAnswer = record("CatalogSuggestionBrandAnswer", {"catalog_suggestion_brand": CatalogSuggestionBrand})
InformationAnswer = record(
    "CatalogSuggestionInformationAnswer", {"catalog_suggestion_information": CatalogSuggestionInformation}
)
Signed = record("CatalogIconSignedUrlAnswer", {"signed_url": str})

operation = OPERATIONS.operation


def _page(call: Call[Any]) -> TechnologyPage:
    query = call.query
    limit = int(chosen(query, "limit", lists.USUAL))
    cursor, search = chosen(query, "cursor") or None, chosen(query, "search", "")
    return lists.page(call.service, actor_of(call), asked(query), search=search, cursor=cursor, limit=limit)


def _enveloped(page: TechnologyPage, shown: list[Any]) -> dict[str, Any]:
    return {"catalogTechnologies": shown} | ({"nextCursor": page.next_cursor} if page.next_cursor else {})


@operation("catalog.technologies.list", "GET", _CATALOG, query=ListQuery, answer=Listed)
def list_catalog(call: Call[Any]) -> dict[str, Any]:
    """The shared technologies and those of the caller's organizations."""
    page = _page(call)
    return _enveloped(page, page.technologies)


@operation("catalog.technologies.listSelect", "GET", f"{_CATALOG}/select", query=SelectQuery, answer=Selected)
def select(call: Call[Any]) -> dict[str, Any]:
    """The same, of which each tells its id and the fields asked for."""
    page = _page(call)
    wanted = {"id", *call.query.fields}
    every = (msgspec.to_builtins(technology) for technology in page.technologies)
    return _enveloped(page, [{name: value for name, value in one.items() if name in wanted} for one in every])


@operation("catalog.technologies.get", "GET", f"{_CATALOG}/{{catalogTechnologyId}}", answer=One, anonymous=True)
def get(call: Call[Any]) -> dict[str, Any]:
    """One shared technology."""
    return {"catalogTechnology": lists.get(call.path["catalogTechnologyId"])}


@operation(
    "catalog.technologies.getSlug",
    "GET",
    f"{_CATALOG}/slugs/{{catalogTechnologySlug}}",
    answer=One,
    anonymous=True,
)
def get_slug(call: Call[Any]) -> dict[str, Any]:
    """The shared technology that a slug leads to."""
    return {"catalogTechnology": lists.by_slug(call.path["catalogTechnologySlug"])}


@operation(
    "catalog.technologies.createSignedIconUrl", "POST", "/catalog/icons/signed-url", answer=Signed, readonly=True
)
def sign(call: Call[Any]) -> dict[str, Any]:
    """The address under which icons lie: a slug, `-light` or `-dark`, and `.svg` or `.png` follow it."""
    return {"signedUrl": f"{call.base_url}{catalog().icons}"}


@operation("catalog.technologies.suggestBrand", "GET", "/catalog/suggestion/brand", query=UrlQuery, answer=BrandAnswer)
def suggest_brand(call: Call[Any]) -> dict[str, Any]:
    """The colours and icons of the brand whose site an address lies on."""
    found = lists.brand(call.query.url)
    if found is None:
        raise NotFound("No brand of the catalog has this site", ("query.url: expected an address on a brand's site",))
    colors = [CatalogSuggestionBrandColor(hex=found.hex, brightness=_brightness(found.hex))] if found.hex else []
    urls = {"light": found.technology.icon_url_light, "dark": found.technology.icon_url_dark}
    logos = [_logo(found.technology, theme, url) for theme, url in urls.items() if url]
    return {"catalogSuggestionBrand": CatalogSuggestionBrand(colors=colors, logos=logos)}


def _brightness(color: str) -> int:
    """How bright a colour looks, 0 to 255."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _logo(technology: CatalogTechnology, theme: Any, url: str) -> CatalogSuggestionBrandLogo:
    size = len(catalog().icon(technology.id, theme))
    svg = CatalogSuggestionBrandLogoFormat(format="svg", src=url, size=size, height=24, width=24)
    return CatalogSuggestionBrandLogo(formats=[svg], theme=theme)


@operation(
    "catalog.technologies.suggestInformation",
    "GET",
    "/catalog/suggestion/information",
    query=UrlQuery,
    answer=InformationAnswer,
)
def suggest_information(call: Call[Any]) -> dict[str, Any]:
    """What the catalog knows of the technology whose site an address lies on; nothing for an unknown one."""
    found = lists.brand(call.query.url)
    known = CatalogSuggestionInformation()
    if found is not None:
        each = found.technology
        known = CatalogSuggestionInformation(name=each.name, name_short=each.name_short, type=each.type)
    return {"catalogSuggestionInformation": known}


@operation("organizations.technologies.list", "GET", _OWN, query=OwnQuery, answer=OwnListed)
def list_own(call: Call[Any]) -> dict[str, Any]:
    """An organization's own technologies."""
    found = technologies.listing(call.service, actor_of(call), call.path["organizationId"])
    return {"catalogTechnologies": lists.matching(found, asked(call.query))}


@operation("organizations.technologies.create", "POST", _OWN, body=CatalogTechnologyRequired, answer=One)
def create(call: Call[Any]) -> dict[str, Any]:
    """Makes a technology of an organization."""
    made = technologies.create(call.service, actor_of(call), call.path["organizationId"], given(call.body))
    return {"catalogTechnology": made}


@operation("organizations.technologies.get", "GET", _ONE, answer=One)
def get_own(call: Call[Any]) -> dict[str, Any]:
    """One of an organization's own technologies."""
    found = technologies.get(call.service, actor_of(call), *_own(call))
    return {"catalogTechnology": found}


@operation("organizations.technologies.update", "PATCH", _ONE, body=CatalogTechnologyPartial, answer=One)
def update(call: Call[Any]) -> dict[str, Any]:
    """Changes one of an organization's own technologies."""
    changed = technologies.update(call.service, actor_of(call), *_own(call), given(call.body))
    return {"catalogTechnology": changed}


@operation("organizations.technologies.delete", "DELETE", _ONE, answer=NOTHING)
def delete(call: Call[Any]) -> dict[str, Any]:
    """Takes one of an organization's own technologies off everything that bears it, and out of the lists."""
    technologies.delete(call.service, actor_of(call), *_own(call))
    return {}


def _own(call: Call[Any]) -> tuple[str, str]:
    return call.path["organizationId"], call.path["catalogTechnologyId"]
