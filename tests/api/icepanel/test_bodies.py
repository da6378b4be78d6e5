from __future__ import annotations

import msgspec
import pytest

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import values
from nunatak.api.wire import decode_body
from nunatak.core.errors import Invalid


def fields(form: type[msgspec.Struct]) -> set[str]:
    return {each.encode_name for each in msgspec.structs.fields(form)}


def test_a_diagram_is_made_with_its_content_in_one_body() -> None:
    body = decode_body(
        b'{"index": 0, "modelId": "m", "name": "n", "type": "app-diagram", "handleId": "h", "commit": 1, "objects":'
        b' {"o": {"modelId": "m", "shape": "box", "type": "app", "x": 4, "y": 8.5}}}',
        bodies.DiagramCreate,
        limit=1000,
    )
    assert values(body) == {
        "index": 0,
        "modelId": "m",
        "name": "n",
        "type": "app-diagram",
        "objects": {"o": {"modelId": "m", "shape": "box", "type": "app", "x": 4, "y": 8.5}},
    }


def test_what_never_changes_is_in_no_update() -> None:
    assert "domainId" not in fields(bodies.ModelObjectPartial)
    assert "type" not in fields(bodies.DiagramPartial)
    assert "handleId" not in fields(bodies.DiagramUpsert)
    assert "organizationId" in fields(bodies.LandscapePartial)


@pytest.mark.parametrize("x", ["1000001", "-1000001", "1e400", '"4"', "null"])
def test_a_coordinate_out_of_bounds_is_refused_by_name(x: str) -> None:
    text = '{"objects": {"$add": {"o": {"modelId": "m", "shape": "box", "type": "app", "x": %s, "y": 0}}}}' % x  # noqa: UP031
    with pytest.raises(Invalid) as refused:
        decode_body(text.encode(), bodies.DiagramContentPartial, limit=1000)
    assert x == "1e400" or refused.value.errors[0].startswith("body.objects.$add.o.x: ")


def test_a_link_carries_a_connector_of_a_known_type() -> None:
    good = b'{"links": {"$add": {"l": {"connector": {"type": "url", "url": "https://example.org"}}}}}'
    assert values(decode_body(good, bodies.ModelObjectPartial, limit=1000))["links"]["$add"]["l"]["connector"] == {
        "type": "url",
        "url": "https://example.org",
    }
    with pytest.raises(Invalid, match=r"body\.links\.\$add\.l\.connector\.type: expected one of url, "):
        decode_body(good.replace(b'"url", ', b'"disk", '), bodies.ModelObjectPartial, limit=1000)
