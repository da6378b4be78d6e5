"""YAML into plain JSON values: the part of YAML 1.2 that JSON can say, read event by event, with bounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from nunatak.core.errors import Invalid

DEEPEST = 100
_ALIKE = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: value
    for text, value in (("true", True), ("false", False))
    for word in (text, text.capitalize(), text.upper())
}
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_PLAIN = re.compile(r"[-+0-9~nNtTfF]|$")  # what a plain text begins with that may be no string
_DIGITS = 300


def read(text: str | bytes) -> Any:
    """The values of one YAML document. Dates, `yes` and `no` stay texts. Raises Invalid naming line and column for what
    isn't YAML, and for what JSON can't say or a file has no need of: anchors, tags, keys given twice, more documents.
    """
    parser = _parser()(text)
    try:
        return _Reading(parser.get_event).document()
    except yaml.YAMLError as error:
        raise _refused(error) from None
    except UnicodeDecodeError:
        raise Invalid("The file is not UTF-8", ("body: expected UTF-8",)) from None
    finally:
        parser.dispose()


def _parser() -> Any:
    return yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Reading:
    """One document, from the parser's events."""

    def __init__(self, event: Callable[[], Any]) -> None:
        self._event = event
        self._depth = 0

    def document(self) -> Any:
        """The only document's value; None for an empty text."""
        self._event()  # the stream's start
        if isinstance(self._event(), yaml.StreamEndEvent):
            return None
        found = self._value(self._event())
        self._event()  # the document's end
        more = self._event()
        if not isinstance(more, yaml.StreamEndEvent):
            raise _fault(more, "expected one document")
        return found

    def _value(self, event: Any) -> Any:
        sort = type(event)
        if sort is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return _scalar(event.value) if event.implicit[0] else event.value
        if sort is yaml.AliasEvent or event.anchor is not None:
            raise _fault(event, f"anchors and aliases are not taken, got {event.anchor[:40]!r}")
        if event.tag is not None:
            raise _fault(event, f"tags are not taken, got {event.tag[:40]!r}")
        self._depth += 1
        if self._depth > DEEPEST:
            raise _fault(event, f"nested deeper than {DEEPEST}")
        found = self._map() if sort is yaml.MappingStartEvent else self._list()
        self._depth -= 1
        return found

    def _list(self) -> list[Any]:
        found: list[Any] = []
        while type(event := self._event()) is not yaml.SequenceEndEvent:
            found.append(self._value(event))
        return found

    def _map(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self._event()) is not yaml.MappingEndEvent:
            key = event.value if type(event) is yaml.ScalarEvent and event.anchor is None else None
            if key is None:
                raise _fault(event, "expected a plain text as key")
            if key in found:
                raise _fault(event, f"the key {key[:40]!r} is given twice")
            found[key] = self._value(self._event())
        return found


def _scalar(text: str) -> Any:
    """A plain text as YAML 1.2's core schema has it; only decimal numbers are numbers."""
    if _PLAIN.match(text) is None:
        return text
    if text in _ALIKE:
        return _ALIKE[text]
    found = _NUMBER.fullmatch(text) if len(text) <= _DIGITS else None
    if found is None:
        return text
    if found[2] is None:
        return int(text) if found[3] is None else text  # `1E5` is an id more often than a number, and YAML 1.1's text
    return float(text)


def _fault(event: Any, reason: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=reason, problem_mark=event.start_mark)


def _refused(error: yaml.YAMLError) -> Invalid:
    mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None) or str(error)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    message = " ".join(f"{where}{reason}".split())
    return Invalid(f"The file is not usable YAML: {message}", (f"body: {message}",))
