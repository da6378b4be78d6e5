"""Real sheets through the whole of documents: seconds a page, sizes, differences, and hits against a reference.

python bench/drawings.py FOLDER [--entities]

FOLDER holds `*.pdf`, `tags.json` ({"tags": [{"name"}]}) and, where there is one, `reference-hits.json`
({sheet: [{"text", "xMin", "yMin", "xMax", "yMax"}]}). Of the reference's hits those count that
`bench/drawings_judged.json` doesn't list as wrong; a hit of ours counts as right when the reference has it, or the same
list names it as seen on the sheet.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

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


def timed(call: Callable[..., T], *given: Any) -> tuple[T, float]:
    start = time.perf_counter()
    return call(*given), time.perf_counter() - start


def sheet(path: Path, entities: list[dict[str, str]], reference: list[dict[str, Any]]) -> None:
    text, reading = timed(work.read, path, 1, LIMITS)
    png, rastering = timed(work.raster, path, 1, LIMITS)
    drawn, drawing = timed(work.draw, path, 1, LIMITS)
    found, matching = timed(match, [text], entities, Options(partial_match=True))
    document = overlay.svg(drawn, text, [])
    print(
        f"{path.stem}: read {reading:.1f} s ({text.source}, {len(text.words)} words), PNG {rastering:.1f} s, "
        f"SVG {drawing:.1f} s, match {1000 * matching:.0f} ms; {len(found.hits)} hits"
    )
    print(f"  {drawn.kind}, {len(document):,} bytes ({len(drawn.body):,} drawn) {drawn.note}")
    if drawn.kind == "vector":
        with pylopdf.Document(stream=path.read_bytes()) as plain:
            size = len(plain.render_page_svg(0, max_size=200_000_000))
        apart = compare.difference(shown(document, png), Image.open(io.BytesIO(png)).convert("L"))
        print(f"  {len(drawn.body) / size:.2f} of the converter's plain output; {apart:.3%} of the pixels differ")
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
    print(f"  found {len(true) - len(missed)} of the reference's {len(true)} true hits ({len(reference)} in all)")
    print(f"  missed: {[(each['text'], round(each['xMin'], 2), round(each['yMin'], 2)) for each in missed]}")
    print(f"  right: {len(hits) - len(unseen)} of {len(hits)}; not seen by eye: {unseen}")


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
        found, seconds = timed(match, [text], made, Options(partial_match=True))
        print(f"{count:,} entities: {1000 * seconds:,.0f} ms, {len(found.hits)} hits")


def main() -> None:
    folder = Path(sys.argv[1])
    names = [tag["name"] for tag in json.loads((folder / "tags.json").read_text())["tags"]]
    told = folder / "reference-hits.json"
    reference = json.loads(told.read_text()) if told.exists() else {}
    sheets = sorted({hit["text"] for hits in reference.values() for hit in hits} - set(names))
    paths = sorted(folder.glob("*.pdf"))
    if "--entities" in sys.argv:
        many(work.read(paths[1], 1, LIMITS), names)
        return
    for path in paths:
        sheet(path, [{"name": name} for name in [*names, *sheets]], reference.get(path.stem, []))


if __name__ == "__main__":
    main()
