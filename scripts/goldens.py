#!/usr/bin/env python3
"""Draws the golden cases anew, before and after side by side: `python scripts/goldens.py [--write] [CASE …]`."""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.golden import cases  # noqa: E402

PAGE = ROOT / "build" / "goldens.html"
STYLE = (
    "body{font:14px system-ui;margin:24px;background:#eceff2}section{margin:0 0 32px}"
    "div{display:flex;gap:16px;align-items:flex-start}figure{margin:0;flex:1;min-width:0}"
    "svg{max-width:100%;height:auto;border:1px solid #c5ccd3}h2.changed{color:#b3261e}"
)


def main() -> int:
    """Answers 1 when a case has changed and nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", help="only these cases")
    parser.add_argument("--write", action="store_true", help="keep what is drawn now")
    given = parser.parse_args()
    sections, changed = [], []
    for name in given.cases or cases.NAMES:
        before, after = cases.kept(name), cases.draw(name)
        if before != after:
            changed.append(name)
            if given.write:
                cases.keep(name, after)
        sections.append((before != after, _section(name, before, after)))
    _page([section for _, section in sorted(sections, key=lambda found: not found[0])])
    print(f"{len(changed)} of {len(sections)} cases changed: {', '.join(changed) or 'none'}; see {PAGE}")
    return 0 if given.write or not changed else 1


def _section(name: str, before: cases.Drawn, after: cases.Drawn) -> str:
    if before == after:
        return f"<section><h2>{escape(name)}</h2><div><figure>{after.svg}</figure></div></section>"
    figures = f"<figure>before{before.svg}</figure><figure>after{after.svg}</figure>"
    return f'<section><h2 class="changed">{escape(name)}</h2><div>{figures}</div></section>'


def _page(sections: list[str]) -> None:
    PAGE.parent.mkdir(exist_ok=True)
    head = f"<!doctype html><meta charset=utf-8><title>Golden cases</title><style>{STYLE}</style>"
    PAGE.write_text(head + "".join(sections), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
