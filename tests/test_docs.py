"""What the documents promise is run: each `sh` block of README.md and docs/ against a started server.

The blocks opened with ```sh are run with one `bash -eu`, in the order of their document, in an empty folder in which
`nunatak serve` has made `data/`. `http://127.0.0.1:8400` becomes the started server, `nunatak` is this checkout's.
A block that can't run is opened with ```sh no-run: REASON.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import msgspec
import pytest

from nunatak import settings
from nunatak.api.icepanel.app import all_operations
from nunatak.core.diagram import DiagramExportImageOptions
from tests.started import ROOT, Started, prepared

DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").rglob("*.md"))
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
# Variables that are ours without being a setting of the server.
OTHER_VARIABLES = {"NUNATAK_API_KEY", "NUNATAK_SETTINGS", "NUNATAK_WRITE_LOOKS"}
# Files that a document already shows and that the first whole picture will bring.
PROMISED: set[str] = set()


@dataclass(frozen=True)
class Block:
    """A fenced block: what its fence says, its text, and the line where it opens."""

    document: Path
    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def blocks() -> list[Block]:
    return [
        Block(path, text.count("\n", 0, match.start()) + 1, match["info"].strip(), match["text"])
        for path in DOCUMENTS
        if (text := path.read_text())
        for match in FENCE.finditer(text)
    ]


def shell_blocks(*, runnable: bool) -> list[Block]:
    return [block for block in blocks() if re.match(r"sh\b", block.info) and (block.info == "sh") == runnable]


def documents_with_commands() -> list[Path]:
    return sorted({block.document for block in shell_blocks(runnable=True)})


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    server = prepared(tmp_path_factory.mktemp("docs"))
    server.start()
    yield server
    server.end()


@pytest.mark.parametrize("document", documents_with_commands(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_of_a_document_works_in_its_order(document: Path, started: Started) -> None:
    found = [block for block in shell_blocks(runnable=True) if block.document == document]
    if any("curl" in block.text for block in found) and not shutil.which("curl"):
        pytest.skip("curl is not installed here")
    # One shell, as a reader has: what a block sets is there in the next.
    done = started.run("\n".join(f"echo '{block}' >&2\n{block.text}" for block in found))
    assert done.returncode == 0, f"ended with {done.returncode}\n{done.stdout}\n{done.stderr}"


def test_a_command_that_is_not_run_says_why() -> None:
    unexplained = [str(block) for block in shell_blocks(runnable=False) if not re.match(r"sh no-run: \S", block.info)]
    assert unexplained == []


def test_no_command_hides_from_these_tests_behind_another_word() -> None:
    assert [str(block) for block in blocks() if re.match(r"(bash|shell|console|zsh)\b|$", block.info)] == []


def test_every_dev_command_that_a_document_names_exists() -> None:
    spec = spec_from_loader("dev", SourceFileLoader("dev", str(ROOT / "dev")))
    assert spec is not None
    dev = module_from_spec(spec)
    SourceFileLoader("dev", str(ROOT / "dev")).exec_module(dev)
    named = {word for path in DOCUMENTS for word in re.findall(r"\./dev ([a-z]+)", path.read_text())}
    assert {"serve", "test"} <= named
    assert named - set(dev.COMMANDS) == set()


def test_every_variable_that_a_document_names_is_a_setting() -> None:
    named = {word for path in DOCUMENTS for word in re.findall(r"\bNUNATAK_[A-Z_]+\b", path.read_text())}
    assert named - {row[0] for row in settings.table()} - OTHER_VARIABLES == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    targets = [match["target"].partition("#")[0] for match in LINK.finditer(FENCE.sub("", document.read_text()))]
    inner = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    assert [target for target in inner if target not in PROMISED and not (document.parent / target).exists()] == []


def test_every_operation_of_ours_and_every_option_of_a_picture_is_told() -> None:
    told, pictures = ((ROOT / "docs" / name).read_text() for name in ("api.md", "pictures.md"))
    last = {re.sub(r"(/\{\w+\})+$", "", one.path).rpartition("/")[2] for one in all_operations() if one.own}
    assert {word for word in last if f"/{word}" not in told} == set()
    options = {one.encode_name for one in msgspec.structs.fields(DiagramExportImageOptions)}
    assert {name for name in options if f"`{name}`" not in pictures} == set()


def test_the_table_of_settings_is_the_program_s() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |" for name, default, meaning in settings.table()
    ]
    assert [line for line in text.splitlines() if line.startswith("| `NUNATAK_")] == rows
