"""The table of entity kinds: it drives storage, filters, the log, and with them every face of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from nunatak.core.catalog import CatalogTechnology
from nunatak.core.diagram import Diagram, DiagramContent, DiagramGroup, DiagramStatus, DiagramType
from nunatak.core.domain import Domain
from nunatak.core.fields import Struct, Versioned
from nunatak.core.key import ApiKey
from nunatak.core.landscape import Landscape, Version
from nunatak.core.model import ModelConnection, ModelConnectionDirection, ModelObject, ModelObjectType, ModelStatus
from nunatak.core.organization import Organization
from nunatak.core.tag import Tag, TagGroup
from nunatak.core.work import DiagramExportImage

Test = Literal["equal", "any", "contains", "labels", "ancestor", "flag", "empty"]
Scope = Literal["instance", "organization", "landscape", "version"]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One key of a list's `filter`: `equal` compares a column, `any` a list-valued field, `contains` a part of a name
    whatever its case, `labels` key and value, `ancestor` any parent, `flag` a truth, `empty` a diagram without objects.
    With `many` up to 30 values are or-ed; with `nullable` null asks for things that have none."""

    name: str
    test: Test
    type: Any = str
    many: bool = False
    nullable: bool = False


@dataclass(frozen=True, kw_only=True)
class Term:
    """A list-valued property that things are looked up by; `of` reads its values from an entity."""

    name: str
    of: Callable[[Any], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A sort of entity. `columns` are its scalar fields with a column of their own, `terms` the
    list-valued properties it can be found by; `one` and `many` are its envelope keys on the wire."""

    name: str
    struct: type[Struct]
    one: str
    many: str
    scope: Scope
    columns: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def labelled(self) -> bool:
        """Whether its entities bear labels."""
        return any(f.test == "labels" for f in self.filters)

    @property
    def versioned(self) -> bool:
        """Whether its entities belong to one version of a landscape and count their commits."""
        return issubclass(self.struct, Versioned)

    @property
    def title(self) -> str:
        """The kind's name in a sentence."""
        return self.name.replace("-", " ").capitalize()


def fold(text: str) -> str:
    """The form in which names are compared: case doesn't matter, and NUL, which PostgreSQL can't hold, is gone."""
    return text.casefold().replace("\x00", "")


def _lists(*names: str) -> tuple[Term, ...]:
    return tuple(Term(name=name, of=attrgetter(name)) for name in names)


def _placed(content: DiagramContent) -> Iterable[str]:
    return sorted({placed.model_id for placed in content.objects.values()})


def _drawn(content: DiagramContent) -> Iterable[str]:
    return sorted({drawn.model_id for drawn in content.connections.values() if drawn.model_id})


def _many(name: str, type_: Any = str) -> Filter:
    return Filter(name=name, test="equal", type=type_, many=True)


_HANDLE = _many("handle_id")
_LABELS = Filter(name="labels", test="labels", type=dict[str, str])
_NAME = Filter(name="name", test="contains")

# Names are looked up whole to keep them unique among siblings.
_NAMED = Term(name="name", of=lambda entity: [fold(entity.name)])

ORGANIZATION = Kind(
    name="organization", struct=Organization, one="organization", many="organizations", scope="instance"
)
API_KEY = Kind(name="api-key", struct=ApiKey, one="apiKey", many="apiKeys", scope="organization")
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
    filters=(_NAME, Filter(name="tag", test="any", many=True)),
)
DOMAIN = Kind(
    name="domain",
    struct=Domain,
    one="domain",
    many="domains",
    scope="version",
    columns=("name",),
    filters=(_HANDLE, _LABELS, _NAME),
)
MODEL_OBJECT = Kind(
    name="model-object",
    struct=ModelObject,
    one="modelObject",
    many="modelObjects",
    scope="version",
    columns=("name", "type", "parent_id", "domain_id", "external", "status", "linked"),
    terms=(*_lists("tag_ids", "technology_ids", "group_ids", "team_ids", "parent_ids"), _NAMED),
    filters=(
        _many("domain_id"),
        Filter(name="external", test="flag", type=bool),
        Filter(name="group_ids", test="any", many=True),
        _HANDLE,
        _LABELS,
        Filter(name="linked", test="flag", type=bool),
        _NAME,
        Filter(name="parent_id", test="equal", nullable=True),
        Filter(name="parent_ids", test="ancestor"),
        _many("status", ModelStatus),
        Filter(name="tag_ids", test="any", many=True),
        Filter(name="team_ids", test="any", many=True),
        Filter(name="technology_ids", test="any", many=True),
        _many("type", ModelObjectType),
    ),
)
MODEL_CONNECTION = Kind(
    name="model-connection",
    struct=ModelConnection,
    one="modelConnection",
    many="modelConnections",
    scope="version",
    columns=("name", "origin_id", "target_id", "via_id", "direction", "status", "linked"),
    terms=_lists("tag_ids", "technology_ids"),
    filters=(
        Filter(name="direction", test="equal", type=ModelConnectionDirection),
        _HANDLE,
        _LABELS,
        Filter(name="linked", test="flag", type=bool),
        _NAME,
        _many("origin_id"),
        _many("status", ModelStatus),
        Filter(name="tag_ids", test="any", many=True),
        _many("target_id"),
        Filter(name="technology_ids", test="any", many=True),
        _many("via_id"),
    ),
)
DIAGRAM = Kind(
    name="diagram",
    struct=Diagram,
    one="diagram",
    many="diagrams",
    scope="version",
    columns=("name", "type", "model_id", "group_id", "parent_id", "status", "pinned"),
    filters=(
        Filter(name="empty", test="empty", type=bool),
        _HANDLE,
        _LABELS,
        Filter(name="model_id", test="equal"),
        _NAME,
        Filter(name="pinned", test="flag", type=bool),
        _many("status", DiagramStatus),
        _many("type", DiagramType),
    ),
)
DIAGRAM_CONTENT = Kind(
    name="diagram-content",
    struct=DiagramContent,
    one="diagramContent",
    many="diagramContents",
    scope="version",
    terms=(Term(name="placed_ids", of=_placed), Term(name="drawn_ids", of=_drawn)),
)
DIAGRAM_GROUP = Kind(
    name="diagram-group",
    struct=DiagramGroup,
    one="diagramGroup",
    many="diagramGroups",
    scope="version",
    columns=("name", "model_id"),
    filters=(_HANDLE, _LABELS, Filter(name="model_id", test="equal"), _NAME),
)
TAG_GROUP = Kind(
    name="tag-group",
    struct=TagGroup,
    one="tagGroup",
    many="tagGroups",
    scope="version",
    columns=("name",),
    filters=(_HANDLE, _LABELS, _NAME),
)
TAG = Kind(
    name="tag",
    struct=Tag,
    one="tag",
    many="tags",
    scope="version",
    columns=("name", "group_id"),
    filters=(Filter(name="group_id", test="equal"), _HANDLE, _LABELS, _NAME),
)
DIAGRAM_EXPORT_IMAGE = Kind(
    name="diagram-export-image",
    struct=DiagramExportImage,
    one="diagramExportImage",
    many="diagramExportImages",
    scope="version",
    columns=("diagram_id",),
)

KINDS: tuple[Kind, ...] = (
    ORGANIZATION,
    API_KEY,
    TECHNOLOGY,
    LANDSCAPE,
    VERSION,
    DOMAIN,
    MODEL_OBJECT,
    MODEL_CONNECTION,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    TAG_GROUP,
    TAG,
    DIAGRAM_EXPORT_IMAGE,
)

_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind of this name; raises KeyError for a name that isn't in the table."""
    return _BY_NAME[name]
