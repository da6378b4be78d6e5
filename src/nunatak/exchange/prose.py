"""Descriptions as their writers meant them: the part of Markdown that people write, as blocks and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Style = Literal["", "strong", "em", "code"]
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,4}[.)]))[ \t]+(.*)$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
# Lengths are bounded, so that no text takes much longer than another one.
_INLINE = re.compile(
    r"\\([\\`*_{}\[\]()#+\-.!|<>~])"
    r"|`([^`]{1,200})`"
    r"|\*\*([^\s*](?:[^*]{0,200}[^\s*])?)\*\*"
    r"|(?<!\w)__([^\s_](?:[^_]{0,200}[^\s_])?)__(?!\w)"
    r"|(?<![\w*])\*([^\s*](?:[^*]{0,200}[^\s*])?)\*(?![\w*])"
    r"|(?<!\w)_([^\s_](?:[^_]{0,200}[^\s_])?)_(?!\w)"
    r"|\[([^\[\]]{1,200})\]\((https?://[^\s()]{1,1000})\)"
)
_STYLES: tuple[Style, ...] = ("", "code", "strong", "strong", "em", "em", "")
_LONGEST_LINE = 5_000


class Span(NamedTuple):
    """Words in one style, and where they lead to."""

    text: str
    style: Style = ""
    url: str = ""


class Block(NamedTuple):
    """A heading, an item of a list, some code, or a paragraph; an item has its depth from 0 and what stands before it.
    Its lines are lists of spans."""

    kind: Literal["heading", "item", "code", "paragraph"]
    lines: tuple[tuple[Span, ...], ...]
    depth: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The words alone, line by line."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


def blocks(text: str) -> list[Block]:
    """A description in parts. Whatever is written differently is a paragraph, word for word."""
    found: list[Block] = []
    waiting: list[str] = []
    lines = iter(text.strip("\n").splitlines())
    for line in lines:
        block = _code(lines) if _FENCE.match(line) else _block(line)
        if block is None and line.strip():
            waiting.append(line.strip())
            continue
        found += _paragraph(waiting)
        waiting = []
        found += [block] if block is not None else []
    return [*found, *_paragraph(waiting)]


def _paragraph(lines: list[str]) -> list[Block]:
    return [Block("paragraph", tuple(map(_spans, lines)))] if lines else []


def _code(lines: Iterator[str]) -> Block:
    """The lines up to the closing fence, or to the end."""
    inside: list[tuple[Span, ...]] = []
    for line in lines:
        if _FENCE.match(line):
            break
        inside.append((Span(line, "code"),))
    return Block("code", tuple(inside))


def _block(line: str) -> Block | None:
    """The block that a line is by itself."""
    if len(line) > _LONGEST_LINE:
        return None
    if heading := _HEADING.match(line):
        return Block("heading", (_spans(heading[1]),))
    if item := _ITEM.match(line):
        depth = min(len(item[1].expandtabs(4)) // 2, 4)
        return Block("item", (_spans(item[3]),), depth, item[2] or "•")
    return None


def _spans(line: str) -> tuple[Span, ...]:
    if len(line) > _LONGEST_LINE:
        return (Span(line),)
    found: list[Span] = []
    at = 0
    for match in _INLINE.finditer(line):
        found += [Span(line[at : match.start()])] if match.start() > at else []
        at = match.end()
        words = match[match.lastindex or 0]
        if match[8]:
            found.append(Span(match[7], "", match[8]))
        else:
            found.append(Span(words, _STYLES[(match.lastindex or 1) - 1]))
    return (*found, Span(line[at:])) if at < len(line) else tuple(found)
