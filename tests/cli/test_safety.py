"""The doctor names what is unsafe, says what to do, and ends with a status that a script can see."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nunatak.cli import doctor
from nunatak.cli.safety import is_local, unsafe
from nunatak.settings import Settings
from nunatak.store.database import Database
from nunatak.wiring import now
from nunatak.wiring.secret import secrets_of

GOOD = "3f9a1c5e7b2d80461f9c3a5e7d2b4860"


def settings(folder: Path, **given: Any) -> Settings:
    return Settings(data=folder, **{"secret": GOOD, **given})


def test_what_comes_out_of_the_box_is_safe(tmp_path: Path) -> None:
    made = Settings(data=tmp_path)
    secrets_of(made)
    assert list(unsafe(made)) == []


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ({"host": "0.0.0.0"}, "listening", "open to the network without TLS"),
        ({"host": "::", "public_url": "http://n.example"}, "listening", "without TLS"),
        ({"secret": "0123" * 16}, "secret", "can be guessed"),
        ({"secret": "0" * 64}, "secret", "can be guessed"),
        ({"secret": f"{GOOD},{GOOD[::-1]}"}, "secret", "1 older secrets still open"),
        ({"database": "postgresql+psycopg://nunatak:nunatak@db.example/n"}, "database", "a usual one"),
        ({"database": "postgresql+psycopg://nunatak@db.example/n"}, "database", "or there is none"),
        ({"blobs": "s3://b/p?endpoint=http://s3.example&allow_http=true"}, "files", "without TLS"),
        ({"webhook_private": 1}, "webhooks", "private networks"),
        ({"cors_origins": "https://a.example,*"}, "origins", "every web page"),
        ({"metrics": "all"}, "metrics", "tells everybody"),
        ({"host": "192.0.2.1", "public_url": "https://n.example", "trust_proxy": 1}, "proxy", "believes whoever"),
        ({"queue_jobs": 0}, "bounds", "NUNATAK_QUEUE_JOBS is 0"),
        ({"sign_in_failures": 0}, "bounds", "NUNATAK_SIGN_IN_FAILURES is 0"),
    ],
)
def test_each_risk_is_named(tmp_path: Path, given: dict[str, Any], name: str, words: str) -> None:
    ((found, said),) = unsafe(settings(tmp_path, **given))
    assert found == name
    assert words in said
    assert GOOD not in said


@pytest.mark.parametrize(
    "given",
    [
        {"host": "0.0.0.0", "public_url": "https://n.example"},
        {"host": "::1", "trust_proxy": 1},
        {"database": "postgresql+psycopg://nunatak:nunatak@localhost/n"},
        {"blobs": "s3://b/p?endpoint=http://127.0.0.1:9000&allow_http=true"},
    ],
)
def test_what_is_guarded_otherwise_is_no_risk(tmp_path: Path, given: dict[str, Any]) -> None:
    assert list(unsafe(settings(tmp_path, **given))) == []


def test_the_machine_s_own_addresses_are_known() -> None:
    assert all(map(is_local, ("127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]")))
    assert not any(map(is_local, ("0.0.0.0", "::", "10.0.0.1", "localhost.example", "")))


def test_the_doctor_s_status_tells_unsafe_from_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.chmod(tmp_path, 0o700)
    made = Settings(data=tmp_path)
    secrets_of(made)
    Database(made.database_url, clock=now).close()
    doctor.run(made)
    with pytest.raises(SystemExit) as ended:
        doctor.run(replace(made, webhook_private=1))
    assert ended.value.code == 2
    assert "UNSAFE webhooks: " in capsys.readouterr().out
    os.chmod(tmp_path, 0o755)
    with pytest.raises(SystemExit) as ended:
        doctor.run(replace(made, webhook_private=1))
    assert ended.value.code == 1
    assert f"can be read by everybody (mode 0755): chmod o-rwx {tmp_path}" in capsys.readouterr().out
    os.chmod(tmp_path, 0o700)
    with pytest.raises(SystemExit):
        doctor.run(replace(made, secret="short"))
    assert "UNSAFE secret: The secret is not valid" in capsys.readouterr().out
