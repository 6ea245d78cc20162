"""What reviews forget about files."""

import re
import subprocess
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_SOURCE, LINES_OF_TEST = 600, 900

# Written in two parts, so that this file does not name them either.
REGISTRY_HOSTS = (
    *("pypi" + ".org", "files.python" + "hosted.org", "registry.np" + "mjs.org"),
    *("registry.yarn" + "pkg.com", "npm.pkg." + "github.com"),
)
MACHINE_PATHS = ("/wo" + "rk/", "/op" + "t/wheels", "/op" + "t/pypi", "/ro" + "ot/", "/ho" + "me/")


def committed_files() -> list[Path]:
    """List the files that git knows, without those deleted in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(file: Path) -> str:
    """Read a file as text; a binary one as nothing."""
    try:
        return file.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_has_grown_too_long() -> None:
    too_long = {}
    for file in committed_files():
        if file.suffix in (".py", ".html", ".css", ".js") and "migrations" not in file.parts:
            lines = len(file.read_text().splitlines())
            is_test = file.is_relative_to(ROOT / "tests")
            if lines > (LINES_OF_TEST if is_test else LINES_OF_SOURCE):
                too_long[str(file.relative_to(ROOT))] = lines

    assert too_long == {}


def test_decisions_have_unique_numbers() -> None:
    numbers = Counter(file.name[:4] for file in (ROOT / "docs" / "adr").glob("*.md"))

    assert numbers
    assert [number for number, times in numbers.items() if times > 1] == []
    assert all(number.isdigit() for number in numbers)


def test_no_committed_file_names_a_registry_or_a_place_on_one_machine() -> None:
    named = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in committed_files()
        for word in (*REGISTRY_HOSTS, *MACHINE_PATHS)
        if word in text_of(file)
    ]

    assert named == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "common", "helpers", "core", "misc"}

    found = [
        str(file.relative_to(ROOT))
        for file in committed_files()
        if file.suffix == ".py" and drawers & {file.stem, *file.relative_to(ROOT).parts}
    ]

    assert found == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{file.relative_to(ROOT)}: {target}"
        for file in committed_files()
        if file.suffix == ".md"
        for target in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", file.read_text())
        if not (file.parent / target).exists()
    ]

    assert broken == []
