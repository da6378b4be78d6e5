"""Asks whether the locked packages have known weaknesses. Where nobody answers it says so and passes: it must not keep
anybody from working without a network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock")
_SECONDS = 90


def asked(lock: Path) -> list[dict[str, Any]]:
    """What is known of each package of a lock; nothing where nobody answers."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            [*command, "--timeout", "5", "--progress-spinner", "off", "-r", str(lock)],
            capture_output=True, text=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        return []
    return found


def told(known: list[dict[str, Any]]) -> tuple[list[str], int]:
    """A line for each weakness, and how many packages anything was known of."""
    answered = [one for one in known if "skip_reason" not in one]
    lines = [
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version yet'}"
        for one in answered
        for weak in one["vulns"]
    ]
    return lines, len(answered)


def main() -> int:
    lines: list[str] = []
    count = 0
    for lock in LOCKS:
        found, answered = told(asked(ROOT / lock))
        lines, count = lines + found, count + answered
    if not count:
        print("audit: skipped, for no index here tells of weaknesses")
        return 0
    print("\n".join((*lines, f"audit: {len(lines)} known weaknesses in {count} packages")))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
