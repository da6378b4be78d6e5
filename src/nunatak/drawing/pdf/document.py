"""A PDF document: pages with links between them and an outline, the same bytes for the same pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote

from nunatak.drawing.bidi import starts_leftward
from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.pdf.canvas import Canvas
from nunatak.drawing.pdf.letters import Letters
from nunatak.drawing.pdf.objects import File, array, dictionary, real, reference, words
from nunatak.drawing.pdf.press import Press
from nunatak.drawing.scene import FontKey, Paint, Rect, Scene, Text

A4 = (595.28, 841.89)  # points
POINTS = 0.75  # of a unit
_MOST_SIDE = 14_400.0  # of a page, in points
_ADDRESS = punctuation  # stays in an address as it is; all but ASCII is written in percents


def pdf(scene: Scene, fonts: Fonts) -> bytes:
    """A scene as one page of its own size. Raises DrawingFailed for a scene that can't be drawn."""
    if not (scene.width > 0 and scene.height > 0):
        raise DrawingFailed("a scene without width or height can't be drawn")
    scale = min(POINTS, _MOST_SIDE / max(scene.width, scene.height))
    document = Document(fonts, title=scene.title)
    page = document.page(scene.width * scale, scene.height * scale)
    page.place(scene, Box(0, 0, page.width, page.height))
    return document.written()


class Place(NamedTuple):
    """A place in the document: the page's number from 0, and points from its top."""

    page: int
    y: float


@dataclass
class Bookmark:
    """A line of the outline, and those under it."""

    title: str
    place: Place
    under: list[Bookmark] = field(default_factory=list)


