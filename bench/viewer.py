"""The viewer in a browser: the sample's first paint, a landscape of 10,000 objects, and moving over 2,000 on a diagram.

python bench/viewer.py [objects]

Other work on the machine stretches seconds, not the work that a trace tells: beside each time stand the milliseconds in
which the page's own thread was at work.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections import Counter
from typing import Any

from imports import file, imported
from playwright.sync_api import sync_playwright
from server import Running, running

TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
FRAMES = 90
_PAN = """
(frames) => new Promise((done) => {
  const stage = document.querySelector(".stage");
  let at = 0;
  const began = performance.now();
  const step = () => {
    const turn = { deltaX: at % 60 < 30 ? 8 : -8, deltaY: at % 40 < 20 ? 5 : -5 };
    stage.dispatchEvent(new WheelEvent("wheel", { ...turn, bubbles: true, cancelable: true }));
    if (++at < frames) requestAnimationFrame(step);
    else done((performance.now() - began) / frames);
  };
  requestAnimationFrame(step);
})
"""


def work(trace: dict[str, Any]) -> Counter[str]:
    """Milliseconds at work of each sort of thread."""
    names = {
        (one["pid"], one["tid"]): one["args"]["name"]
        for one in trace["traceEvents"]
        if one.get("name") == "thread_name"
    }
    found: Counter[str] = Counter()
    for one in trace["traceEvents"]:
        if one.get("ph") == "X" and one["name"] in ("RunTask", "ThreadControllerImpl::RunTask", "ThreadPool_RunTask"):
            name = names.get((one["pid"], one["tid"]), "")
            found["raster" if "Worker" in name or "ThreadPool" in name else name] += one.get("tdur", 0) / 1000
    return found


def opened(browser: Any, page: Any, address: str, ready: str) -> None:
    """Prints how long a page takes until something is there, and the work that it makes."""
    browser.start_tracing(page=page, categories=TRACED)
    began = time.perf_counter()
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=120_000)
    took = time.perf_counter() - began
    trace = json.loads(browser.stop_tracing())
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    print(f"  there after {took:.2f} s, first paint {paint:.0f} ms, {work(trace)['CrRendererMain']:.0f} ms of work")


def moved(browser: Any, page: Any, words: str) -> None:
    """Prints the time and the work of a frame while the sheet is moved."""
    page.wait_for_timeout(1500)
    browser.start_tracing(page=page, categories=TRACED)
    frame = page.evaluate(_PAN, FRAMES)
    done = work(json.loads(browser.stop_tracing()))
    main, raster, put = (done[name] / FRAMES for name in ("CrRendererMain", "raster", "Compositor"))
    print(
        f"  {words}: {frame:.1f} ms a frame; work {main:.1f} ms page, {put:.1f} ms compositor, {raster:.1f} ms raster"
    )


def crowded(server: Running, base: str, count: int) -> str:
    """The handle of a diagram with so many objects, and a line for each two."""
    objects = server.call("GET", f"{base}/model/objects?limit={count * 2}")["modelObjects"]
    apps = [one for one in objects if one["type"] == "app"][:count]
    root = next(one for one in objects if one["type"] == "system")
    across = 50
    placed = {
        f"o{at}": {"id": f"o{at}", "modelId": one["id"], "type": "app", "shape": "box",
                   "x": at % across * 384, "y": at // across * 320, "width": 256, "height": 128}
        for at, one in enumerate(apps)
    }  # fmt: skip
    lines = {
        f"l{at}": {"id": f"l{at}", "modelId": None, "originId": f"o{at}", "targetId": f"o{at + 1}",
                   "originConnector": None, "targetConnector": None, "labelPosition": 50, "lineShape": "straight"}
        for at in range(0, len(apps) - 1, 2)
    }  # fmt: skip
    body = {"name": "Crowd", "type": "app-diagram", "modelId": root["id"], "index": 0}
    made = server.call("POST", f"{base}/diagrams", json={**body, "objects": placed, "connections": lines})
    return str(made["diagram"]["handleId"])


def main() -> None:
    """Prints the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with running(warm=False) as server, sync_playwright() as started:
        sample = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
        first = server.call("GET", f"/v1/organizations/{sample}/landscapes")["landscapes"][0]["id"]
        base, _ = server.landscape("Big")
        imported(server, base, json.dumps(file(count, count * 3 // 2)).encode())
        crowd = crowded(server, base, 2000)
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        root = str(server.http.base_url).rstrip("/")
        page.request.post(f"{root}/session", data={"key": server.http.headers["X-API-Key"]})
        land = f"{root}/l/{base.split('/')[3]}"
        print(f"with {os.getloadavg()[0]:.1f} other tasks running on {os.cpu_count()} cores")
        for words, address, ready in (
            ("sample", f"{root}/l/{first}", "main h1"),
            ("sample again", f"{root}/l/{first}", "main h1"),
            (f"{count:,} objects: overview", land, "main h1"),
            (f"{count:,} objects: model", f"{land}/model", "main .thing"),
            ("2,000 objects on a diagram", f"{land}/d/{crowd}", "main svg g[data-role=box]"),
            ("2,000 objects on a diagram again", f"{land}/d/{crowd}", "main svg g[data-role=box]"),
        ):
            print(words)
            opened(browser, page, address, ready)
        moved(browser, page, "all in sight")
        for scale in (0.3, 1):
            page.goto(f"{land}/d/{crowd}?at=9000,6000,{scale}")
            page.locator("main svg g[data-role=box]").first.wait_for()
            moved(browser, page, f"at {scale:.0%}")
        browser.close()


if __name__ == "__main__":
    main()
