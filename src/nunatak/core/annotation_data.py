"""What annotations of diagrams say of a page: whom they link to, and places in 0..1 of the page's sides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from nunatak.core.errors import Invalid

LINKS = {
    "diagrams.AssetLink": "assetRef",
    "diagrams.FileLink": "fileRef",
    "diagrams.InstanceLink": "instanceRef",
}
_REGIONS = ("textRegion", "symbolRegion")
_SIDES = (("xMin", "xMax"), ("yMin", "yMax"))


def check(type_: str, data: Mapping[str, Any], at: str) -> None:
    """Raises Invalid, naming all fields of `data` (a request's field `at`) that aren't as its type has them. Keys that
    aren't known are whoever's they are."""
    faults = [f"{at}.{fault}" for fault in _faults(type_, data)]
    if faults:
        raise Invalid(faults[0], tuple(faults))


def _faults(type_: str, data: Mapping[str, Any]) -> Iterator[str]:
    link = LINKS.get(type_)
    if link is not None and not isinstance(data.get(link), Mapping):
        yield f"{link}: expected an object"
    for name in _REGIONS:
        if data.get(name) is not None:
            yield from (f"{name}{fault}" for fault in _region_faults(data[name]))
    if data.get("confidence") is not None and not _fraction(data["confidence"]):
        yield "confidence: expected a number from 0 to 1"
    page = data.get("pageNumber")
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        yield "pageNumber: expected a whole number of at least 1"


def _region_faults(region: Any) -> Iterator[str]:
    if not isinstance(region, Mapping):
        yield ": expected an object"
        return
    for least, most in _SIDES:
        wrong = [name for name in (least, most) if not _fraction(region.get(name))]
        yield from (f".{name}: expected a number from 0 to 1" for name in wrong)
        if not wrong and region[least] > region[most]:
            yield f".{most}: expected at least {region[least]}, got {region[most]}"


def _fraction(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 1
