"""Fetch style sheets, fonts and icons: innpass assets."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from innpass.web.design import assets


class Command(BaseCommand):
    """Bring static/vendor in line with package-lock.json; quick when it already is."""

    help = "Fetch style sheets, fonts and icons by lock file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --force."""
        parser.add_argument("--force", action="store_true", help="also when up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Install and build what is not current."""
        try:
            if options["force"] or not assets.is_installed():
                assets.install()
            if options["force"] or not assets.is_built():
                assets.build()
                self.stdout.write("Style sheets, fonts and icons are in place.")
        except assets.AssetsMissing as error:
            raise CommandError(str(error)) from error
