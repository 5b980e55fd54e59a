"""Drives the program by keys and holds what comes out of AT-SPI against what is to be heard.

Run by the system's own Python, which has pyatspi, on a screen and a bus of its own:
reading.py PYTHON PROJECT FOLDER. It knows nothing of the program's code.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

SECONDS = 40
WITHOUT_NAME = {"filler", "panel", "scroll bar", "split pane", "scroll pane", "viewport"}


class Reader:
    """What a screen reader has: the tree of the program, its events, and the keyboard."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.focused: list[Any] = []
        self.failed = 0
        pyatspi.Registry.registerEventListener(self._on_announcement, "object:announcement")
        pyatspi.Registry.registerEventListener(self._on_focus, "object:state-changed:focused")

    def _on_announcement(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def _on_focus(self, event: Any) -> None:
        if event.detail1:
            self.focused.append(event.source)

    def pump(self, seconds: float) -> None:
        """Let events come in."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not GLib.MainContext.default().iteration(False):
                time.sleep(0.01)

    def wait(self, true: Callable[[], Any], what: str) -> Any:
        """Wait for something to be so, and give it; a line says which where it is not in time."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            self.pump(0.1)
            found = safely(true)
            if found:
                return found
        self.check(False, what)
        return None

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        self.heard.clear()
        self.focused.clear()
        for name in names:
            subprocess.run(["xdotool", "key", name], check=False)
            self.pump(0.4)

    def type(self, words: str) -> None:
        self.heard.clear()
        subprocess.run(["xdotool", "type", "--delay", "30", words], check=False)
        self.pump(0.8)

    def says(self, words: str) -> None:
        """Something with these words is to be announced by now, or in a moment."""
        self.wait(lambda: any(words in one for one in self.heard), f"“{words}” is announced")
        print("    heard:", " | ".join(" ".join(one.split()) for one in self.heard))

    def check(self, good: bool, what: str) -> None:
        print("ok  " if good else "BAD ", what)
        self.failed += not good


def safely(ask: Callable[[], Any]) -> Any:
    """What is asked for; None where what was asked is gone from the tree meanwhile."""
    try:
        return ask()
    except (GLib.GError, LookupError, NotImplementedError, RuntimeError):
        return None


def below(top: Any) -> Iterator[Any]:
    """Everything in the tree below something, itself first."""
    yield top
    for place in range(safely(lambda: top.childCount) or 0):
        child = safely(lambda place=place: top.getChildAtIndex(place))
        if child is not None:
            yield from below(child)


def program() -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    return next((one for one in desktop if one is not None and one.childCount), None)


def states(one: Any) -> set[str]:
    return {pyatspi.stateToString(state) for state in one.getState().getStates()}


def all_of(role: str) -> list[Any]:
    return [one for one in below(program()) if safely(one.getRoleName) == role]


def named(role: str, name: str) -> Any:
    return next((one for one in all_of(role) if one.name == name), None)


def window_with(title: str) -> bool:
    found = ["xdotool", "search", "--onlyvisible", "--name", title]
    return subprocess.run(found, capture_output=True, check=False).returncode == 0


def read_tree(reader: Reader) -> None:
    """Roles, names and states of the desk with a letter on it."""
    for name, choices in (("Priority", 2), ("Decision", 2), ("Sex", 2)):
        group = reader.wait(lambda name=name: named("panel", name), f"a group “{name}” is there")
        radios = [one for one in group or () if one.getRoleName() == "radio button"]
        chosen = [one.name for one in radios if "checked" in states(one)]
        reader.check(
            len(radios) == choices and len(chosen) == 1, f"{name}: radios, one is {chosen}"
        )
    tabs = named("page tab list", "Sections of the form")
    chosen = [tab.name for tab in tabs or () if "selected" in states(tab)]
    reader.check(tabs is not None and tabs.childCount == 5, "the form's five sections are tabs")
    reader.check(len(chosen) == 1, f"one of them is selected: {chosen}")
    fold = next((b for b in all_of("push button") if b.name.startswith("Show or hide")), None)
    told = states(fold) if fold is not None else set()
    reader.check("expandable" in told and "expanded" not in told, "the folded section says so")
    boxes = [box.name for box in all_of("combo box") if "showing" in states(box)]
    reader.check(any(name.startswith("Order of the list: ") for name in boxes), f"lists: {boxes}")
    calendars = [b.name for b in all_of("push button") if b.name.startswith("Calendar")]
    reader.check(len(set(calendars)) == len(calendars) > 2, f"calendars by field: {calendars}")
    check_names(reader, "the desk")


def check_names(reader: Reader, where: str) -> None:
    """Whatever the keyboard can come to has a name."""
    nameless = [
        one.getRoleName()
        for one in below(program())
        if {"focusable", "showing"} <= (safely(lambda one=one: states(one)) or set())
        and not one.name
        and one.getRoleName() not in WITHOUT_NAME
    ]
    reader.check(not nameless, f"{where}: all that takes the focus has a name {nameless or ''}")


def hear_news(reader: Reader) -> None:
    """What is announced at the desk."""
    reader.keys("F8")
    reader.says(": ")
    reader.keys("ctrl+f")
    reader.type("pain")
    reader.says("1 of ")
    reader.keys("F3")
    reader.says("2 of ")
    reader.keys("Escape", "F6")
    reader.keys("ctrl+shift+p")
    reader.type("zoom")
    reader.says("1 of ")
    reader.keys("Down")
    reader.says("2 of ")
    reader.keys("Escape")


def hear_errors(reader: Reader) -> None:
    """A wrong value, and undo."""
    line = reader.wait(lambda: named("text", "Decision date"), "the line “Decision date” is there")
    if line is None:
        return
    line.queryComponent().grabFocus()
    reader.pump(0.5)
    reader.keys("ctrl+a")
    reader.type("in spring")
    reader.keys("Return")
    reader.says("Decision date: ")
    why = line.description
    reader.check("date" in why.split(".")[0].lower(), f"its description begins: {why[:60]}")
    reader.keys("ctrl+z")
    reader.says("Taken back: ")


def read_pages(reader: Reader) -> None:
    """The letter as text, line by line."""
    reader.keys("ctrl+alt+x")
    text = reader.wait(lambda: named("text", "Text of the pages"), "the pages open as text")
    if text is None:
        return
    held = text.queryText()
    whole = held.getText(0, held.characterCount)
    reader.check(whole.startswith("Page 1 of "), "its first line is the page")
    lines = []
    for _ in range(3):
        line, start, _end = held.getTextAtOffset(held.caretOffset, pyatspi.TEXT_BOUNDARY_LINE_START)
        lines.append((start, line.strip()))
        reader.keys("Down")
    reader.check(len({start for start, _ in lines}) == 3, f"the arrow key reads on: {lines}")
    reader.check("[" in whole, "what is in doubt is named behind its line")
    check_names(reader, "the text of the pages")
    reader.keys("Escape")


def walk_panes(reader: Reader) -> None:
    """Each stop of F6 has a name."""
    names: list[str] = []
    for _ in range(6):
        reader.keys("F6")
        names += [safely(lambda: reader.focused[-1].name) or ""] if reader.focused else []
    reader.check(len(set(names)) > 2 and all(names), f"F6 stops at {names}")


def main(python: str, project: str, folder: str) -> int:
    log = open(f"{folder}/log", "wb")  # noqa: SIM115 - the program writes to it to its end
    subprocess.Popen(["openbox"], stdout=log, stderr=log)
    letter = subprocess.run(
        [python, "-c", "from app.paths import SAMPLE; print(SAMPLE)"],
        cwd=project, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    started = subprocess.Popen(
        [python, "main.py", "--data", f"{folder}/data", letter], cwd=project, stdout=log, stderr=log
    )
    reader = Reader()
    reader.wait(lambda: window_with("CM16-0200001"), "the window is up with its letter")
    reader.says("Letter CM16-0200001")
    for part in (read_tree, hear_news, hear_errors, read_pages, walk_panes):
        print(f"-- {part.__name__.replace('_', ' ')}")
        part(reader)
    reader.keys("ctrl+q")
    try:
        started.wait(SECONDS)
    except subprocess.TimeoutExpired:
        started.kill()
    reader.check(started.returncode == 0, f"the program ended well: {started.returncode}")
    print("all well" if not reader.failed else f"{reader.failed} to be mended")
    return 1 if reader.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
