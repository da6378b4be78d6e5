"""Writes a flow's story as plain text, a line a step."""

from __future__ import annotations

from collections.abc import Iterator

from nunatak.exchange.flow_story import Step, Story

_INDENT = "  "
_WORDS = {"alternate": "Alternate paths", "parallel": "Parallel paths", "information": "Information"}


def write(story: Story) -> str:
    """The story's lines: numbered steps, what frames them, and under each fork its paths, further in."""
    return "".join(f"{line}\n" for line in _lines(story, story.steps, ""))


def _lines(story: Story, steps: tuple[Step, ...], indent: str) -> Iterator[str]:
    for step in steps:
        yield f"{indent}{_line(story, step)}"
        for path in step.paths:
            yield f"{indent}{_INDENT}- Path: {path.name}"
            yield from _lines(story, path.steps, indent + 2 * _INDENT)


def _line(story: Story, step: Step) -> str:
    match step.sort:
        case "introduction" | "conclusion":
            return _joined(step.sort.capitalize(), step.title)
        case "message":
            names = (story.participants[step.origin].name, story.participants[step.target].name)
            said = _joined(f"- Step {step.number}", f"{names[0]} {_arrow(step)} {names[1]}", step.title)
            return f"{said} via {step.connection}" if step.connection else said
        case "process":
            return _joined(f"- Step {step.number}", story.participants[step.origin].name, step.title)
        case "subflow":
            return _joined("- Go to flow", step.subflow, step.title)
        case _:
            return _joined(f"- {_WORDS[step.sort]}", step.title)


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)


def _arrow(step: Step) -> str:
    return "-->" if step.reply else "<->" if step.both_ways else "->"
