"""Which given names are forms of one name: Rob for Robert, Lupe for Guadalupe, Catherine for Kathryn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from app.paths import RESOURCES
from app.services.privacy.folding import fold
from app.services.privacy.ordinary import is_capital, is_word

_FILE = RESOURCES / "names" / "short_names.txt"
_WORD = "*"
"""Behind a form that is an ordinary word too."""
_SHORTENED, _SHORTEST_FORM = 7, 4
"""So long a part of a name is shortened by leaving out its beginning or end, to no less than this."""
_SURNAME = 4
"""Shorter ones make no login that is told from a word."""


@cache
def _groups() -> Mapping[str, tuple[dict[str, bool], ...]]:
    found: dict[str, list[dict[str, bool]]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        group = {fold(form): form.endswith(_WORD) for form in line.split()}
        for form in group:
            found.setdefault(form, []).append(group)
    return {form: tuple(groups) for form, groups in found.items()}


def is_given_name(key: str) -> bool:
    """Whether a folded word is a given name that is known, or a form of one."""
    return key in _groups()


def forms_of(given: Iterable[str]) -> dict[str, bool]:
    """The other forms of folded given names, folded; True for one that is an ordinary word too."""
    given = tuple(given)
    forms: dict[str, bool] = {}
    for name in given:
        for group in _groups().get(name, ()):
            forms.update(group)
    return {form: word for form, word in forms.items() if form not in given}


class OtherForms:
    """Other ways to write a part of a name: short forms, shortened ones, initial and surname."""

    def __init__(self, parts: Iterable[str], initials: frozenset[str]) -> None:
        """`parts` are folded."""
        self._parts = tuple(parts)
        self._initials = initials

    def care_for(self, key: str, shown: str) -> bool | None:
        """Whether only context tells that a word is meant so; None where it is no such form."""
        if key in self._logins:
            return False
        if not is_capital(shown):
            return None
        if self._is_shortened(key):
            return False
        is_word_too = self._forms.get(key)
        if is_word_too is None:
            return None
        return is_word_too or (shown.isupper() and len(shown) <= 3)

    def has(self, key: str) -> bool:
        """Whether it is another form of a part of the name."""
        return key in self._forms

    def is_abbreviation(self, key: str, shown: str) -> bool:
        """Whether it is a short form that stands in capitals alone."""
        return key in self._forms and shown.isupper()

    @cached_property
    def _forms(self) -> dict[str, bool]:
        return forms_of(self._parts)

    @cached_property
    def _logins(self) -> frozenset[str]:
        """Initial and surname written together, as in addresses and names of files."""
        made = (
            login
            for part in self._parts
            if len(part) >= _SURNAME
            for initial in self._initials - {part[0]}
            for login in (initial + part, part + initial)
        )
        return frozenset(login for login in made if not is_word(login))

    def _is_shortened(self, key: str) -> bool:
        """Whether it is the beginning or the end of a long part, and no word."""
        if len(key) < _SHORTEST_FORM or not key.isalpha():
            return False
        long = (part for part in self._parts if len(part) >= _SHORTENED)
        return any(part.startswith(key) or part.endswith(key) for part in long) and not is_word(key)
