"""Sheets: running text, tables and pictures on pages of A4, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nunatak.drawing.characters import clean, clusters
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.pdf.document import A4, Bookmark, Document, Page, Place
from nunatak.drawing.scene import FontKey, Paint
from nunatak.exchange.register import named

INK, QUIET, LINE, ACCENT = "#1b2127", "#525c66", "#cfd6dc", "#1f5f99"
MARGIN, FOOT = 56.0, 40.0
_LEADING = 1.4
_CACHED_LINES = 5_000


class Face(NamedTuple):
    """How words are set: font, size in points, colour."""

    font: FontKey = "sans"
    size: float = 9.5
    fill: str = INK

    @property
    def leading(self) -> float:
        return self.size * _LEADING


BODY, BOLD = Face(), Face("sans-semibold")
MUTED, MONO = Face(size=8.5, fill=QUIET), Face("mono", 7.5, QUIET)
LINKED = Face(fill=ACCENT)
HEADINGS = {1: Face("sans-semibold", 20), 2: Face("sans-semibold", 13), 3: Face("sans-semibold", 10.5)}
_ABOVE = {1: 0.0, 2: 18.0, 3: 12.0}


class Cell(NamedTuple):
    """Words of a table's cell, and where they lead to."""

    text: str
    target: str = ""
    face: Face = Face(size=8.5)


class Column(NamedTuple):
    """A column's heading, and its share of the width."""

    title: str
    share: float


@dataclass
class _Marked:
    """A line of the contents."""

    level: int
    title: str
    target: str


