"""``innpass load_demo``: the sample municipality, through the real importer. Runs once."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.imports.services import HandedOver, receive_files
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import add_user, employ, make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.programme.standings import judge_everyone
from innpass.casework.reconciliation.services import apply_import
from innpass.demo.agreements import write_cases
from innpass.demo.arrivals import arrivals
from innpass.demo.attendance import note_attendance
from innpass.demo.courses import write_courses
from innpass.demo.doors import write_doors
from innpass.demo.employers import write_map
from innpass.demo.follow_up import write_following
from innpass.demo.intake import write_terms
from innpass.demo.later import agree_plans, later_lists, settle_one
from innpass.demo.matching import choose_some, write_profiles
from innpass.demo.outreach import write_outreach
from innpass.demo.personas import STAFF
from innpass.demo.timetables import make_timetables
from innpass.exchange.clock import today

NAME = "Fjordvik kommune"
FOLDER = Path(__file__).resolve().parents[2] / "municipality_a" / "messy"
FIRST_DAY = date(2023, 1, 1)


class Command(BaseCommand):
    """Load the demo."""

    help = "Laster den oppdiktede kommunen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; a second run changes nothing."""
        municipality = Municipality.objects.filter(name=NAME).first()
        if municipality is None:
            municipality = make_staffed_municipality()
        with scope(municipality=municipality):
            if Participant.objects.exists():
                return
            self.stdout.write("Leser de fire regnearkene …")
            by = operator(municipality)
            files = [
                HandedOver(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.xlsx"))
            ]
            batch = receive_files(files=files, municipality=municipality, by=by, on=today())
            preview = apply_import(batch=batch, by=by)
            protect_somebody(municipality)
            take_in_later_lists(municipality)
            decide_courses(municipality)
            write_map(municipality, on=today())
            ask_employers()
            place_some()
            follow_up()
            let_employers_in()
            match_some(municipality)
            judge_everyone(municipality=municipality, on=today())
        self.stdout.write(
            f"{NAME}: {preview['totals']['new']} oppdiktede deltakere, "
            f"{preview['totals']['questions']} spørsmål."
        )


@transaction.atomic
def make_staffed_municipality() -> Municipality:
    """Make the municipality and its staff, who sign in by a click and have no password."""
    municipality = make_municipality(name=NAME, by=None)
    for person in STAFF:
        user = add_user(
            username=person.username,
            full_name=person.name,
            password="",
            by=None,
            phone=person.phone,
            email=person.email,
        )
        employ(
            user=user,
            municipality=municipality,
            role=person.role,
            first_day=FIRST_DAY,
            body=person.body,
            by=None,
        )
    return municipality


def take_in_later_lists(municipality: Municipality) -> None:
    """Import what came after the four sheets, and let the programme adviser go on from there."""
    by = operator(municipality)
    files = [*later_lists(on=today()), arrivals(on=today())]
    batch = receive_files(files=files, municipality=municipality, by=by, on=today())
    apply_import(batch=batch, by=by)
    found = actor_for(User.objects.get(username="kari"), on=today())
    if found is not None:
        settle_one(found[0])
        agree_plans(on=today(), by=found[0])
        make_timetables(municipality=municipality, on=today(), by=found[0])
        note_attendance(municipality=municipality, on=today())
    teacher = actor_for(User.objects.get(username="liv"), on=today())
    if found is not None and teacher is not None:
        write_terms(on=today(), by=found[0], teacher=teacher[0])


def decide_courses(municipality: Municipality) -> None:
    """Let the teacher have edited a course model, and put people on one."""
    found = actor_for(User.objects.get(username="liv"), on=today())
    if found is not None:
        write_courses(municipality, on=today(), by=found[0])


def ask_employers() -> None:
    """Let the coordinator have asked employers for places, and the staff have talked with them."""
    found = actor_for(User.objects.get(username="per"), on=today())
    if found is not None:
        write_outreach(on=today(), by=found[0])


def protect_somebody(municipality: Municipality) -> None:
    """Give one person a protected address, named to the programme adviser alone."""
    adviser = User.objects.get(username="kari")
    found = actor_for(adviser, on=today())
    participant = (
        Participant.objects.filter(enrolment__actual_last_day=None).order_by("name", "pk").first()
    )
    if found is None or participant is None:
        raise CommandError("The demo's files or staff are not what they were.")
    set_protection(
        participant=participant,
        named=[adviser],
        reason="Oppdiktet eksempel: vedtak fra politiet om fortrolig adresse.",
        by=found[0],
    )


def follow_up() -> None:
    """Let the practice supervisor and the teacher have followed some of those at a workplace."""
    found = actor_for(User.objects.get(username="ingrid"), on=today())
    teacher = actor_for(User.objects.get(username="liv"), on=today())
    if found is not None and teacher is not None:
        write_following(on=today(), by=found[0], teacher=teacher[0])


def match_some(municipality: Municipality) -> None:
    """Write what participants want to work with, and let the supervisor choose some places."""
    write_profiles(municipality, on=today())
    found = actor_for(User.objects.get(username="ingrid"), on=today())
    if found is not None:
        choose_some(on=today(), by=found[0])


def place_some() -> None:
    """Let the practice supervisor have cases at every state, from proposed to ended."""
    found = actor_for(User.objects.get(username="ingrid"), on=today())
    if found is not None:
        write_cases(on=today(), by=found[0])


def let_employers_in() -> None:
    """Let employers have links to their page, and Nav's schemes be spoken of."""
    by = actor_for(User.objects.get(username="ingrid"), on=today())
    nav = actor_for(User.objects.get(username="odd"), on=today())
    if by is not None and nav is not None:
        write_doors(on=today(), by=by[0], nav=nav[0])
