"""What drawing says when a scene can't be drawn."""

from __future__ import annotations


class DrawingFailed(Exception):
    """The scene can't be drawn as it is; the message says in words what is wrong with it."""
