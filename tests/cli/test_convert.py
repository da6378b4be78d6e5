"""`nunatak convert`: drawings to pages and lists of tags, without a server or a data folder."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest
from PIL import Image

from tests.drawings_pdf import pdf
from tests.started import Started, prepared

TAGS = 'name,alias,id,url,fileExternalId\n23-PT-1,,1,https://a.example/?q="<&,\n23-LV-2,LV/2002,2,,\nSheet 2,,,,b.pdf\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Started:
    made = prepared(tmp_path_factory.mktemp("convert"))
    (made.folder / "a.pdf").write_bytes(pdf("23-PT-1\nsee Sheet 2", "LV/2002\n23-XX-9001"))
    (made.folder / "b.pdf").write_bytes(pdf("nothing"))
    (made.folder / "more").mkdir()
    (made.folder / "more" / "b.pdf").write_bytes(b"%PDF-1.4 hello")
    (made.folder / "tags.csv").write_text(TAGS)
    return made


@pytest.fixture(scope="module")
def done(place: Started) -> Any:
    files = "a.pdf b.pdf more/b.pdf none.pdf"
    return place.run(f"nunatak convert {files} --tags tags.csv --column name --column alias --min-tokens 1 -o out")


def test_every_page_is_written_and_what_cannot_be_read_is_told_and_fails_the_command(place: Started, done: Any) -> None:
    assert done.returncode == 1
    names = [f"out/{page}.{suffix}" for page in ("a-1", "a-2", "b-1") for suffix in ("svg", "png")]
    assert done.stdout.split() == names
    assert done.stderr.splitlines() == [
        "nunatak: more/b.pdf: The PDF is damaged or ends too early; no page of it can be read",
        "nunatak: none.pdf: it can't be read: No such file or directory",
        "4 files, 3 pages, 3 tags found, 2 errors",
    ]
    with Image.open(place.folder / "out" / "a-2.png") as image:
        assert image.size == (4961, 3308)
    assert not (place.folder / "data").exists()


def test_tags_are_marked_and_listed_with_their_entities(place: Started, done: Any) -> None:
    rows = list(csv.DictReader((place.folder / "out" / "hits.csv").read_text().splitlines()))
    assert [(row["file"], row["page"], row["text"], row["tag"], row["svg"]) for row in rows] == [
        ("a.pdf", "1", "23-PT-1", "23-PT-1", "a-1.svg"),
        ("a.pdf", "1", "Sheet 2", "Sheet 2", "a-1.svg"),
        ("a.pdf", "2", "LV/2002", "23-LV-2", "a-2.svg"),
    ]
    assert 0.08 < float(rows[0]["left"]) < float(rows[0]["right"]) < 0.5
    report = json.loads((place.folder / "out" / "hits.json").read_text())
    first, second, broken, _ = report["items"]
    assert first["results"][0] == {"page": 1, "svg": "a-1.svg", "png": "a-1.png"}
    assert first["annotations"][2]["entities"] == [{"name": "23-LV-2", "alias": "LV/2002", "id": "2"}]
    assert [one["text"] for one in first["unmatched"]] == ["23-XX-9001"]
    assert (second["annotations"], broken["results"]) == ([], [])
    assert broken["errorMessage"].startswith("The PDF is damaged")


def test_hits_lead_to_addresses_and_to_the_other_sheets(place: Started, done: Any) -> None:
    svg = (place.folder / "out" / "a-1.svg").read_text()
    assert 'href="https://a.example/?q=&quot;&lt;&amp;"' in svg
    assert 'href="./b-1.svg"' in svg
    assert '<g class="hit" data-tag="23-PT-1"' in svg


def test_without_tags_pages_are_only_drawn_and_files_of_the_same_name_do_not_overwrite_each_other(
    place: Started,
) -> None:
    (place.folder / "again").mkdir()
    (place.folder / "again" / "b.pdf").write_bytes(pdf("other"))
    drawn = place.run("nunatak convert b.pdf again/b.pdf -o twice --color")
    pages = [f"twice/{page}.{suffix}" for page in ("b-1", "b.2-1") for suffix in ("svg", "png")]
    assert (drawn.returncode, drawn.stdout.split()) == (0, pages)


def test_a_folder_that_is_a_file_is_refused(place: Started) -> None:
    refused = place.run("nunatak convert b.pdf -o tags.csv")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[1] == "  --output: expected a folder, got tags.csv: File exists"
