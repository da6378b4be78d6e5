"""The tasks' bodies against the contract's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from nunatak.api.icepanel.draft_bodies import DraftTask, DraftTaskRequired
from nunatak.api.icepanel.openapi import document
from nunatak.api.icepanel.operation import Operation
from scripts.fingerprint import fingerprint
from tests.contract.differences import Comparison

CONTRACT = json.loads((Path(__file__).parent.parent.parent / "contract" / "icepanel.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("answer", [True, False])
def test_every_variant_of_a_task_is_as_the_contract_has_it(answer: bool) -> None:
    operation = Operation(id="x.x", method="POST", path="/x", handler=print, body=DraftTaskRequired, answer=None)
    ours = fingerprint(document([operation], version="0"))["types"]
    comparison = Comparison(ours=ours, contract=CONTRACT["types"])
    assert comparison.type("@DraftTaskRequired", "@DraftTaskRequired", "", answer=answer) == []
    assert len(ours["DraftTaskRequired"]["fields"]["task"][0]["one of"]) == 28


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"type": "draft-tag-delete"}, "entityId"),
        ({"type": "draft-comment-reply-delete", "entityId": "r"}, "commentId"),
        ({"type": "draft-tag-update", "entityId": "t", "props": {}}, "snapshot"),
        ({"type": "draft-domain-delete", "entityId": "d"}, "draft-domain-delete"),
    ],
)
def test_a_task_without_what_its_type_needs_is_no_task(given: dict[str, Any], wrong: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=wrong):
        msgspec.convert(given, DraftTask)
