"""Drafts on the wire: their tasks, what reads with one see, conflicts, merging and rebasing."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.kinds import MODEL_OBJECT
from tests.drafted import task
from tests.make import placed
from tests.wire import Wire


def begun(wire: Wire, **values: Any) -> str:
    """A draft's path."""
    made = wire.made("/drafts", name="A draft", status="in-progress", **values)
    return f"/drafts/{made['id']}"


def added(wire: Wire, draft: str, *tasks: dict[str, Any]) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = wire.send("POST", f"{draft}/tasks/batch", json={"tasks": tasks})["draftTasks"]
    return answer


def refusal(wire: Wire, draft: str, given: dict[str, Any], status: int = 422) -> list[str]:
    errors: list[str] = wire.send("POST", f"{draft}/tasks", status, json={"task": given})["errors"]
    return errors


def of(draft: str) -> str:
    return f"?draftId={draft.rpartition('/')[2]}"


def new_object(wire: Wire, name: str, **values: Any) -> dict[str, Any]:
    return {"name": name, "type": "system", "parentId": wire.world.root_id, **values}


def test_a_draft_is_listed_by_name_and_status_changed_and_deleted(wire: Wire) -> None:
    live = wire.send("GET", "")["version"]["id"]
    made = wire.made("/drafts", name="Move to queues", status="in-progress", labels={"a": "b"})
    assert (made["originVersionId"], made["versionId"], made["commit"]) == (live, live, 1)
    other = wire.made("/drafts", name="Other", status="archived", handleId="h")
    assert other["handleId"] == "h"
    found = wire.send("GET", "/drafts?filter[name]=QUEUE&filter[status]=in-progress&filter[status]=merged")
    assert [one["id"] for one in found["drafts"]] == [made["id"]]
    path = f"/drafts/{made['id']}"
    assert wire.send("PATCH", path, json={"status": "archived", "handleId": "x"})["draft"]["status"] == "archived"
    assert wire.send("PATCH", path, json={"status": "in-progress"})["draft"]["commit"] == 3
    assert wire.send("PUT", path, json={"name": "New", "status": "in-progress"})["draft"]["labels"] == {}
    assert wire.send("PUT", "/drafts/mine", json={"name": "New", "status": "in-progress"})["draft"]["id"] == "mine"
    assert wire.send("DELETE", path) == {}
    wire.send("GET", path, 404)


def test_nobody_says_that_a_draft_is_merged(wire: Wire) -> None:
    answer = wire.send("PATCH", begun(wire), 422, json={"status": "merged"})
    assert answer["errors"] == ["body.status: expected in-progress or archived, got merged"]


def test_reads_with_a_draft_see_it_and_reads_without_do_not(wire: Wire) -> None:
    there = wire.system(name="There")
    draft = begun(wire)
    added(
        wire,
        draft,
        task("create", "model-object", "new-system", new_object(wire, "New")),
        task("create", "model-object", "new-app", {"name": "App", "type": "app", "parentId": "new-system"}),
        task("update", "model-object", there["id"], {"name": "Renamed"}),
    )
    seen = wire.send("GET", f"/model/objects{of(draft)}&filter[type]=system")["modelObjects"]
    assert [(one["id"], one["name"], one["status"]) for one in seen] == [
        (there["id"], "Renamed", "live"),
        ("new-system", "New", "future"),
    ]
    assert seen[1]["childIds"] == ["new-app"]
    assert wire.send("GET", f"/model/objects/new-app{of(draft)}")["modelObject"]["parentIds"][0] == "new-system"
    wire.send("GET", "/model/objects/new-app", 404)
    plain = wire.send("GET", "/model/objects?filter[type]=system")["modelObjects"]
    assert [one["name"] for one in plain] == ["There"]


