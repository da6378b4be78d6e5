"""The forms that requests and answers of several operations have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from nunatak.core.change import derived_names
from nunatak.core.fields import Struct
from nunatak.core.file import ExternalId, File, FileReference, InstanceId, Number
from nunatak.core.file_filter import milliseconds

MOST_ITEMS = 1000
Limit = Annotated[int, Meta(ge=1, le=MOST_ITEMS)]


def given(name: str, struct: type[Struct]) -> type[Any]:
    """The form of what a writer gives of a kind: its fields that the server doesn't write."""
    fields = [
        (field.name, field.type) if field.required else (field.name, field.type, field.default)
        for field in msgspec.structs.fields(struct)
        if field.encode_name not in derived_names(struct)
    ]
    return msgspec.defstruct(
        name, fields, bases=(Struct,), frozen=True, kw_only=True, omit_defaults=True, rename="camel"
    )


class Reference(FileReference, frozen=True, kw_only=True):
    """A file by one of its names: exactly one."""

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.id, self.external_id, self.instance_id)) != 1:
            raise ValueError("expected one of id, externalId and instanceId")


class References(Struct, frozen=True, kw_only=True):
    """Files by their names."""

    items: Annotated[list[Reference], Meta(min_length=1, max_length=MOST_ITEMS)]
    ignore_unknown_ids: bool = False


class DrawingReference(Struct, frozen=True, kw_only=True):
    """A file as jobs name it."""

    file_id: Number | None = None
    file_external_id: ExternalId | None = None
    file_instance_id: InstanceId | None = None

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.file_id, self.file_external_id, self.file_instance_id)) != 1:
            raise ValueError("expected one of fileId, fileExternalId and fileInstanceId")

    @property
    def name(self) -> FileReference:
        """The file's name."""
        return FileReference(id=self.file_id, external_id=self.file_external_id, instance_id=self.file_instance_id)


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without those that aren't there."""
    return {name: value for name, value in values.items() if value is not None}


def file_of(file: File) -> dict[str, Any]:
    """A file as answers have it."""
    values: dict[str, Any] = msgspec.to_builtins(file)
    own = {name: value for name, value in values.items() if name not in _INNER}
    return {
        "id": int(file.id),
        "uploaded": file.uploaded,
        "createdTime": milliseconds(file.created_at),
        "lastUpdatedTime": milliseconds(file.updated_at),
        **({} if file.uploaded_at is None else {"uploadedTime": milliseconds(file.uploaded_at)}),
        **told(own),
    }


_INNER = derived_names(File)
