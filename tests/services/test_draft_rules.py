"""Rules of drafts: where they start, and that a merged one is done."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import DRAFT
from tests.drafted import draft
from tests.make import World


def test_a_draft_starts_from_the_version_that_it_is_made_in(world: World) -> None:
    assert world.get(DRAFT, draft(world)).origin_version_id == world.version_id


def test_a_merged_draft_stays_as_it_is(world: World) -> None:
    merged = draft(world, status="merged")
    with pytest.raises(Conflict, match="merged"):
        world.update(DRAFT, merged, name="Other")
    world.delete(DRAFT, merged)


def test_a_draft_is_archived_and_taken_up_again_and_not_merged_by_word(world: World) -> None:
    made = draft(world)
    assert world.update(DRAFT, made, status="archived").status == "archived"
    assert world.update(DRAFT, made, status="in-progress").status == "in-progress"
    with pytest.raises(Invalid) as caught:
        world.update(DRAFT, made, status="merged")
    assert caught.value.errors == ("body.status: expected in-progress or archived, got merged",)
