"""What both wire faces share: bodies and queries in, JSON out; no status codes."""

from nunatak.api.wire.body import decode_body, encode
from nunatak.api.wire.faults import Malformed
from nunatak.api.wire.query import decode_query

__all__ = ["Malformed", "decode_body", "decode_query", "encode"]
