"""Text in lines of a width: broken at spaces where it can be, inside words where it must, cut with an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nunatak.drawing.bidi import starts_leftward
from nunatak.drawing.characters import clean, joins
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.scene import FontKey

ELLIPSIS = "…"
# No line of ours holds more characters than this: what is behind them can't be seen and needn't be measured.
_LONGEST_LINE = 240
_MOST_LOST = 0.45
# No text of ours is narrower, in ems a character; longer ones needn't be measured whole.
_NARROWEST = 0.2
_SPACES = re.compile(" {2,}")
# Ideographs and kana may be parted anywhere; what opens or closes stays with what it stands at, and so does what only
# goes on with the sign before it.
_WIDE = "\u2e80-\u2fff\u3001-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = "（「『【〈《〔［｛"
_CLOSING = "、。，．・！？）」』】〉》〕］｝：；ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
_WORD = re.compile(f"[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}]+)[{_CLOSING}]*")
# Scripts in which words aren't just letters side by side with spaces between: all behind Cyrillic but more Latin and
# Greek, and the signs that these use.
_COMPLEX = re.compile("[\u0590-\u1cff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\uffef\U00010000-\U0010ffff]")
# Where a word too long for a line is parted first: behind joining signs and before the humps of camel case.
_SOFT = re.compile(r"(?<=[-_/.:@&+])(?=\w)|(?<=[a-z0-9])(?=[A-Z])")


class Face(NamedTuple):
    """A font at a size, and the distance of its baselines."""

    font: FontKey
    size: float
    leading: float


class Ruler:
    """Measures with the fonts, each piece of text once."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._known: dict[FontKey, dict[str, float]] = {}

    def width(self, text: str, face: Face) -> float:
        """The width in units of one line of text."""
        known = self._known.setdefault(face.font, {})
        if text not in known:
            known[text] = self._fonts.width(text, face.font, 1.0)
        return known[text] * face.size

    def ems(self, texts: Sequence[str], font: FontKey) -> list[float]:
        """The widths in ems of some texts."""
        known = self._known.setdefault(font, {})
        for text in texts:
            if text not in known:
                known[text] = self._fonts.width(text, font, 1.0)
        return [known[text] for text in texts]


class Row(NamedTuple):
    """One line of text and its width."""

    text: str
    width: float


class Block(NamedTuple):
    """Lines of one face. `cut`: the end is missing, and `whole` is the text with it; `parted`: a word had to be broken
    inside; `leftward`: they begin at the right."""

    face: Face
    rows: tuple[Row, ...] = ()
    cut: bool = False
    parted: bool = False
    leftward: bool = False
    whole: str = ""

    @property
    def width(self) -> float:
        return max((row.width for row in self.rows), default=0.0)

    @property
    def height(self) -> float:
        return len(self.rows) * self.face.leading


@cache
def _nothing(face: Face) -> Block:
    """No lines: most cards have some, and share it."""
    return Block(face)


def wrap(text: str, ruler: Ruler, face: Face, *, width: float, rows: int) -> Block:
    """The text in at most `rows` lines no wider than `width` units; nothing but spaces makes no line."""
    if not text or rows < 1 or width <= 0:
        return _nothing(face)
    given, text = text, clean(text[: _LONGEST_LINE * (rows + 1)]).strip()
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if not text:
        return _nothing(face)
    # Words come back within a picture, so their widths are known sooner than that of all the text.
    if text.isascii() and (block := _plain(text, ruler, face, width, rows)):
        return block
    if len(text) * face.size * _NARROWEST <= width:
        whole = ruler.width(text, face)
        if whole <= width:
            return Block(face, (Row(text, whole),), leftward=not text.isascii() and starts_leftward(text))
    plain = None if text.isascii() else _plain(text, ruler, face, width, rows)
    block = plain or _Wrapping(ruler, face, width, rows).block(text)
    return block._replace(whole=clean(given)) if block.cut else block


def _plain(text: str, ruler: Ruler, face: Face, width: float, rows: int) -> Block | None:
    """The usual case in a hurry: text whose words all fit on a line each and all of which has room; None for others."""
    if " ." in text or " ," in text or (not text.isascii() and _COMPLEX.search(text)):
        return None  # a space kerns with these two alone; ideographs part without one
    words = text.split()
    widths = ruler.ems(words, face.font)
    limit = width / face.size
    if max(widths) > limit:
        return None
    space = ruler.ems(" ", face.font)[0]
    lines: list[Row] = []
    first, used = 0, widths[0]
    for number in range(1, len(words)):
        longer = used + space + widths[number]
        if longer > limit:
            lines.append(Row(" ".join(words[first:number]), used * face.size))
            if len(lines) == rows:
                return None
            first, used = number, widths[number]
        else:
            used = longer
    lines.append(Row(" ".join(words[first:]), used * face.size))
    return Block(face, tuple(lines))


