"""Contents of files: addresses to send them to and fetch them from, and what becomes of the bytes that arrive."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, Missing, NotFound
from nunatak.core.fields import AuthType
from nunatak.core.file import SNIFFED_BYTES, File, FileContent, FilePart, FilePiece, FileReference, sniffed
from nunatak.core.kinds import FILE, FILE_PART
from nunatak.services import drawing_files, drawing_reading
from nunatak.services.changes import Ledger
from nunatak.services.drawing_pages import streamed
from nunatak.services.service import BlobWriting, Service

UPLOAD, DOWNLOAD = "upload", "download"
UPLOAD_SECONDS = 7 * 24 * 3600
DOWNLOAD_SECONDS, EXTENDED_SECONDS = 30, 3600
MOST_PARTS = 250
MOST_BYTES = 5 << 30  # of one request
_ANYTHING = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a request's bytes go: a file's whole content, or part `number` (from 0) of `of` of an upload."""

    organization_id: str
    file_id: str
    actor: Actor
    upload_id: str
    number: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Bytes that have arrived: their blob, how many they are, their digest, and the media type of the first ones."""

    key: str
    size: int
    digest: str
    media_type: str | None


@dataclass(frozen=True, kw_only=True)
class Download:
    """A content on its way out, in pieces."""

    name: str
    media_type: str
    size: int
    digest: str
    pieces: Iterator[bytes]


class Arriving:
    """The bytes of one request on their way into the storage."""

    def __init__(self, service: Service, target: Target) -> None:
        self._key = f"contents/{target.file_id}/{target.upload_id}/{target.number}-{secrets.token_hex(8)}"
        self._writing: BlobWriting = service.blobs.writing(self._key)
        self._digest = hashlib.sha256()
        self._head = b""
        self._size = 0

    def take(self, data: bytes) -> None:
        """Takes the next bytes; raises Invalid for more than a request may send."""
        self._size += len(data)
        if self._size > MOST_BYTES:
            raise Invalid(f"The content is too large; one request takes at most {MOST_BYTES:,} bytes, use parts")
        if len(self._head) < SNIFFED_BYTES:
            self._head += data[:SNIFFED_BYTES]
        self._digest.update(data)
        self._writing.write(data)

    def end(self) -> Piece:
        """The bytes as they lie in the storage now."""
        self._writing.close()
        media_type = sniffed(self._head)
        return Piece(key=self._key, size=self._size, digest=self._digest.hexdigest(), media_type=media_type)


def upload_address(service: Service, actor: Actor, file: File, base_url: str) -> str:
    """Where a file's content is to be sent, in one request."""
    return _address(service, actor, file, base_url, secrets.token_hex(8), 0, 1, "whole")


def part_addresses(service: Service, actor: Actor, file: File, base_url: str, parts: int) -> tuple[str, list[str]]:
    """An upload's id, and where its parts are to be sent, in any order."""
    if not 1 <= parts <= MOST_PARTS:
        raise Invalid("The number of parts is not valid", (f"query.parts: expected 1 to {MOST_PARTS}, got {parts}",))
    upload_id = secrets.token_hex(8)
    found = [_address(service, actor, file, base_url, upload_id, number, parts, "part") for number in range(parts)]
    return upload_id, found


def _address(
    service: Service, actor: Actor, file: File, base_url: str, upload_id: str, number: int, of: int, sort: str
) -> str:
    words = [file.organization_id, file.id, actor.kind, actor.id, actor.name, upload_id, str(number), str(of), sort]
    return f"{base_url}/files/uploads/{service.tokens.seal(UPLOAD, words, seconds=UPLOAD_SECONDS)}"


def target(service: Service, token: str) -> Target:
    """What an address says; raises NotFound for one that has run out or whose file is gone."""
    organization_id, file_id, kind, id_, name, upload_id, number, of, sort = service.tokens.unseal(UPLOAD, token)
    with service.reading() as unit:
        unit.get(FILE, file_id, organization_id)
    actor = Actor(kind=cast(AuthType, kind), id=id_, permissions={organization_id: "write"}, name=name)
    parts = int(of) if sort == "part" else 0
    return Target(
        organization_id=organization_id, file_id=file_id, actor=actor, upload_id=upload_id, number=int(number), of=parts
    )


