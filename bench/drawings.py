"""Real sheets through the whole of documents: seconds a page, sizes, differences, and hits against a reference.

python bench/drawings.py FOLDER [--entities]

FOLDER holds `*.pdf`, `tags.json` ({"tags": [{"name"}]}) and, where there is one, `reference-hits.json`
({sheet: [{"text", "xMin", "yMin", "xMax", "yMax"}]}). Of the reference's hits those count that
`bench/drawings_judged.json` doesn't list as wrong; a hit of ours counts as right when the reference has it, or the same
list names it as seen on the sheet. Times are seconds that passed and, in brackets, seconds of processors: on a machine
with other work only these, and ratios, mean something. Yardsticks, on 2 cores: a vector sheet from bytes to hits under
2 s, a scan under 20 s; hits among 1,000 entities once it is read under 0.1 s, among 100,000 under 2 s; an SVG no larger
than 1.5 times the converter's own, under 1% of its pixels other than the PDF renderer's; 97% of the reference's true
hits on a vector sheet, 90% on a scan, 95% of ours right.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pylopdf
import resvg
from PIL import Image

from nunatak.documents import compare, overlay, work
from nunatak.documents.match import Options, match
from nunatak.documents.page import Hit, Limits, PageText

T = TypeVar("T")
LIMITS = Limits()
NEAR = 0.01  # of the page: how far boxes of one tag may be apart
JUDGED = json.loads((Path(__file__).parent / "drawings_judged.json").read_text())


class Spent(NamedTuple):
    """Seconds that passed, and seconds of processors."""

    passed: float
    worked: float

    def __str__(self) -> str:
        return f"{self.passed:.2f} s ({self.worked:.2f})"


def timed(call: Callable[..., T], *given: Any) -> tuple[T, Spent]:
    start, worked = time.perf_counter(), time.process_time()
    made = call(*given)
    return made, Spent(time.perf_counter() - start, time.process_time() - worked)


def sheet(path: Path, entities: list[dict[str, str]], reference: list[dict[str, Any]]) -> None:
    text, reading = timed(work.read, path, 1, LIMITS)
    png, rastering = timed(work.raster, path, 1, LIMITS)
    drawn, drawing = timed(work.draw, path, 1, LIMITS)
    found, first = timed(match, [text], entities, Options(partial_match=True))
    _, again = timed(match, [text], entities, Options(partial_match=True))
    document = overlay.svg(drawn, text, [])
    print(
        f"{path.stem} ({'x'.join(f'{side / 72 * 25.4:.0f}' for side in (text.width, text.height))} mm): "
        f"read {reading} ({text.source}, {len(text.words)} words), match {first}, again {again}, "
        f"PNG {rastering}, SVG {drawing}; {len(found.hits)} hits"
    )
    done = Spent(reading.passed + first.passed, reading.worked + first.worked)
    yardstick = 2 if drawn.kind == "vector" else 20
    print(
        f"  bytes to hits {done}: {done.passed / yardstick:.0%} of {yardstick} s; "
        f"again {again.passed / 0.1:.0%} of 0.1 s"
    )
    print(f"  {drawn.kind}, {len(document):,} bytes ({len(drawn.body):,} drawn) {drawn.note}")
    if drawn.kind == "vector":
        with pylopdf.Document(stream=path.read_bytes()) as plain:
            size = len(plain.render_page_svg(0, max_size=200_000_000))
        apart = compare.difference(shown(document, png), Image.open(io.BytesIO(png)).convert("L"))
        print(
            f"  {len(drawn.body) / size:.2f} of the converter's own (at most 1.5); "
            f"{apart:.3%} of the pixels differ (under 1%)"
        )
    if reference:
        held_against(path.stem, found.hits, reference)


def shown(document: str, png: bytes) -> Image.Image:
    """The SVG drawn in the size of the PNG."""
    with Image.open(io.BytesIO(png)) as image:
        width, height = image.size
    start, rest = document.split(' width="', 1)
    rest = rest[rest.index(" viewBox") :]
    tree = resvg.usvg.Tree.from_str(
        f'{start} preserveAspectRatio="none" width="{width}" height="{height}"{rest}', resvg.usvg.Options.default()
    )
    return Image.open(io.BytesIO(bytes(resvg.render(tree, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))))).convert("L")


def held_against(name: str, hits: tuple[Hit, ...], reference: list[dict[str, Any]]) -> None:
    """Prints how much of the reference is found, and what of ours it doesn't have."""
    judged = JUDGED.get(name, {"wrong": [], "seen": []})
    wrong = [tuple(each) for each in judged["wrong"]]
    true = [hit for hit in reference if (hit["text"], round(hit["xMin"], 2), round(hit["yMin"], 2)) not in wrong]
    used: set[int] = set()
    missed = []
    for each in true:
        same = [index for index, hit in enumerate(hits) if hit.name == each["text"] and touches(hit, each)]
        used.update(same)
        if not same:
            missed.append(each)
    extra = [hit.name for index, hit in enumerate(hits) if index not in used]
    unseen = [name for name in extra if name not in judged["seen"]]
    share = (len(true) - len(missed)) / max(1, len(true))
    print(
        f"  found {len(true) - len(missed)} of the reference's {len(true)} true hits, {share:.1%} "
        f"({len(reference)} in all)"
    )
    print(f"  missed: {[(each['text'], round(each['xMin'], 2), round(each['yMin'], 2)) for each in missed]}")
    right = 1 - len(unseen) / max(1, len(hits))
    print(f"  right: {len(hits) - len(unseen)} of {len(hits)}, {right:.1%}; not seen by eye: {unseen}")


def touches(hit: Hit, other: dict[str, Any]) -> bool:
    box = hit.box
    return (
        box.left < other["xMax"] + NEAR
        and other["xMin"] < box.right + NEAR
        and box.top < other["yMax"] + NEAR
        and other["yMin"] < box.bottom + NEAR
    )


def many(text: PageText, names: list[str]) -> None:
    """Prints what matching costs with up to half a million entities."""
    for count in (1_000, 100_000, 500_000):
        made = [{"name": names[n % len(names)] if n < len(names) else f"{n % 90 + 10}-XT-{n:06}"} for n in range(count)]
        found, spent = timed(match, [text], made, Options(partial_match=True))
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"{count:,} entities: {spent}, {len(found.hits)} hits, at most {held:,} MB")


def main() -> None:
    folder = Path(sys.argv[1])
    names = [tag["name"] for tag in json.loads((folder / "tags.json").read_text())["tags"]]
    told = folder / "reference-hits.json"
    reference = json.loads(told.read_text()) if told.exists() else {}
    sheets = sorted({hit["text"] for hits in reference.values() for hit in hits} - set(names))
    paths = sorted(folder.glob("*.pdf"))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if "--entities" in sys.argv:
        many(work.read(paths[1], 1, LIMITS), names)
        return
    for path in paths:
        sheet(path, [{"name": name} for name in [*names, *sheets]], reference.get(path.stem, []))


if __name__ == "__main__":
    main()
