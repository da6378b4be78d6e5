"""Access: which permission is enough for which deed."""

import pytest

from nunatak.core.access import Actor, Deed, require
from nunatak.core.errors import Forbidden, NotFound
from nunatak.core.fields import PermissionType


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [("read", {"read"}), ("write", {"read", "write"}), ("admin", {"read", "write", "admin"}), ("billing", set())],
)
def test_each_permission_allows_its_deeds_and_no_others(permission: PermissionType, allowed: set[Deed]) -> None:
    actor = Actor(kind="api-key", id="k", permissions={"o": permission})
    deeds: tuple[Deed, ...] = ("read", "write", "admin")
    for deed in deeds:
        if deed in allowed:
            require(actor, deed, "o")
        else:
            with pytest.raises(Forbidden, match=f"needs {deed} permission"):
                require(actor, deed, "o")


def test_another_organization_is_not_there_at_all() -> None:
    actor = Actor(kind="api-key", id="k", permissions={"o": "admin"})
    with pytest.raises(NotFound):
        require(actor, "read", "other")
