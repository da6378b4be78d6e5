"""Imports rule by rule: what a file's entries become, what is found again, and what is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nunatak.catalog.bundled import catalog
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import DOMAIN, MODEL_CONNECTION, MODEL_OBJECT, TAG, TAG_GROUP
from nunatak.core.work import LandscapeImportError
from nunatak.services import places, technologies
from nunatak.services.import_changes import BadEntries, bring
from tests.make import World, placed

DOMAIN_ENTRY = {"id": "shop", "name": "Shop", "type": "domain"}


def entry(id_: str, type_: str = "system", parent: str | None = "shop", **values: Any) -> dict[str, Any]:
    return {"id": id_, "name": id_.title(), "type": type_, "parentId": parent, **values}


def line(id_: str, origin: str, target: str, **values: Any) -> dict[str, Any]:
    return {"id": id_, "name": "uses", "direction": "outgoing", "originId": origin, "targetId": target, **values}


def objects(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"modelObjects": [DOMAIN_ENTRY, *entries], **more}


def brought(world: World, file: dict[str, Any], *, prune: bool = False) -> int:
    """Imports a file; how many changes that took."""
    data = msgspec.convert(file, LandscapeImportData)
    with world.service.writing(world.actor) as ledger:
        place = places.place(ledger.unit, world.actor, world.path.landscape_id, "latest", "write")
        bring(ledger, place, data, prune=prune)
        return len(ledger.entries)


def errors(world: World, file: dict[str, Any], *, prune: bool = False) -> list[LandscapeImportError]:
    """What is wrong with a file; nothing of it may be there afterwards."""
    before = everything(world)
    with pytest.raises(BadEntries) as caught:
        brought(world, file, prune=prune)
    assert everything(world) == before
    return caught.value.errors


def said(found: list[LandscapeImportError]) -> list[tuple[Any, Any, str]]:
    return [(one.entity_id, one.code, one.message.partition(" (")[0]) for one in found]


def everything(world: World) -> list[Any]:
    with world.service.reading() as unit:
        kinds = (DOMAIN, MODEL_OBJECT, MODEL_CONNECTION, TAG_GROUP, TAG)
        return [one for kind in kinds for one in unit.every(kind, world.version_id)]


def named(world: World, kind: Any, name: str) -> Any:
    with world.service.reading() as unit:
        (found,) = [one for one in unit.every(kind, world.version_id) if one.name == name]
        return found


def test_a_file_becomes_domains_objects_connections_and_tags(world: World) -> None:
    brought(
        world,
        {
            "namespace": "git",
            "tagGroups": [{"id": "tg", "name": "Team", "icon": "users"}],
            "tags": [{"id": "t", "name": "Blue", "color": "blue", "groupId": "tg"}],
            "modelObjects": [
                DOMAIN_ENTRY,
                entry("crm", tagIds=["t"], caption="Keeps customers", external=True, labels={"team": "a"}),
                entry("web", "app", "crm", links=[{"url": "https://example.com", "customName": "Page"}]),
                entry("user", "actor", status="future"),
            ],
            "modelConnections": [line("c", "user", "web", viaId="crm", direction="bidirectional")],
        },
    )
    crm, web, user = (named(world, MODEL_OBJECT, name) for name in ("Crm", "Web", "User"))
    domain, root = named(world, DOMAIN, "Shop"), world.get(MODEL_OBJECT, crm.parent_id)
    assert (root.type, root.domain_id, root.name) == ("root", domain.id, "")
    assert root.labels == {"imported": "true", "import-namespace": "git", "import-original-id": "shop"}
    assert crm.labels == {"team": "a", **root.labels, "import-original-id": "crm"}
    assert (crm.caption, crm.external, crm.child_ids) == ("Keeps customers", True, [web.id])
    assert [(one.url, one.custom_name) for one in web.links.values()] == [("https://example.com", "Page")]
    assert (web.parent_ids, user.status) == ([crm.id, root.id], "future")
    tag = named(world, TAG, "Blue")
    assert (crm.tag_ids, tag.group_id) == ([tag.id], named(world, TAG_GROUP, "Team").id)
    uses = named(world, MODEL_CONNECTION, "uses")
    assert (uses.origin_id, uses.target_id, uses.via_id) == (user.id, web.id, crm.id)
    assert uses.direction == "bidirectional"


def test_groups_nest_and_objects_come_in_any_order_in_one_pass(world: World) -> None:
    brought(
        world,
        {
            "modelObjects": [
                entry("web", "app", "crm", groupIds=["inner", "outer"]),
                entry("inner", "group", "outer"),
                entry("outer", "group"),
                entry("crm", groupIds=["outer"]),
                DOMAIN_ENTRY,
            ]
        },
    )
    inner, outer = named(world, MODEL_OBJECT, "Inner"), named(world, MODEL_OBJECT, "Outer")
    assert inner.parent_id == outer.id
    assert named(world, MODEL_OBJECT, "Web").group_ids == [inner.id, outer.id]


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    python = catalog().by_name("Python")
    assert python is not None
    file = objects(
        entry(
            "crm", technologyIds=["python"], icon={"technologyId": "Python"}, links=[{"url": "https://a"}], caption=""
        ),
        entry("web", "app", "crm", status="live", external=False, labels={"a": "b"}),
        modelConnections=[
            line("c", "web", "crm", technologyIds=[python.id], links=[{"url": "https://a", "id": "own"}])
        ],
        tagGroups=[{"id": "g", "name": "G", "icon": "star"}],
        tags=[{"id": "t", "name": "T", "color": "red", "groupId": "g"}],
    )
    brought(world, file)
    before = everything(world)
    assert brought(world, file) == 0
    assert everything(world) == before


def test_what_is_there_is_found_by_namespace_and_id_and_changed(world: World) -> None:
    brought(world, {"namespace": "a", **objects(entry("crm"))})
    brought(world, {"namespace": "b", **objects(entry("crm"))})
    first = [one for one in everything(world) if one.name == "Crm"]
    assert brought(world, {"namespace": "a", **objects(entry("crm", name="Customers"))}) == 1
    names = {one.id: one.name for one in everything(world)}
    assert [names[one.id] for one in first] == ["Customers", "Crm"]
    assert brought(world, {"namespace": "a", "modelObjects": [{**DOMAIN_ENTRY, "name": "Store"}]}) == 1
    assert named(world, DOMAIN, "Store").id == first[0].domain_id


def test_what_a_file_leaves_out_is_kept_but_for_the_icon(world: World) -> None:
    full = entry(
        "crm", caption="c", description="d", status="future", external=True, labels={"a": "b"},
        technologyIds=["python"], icon={"technologyId": "python"}, links=[{"url": "https://a"}],
    )  # fmt: skip
    brought(world, objects(full))
    before = named(world, MODEL_OBJECT, "Crm")
    assert before.icon.name == "Python"
    brought(world, objects(entry("crm")))
    after = named(world, MODEL_OBJECT, "Crm")
    assert after.icon is None
    same = ("caption", "description", "status", "external", "labels", "technology_ids", "links", "parent_id")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    brought(world, objects(entry("crm", caption="", labels={}, technologyIds=[], links=[])))
    after = named(world, MODEL_OBJECT, "Crm")
    assert (after.caption, after.technology_ids, after.links) == ("", [], {})
    assert after.labels == {"imported": "true", "import-original-id": "crm"}


def test_objects_move_with_what_is_in_them(world: World) -> None:
    brought(world, objects(entry("a"), entry("b"), entry("web", "app", "a"), entry("page", "component", "web")))
    diagram = world.diagram(objects={"o": placed(named(world, MODEL_OBJECT, "Page"))})
    brought(world, objects(entry("b"), entry("web", "app", "b")))
    page, b = named(world, MODEL_OBJECT, "Page"), named(world, MODEL_OBJECT, "B")
    assert page.parent_ids[1] == b.id
    assert named(world, MODEL_OBJECT, "A").child_ids == []
    assert list(page.diagrams) == [diagram.id]


def test_prune_deletes_what_the_namespace_brought_and_the_file_has_no_more(world: World) -> None:
    own = world.object(name="Own")
    brought(world, {"namespace": "other", **objects(entry("kept"))})
    file = objects(
        entry("a"),
        entry("b"),
        entry("in-a", "app", "a"),
        modelConnections=[line("c1", "a", "b"), line("c2", "b", "a", name="asks")],
        tagGroups=[{"id": "g", "name": "Gone", "icon": "star"}, {"id": "h", "name": "H", "icon": "star"}],
        tags=[{"id": "t", "name": "T", "color": "red", "groupId": "g"}],
    )
    brought(world, {"namespace": "git", **file})
    kept = {"tagGroups": file["tagGroups"][1:], "tags": [{**file["tags"][0], "groupId": "h"}]}
    lines = {"modelConnections": file["modelConnections"][1:]}
    # What stays moves out of what goes.
    smaller = {"namespace": "git", **objects(entry("b"), entry("a2", name="A"), entry("in-a", "app", "b")), **kept}
    before = named(world, MODEL_OBJECT, "In-A")
    found = errors(world, {**smaller, **lines}, prune=True)
    assert said(found) == [("a2", "conflict", "'A' already exists"), ("c2", "not-found", "Target a not found")]
    smaller["modelObjects"][2]["name"] = "Another"
    brought(world, smaller, prune=True)
    names = sorted(one.name for one in everything(world) if one.labels.get("import-namespace") == "git" or one is own)
    assert names == ["", "Another", "B", "H", "In-A", "T"]
    after = named(world, MODEL_OBJECT, "In-A")
    assert (after.id, after.parent_id) == (before.id, named(world, MODEL_OBJECT, "B").id)
    assert {one.name for one in everything(world)} >= {"Own", "Kept"}
    brought(world, {"namespace": "git"}, prune=True)
    assert [one for one in everything(world) if one.labels.get("import-namespace") == "git"] == []
    assert [one.name for one in everything(world) if one.labels.get("import-namespace") == "other"] == ["", "Kept"]


def test_a_name_is_free_again_when_what_had_it_is_pruned(world: World) -> None:
    brought(world, objects(entry("old", name="Crm")))
    brought(world, objects(entry("new", name="Crm")), prune=True)
    assert named(world, MODEL_OBJECT, "Crm").labels["import-original-id"] == "new"


def test_a_name_goes_from_one_object_to_another_whatever_their_order(world: World) -> None:
    brought(world, objects(entry("a", name="One"), entry("b", name="Two"), entry("in-a", "app", "a")))
    brought(world, objects(entry("new", name="One"), entry("in-new", "app", "new"), entry("a", name="Two"),
                           entry("b", name="Three"), entry("in-a", "app", "a", name="Inner")))  # fmt: skip
    now = {one.labels["import-original-id"]: one.name for one in everything(world) if one.labels}
    assert (now["new"], now["a"], now["b"], now["in-a"]) == ("One", "Two", "Three", "Inner")
    found = errors(world, objects(entry("a", name="Three"), entry("new", name="three"), entry("b", name="Three")))
    assert said(found) == [("a", "conflict", "'Three' already exists"), ("new", "conflict", "'three' already exists")]


def test_references_lead_into_the_file_first_and_then_to_what_is_there(world: World) -> None:
    there, tag = world.object(name="There"), world.tag()
    group = world.object("group", name="Group", handleId="the-group")
    brought(
        world,
        objects(
            entry("crm", tagIds=[tag.id], groupIds=["the-group"]),
            entry(there.id, name="Shadow"),
            modelConnections=[line("1", "crm", there.id), line("2", "crm", there.handle_id, name="asks")],
        ),
    )
    crm = named(world, MODEL_OBJECT, "Crm")
    assert (crm.tag_ids, crm.group_ids) == ([tag.id], [group.id])
    assert named(world, MODEL_CONNECTION, "uses").target_id == named(world, MODEL_OBJECT, "Shadow").id
    assert named(world, MODEL_CONNECTION, "asks").target_id == there.id


def test_technologies_are_named_by_id_slug_or_name_and_an_icon_without_a_picture_is_dropped(world: World) -> None:
    own = technologies.create(
        world.service, world.actor, world.organization_id, technologies.named_only("Our Own Thing")
    )
    python, go = catalog().by_name("Python"), catalog().by_name("Go")
    assert python is not None
    assert go is not None
    brought(
        world,
        objects(
            entry("crm", technologyIds=[python.id, "PYTHON", "go", "our own thing"], icon={"technologyId": own.id}),
            entry("cms", icon={"technologyId": python.default_slug}),
        ),
    )
    assert named(world, MODEL_OBJECT, "Crm").technology_ids == [python.id, go.id, own.id]
    assert named(world, MODEL_OBJECT, "Crm").icon is None
    assert named(world, MODEL_OBJECT, "Cms").icon.catalog_technology_id == python.id


def test_every_bad_entry_is_told_with_its_id(world: World) -> None:
    world.object(name="Taken")
    found = errors(
        world,
        {
            "modelObjects": [
                DOMAIN_ENTRY,
                entry("a", parent="nowhere"),
                entry("in-a", "app", "a"),
                entry("b", parent=None),
                entry("c", "app", "shop"),
                entry("d", tagIds=["no-tag"], technologyIds=["no such thing"], teamIds=["no-team"]),
                entry("e", groupIds=["crm"]),
                entry("crm"),
                entry("crm"),
                entry("twin", name="Same"),
                entry("twin2", name="same"),
                entry("x", "group", "y"),
                entry("y", "group", "x"),
                entry("in-x", "group", "x"),
                entry("", name="No id"),
            ],
            "modelConnections": [line("1", "nobody", "e"), line("2", "shop", "twin"), line("3", "a", "twin")],
            "tags": [{"id": "t", "name": "T", "color": "red", "groupId": "no-group"}],
        },
    )
    assert sorted(said(found)) == [
        ("", "invalid", "id: expected 1 to 5,000 characters"),
        ("1", "not-found", "Origin nobody not found"),
        ("2", "invalid", "A root can't be connected"),
        ("a", "parent-not-found", "Parent nowhere not found"),
        ("b", "parent-missing", "parentId: expected the id of an entry of type domain"),
        ("c", "invalid", "Root is not allowed as a parent of app"),
        ("crm", "duplicate-id", "The id crm is given twice"),
        ("d", "not-found", "Tag no-tag not found"),
        ("d", "not-found", "Team no-team not found"),
        ("d", "not-found", "Technology no such thing not found"),
        ("t", "not-found", "Tag group no-group not found"),
        ("twin2", "conflict", "'same' already exists"),
        ("x", "cycle", "The object stands below itself, or in a group that stands in it"),
        ("y", "cycle", "The object stands below itself, or in a group that stands in it"),
    ]
    assert all(one.entity_id == one.entity_original_id for one in found)
    types = {one.entity_id: one.entity_type for one in found}
    assert (types["a"], types["1"], types["t"]) == ("model-object", "model-connection", "tag")


def test_only_groups_have_members(world: World) -> None:
    (found,) = errors(world, objects(entry("crm"), entry("e", groupIds=["crm"])))
    assert (found.entity_id, found.message.partition(" (")[0]) == ("e", "Only groups have members")


def test_a_domain_stays_one_and_has_no_parent(world: World) -> None:
    brought(world, objects(entry("crm")))
    found = errors(world, {"modelObjects": [entry("shop", "system", "crm"), entry("crm", "domain", None)]})
    assert [(one.entity_id, one.code) for one in found] == [("crm", "invalid")]
    found = errors(world, {"modelObjects": [DOMAIN_ENTRY, entry("other", "domain", "shop")]})
    assert said(found) == [("other", "invalid", "A domain has no parent")]


def test_labels_of_an_earlier_import_that_a_file_claims_are_its_own(world: World) -> None:
    brought(world, objects(entry("crm", labels={"import-original-id": "forged", "imported": "no"})))
    assert named(world, MODEL_OBJECT, "Crm").labels == {"imported": "true", "import-original-id": "crm"}


_IDS = st.sampled_from("abcdef")
_FILES = st.lists(
    st.tuples(
        _IDS, st.sampled_from(["g", "s", "a"]), st.none() | _IDS, st.sampled_from(["N", "M", "O", "P"]), st.booleans()
    ),
    max_size=8,
    unique_by=lambda one: one[0],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(_FILES, min_size=1, max_size=3))
def test_any_file_is_there_as_it_is_written_or_nothing_of_it(world: World, files: list[Any]) -> None:
    for number, rows in enumerate(files):
        file = {"namespace": f"n{number % 2}", **objects(*(_entry(*row) for row in rows))}
        before = everything(world)
        try:
            brought(world, file, prune=True)
        except BadEntries:
            assert everything(world) == before
            continue
        there = {o.labels["import-original-id"]: o for o in everything(world) if _of(o, file["namespace"])}
        assert there.keys() == {"shop", *(row[0] for row in rows)}
        for row in file["modelObjects"][1:]:
            found = there[row["id"]]
            assert (found.name, found.type) == (row["name"], row["type"])
            assert found.parent_id == there[row["parentId"]].id
        assert brought(world, file, prune=True) == 0


def _entry(id_: str, type_: str, parent: str | None, name: str, external: bool) -> dict[str, Any]:
    types = {"g": "group", "s": "system", "a": "app"}
    return entry(id_, types[type_], parent or "shop", name=f"{name}{id_ if external else ''}", external=external)


def _of(one: Any, namespace: str) -> bool:
    return bool(one.labels.get("import-namespace") == namespace)
