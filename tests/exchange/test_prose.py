"""Descriptions in blocks and spans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.exchange.prose import Block, Span, blocks


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


def test_blocks_are_told_apart() -> None:
    text = "# Why #\nBeds are few.\nReally.\n\n- one\n  * two\n3. three\n```sh\n# not a title\n  run\n```\nEnd"
    assert kinds(text) == [
        ("heading", "Why"),
        ("paragraph", "Beds are few.\nReally."),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("code", "# not a title\n  run"),
        ("paragraph", "End"),
    ]
    assert [(block.depth, block.mark) for block in blocks(text) if block.kind == "item"] == [
        (0, "•"), (1, "•"), (0, "3."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("a **b** c", (Span("a "), Span("b", "strong"), Span(" c"))),
        ("__b__ *i* _j_", (Span("b", "strong"), Span(" "), Span("i", "em"), Span(" "), Span("j", "em"))),
        ("`a*b*`", (Span("a*b*", "code"),)),
        ("[here](https://x.y/z?a=1)", (Span("here", "", "https://x.y/z?a=1"),)),
        ("[x](javascript:alert(1))", (Span("[x](javascript:alert(1))"),)),
        ("snake_case_name 2*3*4", (Span("snake_case_name 2*3*4"),)),
        ("\\*plain\\*", (Span("*"), Span("plain"), Span("*"))),
        ("** not **", (Span("** not **"),)),
    ],
)
def test_spans_are_told_apart(line: str, spans: tuple[Span, ...]) -> None:
    assert blocks(line) == [Block("paragraph", (spans,))]


@pytest.mark.parametrize("text", ["#no title", "-no item", "1.5 beds", "1234567. no", "*"])
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    assert kinds(text) == [("paragraph", text)]


def test_an_open_fence_ends_with_the_text_and_nothing_is_nothing() -> None:
    assert kinds("```\na") == [("code", "a")]
    assert blocks(" \n\n ") == []


@given(st.text(alphabet="ab *_`[]()#-1.\n\\~:/https", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    def letters(given: str) -> str:
        return "".join(c for c in given if c in "abthps1")

    told = "".join(
        block.text + block.mark + "".join(s.url for line in block.lines for s in line) for block in blocks(text)
    )
    fences = text.count("```") + text.count("~~~")
    assert fences or sorted(letters(told)) == sorted(letters(text))


def test_no_text_takes_much_longer_than_another() -> None:
    for piece in ("**a ", "[a](", "`a", "_a ", "- ", "*"):
        begun = time.process_time()
        blocks(("".join([piece] * 1000) + "\n") * 20)
        assert time.process_time() - begun < 25
