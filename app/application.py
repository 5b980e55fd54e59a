"""The composition root: arguments, paths, logging, crash hooks; makes the services and hands them over.

The window toolkit is imported only where a window is wanted, so that a command starts fast.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from app import cli, crash
from app.cli.files import DONE, UNUSABLE
from app.cli.opening import given_secret
from app.data_access import HandedOver, log_to, open_data_folder, the_application
from app.errors import UserError, problem_in
from app.paths import GUARDED, SAMPLE, WORDS, data_folder, open_to_others

if TYPE_CHECKING:
    from app.services.database import Database
    from app.services.library import Library
    from app.services.store import Store
    from app.ui.main_window import MainWindow

T = TypeVar("T")


def main(arguments: list[str]) -> int:
    """Run a command, or open the window on the letters named. Answers the exit status."""
    if arguments[:1] == [GUARDED]:
        from app.services.guard import worker

        worker.main(*arguments[1:])
        return DONE
    arguments = cli.arranged(arguments)
    command = next((word for word in arguments if not word.startswith("-")), "")
    try:
        if command in cli.COMMANDS or {"--help", "-h", "--version"} & set(arguments):
            return cli.main(arguments)
        return _open_window(arguments)
    except BrokenPipeError:
        # Whoever read our words has stopped: nothing is wrong, and nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (UserError, OSError) as error:
        problem = problem_in(error)
        # As argparse does for a wrong use: a line in a script's log says who it is of.
        print(f"{command if command in cli.COMMANDS else cli.PROGRAM}: {problem}", file=sys.stderr)
        return UNUSABLE


def run() -> int:
    """Where the installed command `imr-desk` starts."""
    return main(sys.argv[1:])


def _open_window(arguments: list[str]) -> int:
    parser = cli.window_parser()
    chosen = parser.parse_args(arguments)
    cli.refuse_no_letters(parser, chosen.letters)
    if not has_display():
        from app import tour

        if chosen.letters:
            print("No display was found: the letters are read here, nothing is kept or changed.")
            return tour.read_only([Path(name) for name in chosen.letters])
        folder = data_folder(chosen.data)
        log_to(folder)
        print("No display was found: the same job is done here without a window.")
        return tour.walk(folder)
    return _run_window(chosen)


def known_words(store: Store) -> Iterator[str]:
    """Words that no word list has: the names of guidelines and what the user has taught.

    Nothing is read before the first one is asked for.
    """
    from app.services.citations.known import known_guidelines
    from app.services.settings import OWN_WORDS

    for guideline in known_guidelines():
        yield guideline.title
        yield from guideline.aliases
    yield from store.setting(OWN_WORDS, [])


def make_library(database: Database) -> Library:
    """The library of a database, with the content the program comes with."""
    from app.services.library import Library

    return Library(database)


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Makes at the first call, from whichever thread, what every call gives."""
    made: list[T] = []
    turn = Lock()

    def give() -> T:
        with turn:
            if not made:
                made.append(make())
            return made[0]

    return give


def has_display() -> bool:
    """Whether a window could be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _run_window(chosen: argparse.Namespace) -> int:
    # While everything is imported and made nothing is garbage: looking for it all the same costs
    # a tenth of the start. MainThreadGarbage looks after it from then on.
    gc.disable()
    # Services before the toolkit: to know who uses it, the toolkit reads the source of each module
    # that is imported after it.
    from app.services.letter_reader import LetterReader
    from app.services.rendering import make_renderer, setting_pool
    from app.services.settings import load_settings
    from app.services.spelling import Spelling
    from app.services.store import Store

    letters = [Path(name) for name in chosen.letters]
    try:
        kept = open_data_folder(chosen.data, letters, given_secret(chosen))
    except HandedOver:
        print("The window that is open on this data folder has taken over.")
        return DONE
    if kept is None:
        return UNUSABLE
    letters += kept.waiting
    store = Store(kept.database, kept.folder)
    settings = load_settings(store)
    reader = LetterReader()
    spelling = Spelling(WORDS, known_words(store))

    from app.ui import theme
    from app.ui.crash_notice import CrashNotice
    from app.ui.desk_services import Services
    from app.ui.garbage import MainThreadGarbage
    from app.ui.jobs import Jobs
    from app.ui.main_window import MainWindow
    from app.ui.notice_bar import Kind

    application = the_application()
    garbage = MainThreadGarbage()
    crash_notice = CrashNotice()
    crash.install_hook(crash_notice.report, crash_notice.tell)
    theme.apply(application, theme.Scheme(settings.scheme), settings.text_points)
    jobs = Jobs()
    library = once(partial(make_library, kept.database))
    pool = setting_pool()
    renderers = partial(make_renderer, pool=pool)
    services = Services(store, library, reader, renderers, spelling, kept.vault)
    with theme.laid_aside(application):
        window = MainWindow(services, settings, jobs)
    crash_notice.set_window(window)
    # Reading a letter would take the processor from the window's first picture.
    window.came_up.connect(partial(_bring_letters, window, letters))
    if kept.copy is not None:
        window.read_only(kept.folder)
    else:
        window.came_up.connect(partial(_receive, window, kept.folder))
        if (warning := open_to_others(kept.folder)) is not None:
            still = partial(_is_open_to_others, kept.folder)
            window.notice.tell_problem(Kind.OPEN_TO_OTHERS, warning, holds=still)
    window.show()
    garbage.set_start_aside()
    try:
        return application.exec()
    finally:
        jobs.cancel_all()
        jobs.wait_for_done(3000)
        garbage.stop()
        reader.close()
        pool.close()
        kept.close()


def _receive(window: MainWindow, folder: Path) -> None:
    """Take over what later starts on the same data folder are given."""
    from app.ui.second_start import Reception

    reception = Reception(folder, window)
    reception.letters_named.connect(window.take_over)
    window.closed.connect(reception.close)


def _bring_letters(window: MainWindow, paths: list[Path]) -> None:
    """The letters named, else the one that was open last, else the sample."""
    if paths:
        window.take_in(paths)
    elif window.queue.listed():
        window.letters.open_last()
    else:
        window.take_in([SAMPLE])
        window.vault.offer()


def _is_open_to_others(folder: Path) -> bool:
    return open_to_others(folder) is not None
