"""Content codings: the client's choice, and what a compressed body may be."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.api.wire import Malformed
from nunatak.api.wire.coding import Coding, compressed, decompressed, preferred
from nunatak.core.errors import TooLarge


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("ZSTD;Q=0.2", "zstd"),
        ("br", None),
        ("*", "zstd"),
        ("*;q=0", None),
        ("gzip;q=0, *", "zstd"),
        ("zstd;q=0, *;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0", None),
        ("gzip;q=nonsense", None),
        ("gzip;q=0.0005", None),
        (",,;q=1,gzip ; q=0.8 ,", "gzip"),
    ],
)
def test_the_coding_is_the_one_the_client_likes_most(accept: str, coding: Coding | None) -> None:
    assert preferred(accept) == coding


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "zstd"]))
def test_what_is_compressed_comes_back(data: bytes, coding: Coding) -> None:
    assert decompressed(compressed(data, coding), coding, limit=5000) == data


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    assert decompressed(compressed(compressed(b"{}", "gzip"), "zstd"), "gzip, zstd", limit=100) == b"{}"
    assert decompressed(b"{}", "identity", limit=2) == b"{}"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_follow_each_other(coding: Coding) -> None:
    assert decompressed(compressed(b"one ", coding) + compressed(b"two", coding), coding, limit=100) == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(coding: Coding) -> None:
    data = b"x" * 10_000
    assert decompressed(compressed(data, coding), coding, limit=10_000) == data
    for bomb in (data + b"x", data * 1000, b""):
        packed = compressed(bomb, coding) if bomb else compressed(data, coding) * 2
        with pytest.raises(TooLarge, match="10,000 bytes"):
            decompressed(packed, coding, limit=10_000)


@pytest.mark.parametrize(
    ("data", "header"),
    # Without a time of packing: every process must find tests of the same names.
    [
        (b"{}", "gzip"),
        (b"{}", "zstd"),
        (gzip.compress(b"{}", mtime=0)[:-3], "gzip"),
        (gzip.compress(b"{}", mtime=0) + b"more", "gzip"),
        (compressed(b"{}" * 99, "zstd")[:-3], "zstd"),
        (zlib.compress(b"{}"), "gzip"),
        (gzip.compress(b"", mtime=0) * 101, "gzip"),
        (b"{}", "br"),
        (b"{}", "gzip, gzip, gzip"),
    ],
)
def test_broken_data_and_unknown_codings_are_malformed(data: bytes, header: str) -> None:
    with pytest.raises(Malformed, match=r"^(body|header\.Content-Encoding): "):
        decompressed(data, header, limit=1000)


def test_a_frame_that_needs_too_much_memory_is_refused() -> None:
    header = b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([(31 - 10) << 3])  # a window of 2 GB
    with pytest.raises(Malformed):
        decompressed(header + b"\x01\x00\x00", "zstd", limit=1000)
