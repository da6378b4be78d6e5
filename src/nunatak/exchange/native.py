"""Our own exchange format: parts as JSON, with camelCase names."""

from __future__ import annotations

import msgspec

from nunatak.core.errors import Invalid
from nunatak.exchange.check import checked
from nunatak.exchange.parts import ObjectPart, Parts


def read(data: bytes) -> Parts:
    """The parts of a native file, whose objects may stand in any order. Raises Invalid naming what is wrong with it."""
    try:
        parts = msgspec.json.decode(data, type=Parts)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(f"The file is not a nunatak landscape: {error}", (str(error),)) from None
    sound = checked(parts)
    return msgspec.structs.replace(sound, objects=_parents_first(sound.objects))


def _parents_first(objects: list[ObjectPart]) -> list[ObjectPart]:
    """In the file's order, but for groups first and children after their parents."""
    parents = {part.id: part.parent_id for part in objects}

    def depth(part: ObjectPart) -> tuple[bool, int]:
        above, count = part.parent_id, 0
        while above is not None:
            above, count = parents[above], count + 1
        return part.type != "group", count

    return sorted(objects, key=depth)


def write(parts: Parts) -> bytes:
    """The file that `read` reads back as the same parts: UTF-8, indented by two."""
    return msgspec.json.format(msgspec.json.encode(parts), indent=2) + b"\n"
