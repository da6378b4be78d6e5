"""CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nunatak.exchange.csv import CONNECTION_HEADER, OBJECT_HEADER, defused, write_connections, write_objects
from tests.exchange.landscapes import line, parts, thing


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_objects_have_names_beside_ids_and_roots_are_left_out() -> None:
    found = {row["id"]: row for row in rows(write_objects(parts()))}
    assert "root" not in found
    assert (found["api"]["parent"], found["api"]["path"]) == ("Booking site", "Shop / Hut booking / Booking site")
    assert (found["web"]["technologies"], found["web"]["tags"], found["web"]["teams"]) == ("Java", "Low", "Web team")
    assert (found["pay"]["external"], found["pay"]["status"], found["pay"]["domain"]) == (
        "true",
        "deprecated",
        "Partners",
    )
    assert found["system"]["description"] == "# Why\n\nBeds are *few*.\n\n- one\n- two"


def test_connections_have_both_ends_and_what_they_go_through() -> None:
    found = {row["id"]: row for row in rows(write_connections(parts()))}
    assert (found["c3"]["origin"], found["c3"]["via"], found["c3"]["targetPath"]) == (
        "Booking site", "Bookings", "Partners",
    )  # fmt: skip
    assert (found["c4"]["direction"], found["c4"]["name"]) == ("", "")


def test_lines_end_as_the_rfc_says_and_the_header_is_there_for_nobody_too() -> None:
    empty = replace(parts(), objects=[], connections=[])
    assert write_objects(empty) == ",".join(OBJECT_HEADER) + "\r\n"
    assert write_connections(empty, mark=True) == "\ufeff" + ",".join(CONNECTION_HEADER) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_is_text(start: str) -> None:
    named = replace(parts(), objects=[thing("x", f"{start}1+cmd", "system")])
    assert rows(write_objects(named))[0]["name"] == f"'{start}1+cmd"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_text_is_one_cell_that_no_spreadsheet_runs(text: str) -> None:
    named = replace(parts(), connections=[line("c", "guest", "web", text)])
    (row,) = rows(write_connections(named))
    assert row["name"] == defused(text)
    assert row["name"].removeprefix("'") == text.replace("\0", "").removeprefix("'")
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
