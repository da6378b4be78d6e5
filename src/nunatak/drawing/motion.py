"""Motion: the opacities that groups have in the moments of a film, as CSS keyframes that go round and round."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from nunatak.drawing.markup import number

FADE = 0.35  # seconds in which one moment becomes the next
# What runs along a line: a dash and a gap in units, and the seconds in which one takes the other's place.
DASH = (10.0, 8.0)
_PACE = 0.6

Levels = tuple[float, ...]


class Motion:
    """The ways in which the groups of one scene change, each under a class of its own."""

    def __init__(self, moments: Sequence[float]) -> None:
        self._moments = tuple(moments)
        self._names: dict[Levels, str] = {}

    def name(self, levels: Levels) -> str:
        """The class of groups with these opacities, one a moment."""
        return self._names.setdefault(levels, f"m{len(self._names) + 1}")

    def rules(self) -> str:
        """The rules of all classes; readers that ask for less motion see the picture as it stands."""
        if not self._names:
            return ""
        whole = number(sum(self._moments))
        rules = [
            f"@keyframes {name}{{{self._frames(levels)}}}.{name}{{animation:{name} {whole}s linear infinite}}"
            for levels, name in self._names.items()
        ]
        run = f"@keyframes run{{to{{stroke-dashoffset:-{number(sum(DASH))}}}}}"
        running = f"[data-role=run] path{{animation:run {number(_PACE)}s linear infinite}}"
        return f"@media (prefers-reduced-motion:no-preference){{{''.join(rules)}{run}{running}}}"

    def _frames(self, levels: Levels) -> str:
        """The keyframes of a row of opacities: each is held to the end of its moment, but for a short change into the
        next one, and the last into the first."""
        whole = sum(self._moments)
        frames = [(0.0, levels[0])]
        for place, end in enumerate(accumulate(self._moments)):
            here, following = levels[place], levels[(place + 1) % len(levels)]
            if here != following:
                frames += [(end - min(FADE, self._moments[place] / 2), here), (end, following)]
        if frames[-1][0] != whole:
            frames.append((whole, levels[-1]))
        return "".join(f"{_percent(time / whole)}{{opacity:{number(level)}}}" for time, level in frames)


def _percent(share: float) -> str:
    return f"{share * 100:.3f}".rstrip("0").rstrip(".") + "%"
