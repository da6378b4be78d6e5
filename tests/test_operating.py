"""What operators are given beside the program: the table of settings, and the files that start it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from nunatak.cli.app import app
from nunatak.settings import table

ROOT = Path(__file__).parent.parent
KNOWN = {name for name, _, _ in table()} | {"NUNATAK_SETTINGS"}


def test_the_table_of_settings_in_the_guide_is_that_of_the_program() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    rows = [f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |" for name, default, meaning in table()]
    assert re.findall(r"^\| `NUNATAK_.*$", text, re.MULTILINE) == rows


@pytest.mark.parametrize("name", ["compose.yaml", "Containerfile", "scripts/nunatak.service", "docs/operating.md"])
def test_every_variable_that_is_named_is_a_setting(name: str) -> None:
    assert set(re.findall(r"\bNUNATAK_[A-Z_]+", (ROOT / name).read_text())) <= KNOWN


def commands() -> list[list[str]]:
    """What compose and systemd start, as words after the program's name."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    unit = re.search(r"^ExecStart=\S+/nunatak (.*)$", (ROOT / "scripts" / "nunatak.service").read_text(), re.MULTILINE)
    assert unit is not None
    started = re.search(r"^CMD (\[.*\])$", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    assert started is not None
    return [
        *(services[name]["command"] for name in ("server", "worker")),
        shlex.split(unit[1]),
        yaml.safe_load(started[1]),
    ]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_is_started_is_a_command_with_flags_that_it_has(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [words[0], "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert shown.exit_code == 0
    assert all(word in shown.output for word in words if word.startswith("--"))
