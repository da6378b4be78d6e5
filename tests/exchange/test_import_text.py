"""The text of an import's file, whatever it calls itself."""

from __future__ import annotations

import json

import pytest

from nunatak.core.errors import Invalid
from nunatak.exchange.import_text import as_json

FILE = {"modelObjects": [{"id": "a", "name": "A", "type": "system"}]}
YAML = b"modelObjects:\n  - id: a\n    name: A\n    type: system\n"
JSON = json.dumps(FILE).encode()


@pytest.mark.parametrize(
    "media_type", ["application/yaml", "text/yaml; charset=utf-8", "application/x-yaml", "", "text/plain"]
)
@pytest.mark.parametrize("text", [YAML, JSON, b"\xef\xbb\xbf" + JSON])
def test_yaml_and_json_are_told_apart_by_their_type_and_beginning(text: bytes, media_type: str) -> None:
    assert json.loads(as_json(text, media_type).removeprefix(b"\xef\xbb\xbf")) == FILE


def test_json_is_never_read_as_yaml() -> None:
    assert as_json(YAML, "application/json") == YAML


def test_json_that_is_broken_is_left_for_whoever_decodes_it() -> None:
    assert as_json(b'{"type": "database"', "application/json") == b'{"type": "database"'
    with pytest.raises(Invalid, match="line 2, column 1: did not find"):
        as_json(b'{"type": "database"', "application/yaml")


@pytest.mark.parametrize("media_type", ["application/yaml", "application/json"])
def test_an_older_word_for_a_type_is_taken(media_type: str) -> None:
    text = b'{"modelObjects": [{"type": "database", "name": "database"}, 3], "tags": [{"type": "database"}]}'
    assert json.loads(as_json(text, media_type)) == {
        "modelObjects": [{"type": "store", "name": "database"}, 3],
        "tags": [{"type": "database"}],
    }


@pytest.mark.parametrize("text", [b"", b"  \n", b"# nothing\n"])
def test_an_empty_file_is_an_empty_object(text: bytes) -> None:
    assert as_json(text, "application/yaml") in (b"{}", text)
