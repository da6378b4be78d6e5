"""Pages as pixels: the PNG that is handed out, and the picture that stands in an SVG document for a scan."""

from __future__ import annotations

import base64
import io

import numpy
import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from nunatak.documents import images, pages, pdfium
from nunatak.documents.page import Content, Drawn, Limits, Page

_LARGEST = 60_000_000  # pixels of a rendered page
_FINEST = 12  # pixels a unit
_PAPER = 250
_EDGE = 4  # pixels left round what is not paper
_SOFT = 0.04  # of the pixels: with fewer between black and white a picture is black and white
_PHOTO = 0.35  # with more it is a photograph
_LEVELS = 16
_COLORED = 12  # how far the parts of a colour differ from each other


def rendered(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """An open PDF page at `scale` pixels a unit, in colour or, where it has none, grey; fewer pixels if too many."""
    width, height = page.get_size()
    scale = min(scale, (_LARGEST / (width * height)) ** 0.5)
    bitmap = page.render(scale=max(scale, 1 / max(width, height)), fill_color=(255, 255, 255, 255))
    try:
        image: Image.Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        bitmap.close()


def page_image(content: Content, number: int, limits: Limits) -> Image.Image:
    """Page `number` with its longest side of at most `limits.png_side` pixels. Raises Unreadable."""
    kind = pages.kind_of(content)
    if kind == "application/pdf":
        with pdfium.opened_page(content, number) as page:
            return rendered(page, limits.png_side / max(page.get_size()))
    image = images.pixels(content, kind, number, limits)
    return _within(image, limits.png_side)


def png(content: Content, number: int, limits: Limits) -> bytes:
    """Page `number` as PNG; grey where it has no colours."""
    image = page_image(content, number, limits)
    if not colorful(image):
        image = image.convert("L")
    return _saved(image)


def picture(content: Content, number: int, limits: Limits, *, grayscale: bool, note: str = "") -> Drawn:
    """Page `number` as a picture in page units: what is not paper, at the scan's own resolution."""
    page, image = _as_scanned(content, number, limits)
    if grayscale or not colorful(image):
        image = image.convert("L")
    return Drawn(page=page, kind="picture", body=_body(page, image), note=note)


def is_scan(page: pypdfium2.PdfPage) -> bool:
    """Whether an open PDF page is hardly more than images."""
    shapes = pictures = 0
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index))
        pictures += kind == raw.FPDF_PAGEOBJ_IMAGE
        shapes += kind != raw.FPDF_PAGEOBJ_IMAGE
        if shapes > 20:
            return False
    return pictures > 0


def colorful(image: Image.Image) -> bool:
    """Whether a picture has colours that an eye would see."""
    if image.mode in ("1", "L"):
        return False
    red, green, blue = image.convert("RGB").split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return int(numpy.asarray(apart).max(initial=0)) > _COLORED


def _as_scanned(content: Content, number: int, limits: Limits) -> tuple[Page, Image.Image]:
    kind = pages.kind_of(content)
    if kind == "application/pdf":
        with pdfium.opened_page(content, number) as page:
            told = pdfium.described(page, number)
            return told, rendered(page, _own_scale(page, limits))
    image = images.pixels(content, kind, number, limits)
    return Page(number=number, width=image.width, height=image.height), image


def _own_scale(page: pypdfium2.PdfPage, limits: Limits) -> float:
    """Pixels a unit of the finest large image on an open page; that of the PNG where there is none."""
    otherwise = float(limits.png_side / max(page.get_size()))
    if not is_scan(page):
        return otherwise
    scales = []
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        columns, rows = image.get_px_size()
        left, bottom, right, top = image.get_bounds()
        large = (right - left) * (top - bottom) > 0.05 * page.get_width() * page.get_height()
        if large:
            scales.append(max(columns, rows) / max(right - left, top - bottom))
    return min(float(max(scales)), _FINEST) if scales else otherwise


def _body(page: Page, image: Image.Image) -> str:
    """An `<image>` of the part that is not paper."""
    part = ImageChops.invert(image.convert("L")).point(lambda value: 255 if value > 255 - _PAPER else 0).getbbox()
    if part is None:
        return ""
    left, top = max(0, part[0] - _EDGE), max(0, part[1] - _EDGE)
    right, bottom = min(image.width, part[2] + _EDGE), min(image.height, part[3] + _EDGE)
    media, data = encoded(image.crop((left, top, right, bottom)))
    x, y = page.width / image.width, page.height / image.height
    places = {"x": left * x, "y": top * y, "width": (right - left) * x, "height": (bottom - top) * y}
    told = " ".join(f'{name}="{place:.3f}"' for name, place in places.items())
    inside = base64.b64encode(data).decode()
    return f'<image {told} preserveAspectRatio="none" xlink:href="data:{media};base64,{inside}"/>'


def encoded(image: Image.Image) -> tuple[str, bytes]:
    """The media type and bytes of a picture: 1 bit for line work, 16 greys for soft scans, JPEG for photographs."""
    if image.mode == "1":
        return "image/png", _saved(image)
    if image.mode != "L":
        return _photograph(image)
    values = numpy.asarray(image)
    between = float(((values > 40) & (values < 215)).mean())
    if between > _PHOTO:
        return _photograph(image)
    inked = float((values < 215).mean())
    if between <= _SOFT * inked:
        return "image/png", _saved(Image.fromarray(values >= 128))
    steps = (values.astype("uint16") * (_LEVELS - 1) + 127) // 255
    greys = Image.fromarray(steps.astype("uint8")).convert("L")
    indexed = Image.frombytes("P", greys.size, greys.tobytes())
    indexed.putpalette([level * 255 // (_LEVELS - 1) for level in range(_LEVELS) for _ in range(3)])
    file = io.BytesIO()
    indexed.save(file, "PNG", bits=4, optimize=True)
    return "image/png", file.getvalue()


def _photograph(image: Image.Image) -> tuple[str, bytes]:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=82, optimize=True)
    return "image/jpeg", file.getvalue()


def _within(image: Image.Image, side: int) -> Image.Image:
    longest = max(image.size)
    if longest <= side:
        return image
    soft = image.convert("L") if image.mode == "1" else image
    return soft.resize([max(1, round(length * side / longest)) for length in image.size], Image.Resampling.BOX)


def _saved(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()
