from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.summary import summary


def task(type_: str, entity_id: str, **props: Any) -> dict[str, Any]:
    return {"type": f"draft-{type_}", "entityId": entity_id, "props": props}


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        ([], "No changes"),
        ([task("model-object-create", "a")], "1 object added"),
        ([task("model-object-create", "a"), task("model-object-update", "a", name="n")], "1 object added"),
        ([task("model-object-create", "a"), task("model-object-delete", "a")], "No changes"),
        ([task("tag-update", "a", color="red"), task("tag-delete", "a")], "1 tag removed"),
        ([task("flow-update", "a", name="n"), task("flow-update", "a", name="m")], "1 flow renamed"),
        ([task("flow-update", "a", name="n"), task("flow-update", "a", index=1)], "1 flow changed"),
        ([task("diagram-update", "d", index=1), task("diagram-content-update", "d")], "1 diagram changed"),
        (
            [
                task("comment-reply-delete", "r"),
                task("comment-reply-delete", "s"),
                task("model-object-create", "a"),
                task("model-object-create", "b"),
                task("model-object-update", "c", name="n"),
            ],
            "2 objects added, 1 renamed; 2 replies removed",
        ),
    ],
)
def test_tasks_are_summed_up_by_what_becomes_of_each_thing(tasks: list[dict[str, Any]], told: str) -> None:
    assert summary(tasks) == told
