"""Whether a file is kept already, told by its bytes alone."""

from __future__ import annotations

import hashlib

from app.services.store.store import Store
from app.services.store.values import Imported


def kept_already(store: Store, data: bytes, *, by: str) -> Imported | None:
    """The letter of this very file, back on the list if it was taken off; None where there is none.

    Raises UserError.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    with store.database.plainly() as raw:
        row = raw.execute(
            "SELECT id, removed_at FROM cases WHERE file_sha256 = ?", (sha256,)
        ).fetchone()
    if row is None or not store.files.path(sha256).is_file():
        return None
    case_id, removed_at = row
    if removed_at is not None:
        store.put_back(case_id, by=by)
    return Imported(summary=store.summary(case_id), known=True, twins=())
