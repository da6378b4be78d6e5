"""Markdown, read back by a parser that we didn't write."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from nunatak.exchange import markdown
from nunatak.exchange.markdown import escaped
from tests.exchange.landscapes import HOSTILE, parts, thing

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def plain(token: Token) -> str | None:
    """An inline token as text; None when there is anything else in it."""
    kinds = {child.type for child in token.children or ()}
    if not kinds <= {"text", "text_special"}:
        return None
    return "".join(child.content for child in token.children or ())


def test_headings_are_the_documents_own_and_contents_lead_to_them() -> None:
    text = markdown.write(parts())
    tokens = PARSER.parse(text)
    titles = [
        tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0
    ]
    assert titles[:3] == ["Huts & \\<beds\\>", "Contents", "Shop"]
    assert "Why" not in titles  # a description's own heading is quoted
    anchors = set(re.findall(r'<a id="([a-z0-9-]+)"></a>', text))
    assert set(re.findall(r"\]\(#([a-z0-9-]+)\)", text)) == anchors - {"domain"}


def test_a_hostile_name_is_text_wherever_it_stands() -> None:
    tokens = PARSER.parse(markdown.write(parts()))
    inline = [token for token in tokens if token.type == "inline"]
    html = [child.content for token in inline for child in token.children or () if child.type == "html_inline"]
    html += [token.content for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r'(<a id="[a-z0-9-]+">|</a>)\s*', one) for one in html)
    assert sum(HOSTILE in (plain(token) or "") for token in inline) >= 4


@pytest.mark.parametrize("place", ["{}", "- {}", "# {}", "**{}** x"])
@pytest.mark.parametrize(
    "text",
    [
        "1. one", "2) two", "- a", "+ a", "= b", "# C #", "C#",
        "a_b_c _d_ __e__", "~~gone~~", "<b>x</b>", "&amp; &#65;", "A&B",
        "`code`", "[x](y)", "![x](y)", "a | b", "\\", "\\*", "$x$", "*", "***", "---", "___", "> q", "a\nb",
    ],
)  # fmt: skip
def test_escaped_text_reads_as_it_was(place: str, text: str) -> None:
    inline = [token for token in PARSER.parse(place.format(escaped(text))) if token.type == "inline"]
    assert len(inline) == 1
    found = "".join(c.content for c in inline[0].children or () if c.type in ("text", "text_special"))
    assert found.removesuffix(" x") if "x" in place else found == " ".join(text.split())


@example(" ")
@given(st.text(alphabet="a1 .)#*_-+=<>&;[]()!|~`\\$:@", min_size=1, max_size=14))
def test_any_name_is_one_cell_of_the_table(name: str) -> None:
    text = markdown.write(replace(parts(), objects=[parts().objects[0], thing("x", name, "system")], connections=[]))
    tokens = PARSER.parse(text)
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    assert plain(cells[0]) == (" ".join(name.split()) or "Without a name")


def test_only_addresses_of_the_web_become_links() -> None:
    text = markdown.write(parts())
    assert "| <https://example.com/java> |" in text
    assert "| javascript:alert(1) |" in text
    assert "- [Handbook](<https://example.com/hut?a=1>)" in text


def test_a_table_has_no_empty_columns_and_no_section_without_things() -> None:
    small = replace(
        parts(), objects=parts().objects[:3], connections=[], diagrams=[], flows=[], technologies=[], tags=[]
    )
    text = markdown.write(small)
    assert "| Object | Type |\n" in text
    assert "## Flows" not in text
    assert "## Tags" not in text
