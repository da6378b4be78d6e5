"""What a kind of entity is: the classes that the table of kinds is written with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from nunatak.core.fields import Placed, Struct, Versioned

Test = Literal["equal", "any", "contains", "labels", "ancestor", "flag", "empty"]
Scope = Literal["instance", "organization", "landscape", "version"]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One key of a list's `filter`: `equal` compares a column, `any` a list-valued field, `contains` a part of a name
    whatever its case, `labels` key and value, `ancestor` any parent, `flag` a truth, `empty` a diagram without objects.
    With `many` up to `most` values are or-ed; with `nullable` null asks for things that have none."""

    name: str
    test: Test
    type: Any = str
    many: bool = False
    nullable: bool = False
    most: int = 30


@dataclass(frozen=True, kw_only=True)
class Term:
    """A list-valued property that things are looked up by; `of` reads its values from an entity."""

    name: str
    of: Callable[[Any], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A sort of entity. `columns` are its scalar fields with a column of their own, `terms` the
    list-valued properties it can be found by; `one` and `many` are its envelope keys on the wire."""

    name: str
    struct: type[Struct]
    one: str
    many: str
    scope: Scope
    columns: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    spelled: str = ""  # its name in a sentence, where that isn't the name with spaces
    searched: bool = False  # whether search looks for its names
    in_snapshot: bool = False  # whether a snapshot of a version holds its entities

    @property
    def labelled(self) -> bool:
        """Whether its entities bear labels."""
        return any(f.test == "labels" for f in self.filters)

    @property
    def versioned(self) -> bool:
        """Whether its entities belong to one version of a landscape and count their commits."""
        return issubclass(self.struct, Versioned)

    @property
    def placed(self) -> bool:
        """Whether its entities name their landscape and version, side by side, in their documents."""
        return issubclass(self.struct, Placed)

    @property
    def title(self) -> str:
        """The kind's name in a sentence."""
        return self.spelled or self.name.replace("-", " ").capitalize()


def fold(text: str) -> str:
    """The form in which names are compared: case doesn't matter, and NUL, which PostgreSQL can't hold, is gone."""
    return text.casefold().replace("\x00", "")


def lists(*names: str) -> tuple[Term, ...]:
    """Terms for list-valued fields, named as the fields are."""
    return tuple(Term(name=name, of=attrgetter(name)) for name in names)


def many(name: str, type_: Any = str, *, most: int = 30) -> Filter:
    """A filter on a column by one value or several."""
    return Filter(name=name, test="equal", type=type_, many=True, most=most)


HANDLE = many("handle_id")
LABELS = Filter(name="labels", test="labels", type=dict[str, str])
NAME = Filter(name="name", test="contains")
