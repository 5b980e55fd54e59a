"""Knocks at each door with files that nobody has seen: `make fuzz`, or
`python -m tests.fuzz [DOOR…] [--minutes N]`.

What raises anything but a UserError is made small, kept in `corpus/` and told; the ordinary suite
then knocks with it each time.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback

from hypothesis import Phase, given, seed, settings

from tests.fuzz.doors import CORPUS, DOORS, SLOW, close, corpus, knock
from tests.fuzz.mutating import QUIET, mutated

EXAMPLES, SLOW_EXAMPLES = 400, 40
_LONGEST = 4000


def fuzz(name: str, minutes: float) -> bool:
    """Whether a door held for so many minutes."""
    door, known = DOORS[name], list(corpus(name).values())
    until, tried = time.monotonic() + 60 * minutes, 0
    last = b""
    rounds = SLOW_EXAMPLES if name in SLOW else EXAMPLES

    @settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        suppress_health_check=QUIET,
        phases=[Phase.generate, Phase.shrink],
    )
    @given(mutated(known))
    def once(data: bytes) -> None:
        nonlocal last, tried
        last, tried = data, tried + 1
        knock(door, data)

    while time.monotonic() < until:
        try:
            seed(random.randrange(1 << 32))(once)()
        except Exception as error:  # noqa: BLE001 - any at all is what is looked for
            kept = CORPUS / name / f"found-{hashlib.sha256(last).hexdigest()[:12]}"
            kept.write_bytes(last)
            what = "".join(traceback.format_exception(error, limit=-6))[:_LONGEST]
            print(f"{name}: {kept}\n{what}", flush=True)
            return False
    print(f"{name}: {tried} files, each read or told", flush=True)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("doors", nargs="*", metavar="DOOR", help=f"of {', '.join(DOORS)}")
    parser.add_argument("--minutes", type=float, default=2.0, help="for each door")
    chosen = parser.parse_args()
    try:
        held = [fuzz(name, chosen.minutes) for name in chosen.doors or DOORS]
    finally:
        close()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
