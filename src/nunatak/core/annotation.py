"""Annotations: what somebody or something says of a place on a file, and whether it was approved."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from nunatak.core.fields import Derived, Stamped, Struct
from nunatak.core.file import Number

AnnotationStatus = Literal["suggested", "approved", "rejected"]
AnnotatedType = Literal["file", "threedmodel"]
Word = Annotated[str, Meta(min_length=1, max_length=255)]
Version = Annotated[str, Meta(max_length=128, pattern=r"^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$")]


class Annotation(Stamped, frozen=True, kw_only=True):
    """An annotation of an organization's file. `data` is as its type has it, and is kept as it came; without a
    `creating_user` a service wrote it."""

    annotated_resource_type: AnnotatedType
    annotated_resource_id: Number
    annotation_type: Word
    data: dict[str, Any]
    creating_app: Word
    creating_app_version: Version
    creating_user: Word | None
    status: AnnotationStatus = "suggested"
    organization_id: Derived[str]

    @property
    def resource_id(self) -> str:
        """What it is about, as one word."""
        return resource_word(self.annotated_resource_type, self.annotated_resource_id)


class AnnotationFilter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which annotations a list holds; `creating_user` is asked for by name, or with null for those of services."""

    annotated_resource_type: AnnotatedType
    annotated_resource_ids: list[ResourceId] | None = None
    annotation_type: str | None = None
    status: AnnotationStatus | None = None
    creating_app: str | None = None
    creating_app_version: str | None = None
    creating_user: str | None = ""
    data: dict[str, Any] | None = None

    def holds(self, one: Annotation) -> bool:
        """Whether an annotation is one of the list."""
        ids = None if self.annotated_resource_ids is None else {each.id for each in self.annotated_resource_ids}
        same = (
            (self.annotation_type, one.annotation_type),
            (self.status, one.status),
            (self.creating_app, one.creating_app),
            (self.creating_app_version, one.creating_app_version),
        )
        return (
            self.annotated_resource_type == one.annotated_resource_type
            and (ids is None or one.annotated_resource_id in ids)
            and all(asked is None or asked == found for asked, found in same)
            and self.creating_user in ("", one.creating_user)
            and (self.data is None or within(self.data, one.data))
        )


class ResourceId(Struct, frozen=True, kw_only=True):
    """A thing that is annotated."""

    id: Number


def resource_word(type_: str, id_: int) -> str:
    """What annotations are about, as one word."""
    return f"{type_}:{id_}"


def within(asked: Any, found: Any) -> bool:
    """Whether all that is asked of a JSON value is there: an object may hold more keys than were asked for."""
    if isinstance(asked, dict):
        return isinstance(found, dict) and all(key in found and within(asked[key], found[key]) for key in asked)
    return bool(asked == found)
