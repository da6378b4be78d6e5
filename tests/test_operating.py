"""What operators are given beside the program: the table of settings, and the files that start it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from typer.testing import CliRunner

from nunatak.cli.app import app
from nunatak.settings import table
from nunatak.store.database import Database
from nunatak.store.migrations import head, migrate, revision
from tests import make
from tests.started import prepared

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


@pytest.fixture
def older(tmp_path: Path) -> Database:
    """A data folder whose database is two revisions old."""
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'data' / 'nunatak.db'}", clock=make.Clock())
    migrate(database, to="0002")
    return database


def test_a_dry_run_says_what_an_upgrade_would_do_and_does_nothing(older: Database, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    told = CliRunner().invoke(app, ["migrate", "--dry-run", *data]).output.splitlines()
    assert [line.partition(":")[0] for line in told[:2]] == ["would apply 0003", "would apply 0004"]
    assert told[-1] == f"{len(told) - 1} to apply"
    assert revision(older) == "0002"
    assert CliRunner().invoke(app, ["migrate", *data]).exit_code == 0
    assert revision(older) == head()
    assert "at this program's schema" in CliRunner().invoke(app, ["migrate", "--dry-run", *data]).output
    older.close()


def test_a_start_on_a_newer_schema_is_refused_and_says_what_to_do(older: Database, tmp_path: Path) -> None:
    with older.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    older.close()
    server = prepared(tmp_path)
    for command in ("serve --port 0 --data data", "migrate --data data", "migrate --dry-run --data data"):
        done = server.run(f"nunatak {command}")
        assert (done.returncode, done.stdout) == (1, "")
        assert "revision 9999, which this program doesn't know: start a newer nunatak, or restore" in done.stderr
        assert "Traceback" not in done.stderr


def test_settings_come_from_a_file_that_is_named_and_its_faults_are_told_by_line(tmp_path: Path) -> None:
    server = prepared(tmp_path)
    (tmp_path / "here.env").write_text("# ours\nNUNATAK_DATA='elsewhere'\n\nNUNATAK_JOBS=nonsense\n")
    done = server.run("NUNATAK_SETTINGS=here.env nunatak serve --port 0")
    assert "NUNATAK_JOBS: expected one of" in done.stderr
    assert (tmp_path / "elsewhere").is_dir()
    (tmp_path / "here.env").write_text("NUNATAK_PORT=1\nNUNATAK_NONSENSE=1\n")
    done = server.run("NUNATAK_SETTINGS=here.env nunatak doctor")
    assert "line 2: expected NAME=value with a variable of the table of settings" in done.stderr
