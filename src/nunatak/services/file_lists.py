"""Lists of files: pages of a filter, parts of one for readers side by side, counts, and search by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nunatak.core.access import Actor, require
from nunatak.core.errors import Invalid
from nunatak.core.file import File
from nunatak.core.file_filter import FileFilter, numbers
from nunatak.core.kinds import FILE, fold
from nunatak.services.pages import cursor_at, place_of
from nunatak.services.service import Service
from nunatak.store.rows import entity
from nunatak.store.unit import Unit

_READ_AT_ONCE = 1000
_MOST_PARTS = 1000


class Part:
    """One of `of` parts of a list, which together hold each file once; `number` counts from 1."""

    def __init__(self, number: int, of: int) -> None:
        if not 1 <= number <= of <= _MOST_PARTS:
            raise _no_part()
        self.number, self.of = number, of

    def holds(self, file: File) -> bool:
        """Whether a file is in this part."""
        return int(file.id) % self.of == self.number - 1

    @staticmethod
    def parsed(text: str | None) -> Part:
        """The part that `m/n` says; the whole list for none."""
        number, _, of = (text or "1/1").partition("/")
        if not all(figure.isdecimal() and len(figure) <= len(str(_MOST_PARTS)) for figure in (number, of)):
            raise _no_part()
        return Part(int(number), int(of))


def _no_part() -> Invalid:
    expected = f"body.partition: expected m/n with 1 <= m <= n <= {_MOST_PARTS}"
    return Invalid("The partition is not valid", (expected,))


def page(
    service: Service, actor: Actor, organization_id: str, asked: FileFilter, *,
    limit: int, cursor: str | None = None, part: Part | None = None,
) -> tuple[list[File], str | None]:  # fmt: skip
    """At most `limit` files in the order of their creation, and the cursor of the next page where there is one."""
    require(actor, "read", organization_id)
    part, files = part or Part(1, 1), list[File]()
    with service.reading() as unit:
        for file in matching(unit, organization_id, asked, after=place_of(cursor) if cursor else None):
            if not part.holds(file):
                continue
            if len(files) == limit:
                last = files[-1].id
                return files, cursor_at(unit.position(FILE, organization_id, last), last)
            files.append(file)
    return files, None


def matching(
    unit: Unit, organization_id: str, asked: FileFilter, *, after: tuple[int, str] | None = None
) -> Iterator[File]:  # fmt: skip
    """The files that match, in the order of their creation; the database is asked for as little as it can tell."""
    narrowed = _narrowed(asked)
    while True:
        texts = list(unit.texts(FILE, organization_id, narrowed, after=after, limit=_READ_AT_ONCE))
        files = [entity(FILE, text) for text in texts]
        yield from (file for file in files if asked.holds(file))
        if len(files) < _READ_AT_ONCE:
            return
        after = (unit.position(FILE, organization_id, files[-1].id), files[-1].id)


def count(service: Service, actor: Actor, organization_id: str, asked: FileFilter) -> int:
    """How many files match."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        if asked == FileFilter():
            return len(unit.values(FILE, organization_id, ("id",), {}))
        return sum(1 for _ in matching(unit, organization_id, asked))


def search(
    service: Service, actor: Actor, organization_id: str, words: str, asked: FileFilter, *, limit: int
) -> list[File]:
    """The files whose names hold all the words in any order, whatever their case; those that begin like the words come
    first, then short names."""
    require(actor, "read", organization_id)
    wanted = fold(words).split()
    if not wanted:
        return page(service, actor, organization_id, asked, limit=limit)[0]
    with service.reading() as unit:
        longest = max(wanted, key=len)
        texts = unit.texts(FILE, organization_id, _narrowed(asked) | {"name": longest})
        named = [(file, fold(file.name)) for file in (entity(FILE, text) for text in texts) if asked.holds(file)]
    whole = " ".join(wanted)
    hits = [
        (not name.startswith(whole), len(name), name, file) for file, name in named if all(w in name for w in wanted)
    ]
    return [file for *_, file in sorted(hits, key=lambda hit: hit[:3])[:limit]]


def _narrowed(asked: FileFilter) -> dict[str, Any]:
    """What of a filter the database tells apart."""
    found: dict[str, Any] = {
        "name": asked.name or None,
        "mime_type": asked.mime_type,
        "source": asked.source,
        "uploaded": asked.uploaded,
        "asset_words": _words(asked.asset_ids),
        "data_set_words": _words(numbers(asked.data_set_ids)),
    }
    if asked.labels is not None and asked.labels.contains_any:
        found["label_names"] = [label.external_id for label in asked.labels.contains_any]
    return {name: value for name, value in found.items() if value is not None}


def _words(given: list[int] | None) -> list[str] | None:
    return None if given is None else [str(number) for number in given]
