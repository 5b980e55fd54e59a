"""The command that exchanges what is set, as one file, with other desks."""

from __future__ import annotations

import argparse

from app.cli.files import DONE, UNUSABLE, bytes_of, refuse_to_replace, tell
from app.cli.opening import open_store
from app.paths import SNIPPETS, data_folder
from app.services.rendering import write_file
from app.services.settings_file import settings_file, take_settings_file
from app.services.snippets import Snippets


def exchange(chosen: argparse.Namespace) -> int:
    """Export what is set as one file, or take such a file over."""
    exports = chosen.action == "export"
    if exports:
        refuse_to_replace(chosen.file, chosen.overwrite)
    with open_store(data_folder(chosen.data), chosen, reading=exports) as store:
        snippets = Snippets(SNIPPETS, store.folder, store.cipher)
        if exports:
            write_file(chosen.file, settings_file(store, snippets), replace=chosen.overwrite)
            print(f"The settings are written to {chosen.file}")
            return DONE
        _, left = take_settings_file(bytes_of(chosen.file), store, snippets)
    print(f"The settings of {chosen.file} are taken over")
    for words in left:
        tell(f"{chosen.file}: {words}")
    return UNUSABLE if left else DONE
