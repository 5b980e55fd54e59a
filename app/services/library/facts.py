"""Facts that come as one file, without a new program: what it would change, and taking it in."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.services.citations.drug_values import DrugList
from app.services.citations.force import Adoption
from app.services.citations.known import GuidelineFile, KnownGuideline, completed, guideline_files
from app.services.library.duplicates import LABELS, in_words
from app.services.library.picking import mtus_entries
from app.services.library.rows import FactsRow
from app.services.library.stored import Stored, by_key, now, put, put_new
from app.services.library.validation import check_entry
from app.services.library.values import CONTENT_FIELDS, Entry, entry_of_known

FORMAT = "imr-desk-guidelines"
UPDATE = "update"
DRUGS = "drugs "


class FactsFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of facts. `checksum` is that of all the rest: it shows that nobody changed the file
    since it was signed off."""

    format: str
    version: int
    as_of: date
    about: str
    signed_off_by: str
    signed_off_on: date
    sources: dict[str, str] = {}
    entries: tuple[KnownGuideline, ...] = ()
    drug_lists: tuple[DrugList, ...] = ()
    withdrawn: dict[str, str] = {}
    """Keys of editions that were told as adopted and are not, each with the reason."""
    checksum: str = ""

    @property
    def own_checksum(self) -> str:
        """The checksum of what the file says."""
        data = msgspec.json.encode(replace(self, checksum=""), order="deterministic")
        return f"sha256:{hashlib.sha256(data).hexdigest()}"


class FactChange(msgspec.Struct, frozen=True, kw_only=True):
    """What the file does to one entry. `kept` are fields the user changed, which stay as they are."""

    before: Entry | None
    after: Entry
    kept: tuple[str, ...] = ()
    deleted: bool = False

    @property
    def kept_values(self) -> tuple[tuple[str, str], ...]:
        """What the user changed of it, field by field as the form calls them."""
        return tuple((LABELS[name], in_words(getattr(self.after, name))) for name in self.kept)


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read, and what taking it in would change."""

    file: FactsFile
    changes: tuple[FactChange, ...]
    new_lists: tuple[DrugList, ...]


class Taken(msgspec.Struct, frozen=True):
    """What is kept of the last update."""

    version: int
    as_of: date
    about: str
    signed_off_by: str
    signed_off_on: date


def read_facts(data: bytes) -> FactsFile:
    """The file. Raises UserError for one that is damaged, of another kind or not signed off."""
    try:
        file = msgspec.json.decode(data, type=FactsFile)
    except msgspec.ValidationError as error:
        raise UserError(
            f"The file of facts has a part that cannot be read: {error}.",
            "Get the file anew, or ask who made it.",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if FORMAT.encode() in data:
            raise UserError("The file of facts is damaged or cut off.", "Get it anew.") from error
        raise UserError(
            "This is no file of facts.", "Choose the .json file the facts came in."
        ) from error
    if file.format != FORMAT:
        raise UserError("This is no file of facts.", "Choose the .json file the facts came in.")
    if file.checksum != file.own_checksum:
        raise UserError(
            "The file of facts is not as it was signed off: its checksum is another one.",
            "Get it anew. Who makes such files writes the checksum with `library seal FILE`.",
        )
    if wrong := _contradiction(file):
        raise UserError(f"The file of facts contradicts itself: {wrong}", "Ask who made it.")
    return file


def _contradiction(file: FactsFile) -> str:
    """What cannot be so in a file, whatever is known besides; empty where nothing is wrong."""
    if not file.signed_off_by.strip():
        return "it names nobody who signed it off."
    for name, keys in (
        ("entry", [known.key for known in file.entries]),
        ("drug list", [drugs.version for drugs in file.drug_lists]),
    ):
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            return f"the {name} “{twice}” is in it twice."
    for key, why in file.withdrawn.items():
        if not why.strip():
            return f"why “{key}” is withdrawn is not told."
        if any(known.key == key for known in file.entries):
            return f"“{key}” is withdrawn and given."
    for known in file.entries:
        wrong = check_entry(entry_of_known(known, file.version))
        if wrong and wrong[0].blocks:
            return f"{known.title} {known.edition}: {wrong[0].message}"
    return ""


def _refuse_unknown_successors(session: Session, file: FactsFile) -> None:
    """An edition whose successor nobody knows would name none to cite instead."""
    there = {known.key for known in file.entries}
    for known in file.entries:
        key = known.superseded_by
        if key and key not in there and by_key(session, key) is None:
            raise UserError(
                f"{known.title} {known.edition} is said to be superseded by “{key}”, which is "
                "neither in the file nor in the library.",
                "Ask who made the file.",
            )


def _refuse_open_ends(session: Session, file: FactsFile) -> None:
    """An edition that ended for one that is withdrawn goes on: the file has to say since when."""
    given = {known.key for known in file.entries} | file.withdrawn.keys()
    for entry in mtus_entries(session):
        if entry.superseded_by in file.withdrawn and entry.key not in given:
            raise UserError(
                f"“{entry.superseded_by}” is withdrawn, but {entry.title} {entry.edition} is still "
                "said to have ended for it.",
                f"Ask who made the file: it has to give “{entry.key}” anew.",
            )


def sealed(data: bytes) -> bytes:
    """The same file with its checksum, for who signs it off. Raises UserError."""
    try:
        file = msgspec.json.decode(data, type=FactsFile)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError(f"The file cannot be sealed: {error}.", "Correct it.") from error
    if wrong := _contradiction(file):
        raise UserError(f"The file cannot be sealed: {wrong}", "Correct it.")
    done = replace(file, checksum=file.own_checksum)
    return msgspec.json.format(msgspec.json.encode(done), indent=1) + b"\n"


def program_version() -> int:
    """The version of the facts the program came with."""
    return max(file.version for file in guideline_files())


def program_as_of() -> date | None:
    """The day the facts the program came with were last looked at."""
    return max((file.as_of for file in guideline_files() if file.as_of), default=None)


def taken(session: Session) -> Taken | None:
    """The last update, while it is newer than what the program came with."""
    body = session.scalar(select(FactsRow.body).where(FactsRow.key == UPDATE))
    last = None if body is None else msgspec.json.decode(body, type=Taken)
    return last if last is not None and last.version > program_version() else None


def own_lists(session: Session) -> tuple[DrugList, ...]:
    """The drug lists that were read in."""
    rows = session.scalars(select(FactsRow.body).where(FactsRow.key.startswith(DRUGS)))
    return tuple(msgspec.json.decode(body, type=DrugList) for body in rows)


def keep_list(session: Session, drugs: DrugList) -> None:
    """Keep a drug list in place of what is known of that version."""
    _keep(session, DRUGS + drugs.version, drugs)


def preview(session: Session, file: FactsFile) -> Update:
    """What taking the file in would change. Raises UserError where it is older than what is known."""
    last = taken(session)
    known = last.version if last is not None else program_version()
    if file.version <= known:
        raise UserError(
            f"The file has version {file.version} of the facts; version {known} is here already.",
            "Nothing is to be done.",
        )
    _refuse_unknown_successors(session, file)
    _refuse_open_ends(session, file)
    changes = [_change(session, entry) for entry in _entries(file)]
    changes += [_withdrawal(session, key, why) for key, why in file.withdrawn.items()]
    there = {one.version: one for one in own_lists(session)}
    return Update(
        file=file,
        changes=tuple(change for change in changes if change is not None),
        new_lists=tuple(one for one in file.drug_lists if there.get(one.version) != one),
    )


def take_in(session: Session, update: Update) -> None:
    """Change what the preview says. What the user changed or deleted stays so."""
    put_new(session, [change.after for change in update.changes if change.before is None])
    for change in update.changes:
        if change.before is None:
            continue
        stored = by_key(session, change.after.key)
        assert stored is not None
        after = Stored(entry=change.after, deleted=stored.deleted, merged_into=stored.merged_into)
        put(session, after)
    for drugs in update.new_lists:
        keep_list(session, drugs)
    file = update.file
    _keep(
        session,
        UPDATE,
        Taken(file.version, file.as_of, file.about, file.signed_off_by, file.signed_off_on),
    )


def _entries(file: FactsFile) -> tuple[Entry, ...]:
    """The entries of the file, none of them verified for any day after the file's."""
    facts = GuidelineFile(
        about=file.about,
        version=file.version,
        entries=file.entries,
        as_of=file.as_of,
        sources=file.sources,
    )
    return tuple(entry_of_known(known, file.version) for known in completed(facts).entries)


