"""``innpass export participants --format json|xlsx --out FILE``."""

import json
import os
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.exports.services import note_taken_out
from innpass.casework.exports.workbook import overview_workbook
from innpass.casework.organisations.choosing import Refused, choose_municipality, eyes
from innpass.casework.results.queries import as_json as results_json
from innpass.domain.access.policy import MayNot, check_may_export
from innpass.exchange.clock import today

_CANNOT = "Kan ikke skrive til {}. Velg et annet sted med --out."


class Command(BaseCommand):
    """Export participants."""

    help = "Skriver deltakerne til en fil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("what", choices=["participants"])
        parser.add_argument(
            "--format", dest="file_format", choices=["json", "xlsx"], default="json"
        )
        parser.add_argument("--on", default="", metavar="ÅÅÅÅ-MM-DD")
        parser.add_argument("--out", required=True, metavar="FIL")
        parser.add_argument("--municipality", default="")
        parser.add_argument("--as", dest="as_user", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; wrong usage gets a sentence and exit code 2."""
        try:
            self._run(**options)
        except (Refused, MayNot) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def _run(
        self, *, file_format: str, on: str, out: str, municipality: str, as_user: str, **_: Any
    ) -> None:
        try:
            day = date.fromisoformat(on) if on else today()
        except ValueError:
            raise Refused(f"«{on}» er ingen dato. Skriv den som ÅÅÅÅ-MM-DD.") from None
        target = _target(out)
        tenant = choose_municipality(municipality)
        with scope(municipality=tenant):
            actor = eyes(as_user, tenant, action="export_participants")
            check_may_export(actor)
            if file_format == "json":
                value = canonical(actor=actor, results=results_json(actor=actor, on=day))
                content = json.dumps(value, ensure_ascii=False, indent=1).encode()
                people = [UUID(each["id"]) for each in value["participants"]]
            else:
                content, people = overview_workbook(actor=actor, on=day)
            try:
                _write(target, content)
            except OSError:
                raise Refused(_CANNOT.format(target)) from None
            note_taken_out(people, by=actor, form="JSON" if file_format == "json" else "Excel")
        self.stdout.write(f"{len(people)} deltakere er skrevet til {target}.")


def _target(out: str) -> Path:
    """Return where to write; refuse before anything is read where that cannot work."""
    target = Path(out)
    try:
        if not target.parent.is_dir():
            raise Refused(f"Mappen {target.parent} finnes ikke.")
        if target.is_dir():
            raise Refused(f"{target} er en mappe. Skriv navnet på en fil etter --out.")
    except OSError:
        raise Refused(_CANNOT.format(target)) from None
    return target


def _write(target: Path, content: bytes) -> None:
    """Write a file that only its owner may read: it is full of persons."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        target.chmod(0o600)  # it may have been there before
        file.write(content)
