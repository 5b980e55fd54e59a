"""All scores, on the real letters and on the made-up wordings, one after the other: `make score`."""

from __future__ import annotations

import subprocess
import sys

PARTS = ("reading", "summary_lists", "ink", "citations", "checks", "wordings", "layout")


def main() -> int:
    status = 0
    for part in PARTS:
        print(f"\n==== {part}\n", flush=True)
        run = subprocess.run([sys.executable, "-m", f"tests.score.{part}"], check=False)
        status = max(status, run.returncode)
    return status


if __name__ == "__main__":
    sys.exit(main())
