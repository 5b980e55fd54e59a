"""The one way the world's problems are told: what happened, and what to do about it.

Problems in a letter's content are values shown at the field (`app.evidence`), never exceptions;
our own bugs reach the crash hook. Everything else that can go wrong (not a PDF, disk full,
a newer database) is a `UserError`.
"""

import os


class UserError(Exception):
    """Something outside the program went wrong, in words a user can act on.

    `what` is one sentence that says what happened, `remedy` one sentence that says what to do.
    Neither may quote a letter's text.
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


def of_the_world(error: BaseException) -> UserError | None:
    """The problem of the world that an error tells of, also where nobody foresaw it: a file or
    folder that the system refuses. None for a bug."""
    if isinstance(error, UserError):
        return error
    if not isinstance(error, OSError) or error.filename is None:
        return None
    reason = error.strerror or type(error).__name__
    return UserError(
        f"{os.fsdecode(error.filename)} cannot be used: {reason}.",
        "Check that it is there and that you may read it and write to it.",
    )


def problem_in(error: UserError | OSError) -> UserError:
    """The same for who catches both; a bug is raised again."""
    problem = of_the_world(error)
    if problem is None:
        raise error
    return problem
