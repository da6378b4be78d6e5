"""Objects and connections as CSV: RFC 4180 with a header, names beside ids, no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.landscape import LandscapeParts
from nunatak.exchange.register import Register, links_of, text_of

OBJECT_HEADER = (
    "id", "name", "type", "external", "status", "parentId", "parent", "path", "domainId", "domain", "caption",
    "description", "technologyIds", "technologies", "tagIds", "tags", "teamIds", "teams", "groupIds", "groups", "links",
    "diagramCount", "flowCount",
)  # fmt: skip
CONNECTION_HEADER = (
    "id", "name", "direction", "originId", "origin", "originPath", "targetId", "target", "targetPath", "viaId", "via",
    "status", "description", "technologyIds", "technologies", "tagIds", "tags", "links", "diagramCount", "flowCount",
)  # fmt: skip
# What a spreadsheet takes for the start of a formula, also in the wide forms of East Asian keyboards.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK = "\ufeff"


def write_objects(parts: LandscapeParts, *, mark: bool = False) -> str:
    """A line for each object but the roots. With `mark` the text opens with a byte order mark, by which spreadsheets
    know UTF-8."""
    register = Register(parts)
    rows = (_object(found, register) for found in parts.objects if found.type != "root")
    return _written(OBJECT_HEADER, rows, mark)


def write_connections(parts: LandscapeParts, *, mark: bool = False) -> str:
    """A line for each connection."""
    register = Register(parts)
    return _written(CONNECTION_HEADER, (_connection(found, register) for found in parts.connections), mark)


def _written(header: Iterable[str], rows: Iterable[Iterable[str]], mark: bool) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return (_MARK if mark else "") + text.getvalue()


def defused(cell: str) -> str:
    """The cell as text for a spreadsheet: what looks like a formula gets an apostrophe in front, and no NUL passes."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _object(found: ModelObject, register: Register) -> tuple[str, ...]:
    domain = register.domains.get(found.domain_id)
    return (
        found.id,
        found.name,
        found.type,
        _word(found.external),
        found.status,
        found.parent_id or "",
        register.name(found.parent_id),
        " / ".join(register.path(found)),
        found.domain_id,
        domain.name if domain else "",
        text_of(found.caption),
        text_of(found.description),
        _list(found.technology_ids),
        _list(register.technology_names(found.technology_ids)),
        _list(found.tag_ids),
        _list(register.tag_names(found.tag_ids)),
        _list(found.team_ids),
        _list(register.team_names(found.team_ids)),
        _list(found.group_ids),
        _list(register.object_names(found.group_ids)),
        _list(url for _, url in links_of(found)),
        str(len(found.diagrams)),
        str(len(found.flows)),
    )


def _connection(found: ModelConnection, register: Register) -> tuple[str, ...]:
    origin, target = register.objects.get(found.origin_id), register.objects.get(found.target_id)
    return (
        found.id,
        found.name,
        found.direction or "",
        found.origin_id,
        register.name(found.origin_id),
        " / ".join(register.path(origin)) if origin else "",
        found.target_id,
        register.name(found.target_id),
        " / ".join(register.path(target)) if target else "",
        found.via_id or "",
        register.name(found.via_id) if found.via_id else "",
        found.status,
        text_of(found.description),
        _list(found.technology_ids),
        _list(register.technology_names(found.technology_ids)),
        _list(found.tag_ids),
        _list(register.tag_names(found.tag_ids)),
        _list(url for _, url in links_of(found)),
        str(len(found.diagrams)),
        str(len(found.flows)),
    )


def _list(values: Iterable[str]) -> str:
    return "; ".join(values)


def _word(value: bool) -> str:
    return "true" if value else "false"
