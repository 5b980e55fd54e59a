"""What a person or a house sets, how it is kept, and that a wrong value never stops the program.

All settings are one JSON object under one key of the store. What a newer version wrote and this
one does not know is left out; a value that is not what it should be counts as not set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, cast, get_type_hints

import msgspec

from app.letter import SPEC_BY_NAME
from app.services.checks.values import HouseRule, Override, Severity

KEY = "settings"
KEYS, OWN_WORDS = "keys", "own_words"
"""Under which the store keeps the user's keys by command, and the words known as right."""
FILE_NAME_PARTS: Mapping[str, str] = {
    "case_number": "case number",
    "decision_date": "decision date",
    "kind": "what it is, such as public copy",
}
"""What a pattern for file names may hold in braces (`rendering.files.file_name` fills it)."""

_PART = re.compile(r"\{([^{}]*)\}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')

RuleChoice = Literal["off", "error", "warning", "info"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set.

    `text_points` is the size of the program's text, None for the desktop's own. `by` is the name
    the edit journal keeps; it is written into no letter. `days_to_decide` are calendar days from
    the date assigned. `template_folder` is a path, empty for none; an empty `letterhead` leaves
    the layout's own. `logo` is a picture as SVG text. `words` are fixed words of one layout that the house prints otherwise, by
    `layout/name`. `attach_all` attaches every value to exported PDFs, also what no page of them
    prints; `without_others` takes out of public copies whoever is named besides those of the cover.
    `export_folder` is a path, empty for the folder that was used last. `backup_hours` are hours
    between backups. `lock_after` are minutes without a key or a click after which an encrypted data folder is
    locked, 0 for never. `rules` changes checks by their id: off, or another severity.
    """

    scheme: Literal["system", "light", "dark", "contrast"] = "system"
    text_points: Annotated[float, msgspec.Meta(ge=8, le=24)] | None = None
    dark_page: bool = False
    mask_on_start: bool = False
    by: Annotated[str, msgspec.Meta(max_length=80)] = ""
    days_to_decide: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30
    spell_check: bool = True
    template_folder: str = ""
    letterhead: Annotated[str, msgspec.Meta(max_length=80)] = ""
    letterhead_second: Annotated[str, msgspec.Meta(max_length=80)] = ""
    logo: Annotated[str, msgspec.Meta(max_length=400_000)] = ""
    export_folder: str = ""
    backup_hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 1
    file_name: Annotated[str, msgspec.Meta(max_length=120)] = "{case_number} {kind}"
    attach_all: bool = False
    without_others: bool = False
    words: Mapping[str, Annotated[str, msgspec.Meta(max_length=4000)]] = {}
    lock_after: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 10
    rules: Mapping[str, RuleChoice] = {}
    house_rules: tuple[HouseRule, ...] = ()

    @property
    def overrides(self) -> dict[str, Override]:
        """`rules` as the checks take them."""
        return {
            rule: Override(off=True)
            if choice == "off"
            else Override(off=False, severity=Severity(choice))
            for rule, choice in self.rules.items()
        }

    @property
    def check_numbers(self) -> dict[str, int | str]:
        """What these settings change of the checks' own numbers."""
        return {"days_standard": self.days_to_decide}

    @property
    def layout_words(self) -> dict[str, str]:
        """The fixed words of a layout that are replaced, by the layout's own names for them."""
        words = {"letterhead": self.letterhead, "letterhead_second": self.letterhead_second}
        return {name: text for name, text in words.items() if text} | dict(self.words)


class _Kept(Protocol):
    def setting(self, key: str, default: Any = None) -> Any: ...

    def save_setting(self, key: str, value: Any) -> None: ...


def with_words(settings: Settings, words: Mapping[str, str]) -> Settings:
    """The settings with these words of layouts, by `layout/name`, in place of what they were; no
    words give the layout its own back."""
    kept = {name: text for name, text in {**settings.words, **words}.items() if text}
    return msgspec.structs.replace(settings, words=kept)


def keys_as_kept(kept: Any) -> dict[str, str]:
    """The user's keys as the store has them; what is no such table counts as none."""
    if not isinstance(kept, dict):
        return {}
    table = cast("dict[object, object]", kept)
    return {str(name): str(key) for name, key in table.items()}


def load_settings(store: _Kept) -> Settings:
    """The settings as kept. Raises UserError where the store cannot be read."""
    return read_settings(store.setting(KEY))


def save_settings(store: _Kept, settings: Settings) -> None:
    """Keeps what differs from the usual. Raises UserError where the store cannot write."""
    store.save_setting(KEY, changed_settings(settings))


def changed_settings(settings: Settings) -> dict[str, Any]:
    """What differs from the usual, as plain JSON values."""
    usual = Settings()
    kept = {
        name: getattr(settings, name)
        for name in Settings.__struct_fields__
        if getattr(settings, name) != getattr(usual, name)
    }
    return msgspec.to_builtins(kept)


def read_settings(kept: Any) -> Settings:
    """Settings from plain JSON values, member by member: what is wrong counts as not set."""
    if not isinstance(kept, dict):
        return Settings()
    members: dict[Any, Any] = kept  # pyright: ignore[reportUnknownVariableType]
    types = get_type_hints(Settings, include_extras=True)
    values: dict[str, Any] = {}
    for name in Settings.__struct_fields__:
        if name not in members:
            continue
        if name == "house_rules":
            values[name] = _read_house_rules(members[name])
            continue
        if name == "rules":
            values[name] = _read_rules(members[name])
            continue
        try:
            values[name] = msgspec.convert(members[name], types[name])
        except msgspec.ValidationError:
            continue
    if problem_of_pattern(values.get("file_name", "{case_number}")):
        del values["file_name"]
    return Settings(**values)


def _read_house_rules(kept: Any) -> tuple[HouseRule, ...]:
    """The rules that can still be used: each by itself, so that one wrong one costs no other."""
    rules: list[HouseRule] = []
    for one in cast("list[Any]", kept) if isinstance(kept, list) else ():
        try:
            rule = msgspec.convert(one, HouseRule)
        except msgspec.ValidationError:
            continue
        if rule.field in SPEC_BY_NAME:
            rules.append(rule)
    return tuple(rules)


def _read_rules(kept: Any) -> dict[str, RuleChoice]:
    rules: dict[str, RuleChoice] = {}
    if isinstance(kept, dict):
        members: dict[Any, Any] = kept  # pyright: ignore[reportUnknownVariableType]
        for rule, choice in members.items():
            try:
                rules[msgspec.convert(rule, str)] = msgspec.convert(choice, RuleChoice)
            except msgspec.ValidationError:
                continue
    return rules


def problem_of_pattern(pattern: str) -> str:
    """Why a pattern for file names cannot be used, in a sentence; empty where it can."""
    if not pattern.strip():
        return "The pattern is empty."
    for part in _PART.findall(pattern):
        if part not in FILE_NAME_PARTS:
            return f"There is no {{{part}}}. Use {', '.join(f'{{{p}}}' for p in FILE_NAME_PARTS)}."
    rest = _PART.sub("", pattern)
    if "{" in rest or "}" in rest:
        return "A brace is open: each part is written like {case_number}."
    found = _NOT_IN_NAMES.search(rest)
    if found:
        return f"A file name cannot hold {found.group()[0]!r}."
    if "{case_number}" not in pattern:
        return "The pattern needs {case_number}, so that no letter overwrites another."
    return ""


def folder_problem(folder: str, otherwise: str) -> str:
    """Why a folder cannot be used, and what is done `otherwise`; empty where it can, or none is set."""
    if folder and not Path(folder).is_dir():
        return f"There is no such folder. {otherwise}".rstrip()
    return ""
