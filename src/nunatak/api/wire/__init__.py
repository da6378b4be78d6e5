"""What both wire faces share: bodies, queries and pages in, JSON out; no framework and no status codes."""

from nunatak.api.wire.body import decode_body, encode
from nunatak.api.wire.faults import Malformed
from nunatak.api.wire.page import cut, decode_cursor, encode_cursor
from nunatak.api.wire.query import decode_query

__all__ = ["Malformed", "cut", "decode_body", "decode_cursor", "decode_query", "encode", "encode_cursor"]