def test_a_draft_looks_the_same_at_every_look(wire: Wire) -> None:
    draft = begun(wire)
    added(wire, draft, task("create", "model-object", "new", new_object(wire, "New")))
    first = wire.send("GET", f"/model/objects{of(draft)}")
    assert wire.send("GET", f"/model/objects{of(draft)}") == first


def test_a_diagram_of_a_draft_has_a_content_and_deletions_cascade(wire: Wire) -> None:
    one, two = wire.system(name="One"), wire.system(name="Two")
    model = wire.world.get
    objects = {"a": placed(model(MODEL_OBJECT, one["id"])), "b": placed(model(MODEL_OBJECT, two["id"]), 400)}
    draft = begun(wire)
    props = {"name": "D", "type": "context-diagram", "modelId": wire.world.root_id, "index": 0, "objects": objects}
    added(
        wire,
        draft,
        task("create", "diagram", "drawn", props),
        task("update", "diagram-content", "drawn", {"objects": {"$update": {"a": {"x": 40}}}}),
        task("delete", "model-object", two["id"]),
    )
    content = wire.send("GET", f"/diagrams/drawn/content{of(draft)}")["diagramContent"]
    assert {key: part["x"] for key, part in content["objects"].items()} == {"a": 40}
    assert wire.send("GET", f"/diagrams/drawn{of(draft)}")["diagram"]["objectCount"]["box"] == 1
    assert wire.send("GET", f"/model/objects/{one['id']}{of(draft)}")["modelObject"]["diagrams"]["drawn"]
    wire.send("GET", f"/model/objects/{two['id']}{of(draft)}", 404)
    wire.send("GET", f"/model/objects/{two['id']}")


def test_an_unknown_draft_is_not_found(wire: Wire) -> None:
    assert wire.send("GET", "/model/objects?draftId=nothing", 404)["message"] == "Draft not found"
    assert wire.send("GET", "/model/objects?draftId=")["modelObjects"]


def test_drafts_do_not_see_each_other(wire: Wire) -> None:
    one, two = begun(wire), begun(wire)
    added(wire, one, task("create", "model-object", "same", new_object(wire, "Of one")))
    added(wire, two, task("create", "model-object", "same", new_object(wire, "Of two")))
    assert wire.send("GET", f"/model/objects/same{of(one)}")["modelObject"]["name"] == "Of one"
    assert wire.send("GET", f"/model/objects/same{of(two)}")["modelObject"]["name"] == "Of two"


def test_tasks_are_listed_in_their_order_and_taken_away(wire: Wire) -> None:
    draft = begun(wire)
    one = wire.send("POST", f"{draft}/tasks", json={"task": task("create", "model-object", "a", new_object(wire, "A"))})
    two = added(wire, draft, task("update", "model-object", "a", {"name": "B"}))[0]
    first = one["draftTask"]
    assert (first["index"], two["index"], two["draftId"]) == (0, 1, draft.rpartition("/")[2])
    assert first["task"]["props"] | {"handleId": ""} == {
        **new_object(wire, "A"),
        "status": "future",
        "handleId": "",
    }
    assert two["task"]["snapshot"] == {"name": "A"}
    assert wire.send("GET", f"{draft}/tasks") == {"draftTasks": [first, two]}
    assert wire.send("DELETE", f"{draft}/tasks/{two['id']}") == {}
    wire.send("DELETE", f"{draft}/tasks/{two['id']}", 404)
    assert wire.send("GET", f"{draft}/tasks") == {"draftTasks": [first]}
    wire.send("DELETE", draft)
    wire.send("GET", f"{draft}/tasks", 404)


def test_a_task_keeps_the_handle_that_its_entity_will_have(wire: Wire) -> None:
    draft = begun(wire)
    made = added(wire, draft, task("create", "model-object", "a", new_object(wire, "A")))[0]
    handle = made["task"]["props"]["handleId"]
    assert wire.send("GET", f"/model/objects/{handle}{of(draft)}")["modelObject"]["id"] == "a"
    wire.send("POST", f"{draft}/merge")
    assert wire.send("GET", f"/model/objects/{handle}")["modelObject"]["id"] == "a"


