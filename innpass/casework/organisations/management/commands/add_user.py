"""``innpass add_user USERNAME --name NAME --role ROLE``: somebody who signs in, and their role."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.organisations.choosing import Refused, choose_municipality
from innpass.casework.organisations.models import Membership, Municipality, OrganisationKind
from innpass.casework.organisations.services import add_user, employ, set_reach
from innpass.domain.access.roles import ROLE_NAMES, Role
from innpass.exchange.clock import today


class Command(BaseCommand):
    """Add a user; give one more role, or set the phone and e-mail at work."""

    help = "Lager en bruker og gir den en rolle. Finnes brukeren, får den rollen i tillegg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("username", metavar="BRUKERNAVN")
        parser.add_argument("--name", default="", help="fullt navn")
        parser.add_argument("--phone", default="", help="telefon på jobben; arbeidsgivere ser den")
        parser.add_argument("--email", default="", help="e-post på jobben; arbeidsgivere ser den")
        parser.add_argument(
            "--role",
            required=True,
            choices=[role.value for role in Role],
            help=", ".join(f"{role.value}: {ROLE_NAMES[role]}" for role in Role),
        )
        parser.add_argument("--body", choices=OrganisationKind.values, default="")
        parser.add_argument("--municipality", default="")
        parser.add_argument(
            "--password-from-stdin", action="store_true", help="les passordet fra standard inn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; what cannot be done gets a sentence and exit code 2."""
        try:
            self._run(**options)
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def _run(
        self,
        *,
        username: str,
        name: str,
        phone: str,
        email: str,
        role: str,
        body: str,
        municipality: str,
        password_from_stdin: bool,
        **_: Any,
    ) -> None:
        user = User.objects.filter(username=username).first()
        tenant = choose_municipality(municipality, make=True)
        password = "" if user else self._password(password_from_stdin, username, name)
        with transaction.atomic():
            if user is None:
                user = add_user(
                    username=username,
                    full_name=name,
                    password=password,
                    by=None,
                    phone=phone,
                    email=email,
                )
            elif phone or email:
                set_reach(user, phone=phone, email=email, by=None)
            self._employ(user, tenant, role, body)
        self.stdout.write(f"{user} er {ROLE_NAMES[Role(role)]} i {tenant}.")

    def _employ(self, user: User, tenant: Municipality, role: str, body: str) -> None:
        with scope(municipality=tenant):
            if Membership.objects.filter(user=user, role=role, last_day=None).exists():
                return  # only the phone or the e-mail was to be set
        employ(
            user=user,
            municipality=tenant,
            role=Role(role),
            first_day=today(),
            body=OrganisationKind(body) if body else None,
            by=None,
        )

    def _password(self, from_stdin: bool, username: str, name: str) -> str:
        if from_stdin:
            password = sys.stdin.readline().rstrip("\n")
        else:
            password = getpass("Passord: ")
            if getpass("Passordet en gang til: ") != password:
                raise Refused("Passordene er ikke like. Ingenting er lagret.")
        try:
            validate_password(password, User(username=username, full_name=name))
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from problem
        return password
