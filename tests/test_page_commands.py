"""Commands that pages tell people to type are commands of ours."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

import nunatak.web
from nunatak.cli.app import app

SCRIPTS = Path(nunatak.web.__file__).parent / "static" / "viewer"
TOLD = sorted(
    {command for script in SCRIPTS.rglob("*.js") for command in re.findall(r'"(nunatak [^"]+)"', script.read_text())}
)


def test_pages_tell_of_commands() -> None:
    assert len(TOLD) >= 2


@pytest.mark.parametrize("command", TOLD)
def test_a_command_on_a_page_is_one_of_ours(command: str) -> None:
    context, words = None, shlex.split(command)[1:]
    found = typer.main.get_command(app)
    while hasattr(found, "resolve_command"):
        context = found.make_context("nunatak", list(words), parent=context)
        _, found, words = found.resolve_command(context, [*context._protected_args, *context.args])
    found.make_context("nunatak", list(words), parent=context)
