"""Documents that mean harm, in worker processes with the limits of a server: each is drawn or refused in words, soon,
and the next one is drawn as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from nunatak.core.errors import Refusal
from nunatak.documents.page import Limits
from nunatak.jobs.pool import Pool
from nunatak.services.page_making import Making
from nunatak.wiring import apart
from tests import hostile
from tests.documents import files

SECONDS, SOON, MEGABYTES = 20, 6, 2048  # what ends only because it is cut off is cut off soon


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(1, memory_mb=MEGABYTES)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def outcome(pool: Pool, tmp_path: Path) -> Callable[..., str]:
    """How a document's first page is drawn, or why it isn't."""

    def made(content: bytes, seconds: int = SECONDS) -> str:
        source = tmp_path / "document"
        source.write_bytes(content)
        making = Making(apart=partial(apart, pool, seconds), source=source, limits=Limits())
        try:
            assert making.document().pages
            drawn = making.drawn(1, grayscale=True)
            assert making.raster(1).startswith(b"\x89PNG")
        except Refusal as refusal:
            return refusal.message
        assert "<script" not in drawn.body
        assert "javascript:" not in drawn.body
        return drawn.kind

    return made


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hostile.encrypted, "is encrypted and asks for a password"),
        (hostile.truncated, "is damaged or ends too early"),
        (hostile.many_pages, "has 10,000 pages; at most 2,000 are read"),
        (hostile.with_scripts, ("vector", "picture")),
        (hostile.recursive_form, ("vector", "picture")),
        (hostile.recursive_pages, ("vector", "picture", "Page 1 can't be read", "damaged", "breaks the program")),
        (hostile.nested, ("vector", "picture", "damaged", "can't be read", "breaks the program")),
        (hostile.large_object, ("vector", "picture", "took longer", "breaks the program")),
        (hostile.image_bomb, ("vector", "picture", "took longer", "breaks the program", "too large")),
    ],
)
def test_a_hostile_document_is_drawn_or_refused_in_words_and_harms_no_other(
    outcome: Callable[..., str], content: Callable[[], bytes], words: str | tuple[str, ...]
) -> None:
    found = outcome(content(), SOON)
    assert any(one in found for one in ([words] if isinstance(words, str) else words)), found
    assert outcome(files.pdf(hostile.TAG)) == "vector"


def test_a_picture_that_unpacks_to_gigabytes_is_refused_before_it_does(outcome: Callable[..., str]) -> None:
    assert "60,000 x 60,000 pixels; at most 250,000,000 are read" in outcome(hostile.picture_bomb())
