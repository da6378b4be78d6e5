from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from nunatak.api.icepanel.app import all_operations
from nunatak.api.icepanel.openapi import document
from scripts.fingerprint import fingerprint
from tests.contract.differences import differences

CONTRACT = Path(__file__).parent.parent.parent / "contract" / "icepanel.json"


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    return document(all_operations(), version="0")


def test_the_document_is_valid_openapi(ours: dict[str, Any]) -> None:
    validate(ours)


def test_every_operation_is_as_the_contract_has_it(ours: dict[str, Any]) -> None:
    assert differences(fingerprint(ours), json.loads(CONTRACT.read_text(encoding="utf-8"))) == []
