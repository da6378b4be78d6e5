"""Files: what their first bytes say, and the words that they are found by."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nunatak.core.file import File, FileReference, InstanceId, Label, instance_word, sniffed

_AT = datetime(2026, 1, 1, tzinfo=UTC)


def file(**values: Any) -> File:
    by: dict[str, Any] = {"created_by": "api-key", "created_by_id": "k", "updated_by": "api-key", "updated_by_id": "k"}
    given = {"id": "1", "name": "F", "organization_id": "o", "created_at": _AT, "updated_at": _AT, **by, **values}
    return File(**given)


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"junk before it\n%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\0\x08", "image/tiff"),
        (b"MM\0*\x08", "image/tiff"),
        (b"II+\0\x08", "image/tiff"),
        (b"<svg xmlns=", None),
        (b"\x89PN", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_a_drawing_is(head: bytes, media_type: str | None) -> None:
    assert sniffed(head) == media_type


def test_a_pdf_that_begins_after_the_first_kilobyte_is_none() -> None:
    assert sniffed(b" " * 1024 + b"%PDF-1.4") is None


def test_a_file_is_found_by_its_instance_labels_assets_and_data_set() -> None:
    instance = InstanceId(space="s", external_id="x")
    found = file(instance_id=instance, labels=[Label(external_id="a")], asset_ids=[4, 5], data_set_id=6)
    assert list(found.instances) == [instance_word(instance)]
    assert (found.label_names, found.asset_words, list(found.data_set_words)) == (["a"], ["4", "5"], ["6"])
    bare = file()
    assert [list(bare.instances), bare.label_names, bare.asset_words, list(bare.data_set_words)] == [[], [], [], []]


def test_a_reference_is_told_as_it_was_given() -> None:
    assert FileReference(id=3).told() == {"id": 3}
    assert FileReference(external_id="x").told() == {"externalId": "x"}
    told = FileReference(instance_id=InstanceId(space="s", external_id="x")).told()
    assert told == {"instanceId": {"space": "s", "externalId": "x"}}
    assert FileReference().told() == {}
