"""Tags and their groups: coloured marks on model objects and connections."""

from __future__ import annotations

from typing import Literal

from nunatak.core.fields import Derived, Labels, Name, Number, Versioned

TagColor = Literal[
    "blue", "green", "yellow", "orange", "red", "beaver", "dark-blue", "purple", "pink", "white", "grey", "black"
]
TagGroupIcon = Literal[
    "bug", "calendar-check", "calendar-times", "cloud", "cog", "database", "exclamation-triangle", "file", "globe",
    "laptop-code", "lightbulb", "lock", "microchip", "minus", "mobile", "network-wired", "plus", "poo", "robot",
    "rocket", "sack-dollar", "server", "sledding", "snowman", "star", "times", "toolbox", "trash", "users", "wifi",
]  # fmt: skip


class TagGroup(Versioned, frozen=True, kw_only=True):
    """A family of tags, of which one is shown at a time."""

    name: Name
    icon: TagGroupIcon
    index: Number
    labels: Labels = {}


class Tag(Versioned, frozen=True, kw_only=True):
    """A coloured mark; the ids of what bears it are kept by the server."""

    name: Name
    color: TagColor
    group_id: str
    index: Number
    labels: Labels = {}
    model_object_ids: Derived[list[str]] = []
    model_connection_ids: Derived[list[str]] = []
