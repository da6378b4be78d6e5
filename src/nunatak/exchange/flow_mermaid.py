"""Writes a flow's story as a Mermaid sequence diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nunatak.exchange.flow_sequence import Sequence, branch, label, note, short
from nunatak.exchange.flow_story import Step, Story

# Ends of statements, comments, entities, tags, directives and formulas.
_SPECIAL = re.compile(r"""[#;:<>&"%\\{}$`]""")
_INDENT = "  "


def write(story: Story) -> str:
    """The diagram's text; whatever a name holds, it is shown as it is. Stores are plain participants, which every
    version of Mermaid draws."""
    sequence = Sequence(story)
    lines = [*([f"title {_safe(story.name)}"] if story.name else []), "autonumber"]
    for alias, each in sequence.participants.values():
        lines.append(f"{'actor' if each.type == 'actor' else 'participant'} {alias} as {_safe(each.name)}")
    lines += _lines(sequence, story.steps, "")
    return "\n".join(["sequenceDiagram", *(f"{_INDENT}{line}" for line in lines), ""])


def _lines(sequence: Sequence, steps: tuple[Step, ...], indent: str) -> Iterator[str]:
    for step in steps:
        match step.sort:
            case "message" | "process":
                yield f"{indent}{_arrow(sequence, step)}"
            case "alternate" | "parallel":
                yield from (f"{indent}{line}" for line in _fork(sequence, step))
            case _ if note(step):
                yield f"{indent}{_note(sequence, note(step))}"


def _arrow(sequence: Sequence, step: Step) -> str:
    head = "-->>" if step.reply else "<<->>" if step.both_ways else "->>"
    ends = (sequence.participants[step.origin][0], sequence.participants[step.target][0])
    return f"{ends[0]}{head}{ends[1]}: {_safe(label(sequence.story, step)) or '#160;'}"


def _fork(sequence: Sequence, step: Step) -> Iterator[str]:
    if not step.paths:
        if step.title:
            yield _note(sequence, step.title)
        return
    words = ("alt", "else") if step.sort == "alternate" else ("par", "and")
    for place, path in enumerate(step.paths):
        yield f"{words[place > 0]} {_safe(branch(step, place))}"
        yield from _lines(sequence, path.steps, _INDENT)
    yield "end"


def _note(sequence: Sequence, text: str) -> str:
    return f"Note over {','.join(sequence.width)}: {_safe(text)}"


def _safe(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", short(text))
