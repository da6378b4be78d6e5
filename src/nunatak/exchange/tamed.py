"""Markdown that somebody wrote, tamed: what is HTML in it becomes text, and no link leads to what a browser would run.

Readers of Markdown differ, so what can't be sure to be code for all of them is taken for text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_OPENING = re.compile(r"(`{3,})[^`]*$|(~{3,}).*$")
_TICKS = re.compile(r"(?<!`)`+(?!`)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^|]*?)(?<!`)\1(?!`)")
_TAG = re.compile(r"(?<!\\)(\\*)<(?=[A-Za-z/!?])")
# Where a link says where it leads: after its words, or in a definition at a line's start. Of what is longer than an
# address the end isn't looked for, so that no text takes much longer than another one.
_LONGEST = 2_000
_LINK = re.compile(rf"(?<!\\)(\\*)\](?=\(\s*<?([^\s>]{{0,{_LONGEST}}})|:\s*<?([^\s>]{{0,{_LONGEST}}}))")
_SCHEME = re.compile(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\-\s]*):", re.IGNORECASE)
_SAFE = ("http", "https", "mailto")


def tamed(text: str) -> str:
    """The text with the same lines. Code stays as it was written, and so does the rest for who reads it as Markdown."""
    return "\n".join(_lines(text.splitlines()))


def _lines(lines: list[str]) -> Iterator[str]:
    fence, open_ = "", False  # within code that a fence holds; whether some code may go on from an earlier line
    for line in lines:
        if fence:
            fence = "" if re.fullmatch(rf" {{0,3}}{fence}+[ \t]*", line) else fence
            yield line
        elif opening := _OPENING.match(line):
            fence, open_ = opening[1] or opening[2], False
            yield line
        else:
            open_ = bool(line.strip()) and (open_ or _is_odd(line))
            yield _plain(line) if open_ else _with_code(line)


def _is_odd(line: str) -> bool:
    """Whether it isn't sure which of the line's backticks belong together."""
    return r"\`" in line or _TICKS.search(_CODE.sub("", line)) is not None


def _with_code(line: str) -> str:
    found, at = "", 0
    for code in _CODE.finditer(line):
        found += _plain(line[at : code.start()]) + code[0]
        at = code.end()
    return found + _plain(line[at:])


def _plain(text: str) -> str:
    return _TAG.sub(lambda found: _escaped(found[1], "<"), _LINK.sub(_link, text))


def _link(link: re.Match[str]) -> str:
    """The bracket before an address. It loses its meaning before one that a browser would run, or that isn't to be seen
    on this line, or not to its end."""
    told = link[2] or link[3] or ""
    address = html.unescape(told.replace("\\", "")) if len(told) < _LONGEST else ""
    scheme = _SCHEME.match(address)
    is_safe = bool(address) if scheme is None else re.sub(r"\s", "", scheme[1]).lower() in _SAFE
    return f"{link[1]}]" if is_safe else _escaped(link[1], "]")


def _escaped(before: str, sign: str) -> str:
    """A sign behind backslashes, of which every second one is a letter, without its meaning."""
    return f"{before}{sign}" if len(before) % 2 else f"{before}\\{sign}"
