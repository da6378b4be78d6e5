"""The wire shape of parts."""

from __future__ import annotations

import msgspec

from nunatak.exchange.parts import ConnectionPart, DrawnPart, ObjectPart, Parts


def test_names_on_the_wire_are_camel_case_and_defaults_stay_off_it() -> None:
    part = ObjectPart(id="a", type="app", name="A", parent_id="s", group_ids=["g"])
    assert msgspec.to_builtins(part) == {"id": "a", "type": "app", "name": "A", "parentId": "s", "groupIds": ["g"]}


def test_a_connection_goes_out_live_and_a_line_is_curved_with_its_label_in_the_middle() -> None:
    connection = ConnectionPart(id="c", name="calls", origin_id="a", target_id="b")
    line = DrawnPart(id="l", origin_id="p", target_id="q")
    assert (connection.direction, connection.status) == ("outgoing", "live")
    assert (line.line_shape, line.label_position, line.origin_connector) == ("curved", 50, None)


def test_an_empty_file_is_an_empty_landscape() -> None:
    assert msgspec.json.decode(b"{}", type=Parts) == Parts()
