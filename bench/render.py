"""From a picture to SVG text, for 10 to 2,000 objects: milliseconds an object, and whether the cost stays linear.

Yardsticks: 50 objects within 15 ms warm, 2,000 within a second. Processor time: other work on the machine is not ours.

python bench/render.py [runs]
"""

from __future__ import annotations

import sys
import time

import msgspec

from nunatak.drawing.bundled import fonts
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.svg import svg
from nunatak.jobs.memory import collect_seldom
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Technology, Thing
from nunatak.render.scene import scene

SIZES = (10, 50, 500, 2000)
KINDS = ("app", "app", "store", "system", "component", "app", "actor")


def picture(count: int) -> Picture:
    """`count` objects on the 384 x 320 pitch with 1.5 lines each, all with captions and labels."""
    columns = max(2, int((count * 1.2) ** 0.5))
    level = [(i, i + 1) for i in range(count - 1) if (i + 1) % columns]
    upright = [(i, i + columns) for i in range(count - columns)]
    slanted = [(i, i + columns + 1) for i in range(count - columns - 1) if (i + 1) % columns]
    pairs = sorted((level + upright + slanted)[: count * 3 // 2])
    return Picture(
        id="bench",
        name="Bench",
        things=[_thing(i, columns) for i in range(count)],
        lines=[_line(number, *pair) for number, pair in enumerate(pairs)],
        technologies={"java": Technology(name="Java"), "pg": Technology(name="PostgreSQL")},
    )


def _thing(number: int, columns: int) -> Thing:
    return Thing(
        id=f"o{number}",
        model_id=f"m{number}",
        type=KINDS[number % len(KINDS)],
        x=number % columns * 384,
        y=number // columns * 320,
        name=f"Service number {number}",
        caption=f"Keeps the orders of customer {number} and tells {number + 7} others about them",
        technology_ids=["java", "pg"][: number % 3],
    )


def _line(number: int, origin: int, target: int) -> Line:
    return Line(
        id=f"l{number}",
        model_id=f"k{number}",
        origin_id=f"o{origin}",
        target_id=f"o{target}",
        name=f"Sends order {number} to",
        technology_ids=["java"] if number % 2 else [],
    )


def seconds(drawn: Picture, letters: Fonts) -> tuple[float, int]:
    """How long one picture takes to become SVG text, and how long the text is."""
    began = time.process_time()
    text = svg(scene(drawn, Options(), letters), letters)
    return time.process_time() - began, len(text)


def yardstick(drawn: Picture) -> float:
    """How long the same picture takes to be written as JSON and read again: what any format costs at the least."""
    began = time.process_time()
    msgspec.json.decode(msgspec.json.encode(drawn), type=Picture)
    return time.process_time() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    letters, best = fonts(), {}
    seconds(picture(10), letters)
    collect_seldom()  # as in the processes that draw
    for count in SIZES:
        drawn = picture(count)
        times, lengths = zip(*(seconds(drawn, letters) for _ in range(runs)), strict=True)
        best[count] = min(times)
        least = min(yardstick(drawn) for _ in range(runs))
        print(
            f"{count:5} objects {len(drawn.lines):5} lines  {best[count] * 1e3:8.1f} ms  "
            f"{best[count] * 1e3 / count:.3f} ms an object  {lengths[0] / 1024:7.0f} KiB  "
            f"{best[count] / least:5.0f} x its JSON there and back"
        )
    print(f"2,000 objects take {best[2000] / best[10]:.0f} times as long as 10 (200 would be linear)")


if __name__ == "__main__":
    main()
