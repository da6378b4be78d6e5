"""Which steps use a model object or connection: told with each, and true after every write."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from nunatak.core.errors import Refusal
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT
from nunatak.services import entities
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make, uses
from tests.make import World, placed, step


def used(world: World, kind: Any, id_: str) -> dict[str, str]:
    flows = world.get(kind, id_).flows
    assert all(use.id == id_ for id_, use in flows.items())
    return {id_: use.step_id for id_, use in flows.items()}


def test_objects_connections_and_what_these_go_through_name_the_first_step_that_uses_them(world: World) -> None:
    one, two, queue = world.object(), world.object(), world.object()
    line = world.connection(one, two, viaId=queue.id)
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 384)}, connections=drawn)
    steps = {
        "late": step(7, originId="a", targetId="b", viaId="l"),
        "early": step(-2, originId="b"),
        "middle": step(3.5, viaId="l"),
    }
    flow = world.flow(diagram, steps=steps)
    assert used(world, MODEL_OBJECT, one.id) == {flow.id: "late"}
    assert used(world, MODEL_OBJECT, two.id) == {flow.id: "early"}
    assert used(world, MODEL_CONNECTION, line.id) == used(world, MODEL_OBJECT, queue.id) == {flow.id: "middle"}
    world.update(MODEL_CONNECTION, line.id, viaId=None)
    assert used(world, MODEL_OBJECT, queue.id) == {}
    world.update(FLOW, flow.id, steps={"$remove": ["early", "middle"]})
    assert used(world, MODEL_OBJECT, two.id) == used(world, MODEL_CONNECTION, line.id) == {flow.id: "late"}


def test_a_place_that_shows_another_object_takes_the_uses_along(world: World) -> None:
    one, two = world.object(), world.object()
    diagram = world.diagram(objects={"a": placed(one)})
    flow = world.flow(diagram, steps={"s": step(0, "self-action", originId="a")})
    commit = world.get(MODEL_OBJECT, one.id).commit
    world.update(DIAGRAM_CONTENT, diagram.id, objects={"$update": {"a": {"modelId": two.id}}})
    assert (used(world, MODEL_OBJECT, one.id), used(world, MODEL_OBJECT, two.id)) == ({}, {flow.id: "s"})
    world.delete(FLOW, flow.id)
    assert used(world, MODEL_OBJECT, two.id) == {}
    assert world.get(MODEL_OBJECT, one.id).commit == commit  # what the server keeps true is no change


_WHICH = st.integers(0, 2)
_DIAGRAMS = st.sampled_from(["context", "other"])
_FLOWS = st.sampled_from(["story", "prequel"])


class FlowChanges(RuleBasedStateMachine):
    """Three objects, lines between them that may go through one, two diagrams of all that, and two flows over these:
    whatever changes, every use is true."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._database = Database(f"sqlite:///{Path(self._folder.name) / 'x.db'}", clock=make.Clock())
        migrate(self._database)
        self.world = make.world(make.service(self._database))
        self.objects = [self.world.object() for _ in range(3)]
        self.lines = [self.world.connection(*self.objects[:2], viaId=self.objects[i].id) for i in (2, 1, 0)]
        places = {f"p{i}": placed(one, i * 384) for i, one in enumerate(self.objects)}
        drawn = {f"l{i}": {"modelId": one.id, "originId": None, "targetId": None} for i, one in enumerate(self.lines)}
        self.diagrams = {name: self._put(DIAGRAM, name, places, drawn) for name in ("context", "other")}
        for name in ("prequel", "story"):
            self.tell(name, "context", 0, 1, 0)

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    def _put(self, kind: Any, id_: str, places: Any, drawn: Any) -> Any:
        owner = {"name": id_, "type": "context-diagram", "modelId": self.world.root_id, "index": 0}
        return self._upsert(kind, id_, {**owner, "objects": places, "connections": drawn})

    def _upsert(self, kind: Any, id_: str, values: dict[str, Any]) -> Any:
        return entities.upsert(self.world.service, self.world.actor, kind, self.world.path, id_, values)

    @rule(flow=_FLOWS, diagram=_DIAGRAMS, origin=_WHICH, end=_WHICH, via=_WHICH)
    def tell(self, flow: str, diagram: str, origin: int, end: int, via: int) -> None:
        steps = {
            "late": step(2, originId=f"p{origin}", viaId=f"l{via}"),
            "early": step(1, targetId=f"p{end}"),
            "jump": step(3, "subflow", flowId="prequel" if flow == "story" else None),
        }
        self._tried(lambda: self._upsert(FLOW, flow, {"name": flow, "diagramId": diagram, "steps": steps}))

    @rule(flow=_FLOWS, key=st.sampled_from(["late", "early"]))
    def leave_out(self, flow: str, key: str) -> None:
        self._tried(lambda: self.world.update(FLOW, flow, steps={"$remove": [key]}))

    @rule(flow=_FLOWS)
    def forget(self, flow: str) -> None:
        self._tried(lambda: self.world.delete(FLOW, flow))

    @rule(diagram=_DIAGRAMS, place=_WHICH, one=_WHICH)
    def show_another_object(self, diagram: str, place: int, one: int) -> None:
        shown = {f"p{place}": placed(self.objects[one], place * 384)}
        self._tried(lambda: self.world.update(DIAGRAM_CONTENT, diagram, objects={"$add": shown}))

    @rule(diagram=_DIAGRAMS, place=_WHICH, one=_WHICH)
    def show_another_line(self, diagram: str, place: int, one: int) -> None:
        line = {f"l{place}": {"modelId": self.lines[one].id, "originId": None, "targetId": None}}
        self._tried(lambda: self.world.update(DIAGRAM_CONTENT, diagram, connections={"$add": line}))

    @rule(diagram=_DIAGRAMS, part=st.sampled_from(["objects", "connections"]), place=_WHICH)
    def take_off(self, diagram: str, part: str, place: int) -> None:
        values = {part: {"$remove": [f"{'p' if part == 'objects' else 'l'}{place}"]}}
        self._tried(lambda: self.world.update(DIAGRAM_CONTENT, diagram, **values))

    @rule(line=_WHICH, via=st.none() | _WHICH)
    def send_through(self, line: int, via: int | None) -> None:
        via_id = None if via is None else self.objects[via].id
        self._tried(lambda: self.world.update(MODEL_CONNECTION, self.lines[line].id, viaId=via_id))

    @rule(kind=st.sampled_from([MODEL_OBJECT, MODEL_CONNECTION, DIAGRAM]), one=_WHICH)
    def delete(self, kind: Any, one: int) -> None:
        known = {MODEL_OBJECT.name: self.objects[one].id, MODEL_CONNECTION.name: self.lines[one].id}
        self._tried(lambda: self.world.delete(kind, known.get(kind.name, "other")))

    @invariant()
    def every_use_is_true(self) -> None:
        uses.assert_true(self.world)

    def _tried(self, act: Any) -> Any:
        try:
            return act()
        except Refusal:
            return None


FlowChanges.TestCase.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
TestFlowChanges = FlowChanges.TestCase
