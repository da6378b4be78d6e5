"""The kinds of engineering drawings: files and their parts, annotations, and the work on drawings."""

from __future__ import annotations

from operator import attrgetter

from nunatak.core.annotation import Annotation
from nunatak.core.drawing_job import DrawingJob
from nunatak.core.file import File, FilePart
from nunatak.core.kinds.kind import NAME, Filter, Kind, Term, many

FILE = Kind(
    name="file",
    struct=File,
    one="file",
    many="files",
    scope="organization",
    columns=("name", "external_id", "mime_type", "source", "uploaded"),
    terms=(
        Term(name="instances", of=attrgetter("instances")),
        Term(name="asset_words", of=attrgetter("asset_words")),
        Term(name="data_set_words", of=attrgetter("data_set_words")),
        Term(name="label_names", of=attrgetter("label_names")),
    ),
    filters=(
        NAME,
        Filter(name="mime_type", test="equal"),
        Filter(name="source", test="equal"),
        Filter(name="uploaded", test="flag", type=bool),
        Filter(name="asset_words", test="any", many=True),
        Filter(name="data_set_words", test="any", many=True),
        Filter(name="label_names", test="any", many=True),
    ),
)

FILE_PART = Kind(
    name="file-part",
    struct=FilePart,
    one="filePart",
    many="fileParts",
    scope="organization",
    columns=("upload_id",),
)

ANNOTATION = Kind(
    name="annotation",
    struct=Annotation,
    one="annotation",
    many="annotations",
    scope="organization",
    columns=("resource_id", "annotation_type", "status"),
    filters=(many("resource_id"), Filter(name="annotation_type", test="equal"), Filter(name="status", test="equal")),
)

DRAWING_JOB = Kind(
    name="drawing-job",
    struct=DrawingJob,
    one="drawingJob",
    many="drawingJobs",
    scope="organization",
    columns=("status",),
)
