"""nunatak: software landscapes and engineering drawings, self-hosted."""

__version__ = "0.1.0"
