"""Which files a list holds: the conditions of a filter, each as a writer of the file would read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from msgspec import Meta

from nunatak.core import geometry
from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.core.file import ExternalId, File, Label, Metadata, Number
from nunatak.core.geometry import Relation, Shape

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Range(Struct, frozen=True, kw_only=True):
    """A span of time in milliseconds since 1970, both ends included."""

    min: int | None = None
    max: int | None = None

    def holds(self, time: int | None) -> bool:
        """Whether a time is there and within the span."""
        return time is not None and (self.min is None or self.min <= time) and (self.max is None or time <= self.max)


class LabelTest(Struct, frozen=True, kw_only=True):
    """Labels of which a file must have one, or all."""

    contains_any: list[Label] | None = None
    contains_all: list[Label] | None = None

    def holds(self, names: set[str]) -> bool:
        """Whether the labels of these names fit."""
        any_ = {label.external_id for label in self.contains_any or ()}
        all_ = {label.external_id for label in self.contains_all or ()}
        return (not any_ or bool(any_ & names)) and all_ <= names


class GeoTest(Struct, frozen=True, kw_only=True):
    """Where on the map a file must be: its place in this relation to a shape."""

    shape: dict[str, Any]
    relation: Relation = "intersects"

    def __post_init__(self) -> None:
        self.found  # noqa: B018 - refuses what is no shape

    @property
    def found(self) -> Shape:
        """The shape asked for."""
        return geometry.shape(self.shape, "body.filter.geoLocation.shape")

    def holds(self, place: dict[str, Any] | None) -> bool:
        """Whether a file's place, a GeoJSON feature, fits; one that is no shape fits nothing."""
        try:
            own = geometry.shape((place or {}).get("geometry"), "geoLocation")
        except Invalid:
            return False
        return geometry.related(own, self.relation, self.found)


class NumberOrName(Struct, frozen=True, kw_only=True):
    """A data set or an asset by one of its names; only its number is ever found, for names are somebody else's."""

    id: Number | None = None
    external_id: ExternalId | None = None


class FileFilter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a list asks for; a condition that isn't given is met by all."""

    name: str | None = None
    directory_prefix: str | None = None
    mime_type: str | None = None
    source: str | None = None
    metadata: Metadata | None = None
    asset_ids: list[Number] | None = None
    asset_external_ids: list[ExternalId] | None = None
    root_asset_ids: list[NumberOrName] | None = None
    asset_subtree_ids: list[NumberOrName] | None = None
    data_set_ids: list[NumberOrName] | None = None
    labels: LabelTest | None = None
    geo_location: GeoTest | None = None
    external_id_prefix: Annotated[str, Meta(max_length=255)] | None = None
    uploaded: bool | None = None
    created_time: Range | None = None
    last_updated_time: Range | None = None
    uploaded_time: Range | None = None
    source_created_time: Range | None = None
    source_modified_time: Range | None = None

    def holds(self, file: File) -> bool:
        """Whether a file is one of the list."""
        return self._words(file) and self._sets(file) and self._times(file)

    def _words(self, file: File) -> bool:
        same = ((self.name, file.name), (self.mime_type, file.mime_type), (self.source, file.source))
        starts = ((self.directory_prefix, file.directory), (self.external_id_prefix, file.external_id))
        return (
            all(asked is None or asked == found for asked, found in same)
            and all(asked is None or (found or "").startswith(asked) for asked, found in starts)
            and (self.uploaded is None or self.uploaded == file.uploaded)
            and (self.metadata or {}).items() <= (file.metadata or {}).items()
        )

    def _sets(self, file: File) -> bool:
        sets = () if file.data_set_id is None else (file.data_set_id,)
        wanted = (
            (self.asset_ids, file.asset_ids),
            (numbers(self.asset_subtree_ids), file.asset_ids),
            (numbers(self.root_asset_ids), file.asset_ids),
            (numbers(self.data_set_ids), sets),
        )
        return (
            self.asset_external_ids is None
            and all(asked is None or bool(set(asked) & set(found or ())) for asked, found in wanted)
            and (self.labels is None or self.labels.holds(set(file.label_names)))
            and (self.geo_location is None or self.geo_location.holds(file.geo_location))
        )

    def _times(self, file: File) -> bool:
        spans = (
            (self.created_time, milliseconds(file.created_at)),
            (self.last_updated_time, milliseconds(file.updated_at)),
            (self.uploaded_time, None if file.uploaded_at is None else milliseconds(file.uploaded_at)),
            (self.source_created_time, file.source_created_time),
            (self.source_modified_time, file.source_modified_time),
        )
        return all(span is None or span.holds(time) for span, time in spans)


def numbers(given: list[NumberOrName] | None) -> list[int] | None:
    """The numbers among names; None where nothing is asked."""
    return None if given is None else [one.id for one in given if one.id is not None]


def milliseconds(at: datetime) -> int:
    """A time as milliseconds since 1970."""
    return (at - _EPOCH) // _MILLISECOND
