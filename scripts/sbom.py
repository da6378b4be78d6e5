"""Writes what nunatak is made of: an SBOM (CycloneDX 1.6, JSON) and a list of licences, from the lock and what is
vendored. The same lock gives the same bytes.

    python scripts/sbom.py FOLDER
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ENTRY = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ;[^\\]*)?((?:\s*\\\s*--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)
# What packages say in words, and those that aren't installed on this platform, as SPDX has it.
_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "Apache License 2.0": "Apache-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
_ELSEWHERE = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
UNKNOWN = "NOASSERTION"
# Vendored, beside what web/static/vendor/manifest.json lists.
_VENDORED = (
    ("elkjs", "0.12.1", "EPL-2.0"),
    ("inter", "4", "OFL-1.1"),
    ("noto-sans", "2", "OFL-1.1"),
    ("jetbrains-mono", "2", "OFL-1.1"),
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something of somebody else's: its licence in SPDX words, and the SHA-256 digests of its files in the lock."""

    name: str
    version: str
    licence: str
    digests: tuple[str, ...] = ()
    purl: str = ""


def locked(lock: str) -> Iterator[Part]:
    """The packages of a lock."""
    for name, version, hashes in _ENTRY.findall((ROOT / lock).read_text()):
        digests = tuple(re.findall(r"[0-9a-f]{64}", hashes))
        yield Part(
            name=name, version=version, licence=licence(name), digests=digests, purl=f"pkg:pypi/{name}@{version}"
        )


def vendored() -> Iterator[Part]:
    """What lies in this repository."""
    manifest = json.loads((ROOT / "src/nunatak/web/static/vendor/manifest.json").read_text())
    told = [(one["name"], one["version"], one["licence"]) for one in manifest["libraries"]]
    for name, version, words in (*told, *_VENDORED):
        yield Part(name=name, version=version, licence=words, purl=f"pkg:generic/{name}@{version}")


def licence(name: str) -> str:
    """A package's licence as it says itself, as an SPDX expression; NOASSERTION where it says nothing."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return _ELSEWHERE.get(name, UNKNOWN)
    return next(filter(None, _said(found)), UNKNOWN)


def _said(found: Distribution) -> Iterator[str]:
    told = found.metadata
    yield told.get("License-Expression", "")
    words = (told.get("License") or "").strip().splitlines()
    yield _SPDX.get(words[0], words[0]) if words and len(words[0]) < 60 else ""
    classifiers = [one.rpartition(":: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License")]
    yield " OR ".join(_SPDX.get(one, one) for one in classifiers)


def document(parts: list[Part]) -> dict[str, Any]:
    """The SBOM of these parts."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "src/nunatak/__init__.py").read_text())
    components = [_component(part) for part in parts]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(components))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "nunatak",
                "name": project["name"],
                "version": version[1] if version else "0",
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "nunatak", "dependsOn": sorted({one["bom-ref"] for one in components})}],
    }


def _component(part: Part) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [] if part.licence == UNKNOWN else [{"expression": part.licence}],
        # One digest a file: a lock names the files of every platform.
        "properties": [{"name": "nunatak:sha256", "value": digest} for digest in part.digests],
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    parts = [*locked("requirements.lock"), *vendored()]
    (folder / "sbom.json").write_text(json.dumps(document(parts), indent=1) + "\n")
    lines = [f"{part.name} {part.version}: {part.licence}" for part in parts]
    (folder / "licences.txt").write_text("\n".join(lines) + "\n")
    print(f"{len(parts)} parts in {folder / 'sbom.json'} and {folder / 'licences.txt'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
