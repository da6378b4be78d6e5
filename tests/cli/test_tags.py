"""Tags from files that people keep: tables with headings, lists, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nunatak.cli import tags
from nunatak.core.errors import Invalid, NotFound


def read(folder: Path, name: str, data: bytes, *columns: str) -> list[Any]:
    path = folder / name
    path.write_bytes(data)
    return [(tags.told(entity), entity[tags.FIELD]) for entity in tags.read(path, columns or ("name",))]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_become_entities_without_their_empty_cells(tmp_path: Path, separator: str) -> None:
    data = "\ufeffname,id,note\r\n23-PT-1,7,\r\n,8,x\r\n".replace(",", separator).encode()
    assert read(tmp_path, "tags.csv", data) == [
        ({"name": "23-PT-1", "id": "7"}, ["23-PT-1"]),
        ({"id": "8", "note": "x"}, []),
    ]


def test_more_columns_are_further_spellings(tmp_path: Path) -> None:
    data = b'tag,alias\n"A, 1",B 2\nC 3,\n'
    assert [names for _, names in read(tmp_path, "tags.csv", data, "tag", "alias")] == [["A, 1", "B 2"], ["C 3"]]


def test_a_json_list_holds_texts_or_objects(tmp_path: Path) -> None:
    found = read(tmp_path, "tags.json", b'["A 1", {"name": ["B 2", "B-2"], "id": 3}]')
    assert found == [({"name": "A 1"}, ["A 1"]), ({"name": ["B 2", "B-2"], "id": 3}, ["B 2", "B-2"])]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.csv", b"tag,id\nA,1\n", "line 1: expected a column 'name', got tag, id; see --column"),
        ("t.csv", b"", "line 1: expected a column 'name', got nothing; see --column"),
        ("t.csv", b"name\nA\n\xff\n", "line 3: expected UTF-8"),
        ("t.csv", b"name\n" + b"x" * 1_000_001, "line 2: field larger than field limit (1000000)"),
        ("t.csv", b"name,id\n,1\n", "expected texts in name"),
        ("t.json", b'{"a": 1}', "expected a list of objects or texts: Expected `array`, got `object`"),
        ("t.json", b"[1", "expected a list of objects or texts"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(tmp_path, name, data)
    assert words in refusal.value.errors[0]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"none\.csv can't be read: No such file"):
        tags.read(tmp_path / "none.csv", ["name"])
