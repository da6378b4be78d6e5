"""The installation's secrets: made once, readable by their owner alone, and the newest first."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from nunatak.core.errors import Invalid
from nunatak.settings import Settings
from nunatak.wiring.secret import derived, path_of, secrets_of, text_of

ONE, TWO = "0f" * 32, "a1" * 16


def test_the_first_start_makes_one_that_the_next_finds(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    made = secrets_of(settings)
    assert [len(one) for one in made] == [32]
    assert secrets_of(settings) == made
    assert stat.S_IMODE(path_of(settings).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("text", [f"{TWO},{ONE}", f"{TWO}\n{ONE}\n", f" {TWO} , {ONE} "])
def test_several_are_told_the_newest_first(tmp_path: Path, text: str) -> None:
    found = secrets_of(Settings(data=tmp_path, secret=text))
    assert found == (bytes.fromhex(TWO), bytes.fromhex(ONE))
    assert secrets_of(Settings(data=tmp_path, secret=text_of(found))) == found
    assert not path_of(Settings(data=tmp_path)).exists()


@pytest.mark.parametrize("text", ["0f0f", "secret" * 8, f"{ONE},", f"{ONE},0f"])
def test_a_short_one_or_no_number_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        secrets_of(Settings(data=tmp_path, secret=text))
    assert refused.value.errors[0].startswith("NUNATAK_SECRET: expected 32 hexadecimal digits or more")
    assert text not in str(refused.value.errors)


def test_a_key_for_one_purpose_tells_nothing_of_another() -> None:
    secrets = (bytes.fromhex(ONE), bytes.fromhex(TWO))
    files, keys = derived(secrets, "files"), derived(secrets, "keys")
    assert {len(key) for key in (*files, *keys)} == {32}
    assert len({*secrets, *files, *keys}) == 6
