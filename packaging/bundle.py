"""Builds the program as one folder that needs no Python, drives it once, and packs it: `make bundle`.

Linux gives a folder with a desktop entry and icon, an AppDir for `appimagetool` (run where it is
installed) and a .tar.xz. On Windows the same command gives the folder that `imr-desk.iss` makes an
installer of, on macOS the folder and `IMR Desk.app`. Everything goes into `build/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BUILD = PROJECT / "build"
FOLDER = BUILD / "bundle" / "imr-desk"
EXTRAS = ("encryption", "ocr")
"""What the program can do more with; the libraries of a team's server stay away."""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def main() -> int:
    python = make_environment()
    version = text_of(python, "-c", "import app; print(app.__version__)")
    make_icons(python)
    freeze(python)
    if sys.platform == "linux":
        add_desktop_files(FOLDER)
        make_app_image(version)
    subprocess.run([sys.executable, PROJECT / "packaging" / "drive.py", FOLDER], check=True)
    packed = pack(version)
    print(f"{packed.relative_to(PROJECT)}: {packed.stat().st_size / 1e6:.0f} MB packed, "
          f"{size(FOLDER) / 1e6:.0f} MB unpacked")  # fmt: skip
    return 0


def make_environment() -> Path:
    """A virtual environment with what the program needs, its tests' packages apart. Its Python."""
    place = BUILD / "bundle-venv"
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(place, with_pip=True)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    more = project.get("optional-dependencies", {})
    wanted = [*project["dependencies"], *(each for name in EXTRAS for each in more.get(name, ()))]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "-c", PROJECT / "constraints.txt", *wanted, "pyinstaller>=6.22"], check=True
    )
    return python


def make_icons(python: Path) -> None:
    """The icon's drawing in the formats that the systems ask for."""
    folder = BUILD / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    drawing = PROJECT / "resources" / "brand" / "imr-desk.svg"
    code = (
        "import sys\n"
        "from PySide6.QtGui import QGuiApplication, QIcon\n"
        "application = QGuiApplication([])\n"
        "drawing, folder, *sizes = sys.argv[1:]\n"
        "for size in map(int, sizes):\n"
        "    QIcon(drawing).pixmap(size, size).save(f'{folder}/imr-desk-{size}.png')\n"
        "for ending in ('png', 'ico', 'icns'):\n"
        "    QIcon(drawing).pixmap(256, 256).save(f'{folder}/imr-desk.{ending}')\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    sizes = [str(each) for each in ICON_SIZES]
    subprocess.run([python, "-c", code, drawing, folder, *sizes], check=True, env=environment)


def freeze(python: Path) -> None:
    subprocess.run(
        [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", BUILD / "bundle", "--workpath", BUILD / "bundle-work",
         PROJECT / "packaging" / "imr-desk.spec"],
        check=True,
    )  # fmt: skip


def add_desktop_files(folder: Path) -> None:
    """The entry for the start menu and its icons, where the system looks for them below a prefix."""
    share = folder / "share"
    shutil.rmtree(share, ignore_errors=True)
    (share / "applications").mkdir(parents=True)
    shutil.copy2(PROJECT / "packaging" / "imr-desk.desktop", share / "applications")
    for each in ICON_SIZES:
        place = share / "icons" / "hicolor" / f"{each}x{each}" / "apps"
        place.mkdir(parents=True)
        shutil.copy2(BUILD / "icons" / f"imr-desk-{each}.png", place / "imr-desk.png")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copy2(PROJECT / "resources" / "brand" / "imr-desk.svg", scalable / "imr-desk.svg")
    install = folder / "install-for-me.sh"
    shutil.copy2(PROJECT / "packaging" / "install-for-me.sh", install)
    install.chmod(0o755)
    shutil.copy2(PROJECT / "LICENSE", folder)


def make_app_image(version: str) -> None:
    """An AppDir of the folder, and an AppImage where `appimagetool` is installed."""
    place = BUILD / "IMR_Desk.AppDir"
    shutil.rmtree(place, ignore_errors=True)
    (place / "usr" / "lib").mkdir(parents=True)
    shutil.copytree(FOLDER, place / "usr" / "lib" / "imr-desk", symlinks=True)
    shutil.copy2(PROJECT / "packaging" / "imr-desk.desktop", place)
    shutil.copy2(BUILD / "icons" / "imr-desk-256.png", place / "imr-desk.png")
    start = place / "AppRun"
    start.write_text(
        '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/usr/lib/imr-desk/imr-desk" "$@"\n'
    )
    start.chmod(0o755)
    tool = shutil.which("appimagetool")
    if tool is None:
        print(
            f"{place.relative_to(PROJECT)} is ready for appimagetool, which is not installed here."
        )
        return
    subprocess.run([tool, place, BUILD / f"imr-desk-{version}.AppImage"], check=True)


def pack(version: str) -> Path:
    packed = BUILD / f"imr-desk-{version}-{sys.platform}.tar.xz"
    with tarfile.open(packed, "w:xz", preset=9) as archive:
        archive.add(FOLDER, arcname="imr-desk")
    return packed


def size(folder: Path) -> int:
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


def text_of(python: Path, *words: str) -> str:
    run = subprocess.run([python, *words], cwd=PROJECT, check=True, capture_output=True, text=True)
    return run.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
