"""Writes the tables of docs/permissions.md from the operations of both APIs: who may do what to which kind of thing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from nunatak.api.cognite.app import all_operations as drawings_operations
from nunatak.api.icepanel.app import all_operations
from nunatak.api.icepanel.reading import SHARED
from nunatak.core.access import Deed

DOCUMENT = Path(__file__).parent.parent / "docs" / "permissions.md"
BEGIN, END = "<!-- made by scripts/permissions.py -->", "<!-- until here -->"
DEEDS: tuple[Deed, ...] = ("read", "write", "admin")
HEAD = ("| what | everybody | read, write, admin | write, admin | admin | share link |", "| --- " * 6 + "|")


def tables() -> str:
    """Both tables, as Markdown."""
    mine = [
        (one.family, one.id.rpartition(".")[2], "everybody" if one.anonymous else one.needs, one.id in SHARED)
        for one in all_operations()
    ]
    drawn = [(*_words(one.path), one.method, one.deed) for one in drawings_operations()]
    drawings = [(kind, f"{method} {verb}".strip(), deed, False) for kind, verb, method, deed in drawn]
    faces = (("## Landscapes, under `/v1`", mine), ("## Drawings, under `/api/v1`", drawings))
    return "\n\n".join(part for title, cells in faces for part in (title, "\n".join(_table(cells))))


def _words(path: str) -> tuple[str, str]:
    """What a path is about, and what is done to it."""
    first, *rest = path.strip("/").split("/")
    return (f"{first} {rest[0]}", " ".join(rest[1:])) if first in ("context", "models") else (first, " ".join(rest))


def _table(cells: Iterable[tuple[str, str, str, bool]]) -> list[str]:
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, verb, needs, shared in cells:
        row = kinds.setdefault(kind, {})
        row.setdefault(needs, []).append(verb)
        if shared:
            row.setdefault("shared", []).append(verb)
    columns = ("everybody", *DEEDS, "shared")
    return [*HEAD, *(_row(kind, [row.get(name, []) for name in columns]) for kind, row in sorted(kinds.items()))]


def _row(kind: str, cells: list[list[str]]) -> str:
    return f"| {kind} | " + " | ".join(", ".join(cell) for cell in cells) + " |"


def written(text: str) -> str:
    """The document with its tables as they are now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text()))
    sys.stdout.write(f"{DOCUMENT} is current\n")
