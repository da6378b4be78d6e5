"""The tables of permissions in the docs are those of the code."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import Any

from tests.started import ROOT


def script() -> Any:
    loader = SourceFileLoader("permissions", str(ROOT / "scripts" / "permissions.py"))
    spec = spec_from_loader("permissions", loader)
    assert spec is not None
    found = module_from_spec(spec)
    loader.exec_module(found)
    return found


def test_the_document_is_what_the_script_makes_of_the_code() -> None:
    found = script()
    text = found.DOCUMENT.read_text()
    assert found.written(text) == text, "run scripts/permissions.py"
