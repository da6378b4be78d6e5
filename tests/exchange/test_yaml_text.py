"""YAML as plain JSON values, within bounds."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.exchange import yaml_text

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["null", "no", "yes", "2026-01-01", "1e3", "0x10", "~", "true", "1_000", ".5", "12:30", "", "- a", "a: b", "#"]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(_VALUES)
def test_what_another_writer_wrote_is_read_as_it_was(value: Any) -> None:
    assert yaml_text.read(yaml.safe_dump(value, default_style='"' if isinstance(value, str) else None)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: no\nb: on\nc: Yes", {"a": "no", "b": "on", "c": "Yes"}),
        ("a: TRUE\nb: ~\nc:", {"a": True, "b": None, "c": None}),
        ("a: 007\nb: 0x1F\nc: 12:30\nd: -5\ne: 1.5e3", {"a": "007", "b": "0x1F", "c": "12:30", "d": -5, "e": 1500.0}),
        ("a: '1'\nb: \"null\"", {"a": "1", "b": "null"}),
        ("a: |\n  x\n  y\nb: >\n  x\n  y\n", {"a": "x\ny\n", "b": "x y\n"}),
        ("1: x", {"1": "x"}),
        ("# nothing", None),
        ("", None),
        ("[1, {a: b}]", [1, {"a": "b"}]),
        (b"\xef\xbb\xbfa: \xc3\xa9", {"a": "\u00e9"}),
    ],
)
def test_plain_words_are_what_yaml_1_2_says(text: str | bytes, value: Any) -> None:
    assert yaml_text.read(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x [1]\nb: *x", "line 1, column 4: anchors and aliases are not taken, got 'x'"),
        ("a: *x", "anchors and aliases are not taken|undefined alias"),
        ("a: 1\nb: 2\na: 3", "line 3, column 1: the key 'a' is given twice"),
        ("a: !!python/object/apply:os.system [x]", "line 1, column 4: tags are not taken, got 'tag:yaml.org"),
        ("a: !own x", "tags are not taken, got '!own'"),
        ("a: 1\n---\nb: 2", "expected one document"),
        ("a:\n  - b\n c: d", "line 3, column 2: did not find expected"),
        ("? [a, b]\n: c", "line 1, column 3: expected a plain text as key"),
        ("a: [" + "[" * 200, "nested deeper than 100"),
        ("a: \x01", "line 1|control characters"),
        (b"a: \xff\xfe\xfa", "UTF-8|utf-8|invalid"),
        ("<<: &a {x: 1}", "anchors and aliases are not taken"),
    ],
)
def test_what_a_file_has_no_need_of_is_refused_where_it_stands(text: str | bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        yaml_text.read(text)


def test_a_number_of_a_million_digits_stays_a_text() -> None:
    digits = "1" * 1_000_000
    assert yaml_text.read(f"a: {digits}") == {"a": digits}
