"""Settings: from the environment, over the defaults and under what a command was told."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from nunatak.core.errors import Invalid
from nunatak.settings import Settings, table, variable


def test_what_is_told_counts_over_the_environment_and_that_over_the_default() -> None:
    env = {"NUNATAK_PORT": "9000", "NUNATAK_DATA": "elsewhere", "PORT": "1"}
    read = Settings.from_env(env, port=9100, host=None)
    assert (read.port, read.data, read.host) == (9100, Path("elsewhere"), "127.0.0.1")
    assert Settings.from_env({}) == Settings()


@pytest.mark.parametrize("text", ["", "many", "80.5"])
def test_a_value_that_does_not_fit_is_named_by_its_variable(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Settings.from_env({"NUNATAK_PORT": text})
    assert refused.value.errors == (f"NUNATAK_PORT: expected a whole number, got {text!r}",)


def test_database_and_files_are_in_the_data_folder_unless_they_are_put_elsewhere(tmp_path: Path) -> None:
    here = Settings(data=tmp_path)
    assert here.database_url == f"sqlite:///{tmp_path}/nunatak.db"
    assert here.blobs_url == f"file://{tmp_path}/blobs"
    there = Settings(database="postgresql+psycopg://db/n", blobs="s3://bucket/n")
    assert (there.database_url, there.blobs_url) == ("postgresql+psycopg://db/n", "s3://bucket/n")


def test_the_table_for_the_documents_has_every_setting() -> None:
    assert [row[0] for row in table()] == [variable(one.name) for one in fields(Settings)]
    assert all(meaning for _, _, meaning in table())
