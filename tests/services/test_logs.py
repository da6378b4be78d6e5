"""The log of a unit of work: what is an entry, what followed from what, and what no entry shows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from nunatak.api.icepanel.actions import VARIANTS
from nunatak.core.change import Change
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Invalid
from nunatak.core.import_file import LandscapeImportData, ModelObjectImport
from nunatak.core.kinds import (
    COMMENT,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DOMAIN,
    DRAFT,
    FLOW,
    LANDSCAPE,
    LOG_ENTRY,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    ORGANIZATION,
    TAG,
    TAG_GROUP,
)
from nunatak.core.log import LogEntry
from nunatak.services import (
    comments,
    duplicates,
    entities,
    exports,
    keys,
    landscape_exports,
    landscape_imports,
    landscapes,
    looks,
    merging,
    model_copies,
    organizations,
    people,
    places,
    reverts,
    share_links,
    takings,
    teams,
)
from nunatak.services import versions as version_services
from nunatak.services.contexts import MOST_TOLD
from nunatak.services.landscape_exports import Wish
from tests.drafted import draft, new, task
from tests.make import World, placed


def entries(world: World, organization_id: str = "") -> list[LogEntry]:
    with world.service.reading() as unit:
        return list(unit.every(LOG_ENTRY, organization_id or world.organization_id))


def sharing(world: World) -> None:
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": True})


def last(world: World, type_: str) -> LogEntry:
    return [one for one in entries(world) if one.action_type == type_][-1]


def test_what_is_done_within_a_note_follows_from_it(world: World) -> None:
    with world.service.writing(world.actor) as ledger:
        place = _place(world, ledger.unit)
        with ledger.noting("landscape-import", place, "i", context={"landscapeName": "L", "versionName": "V"}):
            made = ledger.create(place, DOMAIN, {"name": "D"})
        ledger.create(place, DOMAIN, {"name": "E"})
    noted, domain, root, other, _ = entries(world)[-5:]
    assert (noted.action_type, noted.parent_id, noted.importance) == ("landscape-import", None, "high")
    assert (domain.parent_id, domain.action["id"]) == (noted.id, made.id)
    assert (root.action_type, root.parent_id) == ("model-object-create", domain.id)
    assert other.parent_id is None


def _place(world: World, unit: Any) -> Any:
    return places.place(unit, world.actor, world.path.landscape_id, world.path.version_id, "write")


def test_what_was_refused_within_a_unit_that_goes_on_is_no_entry(world: World) -> None:
    before = len(entries(world))
    with world.service.writing(world.actor) as ledger:
        place = _place(world, ledger.unit)
        with pytest.raises(Invalid):
            ledger.create(place, MODEL_OBJECT, {"name": "x", "type": "app", "parentId": world.root_id})
        ledger.create(place, TAG_GROUP, {"name": "G", "icon": "star", "index": 0})
    assert [one.action_type for one in entries(world)[before:]] == ["tag-group-create"]


def test_what_follows_from_something_unlogged_follows_from_what_that_followed_from(world: World) -> None:
    with world.service.writing(world.actor) as ledger:
        place = _place(world, ledger.unit)
        with ledger.noting("draft-merge", place, "d"), ledger.noting("nothing-known", place, "n"):
            ledger.create(place, TAG_GROUP, {"name": "G", "icon": "star", "index": 0})
    merged, group = entries(world)[-2:]
    assert (merged.action_type, group.parent_id) == ("draft-merge", merged.id)


def test_a_large_unit_tells_what_its_entries_hold_and_looks_nothing_up(world: World) -> None:
    above = world.object(name="Above")
    with world.service.writing(world.actor) as ledger:
        place = _place(world, ledger.unit)
        for number in range(MOST_TOLD + 1):
            ledger.create(place, MODEL_OBJECT, {"name": f"A{number}", "type": "app", "parentId": above.id})
        ledger.update(place, MODEL_OBJECT, above.id, {"name": "Over"})
    changed = entries(world)[-1]
    assert changed.action["context"] == {"name": "Above", "type": "system"}
    assert changed.action_ids == [above.id, above.handle_id]


def test_secrets_are_in_no_entry(world: World) -> None:
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="k", permission="read")
    sharing(world)
    link = share_links.create(
        world.service, world.actor, world.path, {"protected": True, "password": "correct horse battery"}
    )
    key_id, _, secret = credentials.partition(":")
    with world.service.reading() as unit:
        told = unit.texts(LOG_ENTRY, world.organization_id, {}).joined()
    assert key_id in told
    assert link.id in told
    assert secret not in told
    assert "correct horse" not in told
    assert "igest" not in told
    assert last(world, "share-link-create").action["context"] == {
        "versionModelHandleId": None,
        "versionName": "Current",
    }


def test_a_revoked_key_is_deleted_in_the_log(world: World) -> None:
    key, _ = keys.create(world.service, world.actor, world.organization_id, name="old", permission="read")
    keys.revoke(world.service, world.actor, key.id)
    entry = entries(world)[-1]
    assert entry.action == {"type": "api-key-delete", "id": key.id, "context": {"name": "old"}}


def test_what_the_server_notes_for_itself_is_no_entry(world: World) -> None:
    before = len(entries(world))
    organizations.create(world.service, world.actor, {"name": "Second"})
    assert len(entries(world)) == before  # its key administers the new organization from now on


def test_a_deleted_organization_takes_its_log_along(world: World) -> None:
    made = organizations.create(world.service, world.actor, {"name": "Second"})
    actor = keys.operator([made.id])
    landscapes.create(world.service, actor, made.id, {"name": "L"})
    assert {one.action_type for one in entries(world, made.id)} > {"organization-create", "landscape-create"}
    organizations.delete(world.service, actor, made.id)
    assert entries(world, made.id) == []


def test_a_deleted_landscapes_log_stays_with_its_organization(world: World) -> None:
    landscapes.delete(world.service, world.actor, world.path.landscape_id)
    entry = entries(world)[-1]
    assert (entry.action_type, entry.landscape_id) == ("landscape-delete", world.path.landscape_id)
    assert entry.action["context"] == {"name": "L"}


def test_entries_tell_the_time_in_milliseconds_as_clients_ask_for_it(world: World) -> None:
    assert all(one.performed_at.microsecond % 1000 == 0 for one in entries(world))
    assert [one.performed_at for one in entries(world)] == sorted(one.performed_at for one in entries(world))


def test_a_connections_context_names_both_families(world: World) -> None:
    origin, target = world.object(name="A"), world.object(name="B")
    tag = world.tag(name="T")
    line = world.connection(origin, target, tagIds=[tag.id])
    world.update(MODEL_CONNECTION, line.id, name="calls")
    entry = entries(world)[-1]
    context = entry.action["context"]
    assert [one["name"] for one in context["originModelFamily"]][1:] == ["A"]
    assert [one["name"] for one in context["targetModelFamily"]][1:] == ["B"]
    assert context["tagNames"] == {tag.handle_id: "T"}
    assert context["name"] == "uses"
    assert {origin.id, target.id} <= set(entry.action_ids)


def test_all_that_is_done_fits_the_form_of_its_action(drawing: World) -> None:
    world, service, actor = drawing, drawing.service, drawing.actor
    system = world.object(name="S")
    app = world.object("app", system.id)
    folder = world.folder()
    diagram = world.diagram(system.id, "app-diagram", objects={"o": placed(app)}, groupId=folder.id)
    world.update(DIAGRAM, diagram.id, name="E", objects={"$update": {"o": {"x": 32}}})
    world.update(DIAGRAM_CONTENT, diagram.id, objects={"$remove": ["o"]})
    flow = entities.create(service, actor, FLOW, world.path, {"name": "F", "diagramId": diagram.id})
    world.update(FLOW, flow.id, name="G")
    looks.look(service, actor, world.path, DIAGRAM, diagram.id, noted=True)
    looks.look(service, actor, world.path, FLOW, flow.id, noted=True)
    exports.create(service, actor, world.path, diagram.id, DiagramExportImageOptions(theme="dark"))
    takings.note_table(service, actor, world.path, "model-objects-export")
    takings.note_dependencies(service, actor, world.path, app.handle_id)
    entities.create(service, actor, DRAFT, world.path, {"name": "D", "status": "in-progress"})
    sharing(world)
    link = share_links.create(service, actor, world.path, {"protected": False})
    assert link.short_id
    team = teams.create(service, actor, world.organization_id, {"name": "T"})
    teams.update(service, actor, world.organization_id, team.id, {"name": "U"})
    made = version_services.create(service, actor, world.path.landscape_id, _VERSION)
    version_services.delete(service, actor, world.path.landscape_id, made.id)
    tag = world.tag()
    world.delete(TAG, tag.id)
    for kind, id_ in ((FLOW, flow.id), (DIAGRAM, diagram.id), (MODEL_OBJECT, system.id)):
        world.delete(kind, id_)
    organizations.update(service, actor, world.organization_id, {"name": "P"})
    found = entries(world)
    assert len({one.action_type for one in found}) > 30
    for one in found:
        msgspec.convert(one.action, VARIANTS[one.action_type])
        assert one.organization_id == world.organization_id


def test_what_is_done_to_much_at_once_is_one_entry_with_children(drawing: World) -> None:
    world, service, actor = drawing, drawing.service, drawing.actor
    landscape_id, organization_id = world.path.landscape_id, world.organization_id
    one = world.object(name="One")
    comment = entities.create(service, actor, COMMENT, world.path, _COMMENT)
    comments.write(service, actor, world.path, comment.id, {"content": "Yes"})
    drafted = draft(world, new(world, "fresh"), task("update", "model-object", one.id, {"name": "Uno"}))
    looks.look(service, actor, world.path, DRAFT, drafted, noted=True)
    merging.merge(service, actor, world.path, drafted)
    kept = version_services.create(service, actor, landscape_id, _VERSION)
    reverts.create(service, actor, landscape_id, {"versionId": kept.id, "notes": "Ten letters and more"})
    copied = duplicates.create(service, actor, landscape_id, {"name": "Copy"})
    model_copies.create(service, actor, landscape_id, copied.id)
    domain = ModelObjectImport(id="d", name="D", type="domain")
    system = ModelObjectImport(id="x", name="X", type="system", parent_id="d")
    data = LandscapeImportData(model_objects=[domain, system])
    landscape_imports.at_once(service, actor, world.path, data, prune=False)
    landscape_exports.create(service, actor, world.path, Wish(type="markdown"))
    user, _ = people.add(service, actor, organization_id, {"email": "a@b.example"}, {"permission": "read"})
    people.permit(service, actor, organization_id, user.id, {"permission": "billing"})
    people.remove(service, actor, organization_id, user.id)
    invited = people.invite(service, actor, organization_id, _INVITE)
    people.revoke(service, actor, organization_id, invited.id)
    found = entries(world)
    for entry in found:
        msgspec.convert(msgspec.to_builtins(entry.action), VARIANTS[entry.action_type])
    done = {entry.action_type: entry for entry in found}
    for type_, child in (
        ("draft-merge", "model-object-create"),
        ("landscape-import", "model-object-create"),
        ("landscape-copy", "model-object-create"),
    ):
        below = [entry.action_type for entry in found if entry.parent_id == done[type_].id]
        assert child in below, type_
        assert done[type_].parent_id is None
    assert done.keys() > {
        "comment-create", "comment-reply-create", "draft-view", "draft-task-create", "landscape-duplicate",
        "landscape-export", "version-revert-create", "organization-user-add", "organization-user-update",
        "organization-user-remove", "organization-user-invite-create", "organization-user-invite-revoke",
    }  # fmt: skip


_COMMENT = {"body": {"type": "question", "content": "Really?", "status": "open"}}
_INVITE = {"email": "c@d.example", "permission": "read", "expiresAt": "2027-01-01T00:00:00Z"}
_VERSION = {"name": "V1", "notes": "Ten letters and more", "modelHandleId": None}


def test_kinds_without_a_word_in_the_contract_are_not_logged(world: World) -> None:
    before = len(entries(world))
    with world.service.writing(world.actor) as ledger:
        values = {"name": "x", "color": "grey", "provider": None, "restrictions": None, "type": None}
        change = Change(verb="create", kind="catalog-technology", id="t", values=values)
        ledger.found(change, {"organizationId": world.organization_id})
    assert len(entries(world)) == before
    assert {LANDSCAPE.name, ORGANIZATION.name} <= {one.action_type.removesuffix("-create") for one in entries(world)}
