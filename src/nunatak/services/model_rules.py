"""Rules among model objects and connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import DOMAIN, MODEL_OBJECT, fold
from nunatak.core.model import PARENTS, ModelConnection, ModelObject
from nunatak.services.places import Place
from nunatak.services.tag_rules import missing_things, require_all, require_tags
from nunatak.services.team_rules import require_teams
from nunatak.services.technology_rules import require_technologies, with_icon
from nunatak.services.type_rules import check_type, place_type

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]
_DEPTH = 100


def prepared_object(ledger: Ledger, place: Place, values: Values, before: Any) -> tuple[Values, Values]:
    """Links get the ids they are kept under; the domain follows from the parent, so a body's word on it is dropped,
    but for the root that comes with a new domain."""
    domain_id = values.pop("domainId", None)
    if values.get("type") == "root" and before is None:
        _rootless(ledger, place, domain_id)
        return with_link_ids(values), {"domainId": domain_id}
    return with_link_ids(values), {}


def _rootless(ledger: Ledger, place: Place, domain_id: str | None) -> None:
    unit, scope = ledger.unit, place.version_id
    here = domain_id and unit.find(DOMAIN, domain_id, scope)
    if not here or unit.with_column(MODEL_OBJECT, scope, "domain_id", [here.id]):
        raise Invalid("A root is made with its domain: create a domain", ("body.type: expected any type but root",))


def followed_domain(ledger: Ledger, place: Place, before: Any, after: Any, _values: Values) -> None:
    """A new domain gets its root, whose id is its own."""
    if before is None:
        root = {"name": "", "type": "root", "parentId": None, "domainId": after.id}
        ledger.create(place, MODEL_OBJECT, root)


def prepared_connection(_ledger: Ledger, _place: Place, values: Values, _before: Any) -> tuple[Values, Values]:
    """Links get the ids they are kept under."""
    return with_link_ids(values), {}


def with_link_ids(values: Values) -> Values:
    """The values with every link's id set to its key."""
    links = values.get("links")
    if not isinstance(links, dict):
        return values
    if any(key.startswith("$") for key in links):
        named = {word: _named(part) if word in ("$add", "$replace") else part for word, part in links.items()}
    else:
        named = _named(links)
    return {**values, "links": named}


def _named(links: Any) -> Any:
    return {key: {**link, "id": key} for key, link in links.items()} if isinstance(links, dict) else links


def checked_object(ledger: Ledger, place: Place, after: ModelObject, before: ModelObject | None) -> ModelObject:
    """Sets parents and domain; refuses a wrong parent, a name that is taken, and references that lead nowhere."""
    moved = before is None or after.parent_id != before.parent_id or after.type != before.type
    if moved:
        after = _placed(ledger, place, after, before)
    elif before is not None:  # a replace comes without the domain, which no body sets
        after = replace(after, domain_id=before.domain_id)
    if before is not None and after.type != before.type:
        check_type(ledger, place, after)
    if moved or before is None or after.name != before.name:
        _unique(ledger, place, after)
    require_tags(ledger, place, after, before)
    require_teams(ledger, place, after, before)
    _groups(ledger, place, after, before)
    require_technologies(ledger, place, after, before)
    after = with_icon(ledger, place, after, before)
    return replace(
        after, linked=bool(after.links), **_once(after, "tag_ids", "team_ids", "group_ids", "technology_ids")
    )


def _once(after: ModelObject | ModelConnection, *names: str) -> dict[str, Any]:
    """Lists of ids, each once: they say what something has, not how often."""
    return {name: list(dict.fromkeys(getattr(after, name))) for name in names}


