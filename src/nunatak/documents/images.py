"""TIFF, PNG and JPEG files: their pages, and a page's pixels the right way up, as grey or colour, 8 bits each."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy
from PIL import ExifTags, Image, ImageOps

from nunatak.documents.errors import NoSuchPage, TooBig, TooManyPages, Truncated
from nunatak.documents.page import Content, Limits, MediaType, Page

_FORMATS: dict[MediaType, str] = {"image/tiff": "TIFF", "image/png": "PNG", "image/jpeg": "JPEG"}
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}


@contextmanager
def opened(content: Content, media_type: MediaType) -> Iterator[Image.Image]:
    """The image file, nothing of it decoded yet. Raises TooBig, Truncated."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags; what matters raises
        Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is decoded
        try:
            with Image.open(source, formats=[_FORMATS[media_type]]) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise TooBig(f"The image is too large: {error}") from None
        except (OSError, SyntaxError, EOFError, ValueError, TypeError, KeyError, IndexError, MemoryError) as error:
            raise Truncated(f"The image is damaged or ends too early: {_words(error)}") from None


def pages(content: Content, media_type: MediaType, limits: Limits) -> tuple[Page, ...]:
    """The pages of an image file; only a TIFF may have several. Raises TooManyPages, TooBig, Truncated."""
    found: list[Page] = []
    with opened(content, media_type) as image:
        while True:
            found.append(_page(image, len(found) + 1, limits))
            if len(found) > limits.pages:
                raise TooManyPages(f"The file has more than {limits.pages:,} pages")
            if media_type != "image/tiff" or not _forward(image, len(found)):
                return tuple(found)


def pixels(content: Content, media_type: MediaType, number: int, limits: Limits) -> Image.Image:
    """Page `number` upright, in mode 1, L or RGB, transparent parts on white. Raises NoSuchPage, TooBig, Truncated."""
    with opened(content, media_type) as image:
        if number != 1 and (media_type != "image/tiff" or not _forward(image, number - 1)):
            raise NoSuchPage(f"The file ends before page {number}")
        _page(image, number, limits)
        image.load()
        return plain(ImageOps.exif_transpose(image))


def plain(image: Image.Image) -> Image.Image:
    """The image in mode 1, L or RGB; 16 bits become 8, transparency becomes white."""
    if image.mode in ("1", "L", "RGB"):
        return image.copy() if getattr(image, "fp", None) else image
    if image.mode.startswith(("I", "F")):
        return _narrowed(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return _thinned(Image.alpha_composite(white, clear).convert("RGB"))
    return _thinned(image.convert("RGB"))


def _thinned(image: Image.Image) -> Image.Image:
    """A colour image without colours as grey."""
    red, green, blue = image.split()
    same = red.tobytes() == green.tobytes() == blue.tobytes()
    return red if same else image


def _narrowed(image: Image.Image) -> Image.Image:
    values = numpy.asarray(image).astype("float64")
    if image.mode.startswith("I;16") or (image.mode == "I" and values.size and values.max() > 255):
        values = values / 257
    elif image.mode == "F" and values.size and values.max() <= 1:
        values = values * 255
    return Image.fromarray(numpy.clip(numpy.nan_to_num(values), 0, 255).astype("uint8"))


def _forward(image: Image.Image, index: int) -> bool:
    try:
        image.seek(index)
    except EOFError:
        return False
    return True


def _page(image: Image.Image, number: int, limits: Limits) -> Page:
    width, height = image.size
    if width * height > limits.pixels:
        raise TooBig(f"Page {number} has {width:,} x {height:,} pixels; at most {limits.pixels:,} are read")
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Page(number=number, width=width, height=height, rotation=_TURNS.get(orientation, 0))


def _words(error: BaseException) -> str:
    return str(error).split("\n")[0][:120] or type(error).__name__
