"""The whole job without a window: read the sample, cite a guideline, write the new letter.

For a machine that has no display, so that the first start shows what the program does there too.
"""

from __future__ import annotations

import getpass
from pathlib import Path

from app.cli import form_text
from app.letter import FieldId
from app.paths import DATABASE, FONTS, TEMPLATES
from app.services.database import open_database
from app.services.editing import add_citation, describe_step
from app.services.intake import take_in
from app.services.interchange import encode_letter
from app.services.library import Library, citation_of
from app.services.pdf import GuardedReader
from app.services.rendering import Renderer, write_file
from app.services.store import Store


def walk(sample: Path, folder: Path) -> int:
    """Do the job on a letter and keep it in the data folder. Raises UserError."""
    database = open_database(folder / DATABASE)
    try:
        store = Store(database, folder)
        with GuardedReader() as reader:
            imported = take_in(store, reader, sample, by=getpass.getuser())
        case = store.case(imported.summary.id)
        print(form_text(case.parsed, sample.name))
        letter = case.letter
        field = FieldId("issue.maximus_guideline", letter.issues[0].id)
        hit = Library(database).search("low back special studies")[0]
        citation = citation_of(hit.entry, sections=("Initial Care",))
        after = add_citation(letter, field, citation)
        key, before, now = describe_step(letter, after, field)
        store.record_edit(
            case.id,
            after,
            field=key,
            before=before,
            after=now,
            by=getpass.getuser(),
            label="Add citation",
        )
        print(f"\nCited in item 1: {after.issues[0].maximus_guideline.text}")
        path = folder / f"{after.header.case_number or 'letter'}.pdf"
        renderer = Renderer([TEMPLATES], FONTS)
        pdf = renderer.render(after, form_data=encode_letter(after, path.name)).pdf
        write_file(path, pdf, replace=True)
        print(f"The new letter is written: {path}")
    finally:
        database.close()
    return 0