def _change(session: Session, entry: Entry) -> FactChange | None:
    stored = by_key(session, entry.key)
    if stored is None:
        return FactChange(before=None, after=entry)
    mine = stored.entry.changed_fields
    after = replace(
        entry,
        **{field: getattr(stored.entry, field) for field in mine},
        id=stored.entry.id,
        changed_fields=mine,
    )
    if stored.entry.starter_version is None:
        return None  # the user's own entry under that key
    if all(getattr(after, f) == getattr(stored.entry, f) for f in CONTENT_FIELDS):
        return None
    return FactChange(before=stored.entry, after=after, kept=mine, deleted=stored.deleted)


def _withdrawal(session: Session, key: str, why: str) -> FactChange | None:
    """None for an edition that never came here, or is a person's own."""
    stored = by_key(session, key)
    if stored is None or stored.entry.starter_version is None:
        return None
    told = {"adoption": Adoption.WITHDRAWN, "remark": why}
    mine = tuple(name for name in told if name in stored.entry.changed_fields)
    after = replace(stored.entry, **{k: v for k, v in told.items() if k not in mine})
    if after == stored.entry:
        return None
    return FactChange(before=stored.entry, after=after, kept=mine, deleted=stored.deleted)


def _keep(session: Session, key: str, value: msgspec.Struct) -> None:
    session.execute(delete(FactsRow).where(FactsRow.key == key))
    body = msgspec.json.encode(value).decode()
    session.execute(insert(FactsRow).values(key=key, body=body, taken_at=now()))
