"""``innpass rotate_keys [--new-key]``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from innpass.casework.sealing.keys import key_file
from innpass.casework.sealing.services import (
    Resealed,
    keys_problem,
    reseal_all,
    tables_are_there,
)
from innpass.exchange.sealing.keyring import KeyFileProblem, add_data_key


class Command(BaseCommand):
    """Seal everything with the current data key, after making a new one if asked to."""

    help = (
        "Forsegler alt på nytt med gjeldende datanøkkel. Kan avbrytes og kjøres igjen, også mens "
        "andre arbeider. Søkenøkkelen byttes ikke."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one switch."""
        parser.add_argument(
            "--new-key", action="store_true", help="legg først en ny datanøkkel i nøkkelfilen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, and say what was done and what was not."""
        if not tables_are_there():
            raise CommandError(
                "Databasen svarer ikke, eller den mangler tabellene. Sjekk INNPASS_DATABASE_URL, "
                "og kjør «innpass migrate» hvis den er ny."
            )
        if problem := keys_problem():
            raise CommandError(problem)
        if options["new_key"]:
            try:
                key_id = add_data_key(key_file())
            except KeyFileProblem as trouble:
                raise CommandError(str(trouble)) from None
            self.stdout.write(
                f"Ny datanøkkel {key_id} er lagt i nøkkelfilen. Ta en ny kopi av filen nå."
            )
        fields = reseal_all(report=self._show_progress)
        for counts in fields:
            self.stdout.write(f"{counts.name}: {counts.resealed} forseglet på nytt")
        self.stdout.write(
            "Søkenøkkelen er den samme som før. De gamle datanøklene står i filen fortsatt: "
            "sikkerhetskopier fra før i dag trenger dem."
        )
        self._tell_what_is_left(fields)

    def _show_progress(self, counts: Resealed) -> None:
        if sys.stderr.isatty():
            done = counts.resealed + counts.changed_meanwhile + counts.unreadable
            self.stderr.write(f"\r{counts.name}: {done} av {counts.total}", ending="")
            if done >= counts.total:
                self.stderr.write("")

    def _tell_what_is_left(self, fields: list[Resealed]) -> None:
        changed = sum(counts.changed_meanwhile for counts in fields)
        if changed:
            self.stdout.write(
                f"{changed} ble endret av andre imens. Kjør kommandoen én gang til for å være "
                "sikker på at de også har ny nøkkel."
            )
        unreadable = [counts for counts in fields if counts.unreadable]
        if unreadable:
            named = ", ".join(f"{counts.name}: {counts.unreadable}" for counts in unreadable)
            raise CommandError(
                f"Noen verdier kunne ikke åpnes og står som før ({named}). Nøkkelen deres mangler "
                "i nøkkelfilen, eller de er endret utenfor Innpass. Hent nøkkelen fra en eldre "
                "kopi av filen, eller verdiene fra sikkerhetskopien."
            )
