"""What a guarded process may not do: take more memory, open a socket, outlive its task.

Which of it holds where: the memory limit on Linux and macOS; no sockets on Linux, where the
kernel refuses them; the alarm on both. The time limit is kept by the program and holds everywhere.
"""

from __future__ import annotations

import ctypes
import math
import platform
import signal
import sys

_GRACE = 5
"""Seconds a process may live on after its task's limit: by then the program has gone."""

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # refused as EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_X32 = 0x40000000
_MACHINES = {
    # The kernel's name of the machine; the numbers of socket, socketpair, connect, io_uring_setup.
    "x86_64": (0xC000003E, (41, 53, 42, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 425)),
}


class _Step(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step))]


def limit_memory(megabytes: int) -> None:
    """No more than so much address space, and no picture of the memory where it crashes."""
    if sys.platform == "win32":
        return  # Windows has no such limit for a process by itself; the time limit still holds
    import resource

    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_sockets() -> bool:
    """From now on the kernel refuses every socket to this process; whether it can."""
    known = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    machine, refused = known
    steps = [_Step(_LOAD, 0, 0, _MACHINE_AT), _Step(_EQUAL, 1, 0, machine), _end(_KILL)]
    steps += [_Step(_LOAD, 0, 0, _NUMBER_AT), _Step(_AT_LEAST, 0, 1, _X32), _end(_REFUSE)]
    for number in refused:
        steps += [_Step(_EQUAL, 0, 1, number), _end(_REFUSE)]
    steps.append(_end(_ALLOW))
    written = (_Step * len(steps))(*steps)
    program = _Program(len(steps), ctypes.cast(written, ctypes.POINTER(_Step)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    return (
        control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and control(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def end_after(seconds: float) -> None:
    """The kernel ends this process then, also where the program is no longer there to do it."""
    if sys.platform != "win32":
        signal.alarm(math.ceil(seconds) + _GRACE if seconds else 0)


def _end(answer: int) -> _Step:
    return _Step(_RETURN, 0, 0, answer)
