"""A client of the API, on both databases."""

from __future__ import annotations

import pytest

from tests.make import World
from tests.services.conftest import drawing as drawing  # a world whose pictures can be asked for
from tests.wire import Wire, wire_of


@pytest.fixture
def wire(world: World) -> Wire:
    """A client with a key that writes."""
    return wire_of(world)
