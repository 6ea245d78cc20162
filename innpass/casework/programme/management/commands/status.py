"""``innpass status --on DATE [--person ID]``: the law's stored answer for everybody, or for one.

The sentences that explain one person's week are made from the same facts as were stored.
"""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from innpass.casework.organisations.choosing import Refused, choose_municipality, eyes
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.programme.naming import find_person
from innpass.casework.programme.queries import facts_of, stored_week
from innpass.casework.programme.readings import law_here
from innpass.domain.access.policy import MayNot, check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.hours import assess_week, project
from innpass.domain.law.sentences import hours_text, render
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today

VERDICTS = {
    "met": "oppfylt",
    "below": "under kravet",
    "not_yet": "gjelder ikke ennå",
    "excluded": "permisjon",
    "no_requirement": "ingen krav",
    "unknown": "mangler opplysninger",
}


class Command(BaseCommand):
    """Print the statutory status of the week a day falls in."""

    help = "Viser om lovens timekrav er oppfylt i uken en dato faller i."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--on", default="", metavar="ÅÅÅÅ-MM-DD", help="i dag når den mangler")
        parser.add_argument("--person", default="", help="deltakerens id eller systemnummer")
        parser.add_argument("--municipality", default="")
        parser.add_argument("--as", dest="as_user", default="", help="med denne brukerens øyne")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; an unknown person or a date that is none gets a sentence and exit code 2."""
        try:
            self._run(**options)
        except (Refused, MayNot) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def _run(self, *, on: str, person: str, municipality: str, as_user: str, **_: Any) -> None:
        try:
            day = date.fromisoformat(on) if on else today()
        except ValueError:
            raise Refused(f"«{on}» er ingen dato. Skriv den som ÅÅÅÅ-MM-DD.") from None
        tenant = choose_municipality(municipality)
        with scope(municipality=tenant):
            actor = eyes(as_user, tenant, action="status")
            check_may_read(actor, "status.verdict")
            if person:
                self._explain(find_person(person, actor), actor, day)
            else:
                self._list(actor, day)

    def _list(self, actor: Actor, day: date) -> None:
        people = list(visible_participants(actor).order_by("name", "pk"))
        week = IsoWeek.of(day)
        stored = stored_week([person.pk for person in people], week)
        self.stdout.write(f"Uke {week.number}, {week.year}")
        for person in people:
            if not (now := stored.get(person.pk)):
                continue  # outside the programme
            average = "" if now.average is None else f"snitt {hours_text(now.average)}"
            self.stdout.write(
                f"{person.pk}  {person.name:<32} {VERDICTS[now.verdict]:<20} "
                f"{hours_text(now.hours):>8}  {average}"
            )

    def _explain(self, person: Participant, actor: Actor, day: date) -> None:
        week = IsoWeek.of(day)
        now = stored_week([person.pk], week).get(person.pk)
        write = self.stdout.write
        write(f"{person.name}, uke {week.number} i {week.year}")
        if now is None:
            write("Uken ligger utenfor programmet. Loven sier ingenting om den.")
            return
        facts, law = facts_of([person.pk])[person.pk], law_here()
        answer = assess_week(facts, week, on=today(), law=law)
        is_planned = week.monday > today()
        write(f"Status: {VERDICTS[now.verdict]}{' (planlagt)' if is_planned else ''}")
        write(f"Arbeidsrettet denne uken: {hours_text(now.hours)}")
        if now.average is not None and answer and answer.minimum is not None:
            write(f"Snitt {hours_text(now.average)}, kravet er {hours_text(answer.minimum)}")
        if not answer or not may_read(actor, "status.explanation"):
            return
        write(answer.sentence())
        if answer.source:
            write(f"Kilde: {answer.source.paragraph} ({answer.source.in_force_by})")
        for reason in project(facts, on=day, law=law).reasons:
            write(render(reason))
