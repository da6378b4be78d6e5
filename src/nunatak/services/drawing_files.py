"""Files of a project: made, found by any of their names, changed, deleted with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from nunatak.core.access import Actor, require
from nunatak.core.annotation import resource_word
from nunatak.core.change import Change, derived_names
from nunatak.core.errors import Busy, Duplicated, Invalid, Missing
from nunatak.core.field_update import Operators, updated
from nunatak.core.file import File, FileReference, InstanceId, instance_word
from nunatak.core.kinds import ANNOTATION, FILE
from nunatak.services.changes import Ledger, new_number
from nunatak.services.service import Service
from nunatak.store.rows import term_key
from nunatak.store.unit import Unit

Given = Mapping[str, Any]
Update = tuple[FileReference, Mapping[str, Operators]]
WRITABLE = frozenset(field.encode_name for field in msgspec.structs.fields(File)) - derived_names(File)


def create(service: Service, actor: Actor, organization_id: str, values: Given, *, overwrite: bool = False) -> File:
    """A new file of these values (by wire name), which has no content yet. One of the same external id is refused as
    Duplicated, or with `overwrite` gets the values given; its content stays until another is uploaded."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        there = _named_the_same(ledger, organization_id, values)
        if there is None:
            return make(ledger, organization_id, values)
        if not overwrite:
            raise _duplicated(values)
        return _changed(ledger, there.id, values)


def make(ledger: Ledger, organization_id: str, values: Given) -> File:
    """Writes a new file, whose names nobody else has."""
    change = Change(verb="create", kind=FILE.name, id=new_number(), values=dict(values))
    made: File = ledger.found(change, {"organizationId": organization_id})
    return made


def find(service: Service, actor: Actor, organization_id: str, names: Sequence[FileReference], *,
         ignore_unknown: bool = False) -> list[File]:  # fmt: skip
    """The files of these names, in their order. Raises Missing with all that aren't there, unless they are ignored."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return found(unit, organization_id, names, ignore_unknown=ignore_unknown)


def found(unit: Unit, organization_id: str, names: Sequence[FileReference], *, ignore_unknown: bool = False,
          told: Sequence[Mapping[str, Any]] | None = None) -> list[File]:  # fmt: skip
    """The files of these names, in their order; `told` is how a refusal names each, where that isn't as `names` do."""
    by_word = _by_word(unit, organization_id, names)
    files = [by_word.get(_word(name)) for name in names]
    missing = [dict((told or [])[at] if told else names[at].told()) for at, file in enumerate(files) if file is None]
    if missing and not ignore_unknown:
        raise Missing("Files not found: the ids of some are unknown", tuple(missing))
    return [file for file in files if file is not None]


def update(service: Service, actor: Actor, organization_id: str, updates: Sequence[Update]) -> list[File]:
    """The files after their updates, all or none; raises Missing, Duplicated, and Invalid naming a field."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        files = found(ledger.unit, organization_id, [name for name, _ in updates])
        return [_updated(ledger, file.id, asked) for file, (_, asked) in zip(files, updates, strict=True)]


def delete(service: Service, actor: Actor, organization_id: str, names: Sequence[FileReference], *,
           ignore_unknown: bool = False) -> None:  # fmt: skip
    """Deletes files, with the annotations on them and their contents."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        files = {one.id: one for one in found(ledger.unit, organization_id, names, ignore_unknown=ignore_unknown)}
        words = [resource_word("file", int(id_)) for id_ in files]
        for _, id_ in ledger.unit.with_column(ANNOTATION, organization_id, "resource_id", words):
            ledger.found(Change(verb="delete", kind=ANNOTATION.name, id=id_))
        for id_ in files:
            ledger.found(Change(verb="delete", kind=FILE.name, id=id_))
    drop_contents(service, files.values())


def drop_contents(service: Service, files: Iterable[File]) -> None:
    """Removes the bytes of files that are gone or have others now; a storage that doesn't answer keeps them."""
    with suppress(Busy):
        for file in files:
            for piece in file.content.pieces if file.content else ():
                service.blobs.delete(piece.key)


def _updated(ledger: Ledger, id_: str, asked: Mapping[str, Operators]) -> File:
    before: File = ledger.held(FILE, id_)  # as an update before this one may have left it
    values = updated(msgspec.to_builtins(before), asked, WRITABLE)
    there = _named_the_same(ledger, before.organization_id, values, but=id_)
    if there is not None:
        raise _duplicated(values)
    return _changed(ledger, id_, values)


def _changed(ledger: Ledger, id_: str, values: Given) -> File:
    changed: File = ledger.found(Change(verb="update", kind=FILE.name, id=id_, values=dict(values)))
    return changed


def _named_the_same(ledger: Ledger, organization_id: str, values: Given, *, but: str = "") -> File | None:
    """Another file that has one of the names that are to be given. From here on nobody else gives names."""
    names = [FileReference(external_id=values["externalId"])] if values.get("externalId") else []
    if values.get("instanceId"):
        names.append(FileReference(instance_id=msgspec.convert(values["instanceId"], InstanceId)))
    if not names:
        return None
    ledger.unit.lock(f"files:{organization_id}")
    there = _by_word(ledger.unit, organization_id, names)
    return next((file for file in there.values() if file.id != but), None)


def _duplicated(values: Given) -> Duplicated:
    names = tuple({name: values[name]} for name in ("externalId", "instanceId") if values.get(name))
    return Duplicated("Files of these names are there already", names)


def _word(name: FileReference) -> str:
    if name.id is not None:
        return f"id {name.id}"
    if name.external_id is not None:
        return f"external {name.external_id}"
    if name.instance_id is not None:
        return f"instance {instance_word(name.instance_id)}"
    raise Invalid("A file has no name", ("body.items: expected id, externalId or instanceId in each",))


def _by_word(unit: Unit, organization_id: str, names: Sequence[FileReference]) -> dict[str, File]:
    """The files that are there, by the words of their names."""
    words = [_word(name) for name in names]
    ids = {word: word.removeprefix("id ") for word in words if word.startswith("id ")}
    outer = [one.external_id for one, word in zip(names, words, strict=True) if word.startswith("external ")]
    ids |= {
        f"external {v}": id_ for v, id_ in unit.with_column(FILE, organization_id, "external_id", filter(None, outer))
    }
    instances = [word.removeprefix("instance ") for word in words if word.startswith("instance ")]
    by_key = _instances(unit, organization_id, instances)
    ids |= {f"instance {word}": id_ for word, id_ in by_key.items()}
    files = {file.id: file for file in unit.among(FILE, organization_id, ids.values())}
    return {word: files[id_] for word, id_ in ids.items() if id_ in files}


def _instances(unit: Unit, organization_id: str, words: Sequence[str]) -> dict[str, str]:
    """Ids by instance words; the index holds long ones by their digest."""
    keys = {term_key(word): word for word in words}
    return {keys[key]: id_ for key, id_ in unit.having(FILE, organization_id, "instances", words)}
