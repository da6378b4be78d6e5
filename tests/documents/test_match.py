"""Which tags are found on a page, and which are left in doubt."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.documents.match import Options, match
from nunatak.documents.page import Matches, Word
from tests.documents.sheets import bubble, sheet, word

PARTIAL = Options(partial_match=True)


def named(*names: str | list[str]) -> list[dict[str, Any]]:
    return [{"name": name} for name in names]


def found(matches: Matches) -> list[tuple[str, tuple[int, ...]]]:
    return [(hit.text, hit.entities) for hit in matches.hits]


def test_a_tag_on_the_page_is_a_hit_in_its_place() -> None:
    (hit,) = match([sheet(word("21-PT-1019", 100, 50))], named("21-PT-1020", "21-PT-1019"), Options()).hits
    assert (hit.text, hit.name, hit.page, hit.confidence, hit.entities) == ("21-PT-1019", "21-PT-1019", 1, 1.0, (1,))
    assert (hit.box.left, hit.box.top, hit.box.right, hit.box.bottom) == (0.1, 0.1, 0.16, 0.12)


@pytest.mark.parametrize("written", ["21PT1019", "21 PT 1019", "21-PT/1019", "(21-PT-1019),"])
def test_separators_do_not_matter(written: str) -> None:
    words = []
    x = 100.0
    for piece in written.split():
        words.append(word(piece, x, 50))
        x += 6 * len(piece) + 4
    assert len(match([sheet(*words)], named("21-PT-1019"), Options()).hits) == 1


def test_the_search_field_names_the_aliases() -> None:
    entities = [{"tags": ["X-1", "21PT1019"], "name": "other"}]
    assert found(match([sheet(word("21-PT-1019", 1, 1))], entities, Options(search_field="tags"))) == [
        ("21-PT-1019", (0,))
    ]


def test_a_bubble_of_two_lines_is_one_text() -> None:
    for angle in (0, 90, 270):
        upper, lower = word("21-PT", 103, 50), word("1019", 106, 63)
        if angle == 90:
            upper, lower = word("21-PT", 63, 103, angle=90), word("1019", 50, 106, angle=90)
        elif angle == 270:
            upper, lower = word("21-PT", 50, 103, angle=270), word("1019", 63, 106, angle=270)
        (hit,) = match([sheet(upper, lower)], named("21-PT-1019"), Options()).hits
        assert (hit.text, hit.angle) == ("21-PT 1019", angle)
        assert (
            hit.box.top <= min(upper.box.top, lower.box.top) < max(upper.box.bottom, lower.box.bottom) <= hit.box.bottom
        )


def test_a_prefix_at_the_corner_of_a_bubble_belongs_to_it() -> None:
    words = (word("23", 70, 44), *bubble("PT", "92536", 105, 50))
    (hit,) = match([sheet(*words)], named("23-PT-92536", "45-PT-92536"), PARTIAL).hits
    assert (hit.text, hit.entities, hit.confidence) == ("23 PT 92536", (0,), 1.0)


def test_texts_far_from_each_other_make_no_tag() -> None:
    words = (word("PT", 100, 50), word("1019", 400, 50), word("1019", 100, 200))
    assert match([sheet(*words)], named("PT-1019"), Options()).hits == ()


def test_a_part_is_no_hit_unless_parts_are_wanted() -> None:
    page = sheet(*bubble("PT", "1019", 100, 50))
    assert match([page], named("21-PT-1019"), Options()).hits == ()
    (hit,) = match([page], named("21-PT-1019"), PARTIAL).hits
    assert 0.8 < hit.confidence < 1


def test_a_part_of_two_names_is_ambiguous_and_no_hit() -> None:
    matches = match([sheet(word("AB-1234", 10, 10))], named("12-AB-1234", "13-AB-1234"), PARTIAL)
    assert matches.hits == ()
    (doubt,) = matches.ambiguous
    assert (doubt.text, [each.name for each in doubt.candidates]) == ("AB-1234", ["12-AB-1234", "13-AB-1234"])


def test_the_whole_name_wins_over_names_that_end_alike() -> None:
    assert found(match([sheet(word("AB-1234", 10, 10))], named("12-AB-1234", "AB-1234"), PARTIAL)) == [
        ("AB-1234", (1,))
    ]


def test_entities_of_one_name_share_a_hit() -> None:
    assert found(match([sheet(word("AB-1234", 10, 10))], named("12-AB-1234", "12-AB-1234"), PARTIAL)) == [
        ("AB-1234", (0, 1))
    ]


def test_a_match_covers_at_least_so_many_tokens() -> None:
    page = sheet(word("1019", 10, 10))
    assert match([page], named("1019"), Options()).hits == ()
    assert found(match([page], named("1019"), Options(min_tokens=1))) == [("1019", (0,))]
    assert (
        match([sheet(word("PT-1019", 1, 1))], named("21-PT-1019"), Options(partial_match=True, min_tokens=3)).hits == ()
    )


def test_a_tag_inside_of_a_longer_one_is_no_hit() -> None:
    assert match([sheet(word("23-KA-9101-PIC-92538", 10, 10))], named("23-KA-9101"), PARTIAL).hits == ()


def test_a_tag_that_goes_on_in_the_line_under_it_is_the_longer_one() -> None:
    page = sheet(*bubble("23-PC-9109", "-M01-06", 100, 50), word("23-PC-9109", 400, 50))
    (hit,) = match([page], named("23-PC-9109"), PARTIAL).hits
    assert hit.box.left == 0.4
    assert found(match([page], named("23-PC-9109-M01-06"), PARTIAL)) == [("23-PC-9109 -M01-06", (0,))]


def test_confused_characters_cost_certainty() -> None:
    (hit,) = match([sheet(word("21-PT-1O19", 10, 10))], named("21-PT-1019"), Options()).hits
    assert 0.85 < hit.confidence < 1


def test_confused_characters_are_read_in_bubbles_too_but_only_between_whole_words() -> None:
    page = sheet(*bubble("21-PT", "1O19", 100, 50))
    assert [hit.name for hit in match([page], named("21-PT-1019"), Options()).hits] == ["21-PT-1019"]
    assert match([sheet(*bubble("21-PT1", "019", 100, 50))], named("21-PT-1019"), Options()).hits == ()


def test_a_score_under_the_wanted_one_is_no_hit() -> None:
    page = sheet(word("21-PT-1O19", 10, 10))
    assert match([page], named("21-PT-1019"), Options(configuration={"minFuzzyScore": 0.99})).hits == ()


def test_two_functions_in_one_bubble_are_two_tags() -> None:
    page = sheet(*bubble("TT/TI", "1019", 100, 50))
    assert found(match([page], named("TT-1019", "TI-1019"), Options())) == [("TT/TI 1019", (1,)), ("TT/TI 1019", (0,))]


def test_a_list_of_endings_is_a_list_of_tags() -> None:
    page = sheet(word("23-PT-96149-01/02", 10, 10))
    assert {hit.name for hit in match([page], named("23-PT-96149-01", "23-PT-96149-02"), Options()).hits} == {
        "23-PT-96149-01",
        "23-PT-96149-02",
    }


def test_a_lead_that_no_other_text_of_the_page_leaves_out_is_doubted() -> None:
    bubbles = [each for place in range(12) for each in bubble("PT", f"{5000 + place}", 60 * place + 50, 100)]
    stray = bubble("TI", "7777", 500, 300)
    names = named(*(f"23-PT-{5000 + place}" for place in range(12)), "45-TI-7777")
    matches = match([sheet(*bubbles, *stray)], names, PARTIAL)
    assert len(matches.hits) == 12
    assert [doubt.text for doubt in matches.ambiguous] == ["TI 7777"]


def test_what_looks_like_a_tag_and_is_none_is_told_with_its_neighbours() -> None:
    words = (word("23-PT-92537", 10, 10), word("NOTES", 10, 100), *bubble("PI", "4711", 300, 50))
    matches = match([sheet(*words)], named("23-PT-92536", "23-XV-10000"), Options())
    assert [(doubt.text, [each.name for each in doubt.candidates]) for doubt in matches.unmatched] == [
        ("23-PT-92537", ["23-PT-92536"]),
        ("PI 4711", []),
    ]
    assert 0.8 < matches.unmatched[0].candidates[0].score < 1


def test_entities_without_text_and_unknown_keys_are_told() -> None:
    entities: list[dict[str, Any]] = [{"name": 5}, {}, {"name": "PT-1"}]
    warnings = match([sheet()], entities, Options(configuration={"spin": 1})).warnings
    assert warnings == (
        "2 entities have no text in 'name' and were passed over",
        "configuration: spin is not known and was ignored",
    )


@pytest.mark.parametrize(
    ("configuration", "found"),
    [
        ({}, ["21-PT-1O19", "LV 2002"]),
        ({"minFuzzyScore": 1}, ["LV 2002"]),
        ({"customizeFuzziness": {"fuzzyScore": 0.99}}, ["LV 2002"]),
        ({"customizeFuzziness": {"fuzzyScore": 0.99, "minChars": 8}}, ["21-PT-1O19", "LV 2002"]),
        ({"customizeFuzziness": {"fuzzyScore": 0.99, "minChars": 9}}, ["LV 2002"]),
        ({"customizeFuzziness": {"maxBoxes": 1}}, ["21-PT-1O19", "LV 2002"]),
        ({"substitutions": {}}, ["LV 2002"]),
        ({"substitutions": {"0": ["O"]}}, ["21-PT-1O19", "LV 2002"]),
        ({"caseSensitive": False}, ["21-PT-1O19", "LV 2002", "pt-77"]),
        ({"removeLeadingZeros": True}, ["21-PT-1O19", "LV 2002", "FV-0055"]),
        ({"directionWeights": {"right": 0.2}}, ["21-PT-1O19", "LV 2002", "ZS 400"]),
        ({"directionWeights": {"right": 50}}, ["21-PT-1O19"]),
        ({"directionWeights": {"down": 0.1, "left": 0.1, "up": 0.1}}, ["21-PT-1O19", "LV 2002"]),
        ({"connectionFlags": ["no_text_inbetween", "natural_reading_order"]}, ["21-PT-1O19", "LV 2002"]),
    ],
)
def test_each_key_of_the_configuration_has_its_effect(configuration: dict[str, Any], found: list[str]) -> None:
    words = (
        word("21-PT-1O19", 10, 10),
        *(word("LV", 10, 100), word("2002", 30, 100)),
        word("pt-77", 10, 200),
        word("FV-0055", 10, 250),
        *(word("ZS", 10, 300), word("400", 60, 300)),
        *(word("3003", 10, 400), word("HV", 45, 400)),  # read from left to right, it is no HV-3003
    )
    names = named("21-PT-1019", "23-LV-2002", "LV-2002", "PT-77", "FV-55", "ZS-400", "HV-3003")
    hits = match([sheet(*words)], names, Options(configuration=configuration)).hits
    assert [hit.text for hit in hits] == found


def test_pages_are_matched_each_for_itself() -> None:
    pages = [sheet(word("PT", 10, 10)), sheet(word("1019", 10, 23), word("PT-1019", 90, 90), page=2)]
    assert [(hit.page, hit.text) for hit in match(pages, named("PT-1019"), Options()).hits] == [(2, "PT-1019")]


WORDS = st.builds(
    word,
    st.text("ABT0129-/. ", min_size=1, max_size=8),
    st.integers(0, 900),
    st.integers(0, 450),
    angle=st.sampled_from([0, 90, 180, 270, 33]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(st.text("ABT0129-", max_size=8), max_size=6))
def test_matching_takes_any_words_and_names_and_answers_the_same_again(words: list[Word], names: list[str]) -> None:
    first = match([sheet(*words)], named(*names), PARTIAL)
    assert first == match([sheet(*words)], named(*names), PARTIAL)
    assert all(names[entity] for hit in first.hits for entity in hit.entities)


def test_many_entities_take_little_memory() -> None:
    entities = named(*(f"{place % 90 + 10}-PT-{place:06}" for place in range(100_000)))
    page = sheet(*(word(f"PT-{place:06}", 10 + place % 9 * 90, 10 + place // 9 * 20) for place in range(0, 150, 7)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    matches = match([page], entities, PARTIAL)
    assert len(matches.hits) == 22
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KiB: bench/drawings.py takes 500,000
