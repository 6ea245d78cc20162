"""``innpass plan_week PERSON --week 2026-W34``: the best week there is, and why it is short."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from innpass.casework.organisations.choosing import Refused, choose_municipality, eyes
from innpass.casework.participants.services import note_reading
from innpass.casework.programme.naming import find_person
from innpass.casework.timetable.judging import Meter, judge, meter
from innpass.casework.timetable.models import ProposedWeek
from innpass.casework.timetable.problems import assemble
from innpass.casework.timetable.proposing import propose_week
from innpass.casework.timetable.services import Clashing, NoWeek, slots_of, take
from innpass.casework.timetable.wording import assumed, why_no_week
from innpass.domain.access.policy import MayNot, check_may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import clock_text, hours_text
from innpass.exchange.clock import today

_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


class Command(BaseCommand):
    """Propose a participant's week; with ``--take`` put it in force."""

    help = "Foreslår en uke for én deltaker. Med --take gjelder den fra mandagen og videre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("person", help="deltakerens id eller systemnummer")
        parser.add_argument(
            "--week", default="", metavar="ÅÅÅÅ-Wuu", help="neste uke når den mangler"
        )
        parser.add_argument("--take", action="store_true", help="la uka gjelde fra mandagen")
        parser.add_argument("--only-this-week", action="store_true", help="bare denne uka")
        parser.add_argument("--municipality", default="")
        parser.add_argument("--as", dest="as_user", default="", help="med denne brukerens øyne")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; what cannot be done gets a sentence and exit code 2, and changes nothing."""
        try:
            self._run(**options)
        except (Refused, MayNot) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        except NoWeek as none:
            self.stderr.write(why_no_week(none.why))
            sys.exit(2)
        except Clashing as clash:
            self.stderr.write("\n".join(clash.sentences))
            sys.exit(2)

    def _run(
        self,
        *,
        person: str,
        week: str,
        take: bool,
        only_this_week: bool,
        municipality: str,
        as_user: str,
        **_: Any,
    ) -> None:
        if only_this_week and not take:
            raise Refused(
                "--only-this-week sier hvor lenge uka gjelder. Bruk den sammen med --take."
            )
        asked = _week(week)
        tenant = choose_municipality(municipality)
        with scope(municipality=tenant):
            actor = eyes(as_user, tenant, action="plan_week")
            check_may_read(actor, "timetable.week")
            found = find_person(person, actor)
            note_reading(participant=found, page="timetable", by=actor)
            proposed = propose_week(participant=found, week=asked, by=actor)
            self.stdout.write(f"{found.name}, uke {asked.number} i {asked.year}")
            self.stdout.write("\n".join(_lines(proposed, asked)))
            if take:
                self._take(proposed, only_this_week=only_this_week, by=actor)

    def _take(self, proposed: ProposedWeek, *, only_this_week: bool, by: Actor) -> None:
        if not proposed.blocks:
            raise Refused("Det er ingen økter i uka, så den er ikke tatt i bruk.")
        take([proposed], only_this_week=only_this_week, by=by)
        self.stdout.write(
            "Timeplanen gjelder denne uka."
            if only_this_week
            else "Timeplanen gjelder fra mandagen."
        )


def _week(text: str) -> IsoWeek:
    if not text:
        return IsoWeek.of(today()).next()
    try:
        return IsoWeek.parse(text)
    except ValueError:
        raise Refused(f"«{text}» er ingen uke. Skriv den som 2026-W34.") from None


def _lines(proposed: ProposedWeek, week: IsoWeek) -> Iterable[str]:
    told, pk = proposed.told, proposed.participant_id
    if proposed.blocks is None:
        yield "Ingen uke er mulig. Dette lar seg ikke oppfylle:"
        yield from (f"  {sentence}" for sentence in told["clash"])
        return
    assembled = assemble([pk], week=week)
    plan = slots_of(proposed)
    yield from _week_lines(meter(assembled, pk, plan))
    yield from (f"  {sentence}" for sentence in judge(assembled, pk, plan).short)
    yield from (f"    {sentence}" for sentence in told.get("why_short", ()))
    yield from (f"  Regnet med: {assumed(code)}" for code in told["assumed"])


def _week_lines(measured: Meter) -> Iterable[str]:
    for each in measured.counted:
        block = each.block
        yield (
            f"  {_DAYS[block.day]} {clock_text(block.start)}–{clock_text(block.end)}  {each.name}, "
            f"{hours_text(each.minutes)}{', arbeidsrettet' if each.is_work_oriented else ''}"
        )
    yield (
        f"  I alt {hours_text(measured.total)} av {hours_text(measured.full_time)}, arbeidsrettet "
        f"{hours_text(measured.total_work_oriented)} av {hours_text(measured.work_oriented)}."
    )
