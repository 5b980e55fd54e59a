"""All measurements, one after the other: `make bench`.

Each is a process of its own, so that none warms up what another one measures.
"""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    "reading",
    "rendering",
    "checks",
    "preview",
    "library",
    "picker",
    "pages",
    "window",
    "walk",
    "backups",
    "encryption",
    "bundle",
    "sheet",
    "casefile",
    "search",
    "import",
)


def main() -> int:
    status = 0
    for part in PARTS:
        print(f"\n==== {part}\n", flush=True)
        run = subprocess.run([sys.executable, "-m", f"tests.benchmarks.bench_{part}"], check=False)
        status = max(status, run.returncode)
    return status


if __name__ == "__main__":
    sys.exit(main())
