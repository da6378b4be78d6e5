"""Back references: true after any sequence of changes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from nunatak.core.errors import Refusal
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT, TAG
from nunatak.services import entities
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make, uses

# What a step names: places in the lists of what its diagram holds, or nothing.
_Picks = tuple[int | None, int | None, int | None]
_PICK = st.none() | st.integers(0, 2)
_STEPS = st.lists(st.tuples(_PICK, _PICK, _PICK), min_size=1, max_size=3)


class Changes(RuleBasedStateMachine):
    """Random writes, after each of which every back reference equals what the data says."""

    objects: Any = Bundle("objects")
    diagrams: Any = Bundle("diagrams")
    tags: Any = Bundle("tags")
    flows: Any = Bundle("flows")
    connections: Any = Bundle("connections")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._database = Database(f"sqlite:///{Path(self._folder.name) / 'x.db'}", clock=make.Clock())
        migrate(self._database)
        self.world = make.world(make.service(self._database))

    @initialize(target=objects)
    def make_objects(self) -> Any:
        return multiple(*(self.world.object().id for _ in range(3)))

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    @rule(target=objects, parent=st.none() | objects, type_=st.sampled_from(["system", "app", "component", "group"]))
    def make_object(self, parent: str | None, type_: str) -> str:
        return self._tried(lambda: self.world.object(type_, parent).id) or self.world.object("system").id

    @rule(target=tags)
    def make_tag(self) -> str:
        return str(self.world.tag().id)

    @rule(target=diagrams, one=objects, two=objects)
    def make_diagram(self, one: str, two: str) -> str:
        def placed() -> str:
            found = {
                str(i): make.placed(self.world.get(MODEL_OBJECT, id_), i * 384) for i, id_ in enumerate((one, two))
            }
            return str(self.world.diagram(objects=found).id)

        return self._tried(placed) or self.world.diagram().id

    @rule(target=connections, one=objects, two=objects, via=st.none() | objects)
    def connect(self, one: str, two: str, via: str | None) -> Any:
        def connected() -> Any:
            ends = [self.world.get(MODEL_OBJECT, id_) for id_ in (one, two)]  # one may have gone with its parent
            return self.world.connection(*ends, viaId=via).id

        return self._tried(connected) or multiple()

    @rule(id_=connections, via=st.none() | objects)
    def send_through(self, id_: str, via: str | None) -> None:
        self._tried(lambda: self.world.update(MODEL_CONNECTION, id_, viaId=via))

    @rule(diagram=diagrams, connection=connections, key=st.sampled_from("01l"))
    def draw(self, diagram: str, connection: str, key: str) -> None:
        line = {"modelId": connection, "originId": None, "targetId": None}
        self._tried(lambda: self.world.update(DIAGRAM_CONTENT, diagram, connections={"$add": {key: line}}))

    @rule(diagram=diagrams, key=st.sampled_from("01"), model=objects)
    def place_another(self, diagram: str, key: str, model: str) -> None:
        def placed() -> Any:
            value = make.placed(self.world.get(MODEL_OBJECT, model), int(key) * 384)
            return self.world.update(DIAGRAM_CONTENT, diagram, objects={"$add": {key: value}})

        self._tried(placed)

    @rule(target=flows, diagram=diagrams, picks=_STEPS)
    def tell(self, diagram: str, picks: list[_Picks]) -> Any:
        def told() -> Any:
            return self.world.flow(self.world.get(DIAGRAM, diagram), steps=self._steps(diagram, picks)).id

        return self._tried(told) or multiple()

    @rule(id_=flows, diagram=diagrams, picks=_STEPS)
    def tell_anew(self, id_: str, diagram: str, picks: list[_Picks]) -> None:
        values = {"name": "Anew", "diagramId": diagram, "steps": self._steps(diagram, picks)}
        world = self.world
        self._tried(lambda: entities.upsert(world.service, world.actor, FLOW, world.path, id_, values))

    @rule(id_=flows, index=st.integers(0, 2), picks=_STEPS)
    def change_steps(self, id_: str, index: int, picks: list[_Picks]) -> None:
        def changed() -> Any:
            steps = self._steps(self.world.get(FLOW, id_).diagram_id, picks)
            return self.world.update(FLOW, id_, steps={"$remove": [f"s{index}"], "$add": steps})

        self._tried(changed)

    @rule(id_=flows, other=flows)
    def lead_over(self, id_: str, other: str) -> None:
        jump = {"over": make.step(9, "subflow", flowId=other)}
        self._tried(lambda: self.world.update(FLOW, id_, steps={"$add": jump}))

    @rule(id_=consumes(flows))
    def delete_flow(self, id_: str) -> None:
        self._tried(lambda: self.world.delete(FLOW, id_))

    @rule(id_=consumes(connections))
    def delete_connection(self, id_: str) -> None:
        self._tried(lambda: self.world.delete(MODEL_CONNECTION, id_))

    @rule(id_=objects, parent=objects)
    def move(self, id_: str, parent: str) -> None:
        self._tried(lambda: self.world.update(MODEL_OBJECT, id_, parentId=parent))

    @rule(id_=objects, tag=tags, word=st.sampled_from(["$add", "$remove"]))
    def mark(self, id_: str, tag: str, word: str) -> None:
        self._tried(lambda: self.world.update(MODEL_OBJECT, id_, tagIds={word: [tag]}))

    @rule(diagram=diagrams, key=st.sampled_from("01"))
    def take_off(self, diagram: str, key: str) -> None:
        self._tried(lambda: self.world.update(DIAGRAM_CONTENT, diagram, objects={"$remove": [key]}))

    @rule(id_=consumes(objects))
    def delete_object(self, id_: str) -> None:
        self._tried(lambda: self.world.delete(MODEL_OBJECT, id_))

    @rule(id_=consumes(tags))
    def delete_tag(self, id_: str) -> None:
        self._tried(lambda: self.world.delete(TAG, id_))

    @rule(id_=consumes(diagrams))
    def delete_diagram(self, id_: str) -> None:
        self._tried(lambda: self.world.delete(DIAGRAM, id_))

    @invariant()
    def every_back_reference_is_true(self) -> None:
        with self.world.service.reading() as unit:
            every = {kind.name: unit.every(kind, self.world.version_id) for kind in _KINDS}
        objects = {o.id: o for o in every["model-object"]}
        contents = {c.id: c for c in every["diagram-content"]}
        for one in objects.values():
            assert set(one.child_ids) == {o.id for o in objects.values() if o.parent_id == one.id}
            assert set(one.child_diagram_ids) == {d.id for d in every["diagram"] if d.model_id == one.id}
            places = {c.id for c in contents.values() if any(p.model_id == one.id for p in c.objects.values())}
            assert set(one.diagrams) == places
            parent = objects.get(one.parent_id or "")
            assert one.parent_ids == ([parent.id, *parent.parent_ids] if parent else [])
        for tag in every["tag"]:
            assert set(tag.model_object_ids) == {o.id for o in objects.values() if tag.id in o.tag_ids}
        for diagram in every["diagram"]:
            assert diagram.object_count.box + diagram.object_count.area == len(contents[diagram.id].objects)
        for content in contents.values():
            assert {p.model_id for p in content.objects.values()} <= set(objects)
        for line in every["model-connection"]:
            assert {line.origin_id, line.target_id} <= set(objects)

    @invariant()
    def every_use_in_a_flow_is_true(self) -> None:
        uses.assert_true(self.world)

    def _steps(self, diagram: str, picks: list[_Picks]) -> dict[str, Any]:
        """Steps, the last one first, that name what is on the diagram."""
        content = self.world.get(DIAGRAM_CONTENT, diagram)
        keys = (sorted(content.objects), sorted(content.objects), sorted(content.connections))
        named = [
            {
                field: known[pick % len(known)]
                for field, known, pick in zip(("originId", "targetId", "viaId"), keys, picked, strict=True)
                if known and pick is not None
            }
            for picked in picks
        ]
        return {f"s{i}": make.step(-i, **ids) for i, ids in enumerate(named)}

    def _tried(self, act: Any) -> Any:
        try:
            return act()
        except Refusal:
            return None


_KINDS = (MODEL_OBJECT, DIAGRAM, DIAGRAM_CONTENT, FLOW, TAG, MODEL_CONNECTION)
Changes.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestChanges = Changes.TestCase
