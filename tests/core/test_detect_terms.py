"""The documented keys of a detect request's configuration: their types, their bounds, and what they mean."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.detect_terms import Fuzziness, passed_over, terms
from nunatak.core.errors import Invalid


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        ({"minFuzzyScore": 1.2}, "body.configuration.minFuzzyScore: expected `float` <= 1.0"),
        ({"caseSensitive": "no"}, "body.configuration.caseSensitive: expected `bool`, got `str`"),
        (
            {"customizeFuzziness": {"maxBoxes": -1}},
            "body.configuration.customizeFuzziness.maxBoxes: expected `int` >= 0",
        ),
        ({"substitutions": {"0": "O"}}, "body.configuration.substitutions[...]: expected `array`, got `str`"),
        ({"annotationExtract": True, "readEmbeddedText": True}, "body.configuration.annotationExtract: expected false"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(configuration: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        terms(configuration)
    assert refusal.value.errors[0].startswith(words)


def test_words_are_read_where_the_configuration_says() -> None:
    read = [None, {"readEmbeddedText": None}, {"readEmbeddedText": False}, {"annotationExtract": True}]
    assert [terms(one).reading for one in read] == ["embedded", "embedded", "pixels", "annotations"]


def test_what_changes_nothing_is_told() -> None:
    flags = ["natural_reading_order", "no_text_inbetween", "up"]
    assert passed_over({"spin": 1, "connectionFlags": flags, "directionDelta": 90}) == [
        "configuration: spin is not known and was ignored",
        "configuration.connectionFlags: up is not known and was ignored",
        "configuration.directionDelta: words of different directions are never one text",
    ]
    assert passed_over({"connectionFlags": flags[:2], "directionDelta": 45, "directionWeights": {"left": 2}}) == []


@pytest.mark.parametrize(
    ("fuzziness", "allowed"),
    [
        (Fuzziness(), True),
        (Fuzziness(fuzzy_score=0.9), True),
        (Fuzziness(fuzzy_score=0.95), False),
        (Fuzziness(fuzzy_score=0.95, max_boxes=1), False),
        (Fuzziness(fuzzy_score=0.95, max_boxes=2), True),
        (Fuzziness(fuzzy_score=0.95, min_chars=8), True),
        (Fuzziness(min_chars=9), False),
    ],
)
def test_replaced_characters_are_allowed_by_score_words_or_length(fuzziness: Fuzziness, allowed: bool) -> None:
    assert fuzziness.allows(0.92, boxes=2, characters=8) is allowed
    assert fuzziness.allows(1, boxes=2, characters=8)
