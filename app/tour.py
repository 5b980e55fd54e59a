"""What is done where there is no display: the tour of the sample, and letters that are only read.

The tour does the whole job, so that the first start shows what the program does there too. It works
on the sample letter in a folder of its own: nothing of the user's is changed by it.
"""

from __future__ import annotations

from pathlib import Path

from app.cli.files import DONE, each, printable
from app.cli.letters import form_text
from app.evidence import texts_as_read
from app.letter import FieldId
from app.paths import DATABASE, FONTS, SAMPLE, TEMPLATES, user_name
from app.services.database import open_database
from app.services.editing import add_citation, describe_step
from app.services.letter_file import letter_file
from app.services.letter_intake import take_in
from app.services.letter_reader import LetterReader
from app.services.library import Library, citation_of
from app.services.rendering import Renderer, write_file
from app.services.store import Store

FOLDER = "tour"


def read_only(letters: list[Path]) -> int:
    """Print what these letters say; keeps and changes nothing. Answers the exit status."""
    with LetterReader() as reader:

        def act(path: Path) -> None:
            print(form_text(reader.letter(path).result, printable(path)), flush=True)

        return each(((str(path), path) for path in letters), act)


def walk(data: Path) -> int:
    """Do the job on the sample in a folder of its own below `data`; answers the exit status."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    print(
        f"This is a tour of the sample letter. All of it is kept in {folder}, apart from your work."
    )
    database = open_database(folder / DATABASE)
    try:
        store, library = Store(database, folder), Library(database)
        with LetterReader() as reader:
            _do(SAMPLE, folder, store, library, reader)
    finally:
        database.close()
    return DONE


def _do(path: Path, folder: Path, store: Store, library: Library, reader: LetterReader) -> None:
    by = user_name()
    known = library.guidelines()
    case = store.case(take_in(store, reader, path, by=by, guidelines=known).summary.id)
    print(form_text(case.parsed, path.name))
    renderer = Renderer([TEMPLATES], FONTS)
    letter = case.letter
    if letter.issues:
        field = FieldId("issue.maximus_guideline", letter.issues[0].id)
        hit = library.search("low back complaints 2004")[0]
        citation = citation_of(hit.entry, sections=("Initial Care",))
        style = renderer.citation_style(letter)
        after = add_citation(letter, field, citation, style, known)
        key, before, now = describe_step(letter, after, field)
        store.record_edit(
            case.id, after, field=key, before=before, after=now, by=by, label="Add citation"
        )
        letter = after
        print(f"\nCited in item 1: {letter.issues[0].maximus_guideline.text}")
    out = folder / f"{letter.header.case_number or path.stem}.pdf"
    made = letter_file(renderer, letter, out.name, as_read=texts_as_read(case.parsed.evidence))
    write_file(out, made.pdf, replace=True)
    print(made.sentence)
    print(f"The new letter is written: {out}")
