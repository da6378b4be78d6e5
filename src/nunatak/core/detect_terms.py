"""The terms of looking for tags: the documented keys of a request's `configuration`, each with its type and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct

Share = Annotated[float, Meta(ge=0, le=1)]
Weight = Annotated[float, Meta(ge=0, le=100)]
Reading = Literal["embedded", "annotations", "pixels"]


class Fuzziness(Struct, frozen=True, kw_only=True):
    """When a text with replaced characters may be a hit: with this score, of so few words, or with so many characters.
    What isn't given allows nothing; with nothing given all is allowed."""

    fuzzy_score: Share | None = None
    max_boxes: Annotated[int, Meta(ge=0)] | None = None
    min_chars: Annotated[int, Meta(ge=0)] | None = None

    def allows(self, score: float, *, boxes: int, characters: int) -> bool:
        """Whether a text of this score is a hit."""
        tests = (
            None if self.fuzzy_score is None else score >= self.fuzzy_score,
            None if self.max_boxes is None else boxes <= self.max_boxes,
            None if self.min_chars is None else characters >= self.min_chars,
        )
        return score == 1 or all(test is None for test in tests) or any(tests)


class DirectionWeights(Struct, frozen=True, kw_only=True):
    """How far words of one text may be from each other, along their reading direction and across: 1 is usual, a lower
    weight lets them be farther apart. Texts go on to the right and down, so the others change nothing."""

    left: Weight = 1
    right: Weight = 1
    up: Weight = 1
    down: Weight = 1


class DetectTerms(Struct, frozen=True, kw_only=True):
    """How tags are looked for. The flags of `connection_flags` and a `direction_delta` below 90 say what is always so:
    texts are read in their natural order, with no other text between their words, all words in one direction."""

    annotation_extract: bool = False
    case_sensitive: bool = True
    connection_flags: list[str] = []
    customize_fuzziness: Fuzziness = Fuzziness()
    direction_delta: Annotated[float, Meta(ge=0, le=360)] = 0
    direction_weights: DirectionWeights = DirectionWeights()
    min_fuzzy_score: Share | None = None
    read_embedded_text: bool | None = None
    remove_leading_zeros: bool = False
    substitutions: dict[str, list[str]] | None = None

    @property
    def reading(self) -> Reading:
        """Where words are read: in the page's text, in that and the texts that CAD programs leave as annotations, or
        only in its pixels."""
        if self.annotation_extract:
            return "annotations"
        return "pixels" if self.read_embedded_text is False else "embedded"


FLAGS = frozenset({"no_text_inbetween", "natural_reading_order"})


def terms(configuration: Mapping[str, Any] | None) -> DetectTerms:
    """The terms of a `configuration`; keys that are null or not known count as not given. Raises Invalid naming the
    field."""
    given = {name: value for name, value in (configuration or {}).items() if value is not None}
    try:
        found = msgspec.convert(given, DetectTerms)
    except msgspec.ValidationError as error:
        raise Invalid("The configuration is not valid", (_placed(str(error)),)) from None
    if found.annotation_extract and found.read_embedded_text:
        expected = "body.configuration.annotationExtract: expected false or nothing beside readEmbeddedText"
        raise Invalid("Annotations are read instead of embedded text", (expected,))
    return found


def passed_over(configuration: Mapping[str, Any] | None) -> list[str]:
    """What of a `configuration` changes nothing, in words."""
    found = terms(configuration)
    known = {field.encode_name for field in msgspec.structs.fields(DetectTerms)}
    unknown = sorted(set(configuration or ()) - known)
    told = [f"configuration: {', '.join(unknown)} is not known and was ignored"] if unknown else []
    if flags := sorted(set(found.connection_flags) - FLAGS):
        told.append(f"configuration.connectionFlags: {', '.join(flags)} is not known and was ignored")
    if found.direction_delta >= 90:
        told.append("configuration.directionDelta: words of different directions are never one text")
    return told


def _placed(error: str) -> str:
    """`Expected … - at `$.x`` as the other refusals have it."""
    words, _, place = error.partition(" - at `$")
    return f"body.configuration{place.rstrip('`')}: {words[0].lower()}{words[1:]}"
