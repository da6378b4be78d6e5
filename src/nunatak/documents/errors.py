"""Why a document or a page can't be read, in words for the person who uploaded it."""

from __future__ import annotations

from nunatak.core.errors import Refusal


class Unreadable(Refusal):
    """The document can't be read."""

    code = "document/unreadable"


class UnknownKind(Unreadable):
    """The bytes are no PDF, TIFF, PNG or JPEG."""

    code = "document/unknown-kind"


class Encrypted(Unreadable):
    """The document asks for a password."""

    code = "document/encrypted"


class Truncated(Unreadable):
    """The file ends too early or is damaged."""

    code = "document/damaged"


class TooManyPages(Unreadable):
    """The document has more pages than are read."""

    code = "document/too-many-pages"


class TooBig(Unreadable):
    """The file, or an image in it, is larger than may be taken into memory."""

    code = "document/too-big"


class NoSuchPage(Unreadable):
    """The document ends before the page."""

    code = "document/no-such-page"


class NoReader(Unreadable):
    """The page's text is drawn, and no OCR engine is installed."""

    code = "document/no-ocr"
