"""Writes a flow's story as a PlantUML sequence diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nunatak.exchange.flow_sequence import Sequence, branch, label, note, short
from nunatak.exchange.flow_story import Step, Story

_KINDS = {"actor": "actor", "store": "database"}
# Quotes, escapes, tags, variables and cells; functions, entities, ends and comments; and runs that are mark-up.
_SPECIAL = re.compile(r"""["“”‘’«»–—\\<>$|~`]|%(?=\w)|&(?=[#\w])|@(?=start|end)|/'|'/|([][{}*/_^=.#!:;-])\1+""")


def write(story: Story) -> str:
    """The diagram's text; whatever a name holds, it is shown as it is."""
    sequence = Sequence(story)
    lines = ["@startuml", *([f"title {_safe(story.name)}"] if story.name else []), "autonumber"]
    for alias, each in sequence.participants.values():
        lines.append(f'{_KINDS.get(each.type, "participant")} "{_safe(each.name)}" as {alias}')
    lines += _lines(sequence, story.steps)
    return "\n".join([*lines, "@enduml", ""])


def _lines(sequence: Sequence, steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        match step.sort:
            case "message" | "process":
                yield _arrow(sequence, step)
            case "alternate" | "parallel":
                yield from _fork(sequence, step)
            case "subflow":
                yield f"ref over {', '.join(sequence.width)} : {_safe(note(step))}"
            case _ if step.title:
                yield _note(sequence, step.title)


def _arrow(sequence: Sequence, step: Step) -> str:
    head = "-->" if step.reply else "<->" if step.both_ways else "->"
    ends = (sequence.participants[step.origin][0], sequence.participants[step.target][0])
    said = _safe(label(sequence.story, step))
    return f"{ends[0]} {head} {ends[1]}" + (f" : {said}" if said else "")


def _fork(sequence: Sequence, step: Step) -> Iterator[str]:
    if not step.paths:
        if step.title:
            yield _note(sequence, step.title)
        return
    for place, path in enumerate(step.paths):
        word = "else" if place else "alt" if step.sort == "alternate" else "par"
        yield f"{word} {_safe(branch(step, place))}"
        yield from _lines(sequence, path.steps)
    yield "end"


def _note(sequence: Sequence, text: str) -> str:
    return f"note over {', '.join(sequence.width)} : {_safe(text)}"


def _safe(text: str) -> str:
    """The text with all that means something to PlantUML by number, and whatever might open a list or a heading."""
    text = short(text)
    start = 0 if not text or text[0].isalpha() or text[0] in "0123456789" else 1
    return _numbered(text[:start]) + _SPECIAL.sub(lambda found: _numbered(found[0]), text[start:])


def _numbered(text: str) -> str:
    return "".join(f"<U+{ord(c):04X}>" for c in text)
