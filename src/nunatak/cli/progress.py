"""A bar on stderr that tells how far long work is, where a person looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Steps:
    """How many steps there are, and how many are done; safe to use from many threads."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("files", total=None)

    def expect(self, total: int) -> None:
        """Says how many steps there will be."""
        self._bar.update(self._task, total=total)

    def done(self, what: str) -> None:
        """Counts a step, with a word of what it was."""
        self._bar.update(self._task, advance=1, description=what)


@contextmanager
def steps() -> Iterator[Steps]:
    """A bar for as long as the block runs; nothing is written where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Steps(bar)
