"""How a number is found by its digits, whatever separates them and whatever letters it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from app.services.privacy.names import Found

_GROUP = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = r"[\W_]{0,3}"
_ENOUGH = 5
"""So many digits in a row are nobody else's number."""
_SURE = 7
"""With fewer digits a date or a dose could be read as the number where they stand apart."""
_INSIDE = r"[\s.,\-\u2010-\u2015_/]?"
_ALIKE = {"0": "[0Oo]", "1": "[1Il|]"}
_MEASURE = r"\s*(?:mg|ml|mcg|mm|cm|kg|lbs?|units?|tablets?|pages?|%|visits?)\b"


class Number:
    """One number of the cover, such as a claim's."""

    def __init__(self, text: str) -> None:
        self._groups = _GROUP.findall(text)
        self.digits = "".join(group for group in self._groups if group.isdigit())

    def __bool__(self) -> bool:
        return bool(self.digits) and (len(self.digits) >= 4 or len(self._groups) > 1)

    def find(self, text: str) -> list[Found]:
        """Where the number stands, or a part of it that is enough to know it by."""
        found: list[Found] = []
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                if not any(one.start < match.end() and match.start() < one.end for one in found):
                    found.append(Found(match.start(), match.end()))
        return found

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern, re.IGNORECASE) for pattern in self._written()]

    def _written(self) -> Iterator[str]:
        """The longest first: all of it, then each run of its groups that has enough digits."""
        groups = self._groups
        for count in range(len(groups), 0, -1):
            for first in range(len(groups) - count + 1):
                part = groups[first : first + count]
                digits = sum(len(group) for group in part if group.isdigit())
                whole = count == len(groups) and count > 1
                if digits and (whole or digits >= _ENOUGH):
                    yield _pattern(part)
        if len(self.digits) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", self.digits):
            yield _pattern([self.digits]) + f"(?!{_MEASURE})"
        bare = self.digits.lstrip("0")
        if bare != self.digits and len(bare) >= _ENOUGH:
            yield _pattern([bare])


def _pattern(groups: list[str]) -> str:
    """The groups with anything between them; letters may be left out where digits are enough."""
    digits = sum(len(group) for group in groups if group.isdigit())
    may_miss = "?" if digits >= _ENOUGH or len(groups) == 1 else ""
    inside = _INSIDE if digits >= _SURE else ""
    pattern = ""
    for at, group in enumerate(groups):
        if group.isdigit():
            between = _BETWEEN if at and groups[at - 1].isdigit() else ""
            # 004417 is written 4417 too, where the number is long enough to be known without.
            bare = (
                group.lstrip("0") if digits - len(group) + len(group.lstrip("0")) >= _ENOUGH else ""
            )
            zeros = "[0Oo]*" if bare and len(bare) < len(group) else ""
            pattern += between + zeros + inside.join(_ALIKE.get(d, d) for d in (bare or group))
        elif at == 0:
            pattern += f"(?:{group}{_BETWEEN}){may_miss}"
        else:
            pattern += f"(?:{_BETWEEN}{group}){may_miss}"
            pattern += _BETWEEN if at < len(groups) - 1 else ""
    return rf"(?<!\d){pattern}(?!\d)"
