"""The built program (`make bundle`) beside the source tree: its size, and how long a command takes."""

from __future__ import annotations

import subprocess
import sys
import time

from app.paths import PROGRAM, SAMPLE

FOLDER = PROGRAM / "build" / "bundle" / "imr-desk"
ROUNDS = 5
LIMIT_MB = 110


def seconds(*words: object) -> float:
    """The least of some runs: what is slower was slowed down by others."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> int:
    if not FOLDER.is_dir():
        print("not built here: `make bundle` builds it")
        return 0
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    print(f"{'unpacked':<34}{sum(path.stat().st_size for path in files) / 1e6:8.0f} MB")
    for packed in sorted((PROGRAM / "build").glob("imr-desk-*.tar.xz")):
        print(f"{'packed':<34}{packed.stat().st_size / 1e6:8.0f} MB (limit {LIMIT_MB})")
    source = (sys.executable, PROGRAM / "main.py")
    for name, words in (("--version", ("--version",)), ("parse of one letter", ("parse", SAMPLE))):
        built, plain = seconds(FOLDER / "imr-desk", *words), seconds(*source, *words)
        print(f"{name:<34}{built * 1000:8.0f} ms {built / plain:6.2f}x the source tree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
