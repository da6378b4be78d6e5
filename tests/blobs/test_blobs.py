"""Every storage keeps the same promises: one set of tests for disk and S3."""

from __future__ import annotations

import itertools
import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.blobs import Blobs, open_blobs
from nunatak.core.errors import Busy, Invalid, NotFound


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server on a free port, without its scheme."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


def s3_url(address: str, bucket: str) -> str:
    return (
        f"s3://{bucket}/some/prefix?endpoint=http://{address}&region=us-east-1&allow_http=true"
        "&access_key_id=testing&secret_access_key=testing"
    )


def make_bucket(address: str, bucket: str) -> None:
    import urllib.request

    urllib.request.urlopen(urllib.request.Request(f"http://{address}/{bucket}", method="PUT")).close()


@pytest.fixture(params=["disk", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "disk":
        return open_blobs(f"file://{tmp_path}/a folder/blobs")
    address = request.getfixturevalue("s3")
    bucket = f"b{os.urandom(6).hex()}"
    make_bucket(address, bucket)
    return open_blobs(s3_url(address, bucket))


def test_what_is_put_can_be_got_back_byte_for_byte(blobs: Blobs) -> None:
    data = bytes(range(256)) * 40
    blobs.put("pictures/ab-1.svg", data)
    assert blobs.get("pictures/ab-1.svg") == data
    assert blobs.size("pictures/ab-1.svg") == len(data)


def test_an_empty_object_is_an_object(blobs: Blobs) -> None:
    blobs.put("empty", b"")
    assert blobs.exists("empty")
    assert blobs.get("empty") == b""


def test_the_same_key_can_be_put_twice(blobs: Blobs) -> None:
    blobs.put("a/b", b"same")
    blobs.put("a/b", b"same")
    assert blobs.get("a/b") == b"same"
    assert list(blobs.list("a")) == ["a/b"]


def test_what_is_not_there_is_refused_by_get_size_and_stream_at_once(blobs: Blobs) -> None:
    for call in (blobs.get, blobs.size, blobs.stream):
        with pytest.raises(NotFound) as refused:
            call("not/there")
        assert refused.value.errors == ("not/there",)
    assert not blobs.exists("not/there")


def test_a_folder_is_not_an_object(blobs: Blobs) -> None:
    blobs.put("folder/file", b"x")
    assert not blobs.exists("folder")
    with pytest.raises(NotFound):
        blobs.get("folder")


def test_deleting_removes_and_deleting_again_does_no_harm(blobs: Blobs) -> None:
    blobs.put("gone", b"x")
    blobs.delete("gone")
    blobs.delete("gone")
    assert not blobs.exists("gone")


def test_a_list_holds_the_keys_of_its_folder_only(blobs: Blobs) -> None:
    for key in ("pictures/1.svg", "pictures/deep/2.svg", "pictures2/3.svg", "other"):
        blobs.put(key, b"x")
    blobs.check()
    assert sorted(blobs.list("pictures")) == ["pictures/1.svg", "pictures/deep/2.svg"]
    assert sorted(blobs.list()) == ["other", "pictures/1.svg", "pictures/deep/2.svg", "pictures2/3.svg"]


def test_a_large_object_streams_in_pieces(blobs: Blobs) -> None:
    data = os.urandom(3_000_000)
    blobs.put("large", data)
    pieces = list(blobs.stream("large", chunk=256 * 1024))
    assert b"".join(pieces) == data
    assert len(pieces) > 1


@pytest.mark.parametrize("key", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.", ".hidden", "A", "a b", "ä", "a\n"])
def test_a_key_that_could_leave_the_folder_or_surprise_is_refused(blobs: Blobs, key: str) -> None:
    with pytest.raises(Invalid):
        blobs.put(key, b"x")
    with pytest.raises(Invalid):
        blobs.get(key)


def test_a_storage_that_works_is_ready(blobs: Blobs) -> None:
    blobs.check()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_not_ready(tmp_path: Path) -> None:
    blobs = open_blobs(str(tmp_path))
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(Busy):
        blobs.check()


def test_a_folder_that_became_a_file_is_not_ready(tmp_path: Path) -> None:
    blobs = open_blobs(str(tmp_path / "blobs"))
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_text("")
    with pytest.raises(Busy):
        blobs.check()


def test_an_s3_server_that_is_gone_is_busy_and_not_missing() -> None:
    with pytest.raises(Busy):
        open_blobs(s3_url("127.0.0.1:9", "b")).get("a")


def test_objects_on_disk_survive_the_program(tmp_path: Path) -> None:
    open_blobs(f"file://{tmp_path}/b").put("a/b", b"x")
    assert open_blobs(str(tmp_path / "b")).get("a/b") == b"x"


@pytest.mark.parametrize("url", ["", "ftp://host/folder", "file://host/folder", "s3:///no-bucket", "s3://b?colour=red"])
def test_an_address_of_no_storage_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        open_blobs(url)


@given(
    data=st.binary(max_size=4096),
    key=st.from_regex(r"[a-z0-9_-]{1,20}(/[a-z0-9_-][a-z0-9_.-]{0,20}){0,3}", fullmatch=True),
)
def test_any_bytes_under_any_key_come_back(data: bytes, key: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    blobs = open_blobs(str(tmp_path_factory.mktemp("any")))
    blobs.put(key, data)
    assert blobs.get(key) == data
    assert list(blobs.list()) == [key]


def test_an_object_written_in_pieces_is_there_when_it_is_closed(blobs: Blobs) -> None:
    data = os.urandom(1 << 20)
    writing = blobs.writing("files/large")
    for _ in range(20):  # more than the storage takes at once
        writing.write(data)
    assert not blobs.exists("files/large")
    writing.close()
    assert blobs.get("files/large") == data * 20


def test_a_small_or_empty_object_may_be_written_in_pieces_too(blobs: Blobs) -> None:
    for key, pieces in (("files/none", []), ("files/some", [b"a", b"", b"bc"])):
        writing = blobs.writing(key)
        for piece in pieces:
            writing.write(piece)
        writing.close()
        assert blobs.get(key) == b"".join(pieces)


def test_an_object_that_was_never_closed_was_never_there(blobs: Blobs) -> None:
    writing = blobs.writing("files/left")
    for _ in range(20):
        writing.write(bytes(1 << 20))
    del writing
    assert not blobs.exists("files/left")


def test_a_disk_tells_where_an_object_lies(tmp_path: Path) -> None:
    blobs = open_blobs(f"file://{tmp_path}/a folder/blobs")
    blobs.put("files/a", b"abc")
    found = blobs.path("files/a")
    assert found is not None
    assert found.read_bytes() == b"abc"
    assert blobs.path("files/b") is None
    with pytest.raises(Invalid):
        blobs.path("../a")


def test_s3_has_no_paths(s3: str) -> None:
    make_bucket(s3, "pathless")
    blobs = open_blobs(s3_url(s3, "pathless"))
    blobs.put("files/a", b"abc")
    assert blobs.path("files/a") is None


def test_what_is_written_and_removed_meanwhile_is_no_fault_of_the_look_for_what_was_left(tmp_path: Path) -> None:
    blobs, ended = open_blobs(str(tmp_path)), threading.Event()

    def write() -> None:
        for number in itertools.cycle(range(50)):
            if ended.is_set():
                return
            blobs.put(f"folder-{number}/file", b"x")
            blobs.delete(f"folder-{number}/file")  # and the folder with it

    writing = threading.Thread(target=write)
    writing.start()
    try:
        assert [blobs.discard_unfinished(datetime.now(UTC) - timedelta(days=1)) for _ in range(3000)] == [0] * 3000
    finally:
        ended.set()
        writing.join()
