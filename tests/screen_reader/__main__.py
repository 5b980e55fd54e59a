"""The window read through AT-SPI, as Orca reads it: `make a11y`.

It takes Debian's packages named below, and a screen and a bus of its own; it says what is missing
where it cannot be done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus-daemon",
    SYSTEM_PYTHON: "python3",
}


def main() -> int:
    missing = lacking()
    if missing:
        print(f"Not read: {', '.join(missing)} of Debian not installed.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24"],
            pass_fds=(write,), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            display = ":" + told.readline().strip()
        environment = dict(
            os.environ,
            DISPLAY=display,
            QT_QPA_PLATFORM="xcb",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
            NO_AT_BRIDGE="1",
        )
        reader = Path(__file__).parent / "reading.py"
        run = ["dbus-run-session", "--", SYSTEM_PYTHON, reader, sys.executable, PROJECT, folder]
        try:
            done = subprocess.run(run, env=environment, cwd=PROJECT, check=False)
            return done.returncode
        finally:
            screen.terminate()
            screen.wait()


def lacking() -> list[str]:
    """Which of Debian's packages are not there."""
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if not missing:
        known = subprocess.run(
            [SYSTEM_PYTHON, "-c", "import pyatspi"],
            env={**os.environ, "NO_AT_BRIDGE": "1"},
            capture_output=True,
            check=False,
        )
        missing = [] if known.returncode == 0 else ["python3-pyatspi", "at-spi2-core"]
    return missing


if __name__ == "__main__":
    sys.exit(main())
