"""A PNG's time against the rasterizer's own for the same SVG, and the memory of the process that draws it.

python bench/raster.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import resvg

from nunatak.drawing import png as ours
from nunatak.drawing.bundled import fonts
from nunatak.drawing.svg import write
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Thing
from nunatak.render.scene import scene

_COLUMNS = {50: 8, 2000: 45}


def picture(count: int) -> Picture:
    """A grid of apps on the 384 x 320 pitch with 1.5 named lines each."""
    columns = _COLUMNS[count]
    things = [
        Thing(
            id=f"o{i}",
            model_id=f"m{i}",
            type="app",
            x=i % columns * 384,
            y=i // columns * 320,
            name=f"Service number {i}",
            caption="Keeps the orders of customers and tells others about them",
        )
        for i in range(count)
    ]
    pairs = [(i, i + 1) for i in range(count - 1)] + [(i, i + columns) for i in range(0, count - columns, 2)]
    lines = [
        Line(id=f"l{n}", origin_id=f"o{a}", target_id=f"o{b}", name="Makes API calls to")
        for n, (a, b) in enumerate(pairs)
    ]
    return Picture(id="p", name="Bench", things=things, lines=lines)


def least(act: Callable[[], Any], runs: int) -> float:
    """The fastest of some runs after a first one, in seconds: noise only adds."""
    act()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def measure(count: int) -> None:
    """Prints one line."""
    drawn = scene(picture(count), Options(), fonts())
    scale, _ = ours.scale_for(drawn.width, drawn.height)
    pixels = (round(drawn.width * scale), round(drawn.height * scale))
    written = write(drawn, fonts(), pixels=pixels, embed_fonts=False)
    options = resvg.usvg.Options.default()
    for key, characters in written.characters.items():
        options.load_font_data(fonts().subset(key, characters))

    def bare() -> bytes:
        tree = resvg.usvg.Tree.from_str(written.text, options)
        return bytes(resvg.render(tree, ours._AS_IT_IS))

    runs = 9 if count < 1000 else 2
    whole, alone = least(lambda: ours.png(drawn, fonts(), scale=scale), runs), least(bare, runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} objects, {pixels[0]} x {pixels[1]} pixels: {whole * 1000:.0f} ms, "
        f"rasterizer alone {alone * 1000:.0f} ms, ratio {whole / alone:.2f}; process peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        for each in _COLUMNS:
            subprocess.run([sys.executable, __file__, str(each)], check=True)
