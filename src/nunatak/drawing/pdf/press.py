"""The press: what all pages of a document share, each state, form and pattern of which is written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nunatak.drawing.pdf.letters import Letters
from nunatak.drawing.pdf.objects import File, array, dictionary, real, reference


@dataclass(frozen=True, kw_only=True)
class Press:
    """What all canvases of a document share: the file, its letters, and the names of states, forms and patterns, each
    written once."""

    file: File
    letters: Letters
    resources: int
    states: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    known: dict[object, str] = field(default_factory=dict)

    def form(self, data: bytes, box: Sequence[float], entries: Mapping[str, object] | None = None) -> str:
        """Puts a form in that is drawn by its name."""
        head = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": array(map(real, box)),
            "Resources": reference(self.resources),
            **(entries or {}),
        }
        name = f"x{len(self.forms)}"
        self.forms[name] = reference(self.file.stream(data, head))
        return name

    def finish(self) -> None:
        """Writes what the pages refer to, once all of them are drawn."""
        states = {name: f"<<{entries}>>" for entries, name in self.states.items()}
        self.file.put(
            self.resources,
            dictionary(
                {
                    "Font": dictionary(self.letters.resources(self.file)),
                    "ExtGState": dictionary(states),
                    "XObject": dictionary(self.forms),
                    "Pattern": dictionary(self.patterns),
                }
            ),
        )
