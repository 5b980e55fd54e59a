"""A data folder with a made-up word in every place where a letter leaves one, and what reads it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from app.paths import SNIPPETS
from app.services.database import open_database
from app.services.snippets import Snippets
from app.services.store import Backups, Store, write_archive
from app.services.vault.folder import Vault
from app.services.vault.header import Cost, Made, make_header
from tests.services.store.letters import edit, letter, parsed, pdf

MARK = b"wombatfruit"
PASSPHRASE = "correct horse and staple"
CHEAP = Cost(n=2)
"""A try takes no time: the header says what it takes."""
LETTERS = 3


def made_header(passphrase: str = PASSPHRASE) -> Made:
    return make_header(passphrase, CHEAP)


def files_with(folder: Path, mark: bytes = MARK) -> list[str]:
    """The files of a folder in which the bytes stand, by content, by name, or packed."""
    found: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        texts = [path.read_bytes(), str(path.relative_to(folder)).encode()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(name) for name in archive.namelist()]
        if any(mark in text for text in texts):
            found.append(path.relative_to(folder).as_posix())
    return found


def plain_files(folder: Path) -> list[str]:
    """The files of an encrypted folder that hold letters and begin as none that is encrypted."""
    found: list[str] = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        place = path.relative_to(folder).as_posix()
        if place.startswith("logs/") or path.name in ("vault.json", "lock"):
            continue
        start = path.read_bytes()[:16]
        if path.suffix == ".db" or path.name.endswith(("-wal", "-shm")):
            if start.startswith(b"SQLite"):
                found.append(place)
        elif not start.startswith((b"IMRDvlt1", b"IMRDarc1")):
            found.append(place)
    return found


def put_marked(store: Store, number: int = 3) -> int:
    """A letter with the word in its file, its values, an edit and a half-typed text."""
    mark = MARK.decode()
    made = parsed(letter(number))
    data = pdf(number) + MARK
    case_id = store.import_pdf(data, made, by=mark, file_name=f"{mark}.pdf").summary.id
    edit(store, case_id, made.letter, "clinical_summary", f"The {mark} was seen. " * 400)
    store.save_draft(case_id, "issues.1.rationale", f"Half a {mark}")
    return case_id


def fill(folder: Path) -> None:
    """A plain folder that was used: letters, backups, a damaged one, an archive, one set aside."""
    database = open_database(folder / "imr-desk.db")
    store = Store(database, folder)
    for number in range(1, LETTERS + 1):
        put_marked(store, number)
    backups = Backups(database, folder)
    backups.make()
    # As versions before wrote them: databases of their own, one of them damaged.
    for name in ("imr-desk-20250101-000000.db", "imr-desk-20250102-000000-broken.db"):
        database.copy_to(folder / "backups" / name)
    broken = folder / "backups" / name
    broken.write_bytes(b"\0" * 16 + broken.read_bytes()[16:])
    write_archive(store, folder / "everything.zip")
    database.close()
    aside = folder / "damaged-20260101-000000-000000"
    aside.mkdir()
    (aside / "imr-desk.db").write_bytes(b"no database any more " + MARK)
    (folder / "snippets.json").write_text(
        f'[{{"name": "one", "title": "One", "text": "The {MARK.decode()}."}}]'
    )
    (folder / "logs").mkdir()
    (folder / "logs" / "imr-desk.log").write_text("INFO started\n")


def ensure_whole(folder: Path, vault: Vault) -> None:
    """Fails where a letter, its file, its draft or a backup cannot be read."""
    database = open_database(folder / "imr-desk.db", vault.cipher)
    store = Store(database, folder)
    cases = store.cases()
    assert len(cases) == LETTERS
    for case in cases:
        assert store.pdf(case.id).endswith(MARK)
        assert MARK.decode() in store.case(case.id).letter.clinical_summary
        assert MARK.decode() in store.drafts(case.id)["issues.1.rationale"]
    (own,) = Snippets(SNIPPETS, folder, vault.cipher).own()
    assert MARK.decode() in own.text
    backups = Backups(database, folder)
    readable = [one for one in backups.all() if one.reason != "broken"]
    assert len(readable) == 2
    for one in readable:
        assert backups.differences(one) == ()
    database.close()
