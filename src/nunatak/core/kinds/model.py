"""The kinds of the model: domains, objects, connections and their tags."""

from __future__ import annotations

from nunatak.core.domain import Domain
from nunatak.core.kinds.kind import HANDLE, LABELS, NAME, Filter, Kind, Term, fold, lists, many
from nunatak.core.model import ModelConnection, ModelConnectionDirection, ModelObject, ModelObjectType, ModelStatus
from nunatak.core.tag import Tag, TagGroup

# Names are looked up whole to keep them unique among siblings.
_NAMED = Term(name="name", of=lambda entity: [fold(entity.name)])

DOMAIN = Kind(
    name="domain",
    struct=Domain,
    one="domain",
    many="domains",
    scope="version",
    in_snapshot=True,
    columns=("name",),
    filters=(HANDLE, LABELS, NAME),
)

MODEL_OBJECT = Kind(
    name="model-object",
    struct=ModelObject,
    one="modelObject",
    many="modelObjects",
    scope="version",
    searched=True,
    in_snapshot=True,
    columns=("name", "type", "parent_id", "domain_id", "external", "status", "linked"),
    terms=(*lists("tag_ids", "technology_ids", "group_ids", "team_ids", "parent_ids"), _NAMED),
    filters=(
        many("domain_id"),
        Filter(name="external", test="flag", type=bool),
        Filter(name="group_ids", test="any", many=True),
        HANDLE,
        LABELS,
        Filter(name="linked", test="flag", type=bool),
        NAME,
        Filter(name="parent_id", test="equal", nullable=True),
        Filter(name="parent_ids", test="ancestor"),
        many("status", ModelStatus),
        Filter(name="tag_ids", test="any", many=True),
        Filter(name="team_ids", test="any", many=True),
        Filter(name="technology_ids", test="any", many=True),
        many("type", ModelObjectType),
    ),
)

MODEL_CONNECTION = Kind(
    name="model-connection",
    struct=ModelConnection,
    one="modelConnection",
    many="modelConnections",
    scope="version",
    searched=True,
    in_snapshot=True,
    columns=("name", "origin_id", "target_id", "via_id", "direction", "status", "linked"),
    terms=lists("tag_ids", "technology_ids"),
    filters=(
        Filter(name="direction", test="equal", type=ModelConnectionDirection),
        HANDLE,
        LABELS,
        Filter(name="linked", test="flag", type=bool),
        NAME,
        many("origin_id"),
        many("status", ModelStatus),
        Filter(name="tag_ids", test="any", many=True),
        many("target_id"),
        Filter(name="technology_ids", test="any", many=True),
        many("via_id"),
    ),
)

TAG_GROUP = Kind(
    name="tag-group",
    struct=TagGroup,
    one="tagGroup",
    many="tagGroups",
    scope="version",
    in_snapshot=True,
    columns=("name",),
    filters=(HANDLE, LABELS, NAME),
)

TAG = Kind(
    name="tag",
    struct=Tag,
    one="tag",
    many="tags",
    scope="version",
    in_snapshot=True,
    columns=("name", "group_id"),
    filters=(Filter(name="group_id", test="equal"), HANDLE, LABELS, NAME),
)
