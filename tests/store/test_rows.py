"""The codec between entities and rows."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.kinds import TAG_GROUP
from nunatak.core.tag import TagGroup
from nunatak.store.rows import Texts, entity, found_by, row, scope_text, term_key

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def group(name: str, labels: dict[str, str]) -> TagGroup:
    return TagGroup(
        id="i", created_at=NOW, created_by="user", created_by_id="u", updated_at=NOW, updated_by="user",
        updated_by_id="u", landscape_id="l", version_id="v", handle_id="h", commit=1, version=1, name=name,
        icon="star", index=0, labels=labels,
    )  # fmt: skip


@given(
    name=st.text(st.characters(exclude_categories=["Cs"])),
    labels=st.dictionaries(st.text('ab"\\:', max_size=4), st.text('"versionId":v,', max_size=40), max_size=3),
)
def test_a_row_gives_its_entity_back_whatever_its_texts_hold(name: str, labels: dict[str, str]) -> None:
    made = group(name, labels)
    stored = row(TAG_GROUP, made, 7)
    assert (stored["scope_id"], stored["landscape_id"], stored["position"]) == ("v", "l", 7)
    assert entity(TAG_GROUP, "{" + scope_text("l", "v") + stored["body"]) == made


def test_an_entity_is_found_by_its_labels() -> None:
    found = found_by(TAG_GROUP, group("n", {"a": "1", "b": "x" * 5000}))
    assert found == {("labels.a", "1"), ("labels.b", term_key("x" * 5000))}


@given(st.text(min_size=201), st.text(min_size=201))
def test_long_terms_become_short_keys_that_tell_them_apart(one: str, two: str) -> None:
    assert len(term_key(one)) <= 200
    assert (term_key(one) == term_key(two)) == (one.replace("\0", "") == two.replace("\0", ""))


def test_texts_join_under_their_head() -> None:
    assert Texts('{"a":', ["1}", "2}"]).joined("[", "]") == '[{"a":1},{"a":2}]'
    assert list(Texts("x", ["1", "2", "3"]).cut(2)) == ["x1", "x2"]
