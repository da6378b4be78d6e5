"""Pages that are made in other processes: what goes wrong there is told in words, and other pages go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nunatak.core.errors import TooLarge
from nunatak.documents.errors import Truncated, Unreadable
from nunatak.documents.page import Limits
from nunatak.services.page_making import Broken, Making
from tests.drawings_pdf import pdf


class Failing:
    """Makes calls here; those of a name raise, each time the next of its errors."""

    def __init__(self, name: str, *errors: Exception) -> None:
        self.calls: list[str] = []
        self._name, self._errors = name, list(errors)

    def __call__(self, function: Callable[..., Any], *args: object) -> Any:
        name = getattr(function, "func", function).__name__
        self.calls.append(name)
        if name == self._name and self._errors:
            raise self._errors.pop(0)
        return function(*args)


def making(apart: Any, folder: Path) -> Making:
    source = folder / "sheet.pdf"
    source.write_bytes(pdf("23-PT-1"))
    return Making(apart=apart, source=source, limits=Limits())


@pytest.mark.parametrize("error", [TooLarge("too slow"), MemoryError(), KeyError("x")])
def test_a_page_that_cannot_be_drawn_as_vectors_in_time_or_memory_is_a_picture(tmp_path: Path, error: Any) -> None:
    apart = Failing("draw", error)
    assert making(apart, tmp_path).drawn(1, grayscale=True).kind == "picture"
    assert apart.calls == ["draw", "picture"]


def test_what_the_program_fails_on_is_the_pages_own_error(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="breaks the program that reads it"):
        making(Failing("read", ValueError("odd")), tmp_path).text(1)


def test_what_a_document_says_of_itself_is_told_as_it_is(tmp_path: Path) -> None:
    apart = Failing("read", Truncated("It ends too early"))
    with pytest.raises(Unreadable, match="It ends too early"):
        making(apart, tmp_path).text(1)
    assert apart.calls == ["read"]
