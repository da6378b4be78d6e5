"""Files of a project: what their writers say of them, and which content they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from nunatak.core.fields import Derived, Stamped, Struct

FileName = Annotated[str, Meta(min_length=1, max_length=256)]
ExternalId = Annotated[str, Meta(min_length=1, max_length=255)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Metadata = Annotated[dict[Annotated[str, Meta(max_length=128)], Annotated[str, Meta(max_length=10_240)]],
                     Meta(max_length=256)]  # fmt: skip

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
)
SNIFFED_BYTES = 1024


class InstanceId(Struct, frozen=True, kw_only=True):
    """A name of a thing within a space."""

    space: Annotated[str, Meta(min_length=1, max_length=43)]
    external_id: Annotated[str, Meta(min_length=1, max_length=256)]


class Label(Struct, frozen=True, kw_only=True):
    """A label by its name; labels need not be declared."""

    external_id: ExternalId


class FilePiece(Struct, frozen=True, kw_only=True):
    """A blob that holds a part of a content, and its length in bytes."""

    key: str
    size: int


class FileContent(Struct, frozen=True, kw_only=True):
    """The bytes of a file: its blobs in their order, the length of all, a digest that equal contents have in common,
    and the media type that the first bytes say, where they say one that is a drawing's."""

    pieces: list[FilePiece]
    size: int
    digest: str
    media_type: str | None = None


class File(Stamped, frozen=True, kw_only=True):
    """A file of an organization; without `content` nothing was uploaded yet. Data sets and assets are numbers of
    somebody else's: nothing is looked up."""

    name: FileName
    external_id: ExternalId | None = None
    instance_id: InstanceId | None = None
    directory: Annotated[str, Meta(max_length=512)] | None = None
    source: Annotated[str, Meta(max_length=128)] | None = None
    mime_type: Annotated[str, Meta(max_length=256)] | None = None
    metadata: Metadata | None = None
    asset_ids: Annotated[list[Number], Meta(max_length=1000)] | None = None
    data_set_id: Number | None = None
    labels: Annotated[list[Label], Meta(max_length=10)] | None = None
    geo_location: dict[str, Any] | None = None
    source_created_time: Milliseconds | None = None
    source_modified_time: Milliseconds | None = None
    security_categories: Annotated[list[Number], Meta(max_length=100)] | None = None
    organization_id: Derived[str]
    content: Derived[FileContent | None] = None
    uploaded_at: Derived[datetime | None] = None

    @property
    def uploaded(self) -> bool:
        """Whether it has a content."""
        return self.content is not None

    @property
    def instances(self) -> Iterable[str]:
        """Its instance id as one word, or nothing."""
        return () if self.instance_id is None else (instance_word(self.instance_id),)

    @property
    def label_names(self) -> list[str]:
        """Its labels as words."""
        return [label.external_id for label in self.labels or ()]

    @property
    def asset_words(self) -> list[str]:
        """Its assets as words."""
        return [str(number) for number in self.asset_ids or ()]

    @property
    def data_set_words(self) -> Iterable[str]:
        """Its data set as a word, or nothing."""
        return () if self.data_set_id is None else (str(self.data_set_id),)


class FilePart(Struct, frozen=True, kw_only=True):
    """A part of a content that is uploaded in several: `number` counts from 0, `of` is how many there will be."""

    id: str
    organization_id: str
    file_id: str
    upload_id: str
    number: int
    of: int
    key: str
    size: int
    digest: str
    media_type: str | None = None


class FileReference(Struct, frozen=True, kw_only=True):
    """A file by one of its three names."""

    id: Number | None = None
    external_id: ExternalId | None = None
    instance_id: InstanceId | None = None

    def told(self) -> dict[str, Any]:
        """The name as it was given, for answers."""
        if self.id is not None:
            return {"id": self.id}
        if self.external_id is not None:
            return {"externalId": self.external_id}
        if self.instance_id is not None:
            return {"instanceId": {"space": self.instance_id.space, "externalId": self.instance_id.external_id}}
        return {}


def instance_word(instance: InstanceId) -> str:
    """An instance id as one word."""
    return f"{instance.space}\x1f{instance.external_id}"


def sniffed(head: bytes) -> str | None:
    """The media type that a file's first bytes (1,024 are enough) say; None for what is no drawing."""
    found = next((media for magic, media in _MAGIC if head.startswith(magic)), None)
    return found or ("application/pdf" if b"%PDF-" in head[:SNIFFED_BYTES] else None)
