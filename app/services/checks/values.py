"""What a check says and what it is told: findings, fixes, sources, the context of a run.

Plain frozen values, so that a finding can be shown, filtered, kept and written as JSON without
any of the code that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import msgspec

from app.evidence import Evidence, Judgement, judgement
from app.letter import FieldId
from app.services.checks.record import Record
from app.services.citations import Guidelines

PRIVATE_RULES = frozenset(("personal-data", "person-named", "reviewer-named", "birth-dates"))
"""The rules that look for what names a person; a public copy takes much of it out."""


class Severity(StrEnum):
    """Errors block the export, warnings and information do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Source(msgspec.Struct, frozen=True):
    """Why a rule is there. Where `confirmed` is False, `cite` is what is said, not what is known."""

    kind: Literal["law", "house", "experience"]
    cite: str
    confirmed: bool = True


class RuleInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the rule table. `says` are the sentence templates, by what a rule found.
    `set_aside_by` are the ways of setting something aside that quiet it (`language.asides`).

    A rule with a first or last day looks at letters decided within it alone.
    """

    id: str
    title: str
    severity: Severity
    source: Source
    remedy: str
    says: dict[str, str]
    set_aside_by: tuple[str, ...] = ()
    off: bool = False
    since: date | None = None
    until: date | None = None


class Fix(msgspec.Struct, frozen=True):
    """The one right answer: the field's whole new value. `label` says what the button does."""

    field: FieldId
    value: Any
    label: str


class NewItem(msgspec.Struct, frozen=True):
    """The one right answer where an item is missing: a disputed item of that title."""

    title: str
    label: str


class Quote(msgspec.Struct, frozen=True):
    """A passage that bears on a finding: in a field of the letter, or on a page (from 1).

    `start` and `end` are its characters in the field's text, where they are known. Of a page of a
    document `file` is the one it is in, as places name it, and `where` says so in words.
    """

    text: str
    field: FieldId | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    file: str = ""
    where: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that does not hold together.

    `key` names this finding: the rule, the field and the values that disagree, so that it stays
    the same while anything else in the letter changes. `alike` names all findings of its kind,
    in this letter and in others. `values` are those that disagree, as letters print them.
    """

    rule: str
    severity: Severity
    sentence: str
    field: FieldId
    source: Source
    remedy: str
    key: str
    alike: str
    related: tuple[FieldId, ...] = ()
    quotes: tuple[Quote, ...] = ()
    fix: Fix | NewItem | None = None
    values: tuple[str, ...] = ()

    @property
    def judgement(self) -> Judgement | None:
        """What makes this the same judgement as a doubt of the parser or another finding."""
        return judgement(self.rule, self.values)


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """What a house changes about one rule. None leaves it as the table has it."""

    off: bool | None = None
    severity: Severity | None = None


class HouseRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the house's own: a pattern that must, or must not, appear in a field.

    `field` is a name of `app.letter.FIELDS`; `pattern` is plain words, or a regular expression
    where `is_regex`. Upper and lower case are the same. `must` says which way round it is.
    """

    id: str
    field: str
    pattern: str
    must: bool = False
    is_regex: bool = False
    severity: Severity = Severity.WARNING
    sentence: str = ""
    remedy: str = ""
    cite: str = "House rule"


class CheckContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a run may know beside the letter.

    `pages` is the printed text by page; `disputed` the items of the application, in place of the
    list in the letter; `metadata` and `file_name` those of the file looked at; `settings` the numbers of
    `resources/checks/rules.json` that a house changes; `guidelines` are those of the library; `record`
    the documents the letter was written from.
    """

    evidence: Mapping[FieldId, Evidence] = {}
    pages: tuple[str, ...] = ()
    today: date | None = None
    metadata: Mapping[str, str] = {}
    file_name: str = ""
    disputed: tuple[str, ...] = ()
    overrides: Mapping[str, Override] = {}
    house_rules: tuple[HouseRule, ...] = ()
    settings: Mapping[str, int | str] = {}
    guidelines: Guidelines | None = None
    record: Record | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule's function returns: where, and the values its sentence names.

    `says` picks the sentence template. `told` fills it and, with the rule and the field, makes
    the finding's key. `alike` narrows what counts as the same kind; empty means the whole rule.
    """

    field: FieldId
    told: Mapping[str, str] = {}
    says: str = "default"
    related: tuple[FieldId, ...] = ()
    quotes: tuple[Quote, ...] = ()
    fix: Fix | NewItem | None = None
    alike: str = ""
    values: tuple[str, ...] = ()
