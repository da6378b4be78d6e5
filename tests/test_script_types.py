"""The pages' scripts have types, in JSDoc, which TypeScript's checker holds where one is found."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VIEWER = ROOT / "src" / "nunatak" / "web" / "static" / "viewer"
# Where `.ci/run` puts the checker.
FETCHED = ROOT / "build" / "typescript" / "node_modules" / "typescript" / "lib" / "tsc.js"
LONGEST = 300


def checker() -> list[str] | None:
    """The command of TypeScript's checker: the machine's own, or a fetched one under any Node."""
    if found := shutil.which("tsc"):
        return [found]
    node = shutil.which("node") or _bundled()
    return [node, str(FETCHED)] if node and FETCHED.exists() else None


def _bundled() -> str | None:
    """The Node that Playwright brings."""
    spec = importlib.util.find_spec("playwright")
    if spec is None or not spec.submodule_search_locations:
        return None
    node = Path(spec.submodule_search_locations[0]) / "driver" / "node"
    return str(node) if node.exists() else None


@pytest.mark.skipif(checker() is None, reason="types of the pages' scripts need TypeScript: no tsc is found")
def test_types_hold() -> None:
    command = checker()
    assert command is not None
    project = Path(__file__).parent / "tsconfig.json"
    done = subprocess.run([*command, "-p", str(project)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "script", sorted(VIEWER.rglob("*.js")), ids=lambda script: script.relative_to(VIEWER).as_posix()
)
def test_every_script_is_checked_and_can_be_read_at_one_go(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// "), "it says in a sentence what it is"
    assert "// @ts-check" in lines[:4]
    assert len(lines) <= LONGEST