def test_the_draft_says_what_its_tasks_come_to_until_somebody_says_it_better(wire: Wire) -> None:
    draft = begun(wire)
    added(wire, draft, *(task("create", "model-object", name, new_object(wire, name)) for name in ("a", "b")))
    shown = wire.send("GET", draft)["draft"]
    assert shown["changeSummary"]["summary"] == "2 objects added"
    assert shown["summaryDirtiedAt"] == shown["changeSummary"]["updatedAt"]
    own = {"summary": "Better", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}
    wire.send("PATCH", draft, json={"changeSummary": own})
    added(wire, draft, task("create", "model-object", "c", new_object(wire, "c")))
    again = wire.send("GET", draft)["draft"]
    assert again["changeSummary"] == own
    assert again["summaryDirtiedAt"] > shown["summaryDirtiedAt"]


def test_a_task_that_does_not_fit_is_refused_by_its_field(wire: Wire) -> None:
    there = wire.system(name="There")
    draft = begun(wire)
    for given, error in (
        (task("create", "model-object", "a", {"name": "A"}), "body.task.props.type: required"),
        (task("create", "model-object", "a b", new_object(wire, "A")), "body.task.entityId: expected 1 to 64"),
        (task("create", "model-object", "a", new_object(wire, "A", parentId="x")), "body.task.props.parentId: "),
        (task("create", "model-object", "a", new_object(wire, "A", tagIds=["x"])), "body.task.props.tagIds[0]: "),
        (task("update", "model-object", "x", {"name": "A"}), "body.task.entityId: expected the id of a model object"),
        (task("update", "model-object", there["id"], {"type": "actor"}), "body.task.props.type: a draft can't"),
        (task("update", "model-object", there["id"], {"parentId": "x"}), "body.task.props.parentId: a draft can't"),
        (task("delete", "model-object", wire.world.root_id), "body.task.entityId: expected no root"),
        (task("delete", "domain", "x"), "body.task.type: expected one of draft-"),
    ):
        assert refusal(wire, draft, given)[0].startswith(error)
    assert refusal(wire, draft, task("create", "model-object", there["id"], new_object(wire, "A")), 409)
    assert refusal(wire, draft, task("create", "model-object", "a", new_object(wire, "There")), 409)[0].startswith(
        "body.task.props.name: "
    )
    assert wire.send("GET", f"{draft}/tasks")["draftTasks"] == []


def test_of_tasks_sent_together_all_fit_or_none_is_taken(wire: Wire) -> None:
    draft = begun(wire)
    good = task("create", "model-object", "a", new_object(wire, "A"))
    bad = task("create", "model-object", "b", new_object(wire, "B", parentId="x"))
    answer = wire.send("POST", f"{draft}/tasks/batch", 422, json={"tasks": [good, bad]})
    assert answer["errors"][0].startswith("body.tasks[1].props.parentId: ")
    assert wire.send("GET", f"{draft}/tasks")["draftTasks"] == []


def test_a_stale_commit_of_the_draft_is_a_conflict(wire: Wire) -> None:
    draft = begun(wire)
    given = {"task": task("create", "model-object", "a", new_object(wire, "A"))}
    wire.send("POST", f"{draft}/tasks", 409, json={**given, "commit": 7})
    wire.send("POST", f"{draft}/tasks", json={**given, "commit": 1})


