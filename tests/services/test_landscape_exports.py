"""Landscape exports: a record and its job together, every format carried out, every end told in the record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from nunatak.catalog.bundled import catalog
from nunatak.core.access import Actor
from nunatak.core.errors import NotFound, TooLarge
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import LANDSCAPE_EXPORT, LOG_ENTRY
from nunatak.core.work import LandscapeExport, LandscapeExportFilter, LandscapeExportOptions
from nunatak.exchange.press import FORMATS
from nunatak.services import landscape_exports, landscapes, places
from nunatak.services.import_changes import bring
from nunatak.services.landscape_exports import Wish, file_name
from nunatak.services.places import Path
from nunatak.services.service import Service
from tests.drafted import draft, new
from tests.make import World, placed

ANY_TECHNOLOGY = catalog().technologies[0].id


def filled(world: World) -> tuple[Any, Any]:
    """Two systems on a diagram."""
    shop, bank = world.object(name="Shop"), world.object(name="Bank")
    world.connection(shop, bank, name="pays")
    return shop, world.diagram(objects={"a": placed(shop), "b": placed(bank, x=400)})


def asked(world: World, type_: Any, **values: Any) -> LandscapeExport:
    return landscape_exports.create(world.service, world.actor, world.path, Wish(type=type_, **values))


def payload(world: World, record: LandscapeExport) -> dict[str, str]:
    return {"exportId": record.id, "versionId": world.version_id, "organizationId": world.organization_id}


def done(world: World, type_: Any, service: Service | None = None, **values: Any) -> LandscapeExport:
    record = asked(world, type_, **values)
    landscape_exports.carry_out(service or world.service, payload(world, record))
    return landscape_exports.get(world.service, world.actor, world.path, record.id)


def file_of(world: World, record: LandscapeExport) -> bytes:
    assert record.file_url is not None
    return world.service.blobs.get(record.file_url)


def test_an_export_is_a_record_and_a_waiting_job_of_the_same_id(drawing: World) -> None:
    record = asked(drawing, "json")
    assert drawing.service.jobs.status(record.id) == "waiting"  # type: ignore[attr-defined]
    assert (record.file_url, record.error, record.delete_at - record.created_at) == (
        None, None, drawing.service.keep_files,
    )  # fmt: skip


def test_when_the_job_cannot_be_queued_there_is_no_record_either(drawing: World) -> None:
    class Full:
        def enqueue(self, *_: object, **__: object) -> None:
            raise RuntimeError

    full, wish = replace(drawing.service, jobs=Full()), Wish(type="json")
    with pytest.raises(RuntimeError):
        landscape_exports.create(full, drawing.actor, drawing.path, wish)
    assert drawing.ids(LANDSCAPE_EXPORT) == []


@pytest.mark.parametrize(
    ("type_", "start"),
    [
        ("json", b'{"domains":{'),
        ("object-csv", b"\xef\xbb\xbfid,name"),
        ("connection-csv", b"\xef\xbb\xbfid,name"),
        ("markdown", b"# L\n"),
        ("html", b"<!DOCTYPE html>"),
        ("pdf", b"%PDF-1.7"),
        ("llms", b"# L (Current)"),
    ],
)
def test_every_format_is_written_under_a_name_of_its_own(drawing: World, type_: Any, start: bytes) -> None:
    filled(drawing)
    record = done(drawing, type_)
    assert record.error is None
    assert str(record.file_url).endswith(f"/l{FORMATS[type_].suffix}")
    assert file_of(drawing, record).startswith(start)


def test_a_job_done_twice_leaves_the_record_as_it_was(drawing: World) -> None:
    record = done(drawing, "json")
    landscape_exports.carry_out(drawing.service, payload(drawing, record))
    assert landscape_exports.get(drawing.service, drawing.actor, drawing.path, record.id) == record


def test_pictures_are_in_the_formats_that_show_them(drawing: World) -> None:
    filled(drawing)
    page = file_of(drawing, done(drawing, "html")).decode()
    assert page.count('class="picture light"') == page.count('class="picture dark"') == 1
    assert file_of(drawing, done(drawing, "pdf")) != file_of(
        drawing, done(drawing, "pdf", filter=LandscapeExportFilter(include_diagrams=False))
    )


def test_a_filter_takes_handles_and_narrows_the_export(drawing: World) -> None:
    shop, diagram = filled(drawing)
    drawing.object(name="Elsewhere")
    record = done(drawing, "json", filter=LandscapeExportFilter(diagram_id=diagram.handle_id))
    assert record.filter == LandscapeExportFilter(diagram_id=diagram.id)
    names = {one["name"] for one in json.loads(file_of(drawing, record))["modelObjects"].values()}
    assert {"Shop", "Bank"} <= names
    assert "Elsewhere" not in names
    assert shop.id in json.loads(file_of(drawing, record))["modelObjects"]


@pytest.mark.parametrize(
    ("field", "wire", "title"),
    [
        ("model_object_id", "modelObjectId", "Model object"),
        ("diagram_id", "diagramId", "Diagram"),
        ("flow_id", "flowId", "Flow"),
    ],
)
def test_what_a_filter_names_must_be_there(drawing: World, field: str, wire: str, title: str) -> None:
    with pytest.raises(NotFound, match=f"{title} not found") as refused:
        asked(drawing, "json", filter=LandscapeExportFilter(**{field: "gone"}))
    assert refused.value.errors == (f"query.filter.{wire}: expected the id of a {title.lower()}, got 'gone'",)


def test_a_draft_is_applied_and_must_be_there(drawing: World) -> None:
    filled(drawing)
    options = LandscapeExportOptions(draft_id=draft(drawing, new(drawing, "Planned")))
    assert "Planned" in file_of(drawing, done(drawing, "llms", options=options)).decode()
    assert "Planned" not in file_of(drawing, done(drawing, "llms")).decode()
    with pytest.raises(NotFound, match="Draft not found"):
        asked(drawing, "llms", options=LandscapeExportOptions(draft_id="gone"))


def test_a_failure_is_told_in_the_record_once(drawing: World) -> None:
    record = asked(drawing, "pdf")
    landscape_exports.fail(drawing.service, payload(drawing, record), "No room")
    landscape_exports.carry_out(drawing.service, payload(drawing, record))
    found = landscape_exports.get(drawing.service, drawing.actor, drawing.path, record.id)
    assert (found.error, found.file_url, found.completed_at is not msgspec.UNSET) == ("No room", None, True)


def test_a_record_that_is_gone_ends_its_job_quietly(drawing: World) -> None:
    record = asked(drawing, "json")
    landscapes.delete(drawing.service, drawing.actor, drawing.path.landscape_id)
    landscape_exports.carry_out(drawing.service, payload(drawing, record))
    landscape_exports.fail(drawing.service, payload(drawing, record), "too late")
    assert drawing.ids(LANDSCAPE_EXPORT) == []


def test_the_work_is_done_apart(drawing: World) -> None:
    filled(drawing)
    calls: list[str] = []

    def apart(function: Any, *args: object) -> Any:
        calls.append(function.__name__)
        return function(*args)

    done(drawing, "html", replace(drawing.service, apart=apart))
    assert calls == ["outlined", "outlined", "pressed"]


def test_a_refusal_of_the_work_leaves_the_record_open(drawing: World) -> None:
    def late(*_: object) -> Any:
        raise TooLarge("too late")

    with pytest.raises(TooLarge):
        done(drawing, "json", replace(drawing.service, apart=late))


def test_nobody_of_another_organization_may_ask(drawing: World) -> None:
    stranger = Actor(kind="user", id="x", permissions={"other": "admin"})
    with pytest.raises(NotFound):
        landscape_exports.create(drawing.service, stranger, drawing.path, Wish(type="json"))
    record = asked(drawing, "json")
    with pytest.raises(NotFound):
        landscape_exports.get(drawing.service, stranger, drawing.path, record.id)


def test_an_export_of_another_version_is_not_found(drawing: World) -> None:
    record = asked(drawing, "json")
    _, live = landscapes.create(drawing.service, drawing.actor, drawing.organization_id, {"name": "M"})
    path = Path(landscape_id=live.landscape_id, version_id="latest")
    with pytest.raises(NotFound):
        landscape_exports.get(drawing.service, drawing.actor, path, record.id)


def test_the_log_tells_of_it(drawing: World) -> None:
    asked(drawing, "llms")
    with drawing.service.reading() as unit:
        entries = unit.every(LOG_ENTRY, None, {})
    told = [msgspec.to_builtins(entry.action) for entry in entries]
    (found,) = [action for action in told if action["type"] == "landscape-export"]
    assert (found["props"]["type"], found["context"]["landscapeName"]) == ("llms", "L")


def test_schema_v2_is_read_back_as_the_same_model(drawing: World) -> None:
    shop, _ = filled(drawing)
    drawing.object("app", shop.id, name="Till", caption="Takes money", technologyIds=[ANY_TECHNOLOGY], status="future")
    options = LandscapeExportOptions(schema="v2")
    first = file_of(drawing, done(drawing, "json", options=options))
    read = msgspec.json.decode(first, type=LandscapeImportData)
    land, live = landscapes.create(drawing.service, drawing.actor, drawing.organization_id, {"name": "L"})
    there = replace(drawing, path=Path(landscape_id=land.id, version_id="latest"), version_id=live.id)
    brought(there, read)
    second = file_of(there, done(there, "json", options=options))
    assert model_of(second) == model_of(first)


def brought(world: World, data: LandscapeImportData) -> None:
    with world.service.writing(world.actor) as ledger:
        place = places.place(ledger.unit, world.actor, world.path.landscape_id, world.path.version_id, "write")
        bring(ledger, place, data, prune=False)


def model_of(data: bytes) -> Any:
    """An export without its ids: objects and connections by the names that they hang on."""
    found = json.loads(data)
    names = {one["id"]: one["name"] for one in found["modelObjects"]}
    objects = sorted(
        (one["name"], names.get(one.get("parentId"), ""), one["type"], one["caption"], one.get("status"))
        for one in found["modelObjects"]
    )
    connections = sorted(
        (one["name"], names[one["originId"]], names[one["targetId"]], one["direction"])
        for one in found["modelConnections"]
    )
    domains = [one for one in objects if one[2] == "domain"]
    return list(dict.fromkeys(domains)), [one for one in objects if one[2] != "domain"], connections


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hut booking", "hut-booking.pdf"),
        ("Über & Ünter", "uber-unter.pdf"),
        ("漢字", "landscape.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ('a"b\r\n', "a-b.pdf"),
        ("x" * 500, f"{'x' * 80}.pdf"),
    ],
)
def test_a_file_is_called_in_plain_letters(title: str, name: str) -> None:
    assert file_name(title, "pdf") == name


def test_the_answers_without_a_job_read_the_version_at_once(world: World) -> None:
    world.connection(world.object(name="A"), world.object(name="B"), name="=1")
    found = landscape_exports.version_export(world.service, world.actor, world.path)
    assert sorted(one.name for one in found.model_objects.values()) == ["", "A", "B"]  # a root has no name of its own
    assert "A" in landscape_exports.objects_csv(world.service, world.actor, world.path)
    assert ",'=1," in landscape_exports.connections_csv(world.service, world.actor, world.path)
