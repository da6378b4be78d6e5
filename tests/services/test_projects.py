"""Projects: organizations by the names they have in addresses."""

import pytest

from nunatak.core.errors import Conflict, Invalid, NotFound
from nunatak.services import keys, organizations, projects
from tests.make import World


def test_an_organization_is_a_project_by_its_name_in_addresses_or_by_its_id(world: World) -> None:
    service, actor, id_ = world.service, world.actor, world.organization_id
    assert projects.names(service, actor) == [id_]
    organizations.update(service, actor, id_, {"urlName": "plant-23"})
    assert projects.named(service, actor, "plant-23") == projects.named(service, actor, id_) == id_
    assert projects.names(service, actor) == ["plant-23"]
    with pytest.raises(NotFound, match="Project not found"):
        projects.named(service, actor, "plant-24")


def test_no_two_organizations_have_the_same_name_in_addresses(world: World) -> None:
    service, actor = world.service, world.actor
    other = organizations.create(service, actor, {"name": "Other", "urlName": "plant"})
    with pytest.raises(Conflict) as refused:
        organizations.update(service, actor, world.organization_id, {"urlName": "plant"})
    assert refused.value.errors == ("body.urlName: expected one that no other organization has, got 'plant'",)
    with pytest.raises(Conflict):
        organizations.create(service, actor, {"name": "Another", "urlName": "plant"})
    maker = keys.operator([other.id])
    assert organizations.update(service, maker, other.id, {"urlName": "plant"}).url_name == "plant"


def test_a_name_in_addresses_is_of_small_letters_digits_and_hyphens(world: World) -> None:
    for name in ("Plant", "a/b", "-a", "", "ä"):
        with pytest.raises(Invalid, match=r"urlName"):
            organizations.update(world.service, world.actor, world.organization_id, {"urlName": name})
