"""`./dev` sets up from hashed locks alone, asks no index it was not told of, and says in words what is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-dev.lock"]
ENTRY = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ;[^\\]*)?((?:\s*\\\s*--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script as a module, in a home without any configuration."""
    for variable in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def entries(lock: str) -> dict[str, str]:
    return {match[1]: match[2] for match in ENTRY.finditer((ROOT / lock).read_text())}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_hashes_and_no_address(lock: str) -> None:
    rest = ENTRY.sub("", (ROOT / lock).read_text())
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    assert "://" not in (ROOT / lock).read_text()
    assert len(entries(lock)) >= 5


def test_what_runs_is_what_was_tested() -> None:
    run, tested = entries("requirements.lock"), entries("requirements-dev.lock")
    assert {name: tested.get(name) for name in run} == run


def test_the_locks_hold_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
        "requirements-build.lock": project["dependency-groups"]["build"],
    }
    for lock, wanted in groups.items():
        names = {re.split(r"[\[<>=~ ]", line)[0].lower() for line in wanted}
        assert names - entries(lock).keys() == set(), f"./dev lock has not been run since {lock} changed"


def test_pip_is_known_by_version_and_hash(dev: ModuleType) -> None:
    version, hashes = dev.locked_pip()
    assert version == entries("requirements-build.lock")["pip"]
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in hashes)


def test_no_index_is_asked_that_nobody_configured(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "none"))
    if Path("/etc/pip.conf").exists() and "index-url" in Path("/etc/pip.conf").read_text().replace("extra-index", ""):
        pytest.skip("this machine configures an index for everyone")
    assert dev.configured_index() is None
    with pytest.raises(dev.Stopped, match="python3-venv"):
        dev.fetch_pip()


def test_the_environment_wins_over_pip_s_own_configuration(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.test/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    assert dev.configured_index() == "https://mirror.test/simple"
    assert dev.environment()["UV_DEFAULT_INDEX"] == "https://mirror.test/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.test/simple")
    assert dev.configured_index() == "https://other.test/simple"


def test_a_changed_lock_means_a_new_environment(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    before = dev.fingerprint(lock)
    assert dev.fingerprint(lock) == before
    lock.write_text("one==2\n")
    assert dev.fingerprint(lock) != before


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["nonsense"], 2, "no command 'nonsense'"),
        (["bench", "nonsense"], 1, "bench needs one of"),
        ([], 0, "./dev serve"),
    ],
)
def test_a_wrong_call_is_answered_in_words(arguments: list[str], status: int, words: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev"), *arguments], capture_output=True, text=True, env=os.environ, check=False
    )
    assert done.returncode == status
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def script(name: str) -> ModuleType:
    spec = spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look
    spec.loader.exec_module(module)
    return module


def test_the_sbom_names_every_locked_package_with_the_locked_digests(tmp_path: Path) -> None:
    sbom = script("sbom")
    sbom.main(tmp_path)
    first = (tmp_path / "sbom.json").read_bytes()
    told = json.loads(first)
    assert (told["bomFormat"], told["specVersion"], told["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "1.6",
        "nunatak",
    )
    components = {one["purl"]: one for one in told["components"]}
    assert len(components) == len(told["components"])
    for name, version in entries("requirements.lock").items():
        digests = {each["value"] for each in components[f"pkg:pypi/{name}@{version}"]["properties"]}
        assert digests
        assert all(digest in (ROOT / "requirements.lock").read_text() for digest in digests)
    assert {"elkjs", "dompurify", "inter"} <= {one["name"] for one in told["components"]}
    assert told["dependencies"][0]["dependsOn"] == sorted(components)
    sbom.main(tmp_path)
    assert (tmp_path / "sbom.json").read_bytes() == first


def test_everything_that_runs_is_under_a_licence_that_we_may_ship(tmp_path: Path) -> None:
    sbom = script("sbom")
    may = {
        *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "PSF-2.0", "CC0-1.0"),
        *("Apache-2.0", "MPL-2.0", "EPL-2.0", "OFL-1.1", "LGPL-3.0-only", "BlueOak-1.0.0", "Unlicense"),
    }
    parts = [*sbom.locked("requirements.lock"), *sbom.vendored()]
    wrong = [part for part in parts if not set(re.split(r" AND | OR |[()]", part.licence)) - {""} <= may]
    assert wrong == []


def test_the_audit_names_what_is_weak_and_passes_where_nobody_answers(tmp_path: Path) -> None:
    audit = script("audit")
    weak = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["1.1"]}]}
    unknown = {"name": "b", "version": "2", "skip_reason": "not found"}
    assert audit.told([weak, unknown, {"name": "c", "version": "3", "vulns": []}]) == (["a 1: X-1, mended in 1.1"], 2)
    assert audit.told([unknown]) == ([], 0)
    assert audit.asked(tmp_path / "no.lock") == []
