"""Tokens name one file, for a time, and can't be made by others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nunatak.blobs.tokens import SignedBlob, Tokens
from nunatak.core.errors import NotFound

SECRET = b"0123456789abcdef"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def test_a_token_says_what_was_signed() -> None:
    tokens = Tokens(SECRET, now=Clock())
    token = tokens.sign("pictures/a.svg", "image/svg+xml", "Größe \U0001f600.svg")
    assert tokens.read(token, 60) == SignedBlob(
        key="pictures/a.svg", content_type="image/svg+xml", name="Größe \U0001f600.svg"
    )


def test_a_token_is_safe_in_an_address() -> None:
    token = Tokens(SECRET, now=Clock()).sign("a/b", "text/plain", "a?b&c=d/é")
    assert all(sign.isascii() and (sign.isalnum() or sign in "-_.") for sign in token)


def test_a_token_runs_out_by_the_clock_it_was_given() -> None:
    clock = Clock()
    tokens = Tokens(SECRET, now=clock)
    token = tokens.sign("a", "b", "c")
    clock.time += timedelta(seconds=60)
    assert tokens.read(token, 60).key == "a"
    clock.time += timedelta(seconds=1)
    with pytest.raises(NotFound):
        tokens.read(token, 60)


def test_the_same_second_gives_the_same_token() -> None:
    tokens = Tokens(SECRET, now=Clock())
    assert tokens.sign("a", "b", "c") == tokens.sign("a", "b", "c")


def test_a_token_of_another_secret_is_refused() -> None:
    token = Tokens(b"another secret--", now=Clock()).sign("a", "b", "c")
    with pytest.raises(NotFound):
        Tokens(SECRET, now=Clock()).read(token, 60)


def test_no_changed_character_goes_unnoticed() -> None:
    tokens = Tokens(SECRET, now=Clock())
    token = tokens.sign("pictures/a.svg", "image/svg+xml", "a.svg")
    for index, sign in enumerate(token[:-1]):  # the last one carries spare bits
        other = "A" if sign != "A" else "B"
        with pytest.raises(NotFound):
            tokens.read(token[:index] + other + token[index + 1 :], 60)


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "é", "x" * 5000])
def test_nonsense_is_refused(token: str) -> None:
    with pytest.raises(NotFound):
        Tokens(SECRET, now=Clock()).read(token, 60)


def test_a_short_secret_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Tokens(b"short", now=Clock())


def test_a_sealed_token_says_its_words_for_its_own_purpose_and_time() -> None:
    clock = Clock()
    tokens = Tokens(SECRET, now=clock)
    token = tokens.seal("upload", ["a", "Größe/1"], seconds=30)
    assert tokens.unseal("upload", token) == ["a", "Größe/1"]
    with pytest.raises(NotFound):
        tokens.unseal("download", token)
    clock.time += timedelta(seconds=31)
    with pytest.raises(NotFound, match="run out"):
        tokens.unseal("upload", token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_seal_that_was_not_made_here_opens_nothing(token: str) -> None:
    tokens = Tokens(SECRET, now=Clock())
    with pytest.raises(NotFound):
        tokens.unseal("upload", token)
    with pytest.raises(NotFound):
        tokens.unseal("upload", tokens.sign("upload", "30", "a"))
    with pytest.raises(NotFound):
        Tokens(b"another secret of bytes", now=Clock()).unseal("upload", tokens.seal("upload", [], seconds=9))
