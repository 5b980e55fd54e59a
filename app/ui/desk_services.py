"""What the window works with: the services that the composition root makes for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from app.services.letter_intake import Reader
from app.services.rendering import Renderer
from app.services.settings import Settings
from app.services.spelling import Spelling
from app.services.store import Store
from app.services.vault.folder import Vault

if TYPE_CHECKING:
    from app.services.library import Library


class Services(msgspec.Struct, frozen=True):
    """The library is made at the first call: it takes in the content the program comes with then.

    Without `vault` it is the data folder's, with the cipher that the store has.
    """

    store: Store
    library: Callable[[], Library]
    reader: Reader
    make_renderer: Callable[[Settings], Renderer]
    spelling: Spelling
    vault: Vault | None = None
