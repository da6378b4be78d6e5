"""Direction: in which order the parts of a line stand that mixes scripts written to the left with others (UAX #9).

Names carry no controls of direction (see `characters.clean`), so of the Unicode algorithm all that acts on those is
left out; what is here are the rules P2-P3, W1-W7, N0-N2, I1-I2, L1 and L2. See docs/decisions/0004-text-direction.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar
from unicodedata import bidirectional

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, and the presentation forms.
LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
MARK = "\u200f"
_NUMBERS = ("EN", "AN")
_NEUTRAL = ("B", "S", "WS", "ON")
T = TypeVar("T")
_PAIRS = "()[]{}⟨⟩⟪⟫⟦⟧❨❩（）［］｛｝「」『』《》〈〉【】〔〕"
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_MOST_OPEN = 63


class Part(NamedTuple):
    """Letters that follow each other in one direction."""

    text: str
    leftward: bool


def starts_leftward(text: str) -> bool:
    """Whether a paragraph runs to the left: whether the first letter in it that has a direction does."""
    if not LEFTWARD.search(text):
        return False
    strong = (bidirectional(character) for character in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def shown_leftward(text: str) -> str:
    """A leftward part by itself as programs show it that take a line for one from the left: what has no direction at
    its ends is held by marks that show nothing."""
    first, last = (bidirectional(character) in ("R", "AL") for character in (text[:1] or " ", text[-1:] or " "))
    return f"{'' if first else MARK}{text}{'' if last else MARK}"


def parts(text: str, *, leftward: bool) -> list[Part]:
    """A line's parts from the left to the right as they are seen, each in the order in which it is read. `leftward`
    says where the line's paragraph begins."""
    if not leftward and not LEFTWARD.search(text):
        return [Part(text, False)] if text else []
    leveled = groupby(zip(levels(text, leftward=leftward), text, strict=True), key=lambda pair: pair[0])
    runs = [(level, "".join(character for _, character in run)) for level, run in leveled]
    return [Part(run, bool(level % 2)) for level, run in ordered(runs)]


def ordered(runs: Sequence[tuple[int, T]]) -> list[tuple[int, T]]:
    """Parts with their levels from the left to the right: every stretch at a level or above it turned round, from the
    highest level on (L2)."""
    turned = list(runs)
    for level in range(max((run[0] for run in runs), default=0), 0, -1):
        stretches = [(inside, list(run)) for inside, run in groupby(turned, key=lambda run: run[0] >= level)]
        turned = [run for inside, stretch in stretches for run in (stretch[::-1] if inside else stretch)]
    return turned


def levels(text: str, *, leftward: bool) -> list[int]:
    """How deep each character's direction lies in others: even for those read from the left, odd for the leftward."""
    if not leftward and not LEFTWARD.search(text):
        return [0] * len(text)
    return _levels(text, int(leftward))


def _levels(text: str, base: int) -> list[int]:
    side = "R" if base else "L"
    own = [bidirectional(character) or "L" for character in text]
    kinds = _weak(own, side)
    _brackets(text, own, kinds, side)
    _neutral(kinds, side)
    levels = [base + _raised(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):  # spaces at the end lie where the line ends (L1)
        if own[place] not in ("WS", "S", "B", "BN"):
            break
        levels[place] = base
    return levels


def _raised(kind: str, base: int) -> int:
    if base:
        return 0 if kind == "R" else 1
    return {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(own: list[str], side: str) -> list[str]:
    """W1 to W7: what marks, digits and the signs among them are."""
    kinds: list[str] = []
    strong, before = side, side
    for kind in own:
        if kind in ("NSM", "BN"):
            kind = before
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        before = kind
        kinds.append(kind)
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        last, kind, following = kinds[place - 1 : place + 2]
        if last == following and ((kind == "ES" and last == "EN") or (kind == "CS" and last in _NUMBERS)):
            kinds[place] = last
    return _settled(_signed(kinds), side)


def _signed(kinds: list[str]) -> list[str]:
    """Signs of amounts belong to the numbers that they touch (W5); all other signs are neutral (W6)."""
    done: list[str] = []
    stretches = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for place, (kind, count) in enumerate(stretches):
        if kind == "ET":
            around = [stretches[at][0] for at in (place - 1, place + 1) if 0 <= at < len(stretches)]
            kind = "EN" if "EN" in around else "ON"
        done += ["ON" if kind in ("ES", "CS") else kind] * count
    return done


def _settled(kinds: list[str], side: str) -> list[str]:
    """Numbers among letters to the right are as they are (W7)."""
    strong, done = side, []
    for kind in kinds:
        strong = kind if kind in ("L", "R") else strong
        done.append("L" if kind == "EN" and strong == "L" else kind)
    return done


def _brackets(text: str, own: list[str], kinds: list[str], side: str) -> None:
    """N0: both of a pair take the direction of what they hold, or else of what stands before them."""
    other = "L" if side == "R" else "R"
    for first, last in _pairs(text, kinds):
        held = {_strong(kind) for kind in kinds[first + 1 : last]}
        if side in held:
            turn = side
        elif other in held:
            before = (_strong(kind) for kind in reversed(kinds[:first]))
            turn = next((kind for kind in before if kind in ("L", "R")), side)
        else:
            continue
        for place in (first, last):
            kinds[place] = turn
            behind = place + 1
            while behind < len(own) and own[behind] in ("NSM", "BN"):
                kinds[behind] = turn
                behind += 1


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _CLOSING:
            if len(waiting) == _MOST_OPEN:
                return []
            waiting.append((_CLOSING[character], place))
        elif match := next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i][0] == character), None):
            found.append((waiting[match][1], place))
            del waiting[match:]
        elif waiting and waiting[0][0] == character:
            found.append((waiting[0][1], place))
            waiting.clear()
    return sorted(found)


def _strong(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _neutral(kinds: list[str], side: str) -> None:
    """N1 and N2: between two of the same direction a neutral has that too, or else the paragraph's."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > place:
            before = _strong(kinds[place - 1]) if place else side
            behind = _strong(kinds[end]) if end < len(kinds) else side
            kinds[place:end] = [before if before == behind else side] * (end - place)
        place = max(end, place + 1)