def test_the_three_values_of_an_overwritten_field_are_told_and_merging_waits(wire: Wire) -> None:
    there = wire.system(name="Was", description="Same")
    path = f"/model/objects/{there['id']}"
    draft = begun(wire)
    props = {"name": "Draft", "description": "Draft's"}
    made = added(wire, draft, task("update", "model-object", there["id"], props))[0]
    assert wire.send("GET", f"{draft}/conflicts") == {"draftConflicts": []}
    wire.send("PATCH", path, json={"name": "Now"})
    (found,) = wire.send("GET", f"{draft}/conflicts")["draftConflicts"]
    assert (found["type"], found["taskId"], found["entityId"]) == ("overwrite", made["id"], there["id"])
    assert (found["fieldName"], found["originalValue"], found["currentValue"], found["draftValue"]) == (
        "name",
        "Was",
        "Now",
        "Draft",
    )
    assert found["replacementTasks"]["draft"][0]["snapshot"] == {"name": "Now", "description": "Same"}
    assert found["replacementTasks"]["current"][0]["props"] == {"description": "Draft's"}
    assert wire.send("GET", f"{path}{of(draft)}")["modelObject"]["name"] == "Draft"
    answer = wire.send("POST", f"{draft}/merge", 409)
    assert answer["errors"][0].startswith(f"{made['id']}: overwrite: name")
    assert wire.send("GET", path)["modelObject"]["name"] == "Now"


@pytest.mark.parametrize("side", ["draft", "current"])
def test_a_replacement_task_settles_the_conflict(wire: Wire, side: str) -> None:
    there = wire.system(name="Was")
    draft = begun(wire)
    props = {"name": "Draft", "description": "d"}
    made = added(wire, draft, task("update", "model-object", there["id"], props))[0]
    wire.send("PATCH", f"/model/objects/{there['id']}", json={"name": "Now"})
    (found,) = wire.send("GET", f"{draft}/conflicts")["draftConflicts"]
    wire.send("DELETE", f"{draft}/tasks/{made['id']}")
    added(wire, draft, *found["replacementTasks"][side])
    wire.send("POST", f"{draft}/merge")
    after = wire.send("GET", f"/model/objects/{there['id']}")["modelObject"]
    assert (after["name"], after["description"]) == ({"draft": "Draft", "current": "Now"}[side], "d")


def test_things_that_are_gone_are_conflicts_and_left_out_of_the_picture(wire: Wire) -> None:
    gone, target, tag = wire.system(name="Gone"), wire.system(name="Target"), wire.world.tag()
    draft = begun(wire)
    line = {"name": "calls", "originId": target["id"], "targetId": gone["id"], "direction": "outgoing"}
    one, two, three = added(
        wire,
        draft,
        task("update", "model-object", gone["id"], {"name": "Draft"}),
        task("create", "model-connection", "line", line),
        task("update", "model-object", target["id"], {"tagIds": {"$add": [tag.id]}}),
    )
    wire.send("DELETE", f"/model/objects/{gone['id']}")
    wire.send("DELETE", f"/tags/{tag.id}")
    found = wire.send("GET", f"{draft}/conflicts")["draftConflicts"]
    assert [(each["type"], each["taskId"], each.get("fieldName")) for each in found] == [
        ("invalid-entity", one["id"], None),
        ("invalid-entity-reference", two["id"], "targetId"),
        ("invalid-entity-reference", three["id"], "tagIds.$add[0]"),
    ]
    assert found[1]["draftValue"] == gone["id"]
    assert wire.send("GET", f"/model/connections{of(draft)}")["modelConnections"] == []
    assert wire.send("GET", f"/model/objects/{target['id']}{of(draft)}")["modelObject"]["tagIds"] == []


