"""Which given names are forms of one name: Rob for Robert, Lupe for Guadalupe, Catherine for Kathryn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from app.paths import RESOURCES
from app.services.privacy.folding import fold

_FILE = RESOURCES / "names" / "short_names.txt"
_WORD = "*"
"""Behind a form that is an ordinary word too."""


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


def forms_of(given: Iterable[str]) -> dict[str, bool]:
    """The other forms of folded given names, folded; True for one that is an ordinary word too."""
    given = tuple(given)
    forms: dict[str, bool] = {}
    for name in given:
        for group in _groups().get(name, ()):
            forms.update(group)
    return {form: word for form, word in forms.items() if form not in given}
