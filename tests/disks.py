"""Disks for tests: small ones that fill up, and what may happen to a disk while it is used."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """`folder` as a file system of its own, of `size` as mount writes it; skips where none can be."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux":
        pytest.skip("no way to make a small disk here")
    options = ["-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
    if subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("only root may make a small disk")
    try:
        yield folder
    finally:
        unplug(folder)


def unplug(folder: Path) -> None:
    """Take the disk away, also while a file on it is open; nothing happens where there is none."""
    if folder.is_mount():
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, mode: str) -> None:
    """Make the disk read-only (`ro`) or writable (`rw`); nothing may be open on it for writing."""
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Write until not one page is left; gives the file that has to go to make room."""
    path = disk / "something else"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return path


@contextlib.contextmanager
def no_file_may_grow(size: int) -> Iterator[None]:
    """As on a full disk: no file of this process may grow beyond `size` bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