def test_entries_of_a_diagram_conflict_one_by_one(wire: Wire) -> None:
    objects = [wire.world.object(name=name) for name in ("a", "b", "c")]
    shown = {o.name: placed(wire.world.get(MODEL_OBJECT, o.id), 400 * i) for i, o in enumerate(objects)}
    diagram = wire.world.diagram(objects=shown)
    content = f"/diagrams/{diagram.id}/content"
    draft = begun(wire)
    moves = {"$update": {"a": {"x": 40, "y": 40}, "b": {"y": 40}, "c": {"y": 80}}}
    added(wire, draft, task("update", "diagram-content", diagram.id, {"objects": moves}))
    changes = {"$update": {"a": {"x": 80}, "b": {"x": 800}}, "$remove": ["c"]}
    wire.send("PATCH", content, json={"objects": changes})
    found = wire.send("GET", f"{draft}/conflicts")["draftConflicts"]
    assert [(each["type"], each["fieldName"]) for each in found] == [("invalid-entity-reference", "objects.c")]
    wire.send("POST", f"{draft}/rebase")
    (kept,) = wire.send("GET", f"{draft}/tasks")["draftTasks"]
    assert kept["task"]["props"]["objects"]["$update"] == {"a": {"x": 40, "y": 40}, "b": {"y": 40}}
    assert kept["task"]["snapshot"]["objects"]["$update"] == {"a": {"x": 80, "y": 0}, "b": {"y": 0}}
    wire.send("PATCH", content, json={"objects": {"$update": {"a": {"x": 120}, "b": {"x": 840}}}})
    (over,) = wire.send("GET", f"{draft}/conflicts")["draftConflicts"]
    assert (over["fieldName"], over["originalValue"], over["currentValue"], over["draftValue"]) == (
        "objects.a.x",
        80,
        120,
        40,
    )


def test_merging_makes_a_version_and_ends_the_draft(wire: Wire) -> None:
    there = wire.system(name="There")
    draft = begun(wire)
    added(
        wire,
        draft,
        task("update", "model-object", there["id"], {"name": "Merged"}),
        task("create", "model-object", "new", new_object(wire, "New")),
    )
    merged = wire.send("POST", f"{draft}/merge")["draft"]
    assert (merged["status"], merged["mergedBy"]) == ("merged", "api-key")
    assert merged["mergedAt"]
    base = wire.base.removesuffix("latest") + merged["headVersionId"]
    assert wire.send("GET", base)["version"]["name"] == "A draft"
    assert wire.send("GET", f"{base}/model/objects/{there['handleId']}")["modelObject"]["name"] == "Merged"
    assert wire.send("GET", "/model/objects/new")["modelObject"]["status"] == "future"
    wire.send("POST", f"{draft}/merge", 409)
    wire.send("PATCH", draft, 409, json={"name": "x"})
    wire.send("POST", f"{draft}/tasks", 409, json={"task": task("delete", "model-object", "new")})
    wire.send("POST", f"{draft}/rebase", 409)
    assert wire.send("GET", f"{draft}/conflicts") == {"draftConflicts": []}
    assert len(wire.send("GET", f"/model/objects{of(draft)}")["modelObjects"]) == 3
    assert wire.send("DELETE", draft) == {}


def test_an_archived_draft_is_merged_once_it_is_taken_up_again(wire: Wire) -> None:
    draft = begun(wire)
    added(wire, draft, task("create", "model-object", "new", new_object(wire, "New")))
    wire.send("PATCH", draft, json={"status": "archived"})
    wire.send("POST", f"{draft}/merge", 409)
    assert wire.send("GET", f"/model/objects/new{of(draft)}")
    wire.send("PATCH", draft, json={"status": "in-progress"})
    wire.send("POST", f"{draft}/merge")


def test_rebasing_takes_the_drafts_side_and_drops_what_has_no_point(wire: Wire) -> None:
    kept, gone, same = (wire.system(name=name) for name in ("Kept", "Gone", "Same"))
    draft = begun(wire)
    added(
        wire,
        draft,
        task("update", "model-object", kept["id"], {"name": "Draft", "external": True}),
        task("update", "model-object", gone["id"], {"name": "Draft's gone"}),
        task("update", "model-object", same["id"], {"name": "Agreed"}),
    )
    wire.send("PATCH", f"/model/objects/{kept['id']}", json={"name": "Now", "external": True})
    wire.send("DELETE", f"/model/objects/{gone['id']}")
    wire.send("PATCH", f"/model/objects/{same['id']}", json={"name": "Agreed"})
    assert wire.send("POST", f"{draft}/rebase")["draft"]["changeSummary"]["summary"] == "1 object renamed"
    (left,) = wire.send("GET", f"{draft}/tasks")["draftTasks"]
    assert (left["task"]["props"], left["task"]["snapshot"]) == ({"name": "Draft"}, {"name": "Now"})
    wire.send("POST", f"{draft}/merge")
    assert wire.send("GET", f"/model/objects/{kept['id']}")["modelObject"]["name"] == "Draft"


