"""Comparing: two pictures of a diagram as one, in which everything that differs says how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace

from nunatak.render.picture import Difference, Line, Picture, Pin, Spot, Thing

T = TypeVar("T", Thing, Line, Pin)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


S = TypeVar("S", bound=_Identified)

# What a reader is told of a thing or a line that changed, and the fields it is read from.
_THING_WORDS = {
    "name": "name", "caption": "caption", "type": "type", "shape": "shape", "external": "external", "status": "status",
    "technology_ids": "technologies", "icon_id": "icon", "group_ids": "groups", "tag_ids": "tags", "team_ids": "teams",
    "domain": "domain", "width": "size", "height": "size",
}  # fmt: skip
_LINE_WORDS = {
    "name": "name", "direction": "direction", "status": "status", "technology_ids": "technologies", "tag_ids": "tags",
    "via": "via", "origin_id": "ends", "target_id": "ends",
}  # fmt: skip
_COURSE = ("line_shape", "origin_connector", "target_connector", "label_position")
_UNORDERED = ("group_ids", "tag_ids", "team_ids", "technology_ids")


def compare(before: Picture, after: Picture, words: str = "") -> Picture:
    """The later picture with what the earlier one had besides, each difference marked. Things are the same by their
    ids, else by their model object where it is on both pictures once. With `words` on the two states the picture is
    there for the differences: all else is quiet, and the words stand below."""
    earlier = partners(before.things, after.things, lambda one: (one.model_id, one.shape))
    renamed = {was.id: id_ for id_, was in earlier.items()}
    lines = [_renamed(line, renamed) for line in before.lines]
    drawn = partners(lines, after.lines, lambda one: one.model_id)
    pinned = partners(before.pins, after.pins, lambda one: one.comment_id)
    return replace(
        after,
        things=[*_seen(after.things, earlier, _thing), *_gone(before.things, earlier, status="removed")],
        lines=[*_seen(after.lines, drawn, _line), *_gone(lines, drawn, status="removed")],
        pins=[*_seen(after.pins, pinned, _pin), *_gone(before.pins, pinned)],
        technologies=before.technologies | after.technologies,
        tags=before.tags | after.tags,
        teams=before.teams | after.teams,
        compared=words,
    )


def partners(before: Sequence[S], after: Sequence[S], key: Callable[[S], Hashable]) -> dict[str, S]:
    """What each of the later ones was earlier, by the later one's id: the one of the same id, else the one of the same
    key where there is one in either. No key is none."""
    were = {one.id: one for one in before}
    found = {one.id: were[one.id] for one in after if one.id in were}
    left = _single([one for one in before if one.id not in found], key)
    for shared, one in _single([one for one in after if one.id not in found], key).items():
        if shared in left:
            found[one.id] = left[shared]
    return found


def _single(ones: Iterable[S], key: Callable[[S], Hashable]) -> dict[Hashable, S]:
    """Those whose key no other one has."""
    keyed = [(key(one), one) for one in ones]
    counted = Counter(found for found, _ in keyed)
    return {found: one for found, one in keyed if found is not None and counted[found] == 1}


def _renamed(line: Line, names: Mapping[str, str]) -> Line:
    origin, target = (names.get(id_ or "", id_) for id_ in (line.origin_id, line.target_id))
    return (
        line
        if (origin, target) == (line.origin_id, line.target_id)
        else replace(line, origin_id=origin, target_id=target)
    )


def _seen(after: Iterable[T], earlier: Mapping[str, T], differing: Any) -> Iterator[T]:
    for one in after:
        was = earlier.get(one.id)
        yield replace(one, difference=Difference(sort="added") if was is None else differing(was, one))


def _gone(before: Iterable[T], earlier: Mapping[str, T], **look: Any) -> Iterator[T]:
    """What isn't there any more."""
    kept = {one.id for one in earlier.values()}
    for one in before:
        if one.id not in kept:
            yield replace(one, difference=Difference(sort="removed"), **look)


def _thing(before: Thing, after: Thing) -> Difference | None:
    # An area is as large as what it holds, wherever it was put.
    placed = after.shape != "area" and after.type != "group"
    moved = placed and (before.x, before.y) != (after.x, after.y)
    fields = [word for word in _changed(before, after, _THING_WORDS) if placed or word != "size"]
    if not fields and not moved:
        return None
    was = Spot(x=before.x, y=before.y, width=before.width, height=before.height)
    sized = moved or "size" in fields
    return Difference(sort="changed" if fields else "moved", fields=fields, was=was if sized else None)


def _line(before: Line, after: Line) -> Difference | None:
    fields = _changed(before, after, _LINE_WORDS)
    if fields:
        return Difference(sort="changed", fields=fields)
    rerouted = _changed(before, after, dict.fromkeys(_COURSE, "course"))
    return Difference(sort="moved", fields=rerouted) if rerouted else None


def _pin(before: Pin, after: Pin) -> Difference | None:
    fields = _changed(before, after, {"type": "type", "status": "status"})
    if fields:
        return Difference(sort="changed", fields=fields)
    return None if (before.x, before.y) == (after.x, after.y) else Difference(sort="moved")


def _changed(before: Thing | Line | Pin, after: Thing | Line | Pin, words: Mapping[str, str]) -> list[str]:
    """The words of the fields that differ, each once, in the words' order."""
    found = (word for name, word in words.items() if _value(before, name) != _value(after, name))
    return list(dict.fromkeys(found))


def _value(one: Thing | Line | Pin, name: str) -> Any:
    value = getattr(one, name)
    return sorted(value) if name in _UNORDERED else value
