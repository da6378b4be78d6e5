"""Text for language models."""

from __future__ import annotations

import json

from nunatak.exchange import llms, version_json
from tests.exchange.landscapes import parts

TEXT = llms.write(parts())


def test_hierarchy_is_indentation_and_ids_are_short() -> None:
    lines = TEXT.splitlines()
    at = lines.index("## r1 Domain: Shop")
    assert lines[at + 1 : at + 7] == [
        "u2 Guest: Books a bed.",
        "g3 Cluster",
        "s4 Hut booking %g3",
        "  a5 Booking site [Java] #Low @Web team: Shows free beds and takes bookings.",
        "    c6 Beds",
        "  d7 Bookings (future) [Postgres]",
    ]


def test_connections_are_one_line_each() -> None:
    lines = TEXT.splitlines()
    at = lines.index("## Connections")
    assert lines[at + 1 : at + 5] == [
        "u2 -> a5: Books a bed with [Java]",
        "a5 <-> d7: Reads and writes",
        "a5 -> s9 via d7: (future) Charges cards at #Low",
        "d7 -- c6",
    ]


def test_descriptions_and_links_stand_at_the_end_under_the_same_ids() -> None:
    details = TEXT.partition("## Details\n")[2].splitlines()
    assert details[0] == "r1: Where people book."
    assert details[1].startswith("s4: # Why Beds are *few*.")
    assert details[1].endswith("https://example.com/hut?a=1")
    assert details[2] == "a5 -> d7 Reads and writes: One pool of ten."


def test_it_is_much_shorter_than_json() -> None:
    whole = len(version_json.write(parts()))
    assert len(TEXT.encode()) < whole / 2.5
    assert len(json.dumps(TEXT)) < whole / 2
