"""Writes `hashes.txt`: the packages of `constraints.txt` with the hashes of their wheels.

    python packaging/hashes.py

pip is asked, from whichever registry it is configured for, which wheel it would take on each
platform that is named here; nothing is installed, and no address gets into the file. Run it after
a change to `constraints.txt`; a test tells when that was forgotten. Only what changed is asked for;
delete `hashes.txt` first to have all of it asked for anew.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONSTRAINTS, HASHES = ROOT / "constraints.txt", ROOT / "hashes.txt"
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = {
    "Linux on Intel": [f"manylinux_2_{minor}_x86_64" for minor in (39, 34, 31, 28, 17)],
    "Linux on ARM": [f"manylinux_2_{minor}_aarch64" for minor in (39, 34, 31, 28, 17)],
    "macOS on ARM": ["macosx_13_0_arm64", "macosx_13_0_universal2", "macosx_12_0_universal2"],
    "macOS on Intel": ["macosx_13_0_x86_64", "macosx_13_0_universal2", "macosx_12_0_universal2"],
    "Windows": ["win_amd64"],
}
_LACKING = re.compile(r"No matching distribution found for ([\w.-]+)")


def wheels(names: list[str], python: str, tags: list[str]) -> tuple[dict[str, str], list[str]]:
    """Of each pinned package the SHA-256 of the wheel for a platform; and those that have none."""
    lacking: list[str] = []
    wanted = list(names)
    while True:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            run = subprocess.run(
                [
                    *(sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"),
                    *("--ignore-installed", "--no-deps", "--only-binary=:all:"),
                    *("--target", folder, "--report", str(report), "--python-version", python),
                    *(part for tag in tags for part in ("--platform", tag)),
                    *wanted,
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode == 0:
                told = json.loads(report.read_text(encoding="utf-8"))["install"]
                return {
                    normal(one["metadata"]["name"]): one["download_info"]["archive_info"]["hashes"][
                        "sha256"
                    ]
                    for one in told
                }, lacking
        missing = _LACKING.search(run.stderr)
        if missing is None:
            sys.exit(run.stderr)
        name = normal(missing[1])
        lacking.append(name)
        wanted = [one for one in wanted if normal(one.split("==")[0]) != name]


def normal(name: str) -> str:
    """A package's name as registries compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _known() -> dict[str, str]:
    """The lines that are there, by the pin they begin with."""
    if not HASHES.exists():
        return {}
    lines = HASHES.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line for line in lines if " --hash=" in line}


def main() -> None:
    pins = CONSTRAINTS.read_text(encoding="utf-8").split()
    known = _known()
    wanted = [pin for pin in pins if pin not in known]
    found: dict[str, set[str]] = {}
    for platform, tags in PLATFORMS.items() if wanted else ():
        for python in PYTHONS:
            told, lacking = wheels(wanted, python, tags)
            for name, sha256 in told.items():
                found.setdefault(name, set()).add(sha256)
            note = f"; no wheel of {', '.join(lacking)}" if lacking else ""
            print(f"{platform}, Python {python}: {len(told)} wheels{note}", flush=True)
    for pin in wanted:
        hashes = sorted(found.get(normal(pin.split("==")[0]), ()))
        known[pin] = " ".join([pin, *(f"--hash=sha256:{one}" for one in hashes)])
    lines = [known[pin] for pin in pins]
    HASHES.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
