"""The house rules that a machine can check; each exception is listed with its reason, and goes when the reason goes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "nunatak"
LONGEST_FILE = 300
LONGEST_FUNCTION = 50

# A module without a test file of its own, and what tests it instead.
TESTED_ELSEWHERE: dict[str, str] = {
    "api/traced.py": "a span around each request: tests/services/test_traces.py reads them",
    "services/access_tokens.py": "what `/oauth/token` gives: tests/web/test_oauth.py",
    "services/signing_in.py": "the whole walk: tests/web/test_sign_in.py",
    "services/fetching.py": "requests to an issuer: tests/services/test_issuers.py",
    "services/refusals.py": "how often refusals are told: tests/services/test_audit.py",
    "services/credentials.py": "what headers hold, on the wire: tests/test_matrix.py",
    "core/session.py": "a record; tests/services/test_sessions.py writes and reads it",
    "wiring/sign_in.py": "the issuer of the settings: tests/web/test_sign_in.py",
    "blobs/objects.py": "one test for every store: tests/blobs/test_blobs.py",
    "core/expanded.py": "records only; tests/api/icepanel/test_app.py reads them with `expand`",
    "documents/page.py": "records only; every test of documents makes them",
    "documents/errors.py": "plain words; tests/documents/test_pages.py raises them",
    "documents/pdfium.py": "pages through the library: tests/documents/test_pages.py and test_texts.py",
    "documents/work.py": "the calls by name: tests/documents/test_vectors.py, test_rasters.py and test_reading.py",
    "documents/annotated.py": "texts in annotations: tests/documents/test_sources.py",
    "documents/found.py": "what matching compares: tests/documents/test_match.py",
    "documents/doubts.py": "what matching leaves in doubt: tests/documents/test_match.py",
    "documents/definitions.py": "the end of a document, read first: tests/documents/test_shrink.py",
    "documents/reader.py": "the networks behind it: tests/documents/test_reading.py",
    "drawing/errors.py": "a name; tests/services/test_exports.py tells its words",
    "api/cognite/contents.py": "uploads and downloads, streamed: tests/api/cognite/test_links.py and test_files.py",
    "api/cognite/errors.py": "that API's refusals on the wire: tests/api/cognite/test_app.py",
    "api/cognite/forms.py": "bodies on the wire: tests/api/cognite/test_files.py and test_diagrams.py",
    "api/cognite/instances.py": "file nodes, with the unmodified client: tests/clients/test_cognite.py",
    "api/cognite/operation.py": "records; every request of tests/api/cognite goes through them",
    "api/cognite/tokens.py": "on the wire: tests/api/cognite/test_app.py",
    "render/crop.py": "crops of whole pictures: tests/render/test_draw.py and tests/golden/crop",
    "services/contents.py": "uploads on the wire: tests/api/cognite/test_links.py",
    "services/drawing_files.py": "on the wire: tests/api/cognite/test_files.py",
    "services/drawing_jobs.py": "on the wire: tests/api/cognite/test_diagrams.py",
    "services/drawing_objects.py": "how entities name objects: tests/services/test_drawing_links.py",
    "services/drawing_overlays.py": "converts on the wire: tests/api/cognite/test_diagrams.py",
    "services/drawing_reading.py": "work that begins at upload: tests/api/cognite/test_diagrams.py",
    "services/drawing_results.py": "replies on the wire: tests/api/cognite/test_diagrams.py",
    "services/file_annotations.py": "on the wire: tests/api/cognite/test_file_annotations.py",
    "services/file_lists.py": "lists and searches on the wire: tests/api/cognite/test_files.py",
    "services/file_nodes.py": "file nodes, with the unmodified client: tests/clients/test_cognite.py",
    "services/work.py": "how exports end: tests/services/test_exports.py and test_landscape_exports.py",
    "core/adr.py": "records only; tests/services/test_comment_rules.py writes and reads them",
    "core/comment.py": "records only; tests/services/test_comment_rules.py writes and reads them",
    "core/log.py": "a record; tests/api/icepanel/test_logs.py reads it",
    "core/people.py": "records only; tests/api/icepanel/test_people.py writes and reads them",
    "core/share.py": "records only; tests/api/icepanel/test_share_links.py writes and reads them",
    "core/webhook.py": "records only; tests/api/icepanel/test_webhooks.py writes and reads them",
    "core/kinds/diagrams.py": "a part of the table that tests/core/test_kinds.py checks",
    "core/kinds/drawings.py": "a part of the table that tests/core/test_kinds.py checks",
    "core/kinds/kind.py": "the table's classes: tests/core/test_kinds.py",
    "core/kinds/model.py": "a part of the table that tests/core/test_kinds.py checks",
    "core/kinds/tenancy.py": "a part of the table that tests/core/test_kinds.py checks",
    "core/kinds/work.py": "a part of the table that tests/core/test_kinds.py checks",
    "core/answer.py": "a record; tests/services/test_answers.py keeps and finds it",
    "services/actions.py": "what entries tell of changes: tests/services/test_logs.py",
    "services/contexts.py": "what entries name besides: tests/services/test_logs.py",
    "services/logbook.py": "the log as it is read: tests/api/icepanel/test_logs.py",
    "store/logs.py": "the log's queries: tests/api/icepanel/test_logs.py",
    "services/takings.py": "notes; tests/services/test_logs.py",
    "services/webhooks.py": "tests/api/icepanel/test_webhooks.py and tests/services/test_deliveries.py",
    "api/icepanel/actions.py": "the forms of entries: tests/services/test_logs.py converts to each",
    "services/blob_names.py": "tests/services/test_housekeeping.py",
    "store/dump.py": "backups of both engines: tests/cli/test_backup.py",
    "cli/paper.py": "files and pages of one command: tests/cli/test_convert.py",
    "cli/archive.py": "whole and half backups: tests/cli/test_backup.py",
    "jobs/notes.py": "tests/cli/test_backup.py restores what waits, tests/services/test_housekeeping.py forgets",
    "store/ages.py": "one statement; tests/services/test_deliveries.py",
    "core/errors.py": "plain words; tests/api asserts their wire form",
    "core/fields.py": "types only; tests/api/icepanel asserts their limits",
    "core/comparison.py": "records only; tests/services/test_comparisons.py reads them",
    "core/catalog.py": "records only; tests/store writes and reads them",
    "core/diagram.py": "records only; tests/services/test_diagram_rules.py",
    "core/drawing_job.py": "records only; tests/api/cognite/test_diagrams.py writes and reads them",
    "core/domain.py": "records only; tests/store writes and reads them",
    "core/draft.py": "records only; tests/services/test_draft_tasks.py and test_merging.py",
    "core/landscape.py": "records only; tests/store writes and reads them",
    "core/model.py": "records only; tests/services/test_model_rules.py",
    "core/organization.py": "records only; tests/store writes and reads them",
    "core/tag.py": "records only; tests/store writes and reads them",
    "core/work.py": "records only; the export walk makes them",
    "__main__.py": "two lines; bench/server.py starts the server with it",
    "jobs/database.py": "the engine's connection and claim: tests/jobs/test_engine.py",
    "jobs/hands.py": "the jobs in hand: tests/jobs/test_engine.py",
    "jobs/worker.py": "the child's side of tests/jobs/test_pool.py",
    "render/arrange.py": "the engine and the layout together: tests/api/icepanel/test_layouts.py",
    "render/layout/fresh.py": "places among what stays: tests/render/layout/test_layout.py",
    "render/layout/graph.py": "what the engine is asked: tests/render/layout/test_layout.py",
    "render/layout/levels.py": "level by level: tests/render/layout/test_layout.py",
    "render/layout/write.py": "what a layout leaves: tests/render/layout/test_layout.py",
    "services/layouts.py": "over the wire: tests/api/icepanel/test_layouts.py",
    "services/generations.py": "over the wire: tests/api/icepanel/test_layouts.py",
    "services/levels.py": "what a level shows, over the wire: tests/api/icepanel/test_layouts.py",
    "jobs/memory.py": "knobs of C and Python; bench/listing.py, export.py and render.py show what they give",
    "drawing/scene.py": "records only; every drawing and render test makes them",
    "render/options.py": "a record; tests/render/test_draw.py",
    "render/picture.py": "records only; every render test makes them",
    "exchange/structurizr_file.py": "records only; tests/exchange/test_structurizr.py reads a whole file into them",
    "api/wire/incoming.py": "bytes and credentials of requests: tests/api/icepanel/test_reading.py",
    "api/icepanel/addresses.py": "icons in whole answers: tests/api/icepanel/test_technologies.py",
    "api/icepanel/connections.py": "operations on the wire: tests/api/icepanel/test_app.py",
    "api/icepanel/landscapes.py": "operations on the wire: tests/api/icepanel/test_app.py",
    "api/icepanel/resource.py": "the seven verbs on the wire: tests/api/icepanel/test_app.py",
    "api/icepanel/table.py": "a table; tests/contract compares its document with the contract",
    "catalog/bundled.py": "a look into the package: tests/catalog/test_catalog.py",
    "catalog/file.py": "the file that ships: tests/catalog/test_catalog.py",
    "cli/fleet.py": "several processes at one address: tests/test_recovery.py",
    "cli/bring.py": "`import file`, into a folder and through a server: tests/cli/test_commands.py",
    "core/import_file.py": "records only; tests/services/test_import_changes.py reads files into them",
    "services/import_entries.py": "what entries name and mean: tests/services/test_import_changes.py",
    "store/writing.py": "what a unit stores: tests/store/test_shelf.py compares it with what the unit said",
    "cli/keys.py": "every command as a process: tests/cli/test_commands.py",
    "cli/app.py": "every command as a process: tests/cli/test_commands.py",
    "cli/client.py": "`export --server`: tests/cli/test_commands.py",
    "cli/doctor.py": "as a process: tests/cli/test_commands.py",
    "cli/logs.py": "the server's own lines: tests/cli/test_serve.py",
    "cli/operate.py": "keys and imports as processes: tests/cli/test_commands.py",
    "cli/render.py": "as a process: tests/cli/test_commands.py",
    "cli/welcome.py": "the first start's words and files: tests/cli/test_serve.py",
    "services/catalog.py": "lists, search and suggestions on the wire: tests/api/icepanel/test_technologies.py",
    "services/icons.py": "as files over HTTP: tests/api/test_icons.py",
    "services/technologies.py": "own technologies on the wire: tests/api/icepanel/test_technologies.py",
    "services/technology_rules.py": "what refers to technologies, on the wire: tests/api/icepanel/test_technologies.py",
    "services/changes.py": "the write path of every test in tests/services and tests/api/icepanel/test_app.py",
    "services/comments.py": "replies on the wire: tests/api/icepanel/test_comments.py",
    "services/dependencies.py": "both answers on the wire: tests/api/icepanel/test_search.py",
    "services/people.py": "users and invitations on the wire: tests/api/icepanel/test_people.py",
    "services/share_links.py": "on the wire: tests/api/icepanel/test_share_links.py",
    "services/team_rules.py": "owners on the wire: tests/api/icepanel/test_people.py",
    "services/teams.py": "on the wire: tests/api/icepanel/test_people.py",
    "services/vocabularies.py": "what corrects mistypings: tests/services/test_search.py",
    "store/search.py": "finds and their ranks: tests/services/test_search.py",
    "services/connections.py": "redrawing on the wire: tests/api/icepanel/test_app.py",
    "services/diagrams.py": "contents and views on the wire: tests/api/icepanel/test_app.py",
    "services/entities.py": "the verbs, commits and upserts on the wire: tests/api/icepanel/test_app.py",
    "services/expansion.py": "`expand` on the wire: tests/api/icepanel/test_app.py",
    "services/rules.py": "a table of test_model_rules.py, test_diagram_rules.py and test_type_rules.py beside it",
    "services/service.py": "records and ports; tests/store/test_database.py asserts the transactions",
    "services/setup.py": "tests/services/test_imports.py, and a first start in tests/cli/test_serve.py",
    "web/answers.py": "small bodies and refusals over HTTP: tests/web/test_sessions.py and test_shares.py",
    "wiring/works.py": "the table of jobs, done by the servers of tests/cli/test_serve.py",
    "store/tables.py": "made from core/kinds.py; every store test runs on them",
}
# Modules that came before their tests. The list only gets shorter: a new module comes with its test.
NOT_YET_TESTED: set[str] = {
    "exchange/structurizr_views.py",
}
# A file or function over the limit, and why it is better whole.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "store/migrations/versions/0001_first_tables.py:upgrade": "a migration is a list, written once and never edited",
}
# A module that may read the process's environment.
ENVIRONMENT_READERS: dict[str, str] = {"cli/": "the command line hands it to Settings.from_env"}

# Names that say nothing about what a module holds.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py")


def inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def mirror(path: Path) -> Path:
    return ROOT / "tests" / path.relative_to(SOURCE).with_name(f"test_{path.name}")


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


each_module = pytest.mark.parametrize("path", modules(), ids=inside)


@each_module
def test_a_module_has_a_test_file_at_the_same_place(path: Path) -> None:
    if is_migration(path):
        pytest.skip("migrations are tested together")
    excused = TESTED_ELSEWHERE.keys() | NOT_YET_TESTED
    assert mirror(path).exists() or inside(path) in excused, f"{mirror(path).relative_to(ROOT)} is missing"


@each_module
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    opening = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n\n")[0]
    assert opening.endswith((".", ":", "?")), "a docstring whose first paragraph is a sentence"


@each_module
def test_a_file_and_its_functions_fit_the_limits(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST_FILE or inside(path) in LONG_FILES, f"{lines} lines"
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        name = f"{inside(path)}:{function.name}"
        assert length <= LONGEST_FUNCTION or name in LONG_FUNCTIONS, f"{name} has {length} lines"


@each_module
def test_only_the_edge_reads_the_environment(path: Path) -> None:
    if any(inside(path).startswith(reader) for reader in ENVIRONMENT_READERS):
        return
    reads = [node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
    assert not {"environ", "getenv"} & set(reads)


@each_module
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert not EMPTY_NAMES & set(path.relative_to(SOURCE).with_suffix("").parts)


def test_no_exception_outlives_its_reason() -> None:
    known = {inside(path): path for path in modules()}
    assert [name for name in TESTED_ELSEWHERE if name not in known or mirror(known[name]).exists()] == []
    assert [name for name in LONG_FILES if name not in known] == []
    names = {f"{inside(path)}:{function.name}" for path in modules() for function in functions(path)}
    assert set(LONG_FUNCTIONS) - names == set()


def test_a_test_file_mirrors_a_module() -> None:
    """Beside the mirror stand whole-product tests: at the root, in api/<face>, golden and clients."""
    mirrored = {mirror(path) for path in modules()} | {
        folder / f"test_{path.parent.name}.py"
        for path in SOURCE.rglob("__init__.py")
        if path.parent != SOURCE
        for folder in (mirror(path).parent, mirror(path).parent.parent)  # a port's conformance test, a package's own
    }
    free = re.compile(
        r"tests/(test_\w+|golden/.*|clients/.*|contract/.*|cli/test_commands|"
        r"api/.*/test_(contract|errors|schemathesis|tenancy|\w+_walk))\.py"
    )
    found = [path for path in (ROOT / "tests").rglob("test_*.py") if path not in mirrored]
    assert [path.as_posix() for path in found if not free.fullmatch(path.relative_to(ROOT).as_posix())] == []


def committed_texts() -> Iterator[Path]:
    """Our own text files; vendored libraries and data are somebody else's words."""
    folders = ("src", "tests", "docs", "bench", ".ci")
    places = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    for path in [*ROOT.glob("*"), *places]:
        named = path.suffix in {".py", ".md", ".toml", ".lock", ".html", ".js", ".css", ".sql", ".mako", ""}
        if named and path.is_file() and "vendor" not in path.parts:
            yield path


def test_nothing_names_a_path_of_one_machine_or_the_host_of_a_registry() -> None:
    # Put together here, so that this file does not name them either.
    roots = ["/".join(("", *parts, "")) for parts in (("work",), ("tmp", "lab"), ("root",), ("home", "runner"))]
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
    words = re.compile(
        "|".join(rf"(?<![\w.]){re.escape(root)}" for root in roots) + "|" + "|".join(map(re.escape, hosts))
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed_texts()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if words.search(line)
    ]
    assert found == []
