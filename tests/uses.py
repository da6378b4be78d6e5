"""What flows use, worked out anew from all that is stored, to hold the back references against."""

from __future__ import annotations

from nunatak.core.kinds import DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT
from tests.make import World


def assert_true(world: World) -> None:
    """Asserts that steps name what is there, and that objects and connections name the first step that uses them."""
    with world.service.reading() as unit:
        contents, connections, flows, objects = (
            {found.id: found for found in unit.every(kind, world.version_id)}
            for kind in (DIAGRAM_CONTENT, MODEL_CONNECTION, FLOW, MODEL_OBJECT)
        )
    uses: dict[str, dict[str, str]] = {}
    for flow in flows.values():
        content = contents[flow.diagram_id]
        for step in sorted(flow.steps.values(), key=lambda s: -s.index):
            assert {step.origin_id, step.target_id} <= {*content.objects, None}
            assert step.via_id in {*content.connections, None}
            assert step.flow_id in {*flows, None}
            used = [content.objects[id_].model_id for id_ in (step.origin_id, step.target_id) if id_]
            line = connections.get((step.via_id and content.connections[step.via_id].model_id) or "")
            for id_ in [*used, *((line.id, line.via_id) if line else ())]:
                uses.setdefault(id_, {})[flow.id] = step.id  # the last one told is the first in the flow
    for one in [*objects.values(), *connections.values()]:
        assert {id_: use.step_id for id_, use in one.flows.items()} == uses.get(one.id, {})
        assert all(use.id == id_ for id_, use in one.flows.items())