def arrived(service: Service, target: Target, piece: Piece) -> None:
    """What a request has sent becomes the file's content, or a part that waits for the others."""
    if target.of == 0:
        content = FileContent(
            pieces=[FilePiece(key=piece.key, size=piece.size)],
            size=piece.size,
            digest=piece.digest,
            media_type=piece.media_type,
        )
        _settle(service, target.actor, target.organization_id, target.file_id, content)
        return
    part = FilePart(
        id=f"{target.upload_id}-{target.number}",
        organization_id=target.organization_id,
        file_id=target.file_id,
        upload_id=target.upload_id,
        number=target.number,
        of=target.of,
        key=piece.key,
        size=piece.size,
        digest=piece.digest,
        media_type=piece.media_type,
    )
    with service.database.write() as unit:
        unit.get(FILE, target.file_id, target.organization_id)
        unit.lock(part.id)
        before = unit.find(FILE_PART, part.id, part.organization_id)
        if before is None:
            unit.add(FILE_PART, part)
        else:
            unit.put(FILE_PART, part)
    if before is not None:  # a part that is sent again takes the place of the first
        service.blobs.delete(before.key)


def complete(service: Service, actor: Actor, organization_id: str, file: FileReference, upload_id: str) -> None:
    """Makes the parts of an upload the file's content; done twice, it does nothing the second time. Raises Missing for
    the file, and Invalid naming the parts that haven't arrived."""
    require(actor, "write", organization_id)
    with service.reading() as unit:
        there = drawing_files.found(unit, organization_id, [file])[0]
        ids = [id_ for _, id_ in unit.with_column(FILE_PART, organization_id, "upload_id", [upload_id])]
        parts: list[FilePart] = sorted(unit.among(FILE_PART, organization_id, ids), key=lambda part: part.number)
    if not parts and there.content and any(f"/{upload_id}/" in piece.key for piece in there.content.pieces):
        return
    if not parts or parts[0].file_id != there.id:
        raise Missing("The upload is not known, or no part of it has arrived", ({"uploadId": upload_id},))
    absent = sorted(set(range(parts[0].of)) - {part.number for part in parts})
    if absent:
        named = ", ".join(str(number + 1) for number in absent[:20])
        raise Invalid(f"Of {parts[0].of} parts some have not arrived: {named}")
    _settle(service, actor, organization_id, there.id, _joined(parts), parts)


def _joined(parts: Sequence[FilePart]) -> FileContent:
    digests = "".join(part.digest for part in parts)
    return FileContent(
        pieces=[FilePiece(key=part.key, size=part.size) for part in parts],
        size=sum(part.size for part in parts),
        digest=parts[0].digest if len(parts) == 1 else hashlib.sha256(digests.encode()).hexdigest(),
        media_type=parts[0].media_type,
    )


def _settle(
    service: Service, actor: Actor, organization_id: str, file_id: str, content: FileContent,
    parts: Sequence[FilePart] = (),
) -> None:  # fmt: skip
    """Gives the file its content, queues the work on its pages in the same transaction, and drops the old content."""
    with service.writing(actor) as ledger:
        before: File = ledger.unit.get(FILE, file_id, organization_id)
        values: dict[str, Any] = {"content": msgspec.to_builtins(content), "uploadedAt": ledger.stamp.at}
        _hold(ledger, file_id, values)
        ledger.unit.remove(FILE_PART, organization_id, [part.id for part in parts])
        drawing_reading.queue(service, ledger.unit, organization_id, file_id, content)
    if before.content is not None and before.content.pieces != content.pieces:
        drawing_files.drop_contents(service, [before])


def _hold(ledger: Ledger, file_id: str, values: dict[str, Any]) -> None:
    ledger.found(Change(verb="update", kind=FILE.name, id=file_id, values=values))


def download_address(service: Service, file: File, base_url: str, *, extended: bool = False) -> str:
    """Where a file's content can be fetched for a while; raises Invalid for a file without one."""
    if file.content is None:
        raise Missing("Files without content can't be downloaded", ({"id": int(file.id)},))
    seconds = EXTENDED_SECONDS if extended else DOWNLOAD_SECONDS
    token = service.tokens.seal(DOWNLOAD, [file.organization_id, file.id], seconds=seconds)
    return f"{base_url}/files/contents/{token}"


def download(service: Service, token: str) -> Download:
    """What an address names; raises NotFound for one that has run out or whose content is gone."""
    organization_id, file_id = service.tokens.unseal(DOWNLOAD, token)
    with service.reading() as unit:
        file: File = unit.get(FILE, file_id, organization_id)
    if file.content is None:
        raise NotFound("File not found")
    return Download(
        name=file.name,
        media_type=file.mime_type or file.content.media_type or _ANYTHING,
        size=file.content.size,
        digest=file.content.digest,
        pieces=streamed(service, file.content),
    )
