"""Drives a built program once, as its user would: `python packaging/drive.py FOLDER`.

Without a screen: the tour, `parse`, `import` and `export`. With Xvfb and xdotool also its window: a
letter opens, its three questions are answered by keys, it is exported and the window is closed; then the
written PDF is read by the program itself and has to say what the keys said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SAMPLE = Path("_internal/resources/samples/sample-letter.pdf")
SECONDS = 60
"""A start on a slow machine; nothing here waits for as long as that in vain."""


def main(folder: Path) -> int:
    program = folder / ("imr-desk-console.exe" if sys.platform == "win32" else "imr-desk")
    sample = folder / SAMPLE
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        drive_commands(program, sample, place)
        if shutil.which("Xvfb") and shutil.which("xdotool"):
            drive_window(program, sample, place)
        else:
            print("The window was not driven: Xvfb or xdotool is not installed.")
    return 0


def drive_commands(program: Path, sample: Path, place: Path) -> None:
    version = output(program, "--version")
    letter = json.loads(output(program, "parse", "--json", sample))
    assert letter["header"]["case_number"] == "CM16-0200001", letter["header"]
    output(program, "--data", place / "tour")
    assert list((place / "tour" / "tour").glob("*.pdf")), "the tour wrote no letter"
    data = ("--data", place / "data")
    output(program, "import", sample, *data)
    output(program, "export", "all", "-o", place / "out", "--reason", "a try", *data)
    (written,) = (place / "out").glob("*.pdf")
    again = json.loads(output(program, "parse", "--json", written))
    assert again["issues"] == letter["issues"], "the exported letter says something else"
    print(f"{version}: commands driven")


def drive_window(program: Path, sample: Path, place: Path) -> None:
    out = place / "driven.pdf"
    with Screen(place) as screen:
        begun = time.monotonic()
        window = screen.start(program, "--data", place / "window", sample)
        screen.wait(lambda: screen.keys("search", "--onlyvisible", "--name", "CM16-0200001"))
        print(f"window up with its letter after {time.monotonic() - begun:.1f} s")
        time.sleep(3)  # the field in hand is chosen when the checks have looked
        for _ in range(3):
            screen.keys("key", "F4")
            time.sleep(1)
        screen.keys("key", "ctrl+shift+e")
        screen.wait(lambda: screen.keys("search", "--onlyvisible", "--name", "^Export$"))
        time.sleep(1)
        screen.keys("type", "--delay", "20", str(out))
        screen.keys("key", "Return")
        screen.wait(out.exists)
        screen.keys("search", "--name", "CM16-0200001", "windowactivate", "--sync", "key", "ctrl+q")
        screen.wait(lambda: window.poll() is not None)
        assert window.returncode == 0, f"the window ended with {window.returncode}"
    letter = json.loads(output(program, "parse", "--json", out))
    assert letter["header"]["date_of_injury"] == "2016-03-18", letter["header"]
    assert letter["reviewer"]["specialties"][-1] == "Pain Management", letter["reviewer"]
    assert "L5-S1" in letter["clinical_summary"], letter["clinical_summary"]
    print("window driven: opened, three questions answered, exported, closed")


class Screen:
    """A screen of its own for as long as the block lasts, and a window manager where there is one."""

    def __init__(self, place: Path) -> None:
        self._log = (place / "window.log").open("wb")
        self._started: list[subprocess.Popen[bytes]] = []
        self._environment = dict(os.environ)

    def __enter__(self) -> Screen:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24"],
            pass_fds=(write,), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        self._started.append(server)
        with os.fdopen(read) as told:
            self._environment["DISPLAY"] = ":" + told.readline().strip()
        self._environment["QT_QPA_PLATFORM"] = "xcb"
        if manager := shutil.which("openbox"):
            self._started.append(
                subprocess.Popen(
                    [manager],
                    env=self._environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        return self

    def __exit__(self, *error: object) -> None:
        for each in reversed(self._started):
            each.terminate()
            each.wait()
        self._log.close()

    def start(self, *words: object) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(list(map(str, words)), env=self._environment, stderr=self._log)
        self._started.append(started)
        return started

    def keys(self, *words: str) -> bool:
        run = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, check=False
        )
        return run.returncode == 0

    def wait(self, true: Callable[[], bool]) -> None:
        until = time.monotonic() + SECONDS
        while not true():
            if time.monotonic() > until:
                raise SystemExit("The program did not do what it was asked for in time.")
            time.sleep(0.2)


def output(*words: object) -> str:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    run = subprocess.run(
        list(map(str, words)), env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, words))} ended with {run.returncode}: {run.stderr}")
    return run.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
