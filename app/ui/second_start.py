"""A second start on the same data folder: its letters go to the window that is open there.

They meet at a socket file in the data folder, which only its owner can enter (on Windows a named
pipe of the user's): nothing of it reaches a network.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 5_000
"""How long a second start waits for the window: it may be busy."""
LONGEST_NAME = 100
"""Bytes a socket's path may have; the system's own limit is little more."""
LONGEST_MESSAGE = 1 << 20
TAKEN = b"taken\n"


def meeting_place(folder: Path) -> str:
    """The name under which the window of a data folder is found."""
    here = folder.resolve()
    beside = here / "window.socket"
    if sys.platform != "win32" and len(str(beside).encode()) <= LONGEST_NAME:
        return str(beside)
    # No path, or one too long: a name of the folder's own, which Qt puts where such names belong.
    return f"imr-desk-{hashlib.blake2s(str(here).encode(), digest_size=12).hexdigest()}"


def hand_over(folder: Path, paths: Sequence[Path]) -> bool:
    """Give letters to the window that has this data folder open; whether it has taken them.

    Without letters the window only comes to the front.
    """
    socket = QLocalSocket()
    socket.connectToServer(meeting_place(folder))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(msgspec.json.encode([str(path.absolute()) for path in paths]) + b"\n")
    said = b""
    while TAKEN not in said and socket.waitForReadyRead(WAIT_MS):
        said += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return TAKEN in said


class Reception(QObject):
    """Waits in the open window for what later starts hand over."""

    letters_named = Signal(object)
    """The paths (a list, maybe empty) that a second start was given."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Only whoever holds the folder's lock may make one: what a crash left there is removed."""
        super().__init__(parent)
        self._heard: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = meeting_place(folder)
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._on_server_new_connection)
        self.listens = self._server.listen(name)
        """False where the folder's disk knows no sockets: a second start then says who has it."""

    def close(self) -> None:
        """Receive nothing any more."""
        self._server.close()

    def _on_server_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(self._on_socket_ready_read)
            socket.disconnected.connect(self._on_socket_disconnected)
            self._read(socket)

    def _on_socket_ready_read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read(socket)

    def _on_socket_disconnected(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._heard.pop(socket, None)
        socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        if socket not in self._heard:
            return
        self._heard[socket] += bytes(socket.readAll().data())
        message, end, _ = self._heard[socket].partition(b"\n")
        if not end:
            if len(message) > LONGEST_MESSAGE:
                socket.abort()
            return
        try:
            names = msgspec.json.decode(message, type=list[str])
        except (msgspec.DecodeError, UnicodeDecodeError):
            socket.abort()  # whoever speaks there is not this program
            return
        del self._heard[socket]
        socket.write(TAKEN)
        socket.flush()
        self.letters_named.emit([Path(name) for name in names])