class Page:
    """One page, in points from its top left corner, y down."""

    def __init__(self, press: Press, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.links: list[tuple[Box, str]] = []
        self._press = press
        self._canvas = Canvas(press, Box(0, 0, width, height))
        self._canvas.ink.move((1, 0, 0, -1, 0, height))

    def text(self, x: float, y: float, text: str, *, font: FontKey, size: float, fill: str) -> float:
        """One line from its left edge at a baseline, each part in the first font that has it; gives its width."""
        fonts, start = self._canvas.fonts, x
        for run in fonts.runs(text, font, leftward=starts_leftward(text)):
            width = fonts.advance(run, size)
            key, words, leftward = run
            self._canvas.text(
                Text(x=x, y=y, text=words, font=key, size=size, fill=fill, width=width, leftward=leftward)
            )
            x += width
        return x - start

    def rect(self, box: Box, paint: Paint, radius: float = 0) -> None:
        self._canvas.shape(Rect(x=box.x, y=box.y, width=box.width, height=box.height, radius=radius, paint=paint))

    def line(self, x: float, y: float, right: float, *, stroke: str, width: float = 0.5) -> None:
        """A level line."""
        paint = Paint(stroke=stroke, stroke_width=width)
        self._canvas.ink.shape((("M", x, y), ("L", right, y)), paint)

    def place(self, scene: Scene, box: Box) -> Box:
        """A scene in the middle of a box, as large as fits; gives where it is. Raises DrawingFailed for a scene that
        can't be drawn."""
        scale = min(box.width / scene.width, box.height / scene.height)
        width, height = scene.width * scale, scene.height * scale
        x, y = box.x + (box.width - width) / 2, box.y + (box.height - height) / 2
        inner = Canvas(self._press, Box(scene.x, scene.y, scene.width, scene.height))
        inner.scene(scene)
        edges = (scene.x, scene.y, scene.x + scene.width, scene.y + scene.height)
        name = self._press.form(inner.ink.data, edges)
        ink = self._canvas.ink
        ink.keep()
        ink.move((scale, 0, 0, scale, x - scene.x * scale, y - scene.y * scale))
        ink.put(f"/{name} Do")
        ink.restore()
        return Box(x, y, width, height)

    def link(self, box: Box, target: str) -> None:
        """Makes a part of the page lead to a target of the document, or to a web address."""
        self.links.append((box, target))

    @property
    def data(self) -> bytes:
        return self._canvas.ink.data


class Document:
    """Pages in order. `targets` are places by name that links lead to, `outline` is what a reader shows beside them."""

    def __init__(self, fonts: Fonts, *, title: str, subject: str = "") -> None:
        self._file = File()
        self._press = Press(file=self._file, letters=Letters(fonts), resources=self._file.reserve())
        self._title = title
        self._subject = subject
        self.fonts = fonts
        self.pages: list[Page] = []
        self.targets: dict[str, Place] = {}
        self.outline: list[Bookmark] = []

    def page(self, width: float, height: float) -> Page:
        """A new page at the end, in points."""
        self.pages.append(Page(self._press, width, height))
        return self.pages[-1]

    def written(self) -> bytes:
        """The whole file."""
        tree = self._file.reserve()
        numbers = [self._file.reserve() for _ in self.pages]
        for number, page in zip(numbers, self.pages, strict=True):
            self._file.put(number, self._page(page, tree, numbers))
        self._press.finish()
        kids = array(map(reference, numbers))
        self._file.put(tree, dictionary({"Type": "/Pages", "Count": len(numbers), "Kids": kids}))
        catalog: dict[str, object] = {
            "Type": "/Catalog",
            "Pages": reference(tree),
            "Lang": "(en)",
            "ViewerPreferences": "<</DisplayDocTitle true>>",
        }
        if self.outline:
            catalog |= {"Outlines": reference(self._outline(numbers)), "PageMode": "/UseOutlines"}
        info = {"Title": words(self._title), "Subject": words(self._subject), "Producer": "(nunatak)"}
        return self._file.written(root=self._file.add(dictionary(catalog)), info=self._file.add(dictionary(info)))

    def _page(self, page: Page, tree: int, numbers: list[int]) -> str:
        links = [self._link(page, box, target, numbers) for box, target in page.links]
        return dictionary(
            {
                "Type": "/Page",
                "Parent": reference(tree),
                "MediaBox": array((0, 0, real(page.width), real(page.height))),
                "Resources": reference(self._press.resources),
                "Contents": reference(self._file.stream(page.data)),
                "Group": "<</S/Transparency/CS/DeviceRGB>>",
                "Annots": array(link for link in links if link),
            }
        )

    def _link(self, page: Page, box: Box, target: str, numbers: list[int]) -> str:
        edges = (box.x, page.height - box.bottom, box.right, page.height - box.y)
        entries = {"Type": "/Annot", "Subtype": "/Link", "Rect": array(map(real, edges)), "Border": "[0 0 0]"}
        if target.startswith(("http://", "https://")):
            return dictionary({**entries, "A": f"<</S/URI/URI {words(quote(target, safe=_ADDRESS))}>>"})
        if target not in self.targets:
            return ""
        return dictionary({**entries, "Dest": self._destination(self.targets[target], numbers)})

    def _destination(self, place: Place, numbers: list[int]) -> str:
        top = self.pages[place.page].height - place.y
        return f"[{reference(numbers[place.page])}/XYZ null {real(top)} null]"

    def _outline(self, numbers: list[int]) -> int:
        root = self._file.reserve()
        self._file.put(root, dictionary({"Type": "/Outlines", **self._chained(self.outline, root, numbers)}))
        return root

    def _chained(self, marks: list[Bookmark], parent: int, numbers: list[int]) -> dict[str, object]:
        """Writes bookmarks that know their neighbours; gives what their parent says of them."""
        own = [self._file.reserve() for _ in marks]
        for index, (mark, number) in enumerate(zip(marks, own, strict=True)):
            entries: dict[str, object] = {
                "Title": words(mark.title),
                "Parent": reference(parent),
                "Dest": self._destination(mark.place, numbers),
            }
            if index:
                entries["Prev"] = reference(own[index - 1])
            if index + 1 < len(own):
                entries["Next"] = reference(own[index + 1])
            inner = self._chained(mark.under, number, numbers) if mark.under else {}
            if inner:
                entries |= inner | {"Count": -len(mark.under)}
            self._file.put(number, dictionary(entries))
        return {"First": reference(own[0]), "Last": reference(own[-1]), "Count": len(own)} if own else {}
