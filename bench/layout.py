"""Automatic layout at 10, 50, 200 and 1,000 elements: seconds warm, and a scorecard of what is drawn.

python bench/layout.py [runs] [sizes...]

The model is our own; with ../shared/tools/gen.py there, the model that other tools were measured with is laid out too.
The yardsticks, for that model: at 50 the best peer's nothing overlapping, nothing crossed (which takes it 2.9 s) in
under 0.5 s; at 200 and 1,000 a right answer, which no peer has, 1,000 within 3.5 s to SVG; and no picture longer than
3:1.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from nunatak.drawing.bundled import fonts
from nunatak.drawing.elk import elk
from nunatak.drawing.svg import svg
from nunatak.jobs.memory import collect_seldom
from nunatak.render.layout.layout import Wanted, layout
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Technology, Thing
from nunatak.render.scene import scene
from tests.scorecard import score

SIZES = (10, 50, 200, 1000)
_GENERATOR = Path(__file__).parent.parent.parent / "shared" / "tools" / "gen.py"
_VERBS = ("Reads from", "Makes calls to", "Publishes events to", "Uses", "Looks up prices in", "Signs in with")


def own(count: int) -> Picture:
    """A model of `count` elements in systems of 20 and groups of 5, with people and outer systems, 1.5 lines each."""
    chance = random.Random(count)
    people, outer = max(1, count // 20), max(1, count // 10)
    things = [Thing(id=f"p{i}", model_id=f"p{i}", type="actor", x=0, y=0, name=f"Reader {i}") for i in range(people)]
    things += [
        Thing(id=f"x{i}", model_id=f"x{i}", type="system", x=0, y=0, name=f"Outer system {i}", external=True)
        for i in range(outer)
    ]
    apps: list[list[str]] = []
    for number in range(count - people - outer):
        system, group = f"s{number // 20}", f"g{number // 5}"
        if number % 20 == 0:
            apps.append([])
            things.append(_area(system, "system", f"Platform {number // 20}"))
        if number % 5 == 0:
            things.append(_area(group, "group", f"Team {number // 5}"))
        things.append(_app(number, system, group))
        apps[-1].append(f"a{number}")
    pairs = {(f"p{i}", chance.choice(chance.choice(apps))) for i in range(people)}
    pairs |= {(chance.choice(chance.choice(apps)), f"x{i}") for i in range(outer)}
    while len(pairs) < min(count * 3 // 2, count * (count - 1) // 4):
        home = chance.choice(apps)
        away = home if chance.random() < 0.8 else chance.choice(apps)
        a, b = chance.choice(home), chance.choice(away)
        if a < b:
            pairs.add((a, b))
    lines = [_line(number, *pair, chance.choice(_VERBS)) for number, pair in enumerate(sorted(pairs))]
    techs = {name: Technology(name=name) for name in ("HTTPS", "PostgreSQL")}
    return Picture(id="own", name="Own model", things=things, lines=lines, technologies=techs)


def _area(id: str, type_: Any, name: str) -> Thing:
    return Thing(id=id, model_id=id, type=type_, shape="area", x=0, y=0, name=name)


def _app(number: int, system: str, group: str) -> Thing:
    return Thing(
        id=f"a{number}", model_id=f"a{number}", type="store" if number % 4 == 3 else "app", x=0, y=0,
        name=f"Service number {number}", caption=f"Keeps what customer {number} has ordered",
        technology_ids=["PostgreSQL"] if number % 4 == 3 else [], parent_ids=[system], group_ids=[group],
    )  # fmt: skip


def _line(number: int, origin: str, target: str, name: str) -> Line:
    techs = ["HTTPS"] if number % 2 else []
    return Line(id=f"l{number}", origin_id=origin, target_id=target, name=name, technology_ids=techs)


def shared(count: int) -> Picture | None:
    """The model that other tools were measured with; None where its generator isn't there."""
    if not _GENERATOR.exists():
        return None
    with TemporaryDirectory() as folder:
        command = [sys.executable, str(_GENERATOR), folder, str(count)]
        subprocess.run(command, check=True, capture_output=True)
        return _read(json.loads((Path(folder) / str(count) / "model.json").read_text()))


def _read(model: dict[str, Any]) -> Picture:
    techs: dict[str, Technology] = {}

    def known(words: str) -> list[str]:
        techs.update({word: Technology(name=word) for word in words.split(", ")})
        return words.split(", ")

    def card(one: dict[str, Any], type_: Any, **more: Any) -> Thing:
        return Thing(
            id=one["id"], model_id=one["id"], type=type_, x=0, y=0, name=one["name"], caption=one["desc"], **more
        )

    things = [card(one, "actor") for one in model["people"]]
    things += [card(one, "system", external=True) for one in model["external"]]
    for system in model["systems"]:
        things.append(_area(system["id"], "system", system["name"]))
        for group in system["groups"]:
            things.append(_area(group["id"], "group", group["name"]))
            for one in group["containers"]:
                around: dict[str, Any] = {"parent_ids": [system["id"]], "group_ids": [group["id"]]}
                type_ = "store" if one["kind"] == "db" else "app"
                things.append(card(one, type_, technology_ids=known(one["tech"]), **around))
    lines = [
        Line(
            id=f"r{n}", origin_id=one["from"], target_id=one["to"], name=one["label"], technology_ids=known(one["tech"])
        )
        for n, one in enumerate(model["relations"])
    ]
    return Picture(id="shared", name="Container diagram", things=things, lines=lines, technologies=techs)


def measured(name: str, picture: Picture, runs: int) -> None:
    """Prints the best of some warm runs, wall and processor seconds, and the scorecard."""
    layout(picture, Wanted(), elk(), fonts())
    best = (1e9, 1e9, 1e9)
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        laid = layout(picture, Wanted(), elk(), fonts())
        middle = time.perf_counter()
        drawn = scene(laid, Options(), fonts())
        svg(drawn, fonts())
        best = min(best, (time.perf_counter() - began, middle - began, time.process_time() - used))
    card = score(drawn, laid)
    print(
        f"{name:>12}: laid out {best[1]:.2f} s, to SVG {best[0]:.2f} s ({best[2]:.2f} s of CPU), "
        f"{drawn.width:,.0f} x {drawn.height:,.0f} (1:{drawn.height / drawn.width:.2f}); "
        f"overlapping texts {card.overlapping_texts}, texts of things "
        f"crossed {card.crossed_texts} of {card.texts}, labels crossed by a foreign line {card.crossed_labels} of "
        f"{card.labels}, lines through foreign boxes {card.crossed_boxes}"
    )


def main() -> None:
    """Prints a line for each model and size."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    sizes = [int(word) for word in sys.argv[2:]] or list(SIZES)
    elk()
    fonts()
    collect_seldom()  # as in the processes that lay out and draw
    for count in sizes:
        measured(f"own {count}", own(count), runs)
        other = shared(count)
        if other is not None:
            measured(f"shared {count}", other, runs)
    if not _GENERATOR.exists():
        print("../shared/tools/gen.py is not here: only our own model was laid out")


if __name__ == "__main__":
    main()
