"""``innpass explain PERSON --on DATE``: the law of one person, as the page says it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from innpass.casework.organisations.choosing import Refused, choose_municipality, eyes
from innpass.casework.participants.services import note_reading
from innpass.casework.programme.explained import Explained, in_words
from innpass.casework.programme.explaining import explain
from innpass.casework.programme.naming import find_person
from innpass.domain.access.policy import MayNot, check_may_read, readable
from innpass.domain.law.sentences import day_text
from innpass.domain.law.words import areas
from innpass.exchange.clock import today


class Command(BaseCommand):
    """Print which texts of the law bind a person, what was counted and how it stands."""

    help = "Forklarer loven for én deltaker på en dag: hvilken tekst som gjelder, og hvorfor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("person", help="deltakerens id eller systemnummer")
        parser.add_argument("--on", default="", metavar="ÅÅÅÅ-MM-DD", help="i dag når den mangler")
        parser.add_argument("--municipality", default="")
        parser.add_argument("--as", dest="as_user", default="", help="med denne brukerens øyne")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; an unknown person or a date that is none gets a sentence and exit code 2."""
        try:
            self._run(**options)
        except (Refused, MayNot) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def _run(self, *, person: str, on: str, municipality: str, as_user: str, **_: Any) -> None:
        try:
            day = date.fromisoformat(on) if on else today()
        except ValueError:
            raise Refused(f"«{on}» er ingen dato. Skriv den som ÅÅÅÅ-MM-DD.") from None
        tenant = choose_municipality(municipality)
        with scope(municipality=tenant):
            actor = eyes(as_user, tenant, action="explain")
            check_may_read(actor, "status.verdict")
            found = find_person(person, actor)
            note_reading(participant=found, page="rules", by=actor)
            answers, law = explain(found, on=day, may=readable(actor))
            told = {answer.topic: in_words(answer, law) for answer in answers}
        self.stdout.write(f"{found.name} per {day_text(day)}, regnet ut fra det som er ført nå.")
        if not told:
            self.stdout.write("Ingen har ført at deltakeren er i programmet.")
        for area in areas():
            for topic in area.topics:
                if topic in told:
                    self.stdout.write("\n".join(("", *lines_of(told[topic]))))


def lines_of(said: Explained) -> Iterable[str]:
    """Write an answer as lines of text."""
    yield f"{said.title}: {said.stands}"
    yield from (f"  {sentence}" for sentence in said.reasons)
    if said.due:
        yield f"  {said.due_words}: {day_text(said.due)}"
    if said.done:
        yield f"  Gjort: {day_text(said.done)}"
    yield from (f"  {amount}" for amount in said.amounts)
    yield from (f"  Regnet med: {sentence}" for sentence in said.counted)
    yield from (f"  Ikke regnet med: {sentence}" for sentence in said.left_out)
    if said.missing:
        yield f"  Mangler: {', '.join(said.missing)}"
    if said.says and said.applies:
        yield f"  Loven: {said.says}"
    if said.source:
        yield f"  Kilde: {said.source} ({said.in_force_by})"
    if said.binds_because:
        yield f"  Hvorfor denne teksten: {said.binds_because}"
    for question, answer in said.readings:
        yield f"  Slik leser kommunen loven: {question} {answer}"
