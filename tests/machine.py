"""The programs outside Python that the tests need."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def chromium() -> str | None:
    """Return the path of an installed Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def postgresql(program: str) -> str | None:
    """Return the path of one of PostgreSQL's programs; version 15 before others."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    for folder in sorted(folders, key=lambda found: found.parent.name != "15"):
        if (folder / program).is_file():
            return str(folder / program)
    return shutil.which(program)


def libreoffice() -> tuple[str, str] | None:
    """Return LibreOffice and a Python that can steer it, where both are there.

    They are not demanded: a test that edits a sheet edits it without them where they are missing.
    """
    office, python = shutil.which("soffice"), shutil.which("python3", path="/usr/bin")
    if office is None or python is None:
        return None
    can_steer = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
    return (office, python) if can_steer.returncode == 0 else None


def missing_packages() -> list[str]:
    """Name the Debian packages that are not there."""
    found = {
        "chromium": chromium(),
        "gettext": shutil.which("msgfmt"),
        "postgresql": postgresql("initdb"),
    }
    return [package for package, path in found.items() if path is None]


def provide() -> None:
    """Install what is missing when root on a Debian; otherwise say what to install, and end."""
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Install these first: {names} (on Debian: sudo apt-get install {names})")
    print(f"Installing {names} …", flush=True)
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update"], check=False, env=quiet, stdout=subprocess.DEVNULL)
    install = [*apt, "install", "--yes", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)
