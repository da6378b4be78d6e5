"""Rules among tags: a tag's group, and the tags that something bears, are there."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Invalid
from nunatak.core.kinds import MODEL_OBJECT, TAG
from tests.make import World


def test_a_tag_needs_a_group_of_its_version(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.tag(groupId="nothing")
    assert refused.value.errors == ("body.groupId: expected the id of a tag group of this version, got 'nothing'",)
    tag = world.tag()
    with pytest.raises(Invalid, match="Tag group not found"):
        world.update(TAG, tag.id, groupId="nothing")
    assert world.get(TAG, tag.id).group_id == tag.group_id


def test_each_missing_tag_is_named_by_its_place_in_the_list(world: World) -> None:
    tag = world.tag()
    with pytest.raises(Invalid) as refused:
        world.object(tagIds=["gone", tag.id, "lost"])
    assert [error.partition(":")[0] for error in refused.value.errors] == ["body.tagIds[0]", "body.tagIds[2]"]


def test_only_tags_that_are_newly_put_on_are_looked_for(world: World) -> None:
    tag, other = world.tag(), world.tag()
    model = world.object(tagIds=[tag.id])
    assert world.update(MODEL_OBJECT, model.id, tagIds={"$add": [other.id]}).tag_ids == [tag.id, other.id]
    with pytest.raises(Invalid, match="Tag not found"):
        world.update(MODEL_OBJECT, model.id, tagIds={"$add": ["nothing"]})
    assert world.get(TAG, other.id).model_object_ids == [model.id]
