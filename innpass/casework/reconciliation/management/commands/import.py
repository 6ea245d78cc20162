"""``innpass import FILE|FOLDER…``: read workbooks, link their rows to people, apply."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope
from tqdm import tqdm

from innpass.casework.imports.services import HandedOver, TooLate, receive_files
from innpass.casework.organisations.choosing import Refused, choose_municipality, eyes
from innpass.casework.reconciliation.queries import visible_preview
from innpass.casework.reconciliation.services import apply_import, try_files
from innpass.domain.access.policy import MayNot, check_may_import
from innpass.domain.sheets.records import Owner
from innpass.exchange.clock import today

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}
ALL_READ, OUR_FAULT, NONE_READ, SOME_NOT_READ = 0, 1, 2, 3
MOST_BYTES = 20 * 1024 * 1024


class Command(BaseCommand):
    """Import workbooks."""

    help = "Leser regneark og kobler radene til deltakere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("paths", nargs="+", metavar="FIL|MAPPE")
        parser.add_argument("--dry-run", action="store_true", help="vis hva som ville skje")
        parser.add_argument("--municipality", default="", help="kommunens navn")
        parser.add_argument(
            "--body",
            choices=[owner.value for owner in Owner],
            default="",
            help="hvem filene kommer fra, når kolonnene ikke viser det",
        )
        parser.add_argument(
            "--use-hidden",
            action="store_true",
            help="ta med verdier fra skjulte ark; ellers blir radene der bare koblet",
        )
        parser.add_argument("--as", dest="as_user", default="", help="med denne brukerens øyne")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; the exit code is 0 all read, 3 some not, 2 none or wrong usage."""
        try:
            code = self._run(**options)
        except (Refused, MayNot, TooLate) as refusal:
            self.stderr.write(str(refusal))
            code = NONE_READ
        if code:
            sys.exit(code)

    def _run(
        self,
        *,
        paths: list[str],
        dry_run: bool,
        municipality: str,
        body: str,
        use_hidden: bool,
        as_user: str,
        **_: Any,
    ) -> int:
        files, missing = self._collect(paths)
        handed = []
        for path in files:
            try:
                handed.append(HandedOver(path.name, path.read_bytes(), body, use_hidden))
            except OSError as trouble:
                missing.append(f"{path.name}: filen kan ikke åpnes ({trouble.strerror}).")
        for sentence in missing:
            self.stderr.write(sentence)
        if not handed:
            self.stderr.write("Fant ingen regneark å lese (.xlsx, .xlsm, .xls, .ods eller .csv).")
            return NONE_READ
        tenant = choose_municipality(municipality, make=True, store=not dry_run)
        with scope(municipality=tenant):
            actor = eyes(as_user, tenant)
            check_may_import(actor)
            with tqdm(total=1, file=sys.stderr, disable=None, leave=False) as bar:

                def progress(done: int, total: int, message: str) -> None:
                    bar.total = total
                    bar.n = done
                    bar.set_description(message)

                if dry_run:
                    preview = try_files(
                        files=handed,
                        municipality=tenant,
                        by=actor,
                        on=today(),
                        progress=progress,
                    )
                else:
                    batch = receive_files(files=handed, municipality=tenant, by=actor, on=today())
                    preview = apply_import(batch=batch, by=actor, progress=progress)
            totals = visible_preview(preview, actor=actor).totals
        self._report(preview, totals, dry_run=dry_run)
        unread = sum(1 for file in preview["files"] if file["problem"])
        if unread == len(preview["files"]):
            return NONE_READ
        return SOME_NOT_READ if unread or missing else ALL_READ

    def _collect(self, paths: list[str]) -> tuple[list[Path], list[str]]:
        files: list[Path] = []
        missing = []
        for name in paths:
            path = Path(name)
            if path.is_dir():
                found = sorted(
                    p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file()
                )
                files += [p for p in found if not p.name.startswith(("~$", "."))]
            elif path.is_file():
                files.append(path)
            else:
                missing.append(f"{name}: filen finnes ikke.")
        kept = []
        for path in files:
            if path.stat().st_size > MOST_BYTES:
                missing.append(f"{path.name}: filen er større enn 20 MiB og leses ikke.")
            else:
                kept.append(path)
        return kept, missing

    def _report(self, preview: dict[str, Any], totals: dict[str, int], *, dry_run: bool) -> None:
        write = self.stdout.write
        for file in preview["files"]:
            if file["problem"]:
                write(f"{file['name']}: {file['problem']}")
            elif file["is_known"]:
                write(f"{file['name']}: {file['notices'][0]}")
            else:
                write(f"{file['name']}: {file['rows']} rader lest.")
                for notice in file["notices"]:
                    write(f"  {notice}")
                for column in file["unread_columns"]:
                    write(
                        f"  Kolonnen «{column['heading']}» ({column['sheet']} {column['cell']}) "
                        "ble ikke forstått."
                    )
        would = "ville blitt" if dry_run else "ble"
        write(
            f"{totals['new']} nye deltakere {would} lagt til, "
            f"{totals['changed']} {would} endret, {totals['unchanged']} er som før."
        )
        write(f"{totals['questions']} spørsmål må besvares av et menneske.")
        if totals["unlinked"]:
            write(f"{totals['unlinked']} rader er ikke koblet til noen ennå.")
