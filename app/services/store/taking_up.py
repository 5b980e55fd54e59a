"""What a letter becomes when more of its pages were read: fields that nobody touched take it up."""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import Letter, field_ids, get_value, with_value


def taken_up(now: Letter, before: Letter, read: Letter) -> Letter:
    """The letter as it stands `now`, read as `before`, with what is `read` of it since.

    The disputed items are taken as a whole: they were found anew, and have no value each that could
    be told from the earlier ones. Where a person touched one of them, all stay as they are.
    """
    if now == before:
        return read
    if now.issues == before.issues:
        made = max(now.issues_made, read.issues_made)
        now = replace(now, issues=read.issues, issues_made=made)
    if now.layout == before.layout:
        now = replace(now, layout=read.layout)
    for field in field_ids(now):
        if field.issue is None and get_value(now, field) == get_value(before, field):
            now = with_value(now, field, get_value(read, field))
    return now
