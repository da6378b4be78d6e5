"""The table of kinds: consistent in itself."""

from nunatak.core.kinds import KINDS, fold


def test_every_column_and_filter_names_something_of_the_kind() -> None:
    for kind in KINDS:
        fields = {name for name in dir(kind.struct) if not name.startswith("_")}
        assert set(kind.columns) <= fields, kind.name
        found = fields | {term.name for term in kind.terms} | {"empty"}
        assert {one.name for one in kind.filters} <= found, kind.name


def test_names_and_envelope_keys_are_unique() -> None:
    for attribute in ("name", "one", "many"):
        values = [getattr(kind, attribute) for kind in KINDS]
        assert len(values) == len(set(values))


def test_folding_ignores_case_and_drops_nul() -> None:
    assert fold("STRASSE\x00") == fold("straße") == "strasse"
