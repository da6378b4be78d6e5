"""The kinds above versions: organizations with their people and technologies, landscapes and their versions."""

from __future__ import annotations

from operator import attrgetter

from nunatak.core.catalog import CatalogTechnology
from nunatak.core.key import ApiKey
from nunatak.core.kinds.kind import NAME, Filter, Kind, Term, lists
from nunatak.core.landscape import Landscape, Version, VersionRevert
from nunatak.core.organization import Organization
from nunatak.core.people import OrganizationUserInvite, Team, User
from nunatak.core.session import BrowserSession

ORGANIZATION = Kind(
    name="organization",
    struct=Organization,
    one="organization",
    many="organizations",
    scope="instance",
    terms=lists("user_ids"),
)

API_KEY = Kind(name="api-key", struct=ApiKey, one="apiKey", many="apiKeys", scope="organization")

USER = Kind(
    name="user",
    struct=User,
    one="user",
    many="users",
    scope="instance",
    columns=("email",),
    terms=lists("identities"),
)

SESSION = Kind(
    name="browser-session",
    struct=BrowserSession,
    one="browserSession",
    many="browserSessions",
    scope="instance",
    columns=("actor_id",),
)

TEAM = Kind(
    name="team",
    struct=Team,
    one="team",
    many="teams",
    scope="organization",
    columns=("name",),
    terms=lists("user_ids"),
)

INVITE = Kind(
    name="organization-user-invite",
    struct=OrganizationUserInvite,
    one="organizationUserInvite",
    many="organizationUserInvites",
    scope="organization",
    columns=("email",),
)

TECHNOLOGY = Kind(
    name="catalog-technology",
    struct=CatalogTechnology,
    one="catalogTechnology",
    many="catalogTechnologies",
    scope="organization",
    columns=("name",),
)

LANDSCAPE = Kind(
    name="landscape",
    struct=Landscape,
    one="landscape",
    many="landscapes",
    scope="organization",
    columns=("name",),
)

VERSION = Kind(
    name="version",
    struct=Version,
    one="version",
    many="versions",
    scope="landscape",
    columns=("name",),
    terms=(Term(name="tag", of=attrgetter("tags")),),
    filters=(NAME, Filter(name="tag", test="any", many=True)),
)

VERSION_REVERT = Kind(
    name="version-revert", struct=VersionRevert, one="versionRevert", many="versionReverts", scope="landscape"
)