def _placed(ledger: Ledger, place: Place, after: ModelObject, before: ModelObject | None) -> ModelObject:
    if after.type == "root":
        if before is not None and before.type != "root":
            raise Invalid("A root is made with its domain: create a domain", ("body.type: expected any type but root",))
        if after.parent_id is not None:
            raise Invalid("A root has no parent", ("body.parentId: expected null for an object of type root",))
        return after
    if before is not None and before.type == "root":
        raise Invalid("The root of a domain stays its root", ("body.type: expected root",))
    parent = ledger.unit.find(MODEL_OBJECT, after.parent_id, place.version_id) if after.parent_id else None
    if parent is None:
        raise missing_things(MODEL_OBJECT, [("parentId", after.parent_id)])
    if parent.type not in PARENTS[after.type]:
        allowed = ", ".join(PARENTS[after.type])
        raise Invalid(
            f"{parent.type.capitalize()} is not allowed as a parent of {after.type} (allowed: {allowed})",
            (f"body.parentId: expected the id of an object of type {allowed}, got a {parent.type}",),
        )
    if after.id == parent.id or after.id in parent.parent_ids or len(parent.parent_ids) >= _DEPTH:
        raise Invalid("An object can't stand below itself", ("body.parentId: expected an object outside of this one",))
    return replace(after, parent_id=parent.id, parent_ids=[parent.id, *parent.parent_ids], domain_id=parent.domain_id)


def _unique(ledger: Ledger, place: Place, after: ModelObject) -> None:
    """Names are unique among siblings and everything higher up."""
    if after.type == "root" or not after.name:
        return
    named = ledger.unit.having(MODEL_OBJECT, place.version_id, "name", [fold(after.name)])
    for other in ledger.unit.among(MODEL_OBJECT, place.version_id, [id_ for _, id_ in named if id_ != after.id]):
        if other.parent_id == after.parent_id or other.id in after.parent_ids:
            raise Conflict(
                f"{after.name[:200]!r} already exists",
                (f"body.name: expected a name that no sibling or parent has; object {other.id} has it",),
            )


def _groups(ledger: Ledger, place: Place, after: ModelObject, before: ModelObject | None) -> None:
    old = set(before.group_ids) if before else set()
    wanted = {f"groupIds[{i}]": id_ for i, id_ in enumerate(after.group_ids) if id_ not in old}
    require_all(ledger, place, MODEL_OBJECT, wanted)
    types = ledger.unit.lookup(MODEL_OBJECT, place.version_id, wanted.values(), "type")
    wrong = tuple(
        f"body.{field}: expected an object of type group, got a {types[id_]}"
        for field, id_ in wanted.items()
        if types[id_] != "group"
    )
    if wrong:
        raise Invalid("Only groups have members", wrong)
    if own := tuple(
        f"body.{field}: expected another group than this one" for field in wanted if wanted[field] == after.id
    ):
        raise Invalid("A group is no member of itself", own)


def followed_object(
    ledger: Ledger, place: Place, before: ModelObject | None, after: ModelObject, _values: Values
) -> None:
    """When an object moves, everything below it gets its new parents and domain; its places have its type."""
    if before is not None and before.type != after.type:
        place_type(ledger, place, after)
    if before is None or before.parent_ids == after.parent_ids:
        return
    unit, scope = ledger.unit, place.version_id
    below = unit.having(MODEL_OBJECT, scope, "parent_ids", [after.id])
    for child in unit.among(MODEL_OBJECT, scope, [id_ for _, id_ in below]):
        kept = child.parent_ids[: child.parent_ids.index(after.id) + 1]
        unit.put(MODEL_OBJECT, replace(child, parent_ids=[*kept, *after.parent_ids], domain_id=after.domain_id))


def checked_connection(
    ledger: Ledger, place: Place, after: ModelConnection, before: ModelConnection | None
) -> ModelConnection:
    """Both ends and the object the line passes through must be there, and none of them is a root."""
    ends = {"originId": after.origin_id, "targetId": after.target_id}
    ends |= {"viaId": after.via_id} if after.via_id else {}
    if before is not None:
        old = {"originId": before.origin_id, "targetId": before.target_id, "viaId": before.via_id}
        ends = {field: id_ for field, id_ in ends.items() if old[field] != id_}
    require_all(ledger, place, MODEL_OBJECT, ends)
    types = ledger.unit.lookup(MODEL_OBJECT, place.version_id, ends.values(), "type")
    roots = [field for field, id_ in ends.items() if types[id_] == "root"]
    if roots:
        raise Invalid("A root can't be connected", tuple(f"body.{f}: expected an object below the root" for f in roots))
    require_tags(ledger, place, after, before)
    require_technologies(ledger, place, after, before)
    return replace(after, linked=bool(after.links), **_once(after, "tag_ids", "technology_ids"))
