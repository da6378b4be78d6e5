"""Texts to tokens: runs of letters and runs of digits, with characters that are taken for each other made the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = re.compile(r"\d+")
# What engines and people confuse, to the sign that stands for both; a request may say otherwise.
_CONFUSED = {"O": "0", "I": "1", "|": "1"}


class Spelling:
    """How texts are compared: `configuration` keys caseSensitive, removeLeadingZeros and substitutions."""

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        self.case_sensitive = configuration.get("caseSensitive", True) is not False
        self._strip_zeros = configuration.get("removeLeadingZeros") is True
        self._table = str.maketrans(_same_signs(configuration.get("substitutions")))

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text as they are written."""
        found = _TOKEN.findall(text if self.case_sensitive else text.upper())
        return [token.lstrip("0") or "0" for token in found] if self._strip_zeros else found

    def folded(self, text: str) -> str:
        """The text's tokens with confusable characters made the same, joined by `-`."""
        return "-".join(self.tokens(text)).translate(self._table)


def number_of(folded: str) -> str:
    """The longest run of digits in a folded text, the last of several: what tells one tag from another."""
    best = ""
    for digits in _DIGITS.findall(folded):
        if len(digits) >= len(best):
            best = digits
    return best


def texts_of(value: object) -> list[str]:
    """The spellings that an entity's field holds: a text, or a list of texts."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list | tuple):
        return [text for text in value if isinstance(text, str) and text.strip()]
    return []


def _same_signs(told: object) -> dict[str, str]:
    if not isinstance(told, Mapping):
        return _CONFUSED
    signs: dict[str, str] = {}
    for sign, others in told.items():
        for other in texts_of(others):
            if isinstance(sign, str) and len(sign) == len(other) == 1 and sign != other:
                signs[other] = signs.get(sign, sign)
    return signs