def balanced(text: str, ruler: Ruler, face: Face, *, width: float, rows: int) -> Block:
    """The text wrapped into no more lines than it needs, of lengths as even as a few tries make them."""
    block = wrap(text, ruler, face, width=width, rows=rows)
    count = len(block.rows)
    if count < 2 or block.cut or block.parted:
        return block
    total = sum(row.width for row in block.rows)
    for share in (1.06, 1.18, 1.32):
        if total / count * share >= block.width:
            break
        tried = _plain(" ".join(row.text for row in block.rows), ruler, face, total / count * share, count)
        if tried is not None:
            return tried
    return block


class _Wrapping:
    """One text being broken into lines."""

    def __init__(self, ruler: Ruler, face: Face, width: float, rows: int) -> None:
        self._ruler, self._face, self._width, self._most = ruler, face, width, rows
        self._space = ruler.width(" ", face)
        self._lines: list[str] = []
        self._parted = self._leftward = self._complex = False

    def block(self, text: str) -> Block:
        line, used = "", 0.0
        self._leftward, self._complex = starts_leftward(text), bool(_COMPLEX.search(text))
        for gap, piece in self._pieces(text):
            # Words next to a space don't kern with it, so their widths add up; other pieces are measured together, and
            # so are words of scripts whose spaces are of their own font.
            if gap and not self._complex:
                longer = used + self._space + self._measured(piece)
            else:
                longer = self._measured(line + gap + piece)
            if line and longer <= self._width:
                line, used = line + gap + piece, longer
                continue
            if line:
                self._lines.append(line)
            if len(self._lines) == self._most:
                self._lines[-1] = self._ended(self._lines[-1] + gap + piece)
                return self._finished(cut=True)
            line, used = piece, self._measured(piece)
        self._lines.append(line)
        return self._finished(cut=False)

    def _finished(self, *, cut: bool) -> Block:
        rows = tuple(map(self._row, self._lines))
        cut = cut or any(row.text == ELLIPSIS for row in rows)
        return Block(face=self._face, rows=rows, cut=cut, parted=self._parted, leftward=self._leftward)

    def _row(self, line: str) -> Row:
        """A line; where it is one character that is wider than all the room, what says that there is one."""
        width = self._measured(line)
        if width > self._width and (ended := self._measured(ELLIPSIS)) <= self._width:
            return Row(ELLIPSIS, ended)
        return Row(line, width)

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """What may start a line, with the space before it."""
        end = 0
        for match in _WORD.finditer(text):
            gap = " " if match.start() > end and end else ""
            end = match.end()
            for part in self._parts(match.group()):
                yield gap, part
                gap = ""

    def _parts(self, word: str) -> Iterator[str]:
        if self._fits(word):
            yield word
            return
        for part in _SOFT.split(word):
            if self._fits(part):
                yield part
            else:
                self._parted = True
                yield from self._slices(part)

    def _slices(self, word: str) -> Iterator[str]:
        while word:
            count = self._fitting(word, "")
            yield word[:count]
            word = word[count:]

    def _ended(self, line: str) -> str:
        kept = line[: self._fitting(line, ELLIPSIS)]
        # A word cut short says less than no word, unless it is most of the line.
        word = kept.rfind(" ")
        if word > len(kept) * (1 - _MOST_LOST) and len(kept) < len(line) and line[len(kept)] != " ":
            kept = kept[:word]
        return kept.rstrip(" ,;:-") + ELLIPSIS

    def _fitting(self, text: str, end: str) -> int:
        """How many characters fit on a line before `end`, at least one, and never half a character."""
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(text[:middle].rstrip() + end):
                low = middle
            else:
                high = middle - 1
        fitting = low
        while 0 < low < len(text) and joins(text, low):
            low -= 1
        if low:
            return low
        while fitting < len(text) and joins(text, fitting):
            fitting += 1
        return fitting

    def _fits(self, text: str) -> bool:
        return self._measured(text) <= self._width

    def _measured(self, text: str) -> float:
        return self._ruler.width(text, self._face)
