"""Nodes of files: as much of instances as uploads by them need."""

from __future__ import annotations

from nunatak.api.cognite.operation import Operations

OPERATIONS = Operations()
