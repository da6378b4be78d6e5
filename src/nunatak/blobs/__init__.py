"""Object storage: files under keys, on disk or in S3, and the signed addresses they are fetched by."""

from nunatak.blobs.objects import Blobs, open_blobs

__all__ = ["Blobs", "open_blobs"]
