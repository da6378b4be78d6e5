"""The bar that tells how far long work is: drawn for people, silent for programs."""

from __future__ import annotations

import pytest

from nunatak.cli.progress import steps


def test_nothing_is_written_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    with steps() as progress:
        progress.expect(2)
        progress.done("[bold]a.pdf")
    assert capfd.readouterr() == ("", "")


def test_a_terminal_is_told_what_was_done_and_how_much_is_left(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with steps() as progress:
        progress.expect(2)
        progress.done("[a].pdf")
    out, told = capfd.readouterr()
    assert out == ""
    assert "[a].pdf" in told
    assert "1/2" in told
