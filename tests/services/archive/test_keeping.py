"""The archive follows what happens to the data folder: erasing, backups, encryption, upgrades."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.services.archive.archive import Archive
from app.services.archive.saved import SETTING, read_searches, with_search, without_search
from app.services.archive.term_lists import read_terms
from app.services.archive.values import Facet, Question
from app.services.database import open_database
from app.services.store import Backups, Store, erase
from app.services.store.encrypting import encrypt_folder
from app.services.vault.folder import Vault
from tests.services.archive.made_letters import BACK, UPHELD, WRIST, cited, issue, keep, letter
from tests.services.vault.made_folder import fill, made_header

_DAY = date(2016, 5, 2)

MARK = "zyxomarker"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / "imr-desk.db")
    yield Store(database, tmp_path)
    database.close()


def _marked(store: Store) -> int:
    """A letter whose words stand in no other, also among its values."""
    one = issue(1, f"{MARK} brace", UPHELD, f"The {MARK}s are of no use.", cited(MARK, "2016"))
    return keep(store, letter(9, _DAY, f"A {MARK}.", one))


def _words(archive: Archive, words: str) -> int:
    archive.fill()
    return archive.count(Question(words=words))


def test_erasing_leaves_no_word_of_a_letter_in_the_index(store: Store) -> None:
    archive = Archive(store.database)
    keep(store, WRIST)
    erased = _marked(store)
    assert _words(archive, MARK) == 2
    assert f"MTUS {MARK}" in archive.values(Facet.GUIDELINE)
    erase(store, (erased,))
    assert _words(archive, MARK) == 0
    assert _words(archive, "weaning") == 1
    assert archive.values(Facet.GUIDELINE) == (
        "MTUS Forearm, Wrist, and Hand Complaints",
        "MTUS Opioids",
    )
    with store.database.plainly() as raw:
        terms = {term for (term,) in raw.execute("SELECT term FROM archive_terms")}
        raw.execute("INSERT INTO archive_words (archive_words) VALUES ('integrity-check')")
        raw.rollback()
    assert not {term for term in terms if term.startswith(MARK[:6])}
    store.database.close()
    left = [path for path in store.folder.rglob("*") if path.is_file()]
    assert not [path for path in left if MARK[1:].encode() in path.read_bytes()]


def test_a_backup_holds_no_index_and_a_restored_one_is_made_anew(store: Store) -> None:
    archive = Archive(store.database)
    keep(store, WRIST)
    archive.fill()
    assert archive.facets(Question())[Facet.DRUG]
    backup = Backups(store.database, store.folder).make()
    keep(store, BACK)
    assert _words(archive, "roofer") == 1
    Backups(store.database, store.folder).restore(backup)
    assert (_words(archive, "roofer"), _words(archive, "weaning")) == (0, 1)
    assert [one.value for one in archive.facets(Question())[Facet.DRUG]] == ["tramadol"]


def test_an_encrypted_folder_is_searched(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    fill(folder)
    vault = Vault(folder)
    encrypt_folder(vault, made_header())
    database = open_database(folder / "imr-desk.db", vault.cipher)
    archive = Archive(database)
    _marked(Store(database, folder))
    assert _words(archive, MARK) == 2
    assert archive.did_you_mean(Question(words=MARK[:-1] + "t")) == MARK
    assert archive.facets(Question())[Facet.DECISION]
    database.close()
    assert not [
        path for path in folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()
    ]


def test_other_rules_make_all_anew(store: Store) -> None:
    archive = Archive(store.database)
    keep(store, WRIST)
    archive.fill()
    with closing(store.database.raw()) as raw:
        raw.execute("UPDATE archive_state SET version = version - 1")
        raw.execute("UPDATE archive_values SET value = 'of before' WHERE facet = 'drug'")
        raw.commit()
    assert archive.due() == 1
    assert archive.fill() == 1
    assert "of before" not in archive.values(Facet.DRUG)


def test_a_letter_that_cannot_be_read_is_passed_over(store: Store) -> None:
    broken, _ = keep(store, WRIST), keep(store, BACK)
    with closing(store.database.raw()) as raw:
        raw.execute("UPDATE letters SET letter = '{' WHERE case_id = ?", (broken,))
        raw.commit()
    archive = Archive(store.database)
    assert archive.fill() == 2
    assert _words(archive, "roofer") == 1


# What is kept of questions


def test_searches_are_kept_by_name(store: Store) -> None:
    question = Question(
        words='"red flag"', chosen={Facet.DRUG: ("tramadol",)}, first_day=_DAY, begun=True
    )
    kept = with_search({}, " Flags ", question)
    store.save_setting(SETTING, with_search(kept, "another", Question(words="grip")))
    kept = store.setting(SETTING)
    assert list(read_searches(kept)) == ["another", "Flags"]
    assert read_searches(kept)["Flags"] == msgspec.structs.replace(question, begun=False)
    assert list(read_searches(without_search(kept, "another"))) == ["Flags"]
    assert list(read_searches({**kept, "later": {"words": 5}})) == ["another", "Flags"]
    with pytest.raises(UserError, match="No search is kept"):
        without_search(kept, "third")
    with pytest.raises(UserError, match="no name"):
        with_search(kept, " ", question)
    with pytest.raises(UserError, match="nothing to keep"):
        with_search(kept, "empty", Question())


def test_a_list_of_terms_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(b'\xef\xbb\xbfgrip\r\n\r\n# of hands\r\n"red flag"\r\ngrip\r\ncaf\xc3\xa9\r\n')
    assert read_terms(path) == ("grip", '"red flag"', "café")
    path.write_text("\n#\n")
    with pytest.raises(UserError, match="no term"):
        read_terms(path)
    path.write_text("\n".join(map(str, range(6000))))
    with pytest.raises(UserError, match="too long"):
        read_terms(path)
    with pytest.raises(UserError, match="cannot be read"):
        read_terms(tmp_path / "none.txt")
