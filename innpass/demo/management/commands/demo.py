"""Show Innpass with an invented municipality: innpass demo --port 8000."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from innpass.demo import run


class Command(BaseCommand):
    """Prepare what is missing, then run worker and server until Ctrl-C."""

    help = "Run the demo on this machine."
    requires_system_checks: list[str] = []  # they miss what this command makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until asked to stop."""
        port: int = options["port"]
        if not 0 < port < 65536:
            sys.exit(f"{port} er ikke et portnummer (1-65535).")
        if not run.is_free(port):
            sys.exit(
                f"Port {port} er opptatt av et annet program. "
                f"Velg en annen: make demo PORT={port + 1}  (port {port} is taken)"
            )
        try:
            run.prepare()
            for address in run.serve(port=port):
                self.stdout.write(f"\nInnpass er klar: {address}\nStopp med Ctrl-C.")
        except run.DemoStopped as error:
            sys.exit(str(error))
