"""An idle server: how soon it is ready, and how much memory its processes hold.

python bench/idle.py
"""

from __future__ import annotations

import time

import psutil
from server import running


def main() -> None:
    """Prints start-up seconds and resident megabytes of the main process and of each of its children."""
    with running() as server:
        time.sleep(3)
        main_process = psutil.Process(server.process.pid)
        before = main_process.cpu_times()
        time.sleep(5)
        after = main_process.cpu_times()
        busy = (after.user + after.system - before.user - before.system) / 5
        print(f"ready in {server.seconds:.2f} s (second start)")
        print(f"main process: {main_process.memory_info().rss / 1e6:.0f} MB resident, {busy:.1%} of a core when idle")
        for child in main_process.children(recursive=True):
            print(f"worker: {child.memory_info().rss / 1e6:.0f} MB resident")


if __name__ == "__main__":
    main()
