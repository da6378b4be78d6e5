"""What the sequence diagrams of a story have in common, in whatever language they are written."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.exchange.flow_story import Participant, Step, Story

_LONGEST = 300


@dataclass(frozen=True)
class Sequence:
    """A story's participants with short aliases, p1 and so on. There is at least one: notes must stand over somebody,
    and PlantUML refuses a diagram without any."""

    story: Story

    @property
    def participants(self) -> dict[str, tuple[str, Participant]]:
        """By id: alias and participant, in order."""
        found = self.story.participants or {"": Participant(name=self.story.name or "Flow")}
        return {id_: (f"p{place}", each) for place, (id_, each) in enumerate(found.items(), 1)}

    @property
    def width(self) -> tuple[str, ...]:
        """The aliases of the first and the last participant."""
        aliases = [alias for alias, _ in self.participants.values()]
        return tuple(aliases[:1] + aliases[1:][-1:])


def label(story: Story, step: Step) -> str:
    """What stands on an arrow: the title and, where the flow shows them, the connection's words."""
    words = step.connection + (f" [{', '.join(step.technologies)}]" if step.technologies else "")
    words += f" through {step.via}" if step.via else ""
    if not step.title:
        return words.strip()
    return f"{step.title} ({words.strip()})" if story.show_connection_names and words else step.title


def note(step: Step) -> str:
    """What stands in a note: the title, and for a subflow where it leads."""
    if step.sort != "subflow":
        return step.title
    return ": ".join(part for part in ("Go to flow", step.subflow, step.title) if part)


def branch(step: Step, place: int) -> str:
    """What stands at a path of a fork: its name and, at the first one, the fork's title."""
    name = step.paths[place].name
    return f"{step.title}: {name}" if step.title and place == 0 else name


def short(text: str) -> str:
    """A text that fits on a picture."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
