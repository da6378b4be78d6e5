"""Back references: true after any sequence of changes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from nunatak.core.errors import Refusal
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_CONNECTION, MODEL_OBJECT, TAG
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make


class Changes(RuleBasedStateMachine):
    """Random writes, after each of which every back reference equals what the data says."""

    objects: Any = Bundle("objects")
    diagrams: Any = Bundle("diagrams")
    tags: Any = Bundle("tags")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._database = Database(f"sqlite:///{Path(self._folder.name) / 'x.db'}", clock=make.Clock())
        migrate(self._database)
        self.world = make.world(make.service(self._database))

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

    @rule(one=objects, two=objects)
    def connect(self, one: str, two: str) -> None:
        self._tried(lambda: self.world.connection(self.world.get(MODEL_OBJECT, one), self.world.get(MODEL_OBJECT, two)))

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

    def _tried(self, act: Any) -> Any:
        try:
            return act()
        except Refusal:
            return None


_KINDS = (MODEL_OBJECT, DIAGRAM, DIAGRAM_CONTENT, TAG, MODEL_CONNECTION)
Changes.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestChanges = Changes.TestCase
