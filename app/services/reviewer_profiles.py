"""Credentials that are filled in again and again: kept as they stand, named by themselves, never by a person."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from app.letter import Reviewer

PROFILES = "reviewer_profiles"
"""Under which the store keeps them."""
MOST = 30


class KeepsProfiles(Protocol):
    """What the store offers for settings."""

    def setting(self, key: str, default: Any = None) -> Any: ...

    def save_setting(self, key: str, value: Any) -> None: ...


def profiles(store: KeepsProfiles) -> tuple[Reviewer, ...]:
    """Those kept, the one kept last first; what is none of them counts as none."""
    kept = store.setting(PROFILES, [])
    found: list[Reviewer] = []
    for one in kept if isinstance(kept, list) else ():  # pyright: ignore[reportUnknownVariableType]
        try:
            found.append(msgspec.convert(one, Reviewer))
        except msgspec.ValidationError:
            continue
    return tuple(found)


def keep_profile(store: KeepsProfiles, reviewer: Reviewer) -> None:
    """Keep these credentials, before all others; the same ones are kept once."""
    others = [one for one in profiles(store) if one != reviewer]
    store.save_setting(PROFILES, msgspec.to_builtins([reviewer, *others][:MOST]))


def forget_profile(store: KeepsProfiles, reviewer: Reviewer) -> None:
    """Keep these credentials no more."""
    left = [one for one in profiles(store) if one != reviewer]
    store.save_setting(PROFILES, msgspec.to_builtins(left))


def profile_words(reviewer: Reviewer) -> str:
    """What a profile is called: its specialties and states."""
    specialties = ", ".join((*reviewer.specialties, *reviewer.subspecialties))
    return " · ".join(part for part in (specialties, ", ".join(reviewer.licensure)) if part)
