"""Foreign Markdown has no HTML left and no link that runs something, and its code is as it was written."""

from __future__ import annotations

import html
import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nunatak.exchange.tamed import tamed

READERS = [MarkdownIt("commonmark", {"html": True}), MarkdownIt("gfm-like", {"html": True, "linkify": False})]
PIECES = st.sampled_from(
    (
        *("`", "``", "```", "~~~", "\n", "\n\n", "  ", "    ", "- ", "> ", "|", "a", "<b>", "<img src=x onerror=1>"),
        *("<!-- x", "-->", "\\", "\\`", "[a](", ")", "<", ">", "javascript:", "# ", "1. ", "\t", "<?x", "| - |"),
        *("&lt;", "]: ", "</div>", "[a]: "),
    )
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("plain **words** 1 < 2", "plain **words** 1 < 2"),
        ("<b>x</b>", r"\<b>x\</b>"),
        ("use `<b>` here", "use `<b>` here"),
        ("```html\n<b>\n```\n<i>", "```html\n<b>\n```\n\\<i>"),
        ("~~~~\n<b>\n~~~\n~~~~\n<i>", "~~~~\n<b>\n~~~\n~~~~\n\\<i>"),
        ("an open ` tick\n<b> `\n\n`<b>`", "an open ` tick\n\\<b> `\n\n`<b>`"),
        (r"\`<b>`", r"\`\<b>`"),
        ("- item\n  ```\nout <b>", "- item\n  ```\nout \\<b>"),
        ("[a](https://x.example/?q=1) [b](#c) [d](./e) [f](mailto:g@h.example)",) * 2,
        ("[a](javascript:alert(1))", r"[a\](javascript:alert(1))"),
        ("[a]( <JavaScript:alert(1)>)", r"[a\]( \<JavaScript:alert(1)>)"),
        ("[a](java&#115;cript:alert(1))", r"[a\](java&#115;cript:alert(1))"),
        (r"[a](javascript\:alert(1))", r"[a\](javascript\:alert(1))"),
        ("[a]: data:text/html,x", r"[a\]: data:text/html,x"),
        ("[a](\njavascript:alert(1))", "[a\\](\njavascript:alert(1))"),
        ("[a](<\tjavascript:alert(1)>)", "[a\\](<\tjavascript:alert(1)>)"),
        ("![a](vbscript:x)", r"![a\](vbscript:x)"),
    ],
)
def test_markup_becomes_text_and_all_else_stays(given_text: str, expected: str) -> None:
    assert tamed(given_text) == expected


def test_a_link_to_a_place_that_ends_nowhere_is_text() -> None:
    assert tamed(f"[a](https://example.com/{'x' * 5_000})").startswith("[a\\](")
    assert tamed(f"[a](https://example.com/{'x' * 500})").startswith("[a](")


@pytest.mark.parametrize("piece", ["](", "\\", "]:", "[](<"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    began = process_time()
    tamed(piece * 50_000 + "<b")
    assert process_time() - began < 20


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_reader_of_markdown_finds_html_or_an_evil_link(text: str) -> None:
    for reader in READERS:
        for quoted in (tamed(text), "\n".join(f"> {line}" for line in tamed(text).splitlines())):
            tokens = reader.parse(quoted)
            inside = [child for token in tokens for child in token.children or ()]
            assert [token.content for token in (*tokens, *inside) if token.type in ("html_inline", "html_block")] == []
            addresses = re.findall(r'(?:href|src)="([^"]*)"', reader.render(quoted))
            assert [one for one in addresses if html.unescape(one).lower().startswith("javascript")] == []


@given(st.text(st.characters(exclude_characters="<]`"), max_size=60))
def test_a_text_without_markup_stays_as_it_is(text: str) -> None:
    assert tamed(text) == "\n".join(text.splitlines())