def test_flows_comments_and_replies_are_drafted_too(wire: Wire) -> None:
    draft = begun(wire)
    diagram = wire.world.diagram()
    body = {"type": "question", "content": "Why?", "status": "open"}
    added(
        wire,
        draft,
        task("create", "comment", "asked", {"body": body}),
        task("create", "comment-reply", "said", {"content": "So."}, commentId="asked"),
        task("update", "comment-reply", "said", {"content": "So, then."}, commentId="asked"),
        task("create", "flow", "told", {"name": "F", "diagramId": diagram.id}),
        task("create", "tag-group", "marks", {"name": "Marks", "icon": "star", "index": 0}),
        task("create", "tag", "mark", {"name": "Mark", "color": "red", "groupId": "marks", "index": 0}),
        task("create", "diagram-group", "folder", {"name": "F", "modelId": wire.world.root_id}),
    )
    assert wire.send("GET", f"/comments/asked{of(draft)}")["comment"]["replyCount"] == 1
    assert wire.send("GET", f"/comments/asked/replies{of(draft)}")["commentReplies"][0]["content"] == "So, then."
    assert wire.send("GET", f"/comments/asked/replies/said{of(draft)}")["commentReply"]["commentId"] == "asked"
    assert wire.send("GET", f"/flows/told{of(draft)}")["flow"]["name"] == "F"
    wire.send("POST", f"{draft}/merge")
    (reply,) = wire.send("GET", "/comments/asked/replies")["commentReplies"]
    assert (reply["content"], reply["commentId"]) == ("So, then.", "asked")
    assert wire.send("GET", "/tags/mark")["tag"]["groupId"] == "marks"


def test_search_and_dependencies_see_a_draft(wire: Wire) -> None:
    there = wire.system(name="Ledger")
    draft = begun(wire)
    line = {"name": "posts", "originId": "new", "targetId": there["id"], "direction": "outgoing"}
    added(
        wire,
        draft,
        task("create", "model-object", "new", new_object(wire, "Marmalade")),
        task("create", "model-connection", "line", line),
    )

    def found(query: str) -> list[str]:
        return [one["id"] for one in wire.send("GET", f"/search?search=marmalade{query}")["results"]]

    assert found(f"&{of(draft)[1:]}") == ["new"]
    assert found("") == []
    path = f"/model/dependencies?filter[objectIds]={there['id']}"
    assert list(wire.send("GET", f"{path}&{of(draft)[1:]}")[there["id"]]["incoming"]) == ["new"]
    assert wire.send("GET", path)[there["id"]]["incoming"] == {}


def test_a_task_and_a_merge_sent_again_under_their_keys_are_done_once(wire: Wire) -> None:
    draft = begun(wire)
    given = {"task": task("create", "model-object", "new", new_object(wire, "New"))}
    first, again = (wire.send("POST", f"{draft}/tasks", json=given, headers={"Idempotency-Key": "t"}) for _ in "12")
    assert first == again
    assert len(wire.send("GET", f"{draft}/tasks")["draftTasks"]) == 1
    merged, same = (wire.send("POST", f"{draft}/merge", headers={"Idempotency-Key": "m"}) for _ in "12")
    assert merged == same
    assert len(wire.send("GET", wire.base.removesuffix("/latest"))["versions"]) == 2
