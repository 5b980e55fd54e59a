"""What a house sets, as one file: settings, keys, words known as right and ready sentences.

For setting up many desks alike. What belongs to one person stays out of it: the name in the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Any, Protocol, TypeVar, cast

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.services.json_input import NotJson, read_json
from app.services.settings import (
    KEYS,
    OWN_WORDS,
    Settings,
    changed_settings,
    load_settings,
    read_settings,
    save_settings,
)
from app.services.snippets import Snippet, Snippets, check

T = TypeVar("T")

VERSION = 1


class SettingsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The members of the file. `imr_desk_settings` is the version of its form."""

    imr_desk_settings: int
    settings: dict[str, Any] = {}
    keys: dict[str, str] = {}
    words: tuple[str, ...] = ()
    snippets: tuple[Snippet, ...] = ()


class KeepsSettings(Protocol):
    """What the store offers for settings."""

    def setting(self, key: str, default: Any = None) -> Any: ...

    def save_setting(self, key: str, value: Any) -> None: ...


def settings_file(store: KeepsSettings, snippets: Snippets) -> bytes:
    """The file, as JSON for people to read. Raises UserError where something kept cannot be read."""
    told = SettingsFile(
        imr_desk_settings=VERSION,
        settings=changed_settings(replace(load_settings(store), by="")),
        keys=_kept(store, KEYS, dict[str, str]),
        words=tuple(_kept(store, OWN_WORDS, list[str])),
        snippets=snippets.own(),
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def take_settings_file(
    data: bytes, store: KeepsSettings, snippets: Snippets
) -> tuple[Settings, tuple[str, ...]]:
    """Take over what the file sets; what it does not name stays. The settings in force, and in
    sentences what of the file could not be taken over.

    Raises UserError for what is no such file, with nothing taken over.
    """
    given = _read(data)
    usable = read_settings(given.settings)
    named = [name for name in given.settings if name in Settings.__struct_fields__ and name != "by"]
    left = [f"The setting {name} cannot be used as it stands." for name in _unusable(given, usable)]
    settings = replace(load_settings(store), **{name: getattr(usable, name) for name in named})
    save_settings(store, settings)
    store.save_setting(KEYS, {**_kept(store, KEYS, dict[str, str]), **given.keys})
    words = dict.fromkeys([*_kept(store, OWN_WORDS, list[str]), *given.words])
    store.save_setting(OWN_WORDS, list(words))
    for snippet in given.snippets:
        try:
            check(snippet)
        except UserError as error:
            left.append(f"The snippet {snippet.name}: {error.what}")
            continue
        snippets.save(snippet)
    return settings, tuple(left)


def _read(data: bytes) -> SettingsFile:
    try:
        given = read_json(data, SettingsFile)
    except (msgspec.ValidationError, NotJson) as error:
        raise UserError(
            f"This is no file of settings: {error}.", "Give one that IMR Desk has exported."
        ) from error
    if given.imr_desk_settings > VERSION:
        raise UserError(
            f"The file is of version {given.imr_desk_settings}; this program reads {VERSION}.",
            "Update the program, or export the settings with this version.",
        )
    return given


def _unusable(given: SettingsFile, usable: Settings) -> Iterator[str]:
    """Settings that this program does not know, or whose values make none, in whole or in part."""
    read = msgspec.to_builtins(usable)
    for name, value in given.settings.items():
        if name == "by":
            continue
        kept = read.get(name, ...)
        if isinstance(kept, Sized) and isinstance(value, list | dict):
            whole = len(kept) == len(cast("Sized", value))
        else:
            whole = kept == value
        if not whole:
            yield name


def _kept(store: KeepsSettings, key: str, kind: type[T]) -> T:
    """What is kept under a key; empty where it is nothing of that kind."""
    try:
        return msgspec.convert(store.setting(key), kind)
    except msgspec.ValidationError:
        return kind()
