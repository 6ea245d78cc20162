"""``innpass create_keys FILE``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from innpass.exchange.sealing.keyring import KeyFileProblem, create_key_file


class Command(BaseCommand):
    """Make the key file of a new installation."""

    help = "Lager en ny nøkkelfil som bare eieren kan lese. Overskriver aldri noe."
    requires_system_checks: list[str] = []  # it is what they would miss

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", metavar="FIL", help="hvor filen skal ligge")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the file and say what to do with it."""
        path = options["file"]
        try:
            create_key_file(path)
        except KeyFileProblem as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"Nøklene ligger i {path}. Sett INNPASS_KEYS_FILE til den, og ta en kopi som "
            "oppbevares et annet sted enn databasen: uten filen kan ingen åpne fødselsnumrene."
        )