class Sheets:
    """Pages that are filled one after the other. `wide` is A4 across."""

    def __init__(self, fonts: Fonts, *, title: str, subject: str, wide: bool) -> None:
        self.document = Document(fonts, title=title, subject=subject)
        self.marked: list[_Marked] = []
        self.y = MARGIN
        self._fonts = fonts
        self._size = (A4[1], A4[0]) if wide else A4
        self._lines = lru_cache(maxsize=_CACHED_LINES)(self._wrapped)

    @property
    def page(self) -> Page:
        return self.document.pages[-1]

    @property
    def width(self) -> float:
        return self.page.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        return self.page.height - MARGIN - 8

    @property
    def here(self) -> Place:
        """Where the next words begin."""
        return Place(len(self.document.pages) - 1, self.y)

    def turn(self, *, wide: bool | None = None) -> None:
        """Begins a new page; `wide` is A4 across or upright whatever the others are."""
        size = self._size if wide is None else (A4[1], A4[0]) if wide else A4
        self.document.page(*size)
        self.y = MARGIN

    def need(self, height: float) -> None:
        """Begins a new page, unless so many points are left on this one."""
        if self.y + height > self.bottom and self.y > MARGIN:
            self.turn()

    def space(self, height: float) -> None:
        self.y += height if self.y > MARGIN else 0

    def heading(self, level: int, text: str, target: str = "", *, listed: bool = True) -> None:
        """A heading with some room for what follows it; a listed one is in the contents and the outline."""
        face = HEADINGS[level]
        lines = self._lines(named(text), face, self.width)
        self.space(_ABOVE[level])
        self.need(len(lines) * face.size * 1.25 + 40)
        if listed:
            self.mark(level, text, target)
        for line in lines:
            self.y += face.size
            self._set(MARGIN, line, face)
            self.y += face.size * 0.25
        self.y += face.size * 0.35

    def mark(self, level: int, text: str, target: str) -> None:
        """Puts this place into the contents and the outline."""
        self.document.targets[target] = self.here
        self.marked.append(_Marked(level, text, target))
        marks = self.document.outline
        if level > 1 and marks:
            marks = marks[-1].under
        marks.append(Bookmark(text, self.here))

    def marked_paragraph(self, mark: str, text: str, *, indent: float, hang: float, mark_face: Face = BODY) -> None:
        """Running text `hang` points beside its mark."""
        self.need(BODY.leading)
        self.page.text(
            MARGIN + indent, self.y + BODY.leading, mark, font=mark_face.font, size=mark_face.size, fill=mark_face.fill
        )
        self.paragraph(text, indent=indent + hang)

    def paragraph(self, text: str, face: Face = BODY, *, indent: float = 0, target: str = "") -> None:
        """Running text, `indent` points from the margin."""
        x = MARGIN + indent
        for line in self._lines(text, face, self.width - indent):
            self.need(face.leading)
            self.y += face.leading
            width = self._set(x, line, face)
            if target:
                self.page.link(Box(x, self.y - face.size, width, face.leading), target)

    def inline(self, words: Sequence[tuple[str, Face]], *, indent: float = 0) -> None:
        """Words in different faces on one line; what doesn't fit goes on below, in its own face."""
        self.need(words[0][1].leading)
        self.y += words[0][1].leading
        x = MARGIN + indent
        for text, face in words:
            room = MARGIN + self.width - x
            lines = self._lines(text, face, self.width - indent)
            if self._fonts.width(clean(text), face.font, face.size) > room or len(lines) > 1:
                for number, line in enumerate(lines):
                    if number or x > MARGIN + indent:
                        self.need(face.leading)
                        self.y += face.leading
                    x = MARGIN + indent + self._set(MARGIN + indent, line, face)
            else:
                x += self._set(x, clean(text), face)
            x += 5

    def rule(self) -> None:
        self.page.line(MARGIN, self.y, MARGIN + self.width, stroke=LINE)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """A table whose header is repeated on every page; a row is kept together unless it is longer than a page."""
        self.space(6)
        whole = sum(column.share for column in columns)
        widths = [self.width * column.share / whole for column in columns]
        head = [Cell(column.title, face=Face("sans-semibold", 8, QUIET)) for column in columns]
        self._row(head, widths, ())
        for row in rows:
            self._row(row, widths, head)
        self.y += 4

    def _row(self, row: Sequence[Cell], widths: Sequence[float], head: Sequence[Cell]) -> None:
        cells = [self._lines(cell.text, cell.face, width - 8) for cell, width in zip(row, widths, strict=True)]
        count = max(map(len, cells), default=1) or 1
        leading = max(cell.face.leading for cell in row)
        height = count * leading + 6
        if self.y + height > self.bottom and height <= self.bottom - MARGIN:
            self.turn()
            if head:
                self._row(head, widths, ())
        self.y += 3
        for number in range(count):
            if self.y + leading > self.bottom:
                self.turn()
            self.y += leading
            x = MARGIN
            for cell, lines, width in zip(row, cells, widths, strict=True):
                if number < len(lines):
                    end = self._set(x, lines[number], cell.face)
                    if cell.target:
                        self.page.link(Box(x, self.y - cell.face.size, end, leading), cell.target)
                x += width
        self.y += 5
        self.rule()

    def _set(self, x: float, line: str, face: Face) -> float:
        return self.page.text(x, self.y, line, font=face.font, size=face.size, fill=face.fill)

    def _wrapped(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        """The lines of a text; a word that is wider than a line is broken where it must be."""
        lines: list[str] = []
        for part in text.splitlines() or [""]:
            line = part[: len(part) - len(part.lstrip(" "))]  # code is indented
            for word in clean(part).split():
                longer = f"{line} {word}" if line.strip() else line + word
                if self._fonts.width(longer, face.font, face.size) <= width:
                    line = longer
                    continue
                lines += [line] if line.strip() else []
                *whole, line = self._broken(word, face, width)
                lines += whole
            lines.append(line if line.strip() else "")
        while lines and not lines[-1]:
            lines.pop()
        return tuple(lines)

    def _broken(self, word: str, face: Face, width: float) -> list[str]:
        """A word in pieces that fit, each measured once: what stands together is hardly wider than its characters."""
        if self._fonts.width(word, face.font, face.size) <= width:
            return [word]
        parts = clusters(word)
        widths = {part: self._fonts.width(part, face.font, face.size) for part in dict.fromkeys(parts)}
        pieces, used = list[list[str]](), width
        for part in parts:
            used += widths[part]
            if used > width:
                pieces.append([])
                used = widths[part]
            pieces[-1].append(part)
        return ["".join(piece) for piece in pieces]

    def foot(self, words: str, first: int) -> None:
        """Names and numbers the pages from `first` on, at their foot."""
        for number, page in enumerate(self.document.pages[first:], first + 1):
            y = page.height - FOOT
            label = str(number)
            end = page.width - MARGIN - self._fonts.width(label, MUTED.font, MUTED.size)
            page.text(MARGIN, y, clean(words), font=MUTED.font, size=MUTED.size, fill=QUIET)
            page.text(end, y, label, font=MUTED.font, size=MUTED.size, fill=QUIET)

    def contents(self, first: int, count: int) -> None:
        """Writes the contents on pages that were kept for them."""
        lines = iter(self.marked)
        for index in range(first, first + count):
            page, y = self.document.pages[index], MARGIN + (44 if index == first else 0)
            if index == first:
                face = HEADINGS[1]
                page.text(MARGIN, MARGIN + face.size, "Contents", font=face.font, size=face.size, fill=face.fill)
            for marked in [
                line for line, _ in zip(lines, range(contents_room(page.height, index == first)), strict=False)
            ]:
                y += CONTENTS_LEADING
                self._entry(page, y, marked)

    def _entry(self, page: Page, y: float, marked: _Marked) -> None:
        face = BOLD if marked.level == 1 else BODY
        x, end = MARGIN + 14 * (marked.level - 1), page.width - MARGIN
        number = str(self.document.targets[marked.target].page + 1) if marked.target in self.document.targets else ""
        title = self._lines(named(marked.title), face, end - x - 40)[0]
        page.text(x, y, title, font=face.font, size=face.size, fill=face.fill)
        page.text(
            end - self._fonts.width(number, face.font, face.size), y, number, font=face.font, size=face.size, fill=QUIET
        )
        page.link(Box(x, y - face.size, end - x, CONTENTS_LEADING), marked.target)

    def block(self, box: Box, fill: str) -> None:
        self.page.rect(box, Paint(fill=fill))


CONTENTS_LEADING = 16.0


def contents_room(height: float, first: bool) -> int:
    """How many lines of contents a page of this height takes."""
    return int((height - 2 * MARGIN - 8 - (44 if first else 0)) // CONTENTS_LEADING)
