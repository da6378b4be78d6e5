"""Sessions on the wire: pages of ours read and write with the cookie and its mark, on the drawings' face too."""

from __future__ import annotations

import pytest

from nunatak.services import sessions
from tests.drawings import Drawings, drawings_of
from tests.make import World

LIST = "/api/v1/projects/plant/files/list"


@pytest.fixture
def drawings(world: World) -> Drawings:
    return drawings_of(world)


def cookie(drawings: Drawings) -> str:
    return sessions.begin(drawings.world.service, drawings.world.actor)


def sent(drawings: Drawings, **headers: str) -> int:
    """The status of a request by a session alone."""
    return drawings.client.post(LIST, json={}, headers=headers).status_code


def test_a_session_needs_its_mark_even_to_read_where_reads_are_posts(drawings: Drawings) -> None:
    held = cookie(drawings)
    mark = sessions.mark(drawings.world.service, held)
    name = sessions.cookie_name(secure=False)
    assert sent(drawings, Cookie=f"{name}={held}") == 403
    assert sent(drawings, Cookie=f"{name}={held}", **{sessions.MARK: mark}) == 200
    assert sent(drawings) == 401


def test_no_other_page_makes_use_of_a_session(drawings: Drawings) -> None:
    held = cookie(drawings)
    given = {
        "Cookie": f"{sessions.cookie_name(secure=False)}={held}",
        sessions.MARK: sessions.mark(drawings.world.service, held),
        "Sec-Fetch-Site": "same-site",
    }
    assert sent(drawings, **given) == 403
