"""Domains: bounded contexts, each with exactly one root object."""

from __future__ import annotations

from nunatak.core.fields import Labels, Name, Number, Versioned


class Domain(Versioned, frozen=True, kw_only=True):
    """A bounded context; deleting it deletes all that is in it."""

    name: Name
    index: Number = 0
    labels: Labels = {}
