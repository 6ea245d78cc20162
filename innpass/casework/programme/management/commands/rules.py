"""``innpass rules [--on DATE]``: the register of the law, or the texts that bind on a day."""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from innpass.casework.organisations.choosing import Refused, choose_municipality
from innpass.casework.programme.readings import law_here
from innpass.domain.law.document import document, lines_on
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.sheets.dates import read_date


class Command(BaseCommand):
    """Print the register; it tells of nobody, so anybody who may run commands may read it."""

    help = "Skriver ut regelverket: tekster, tall og fortolkninger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--on", default="", metavar="DATO", help="bare tekstene som gjelder den dagen"
        )
        parser.add_argument(
            "--municipality", default="", help="slik denne kommunen leser dem; ellers som levert"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; what is no date and an unknown municipality get a sentence and exit code 2."""
        try:
            self._run(on=options["on"], municipality=options["municipality"])
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def _run(self, *, on: str, municipality: str) -> None:
        day = _day(on) if on else None
        law = _law(municipality) if municipality else THE_LAW
        if day is None:
            self.stdout.write(document(law))
            return
        for line in lines_on(day, law):
            self.stdout.write(line)


def _day(typed: str) -> date:
    found = read_date(typed)
    if not found or not isinstance(found.value, date):
        raise Refused(f"«{typed}» er ingen dato. Skriv den som 2026-06-30 eller 30.06.2026.")
    return found.value


def _law(name: str) -> Law:
    with scope(municipality=choose_municipality(name)):
        return law_here()
