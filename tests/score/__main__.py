"""All scores, on the real letters and on the made-up wordings, one after the other: `make score`.

Files of references of other programs are scored too where `IMR_DESK_REFERENCES` names their folder.
"""

from __future__ import annotations

import os
import subprocess
import sys

PARTS = ("reading", "summary_lists", "ink", "citations", "checks", "wordings", "layout")


def main() -> int:
    status = 0
    folder = os.environ.get("IMR_DESK_REFERENCES")
    parts = [(part,) for part in PARTS] + ([("exchange", folder)] if folder else [])
    for part, *arguments in parts:
        print(f"\n==== {part}\n", flush=True)
        command = [sys.executable, "-m", f"tests.score.{part}", *arguments]
        run = subprocess.run(command, check=False)
        status = max(status, run.returncode)
    return status


if __name__ == "__main__":
    sys.exit(main())
