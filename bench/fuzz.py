"""Throws made-up inputs at everything that reads bytes of others, and at the writer of pictures: how many, how long.

./dev bench fuzz [INPUTS a trial, 2000 by default] [TRIAL …]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.test_hostile_input import TRIALS, try_out


def main(arguments: list[str]) -> None:
    most = int(arguments[0]) if arguments else 2000
    total = 0
    for trial in TRIALS:
        if len(arguments) > 1 and trial.name not in arguments[1:]:
            continue
        began = time.process_time()
        count = try_out(trial, most=most, derandomize=False)
        total += count
        print(f"{trial.name:14} {count:8,} inputs  {time.process_time() - began:7.1f} s of CPU  no fault", flush=True)
    print(f"{'all':14} {total:8,} inputs")


if __name__ == "__main__":
    main(sys.argv[1:])
