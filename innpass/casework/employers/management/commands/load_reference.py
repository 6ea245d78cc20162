"""``innpass load-reference FILE…``: take in the statistics office's own code lists."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from innpass.casework.employers.occupations import load
from innpass.domain.occupations.lists import WrongList, read_list

_MOST_BYTES = 5 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "cp1252")  # as they come from the office, and as Excel saves them


class Refused(Exception):
    """A file cannot be read; the message says why and what to do."""


class Command(BaseCommand):
    """Load lists of occupations (STYRK-08); all the files, or none of them."""

    help = "Laster kodelister fra SSB: yrker (STYRK-08) som CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("paths", nargs="+", metavar="FIL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a wrong file gets a sentence and exit code 2, and nothing is changed."""
        try:
            count = load([_text(Path(path)) for path in options["paths"]])
        except Refused as refusal:
            self.stderr.write(f"{refusal} Ingenting er lastet.")
            sys.exit(2)
        self.stdout.write(f"Lastet {count} yrker. De erstatter lista som var der.")


def _text(path: Path) -> str:
    """Read one file and see that it is a list that we know."""
    if not path.is_file():
        raise Refused(f"Finner ikke fila {path}.")
    if path.stat().st_size > _MOST_BYTES:
        raise Refused(f"{path.name} er større enn 5 MB og kan ikke være en kodeliste.")
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            read_list(text)
        except WrongList as wrong:
            raise Refused(f"{path.name}: {wrong}") from wrong
        return text
    raise Refused(f"{path.name} er ikke en tekstfil (CSV).")
