"""Several who write at once: ``python -m …writers WRITERS EDITS`` on an empty database of its own.

Not a test itself: ``test_writing_at_once`` starts it, and judges what it prints: how often each
outcome came, and how many edits are kept. The writers are forked from one process that has Django
ready: starting Django for each takes longer than what they write.
"""

import random
import sys
from collections import Counter
from multiprocessing import get_context
from uuid import UUID

import django

FIELDS = ("programme.supervisor", "teacher", "next_step", "programme.class_name")


def write(number: int, edits: int) -> Counter[str]:
    """Enter values as somebody does who looks at a cell, types, and saves; returns the outcomes.

    Where somebody else was first, look again and save over it, knowingly.
    """
    from django_scopes import scope, scopes_disabled

    from innpass.casework.imports.models import Way
    from innpass.casework.organisations.models import Municipality
    from innpass.casework.organisations.queries import operator
    from innpass.casework.participants.models import Participant
    from innpass.casework.reconciliation.cards import stored_cards, value_of
    from innpass.casework.reconciliation.entering import Wanted, enter_values, stamp

    choose = random.Random(number)
    told: Counter[str] = Counter()
    with scopes_disabled():
        municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        people = list(Participant.objects.order_by("name"))
        for turn in range(edits):
            person, field = choose.choice(people), choose.choice(FIELDS)
            while True:
                seen = stamp(value_of(stored_cards([person])[person.pk], field))
                (outcome,) = enter_values(
                    [Wanted(person.pk, field, f"Skriver {'abcdefgh'[number]} {turn}", seen)],
                    municipality_id=municipality.pk,
                    by=operator(municipality),
                    way=Way.CELL,
                )
                told[outcome.code] += 1
                if outcome.code == "saved":
                    break
    return told


def seed() -> None:
    """Make the database, with a municipality and its three people."""
    from django.core.management import call_command
    from django_scopes import scope

    from innpass.casework.organisations.services import make_municipality
    from tests.casework.reconciliation import importing, little

    call_command("migrate", verbosity=0)
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        importing.take_in(made, {"a.xlsx": little.refugee(), "skole.xlsx": little.learning()})


def look() -> int:
    """Count the edits, each of which must have known the one before; the last of each stands."""
    from django_scopes import scopes_disabled

    from innpass.casework.imports.models import CellEdit
    from innpass.casework.participants.models import Participant
    from innpass.casework.reconciliation.cards import stored_cards, value_of

    last: dict[tuple[UUID, str], object] = {}
    with scopes_disabled():
        cards = stored_cards(list(Participant.objects.all()))
        edits = CellEdit.objects.select_related("row__link").order_by("said_at", "pk")
        for edit in edits:
            cell = (edit.row.link.participant_id, edit.field)
            if cell in last:
                assert edit.before == last[cell], ("overwritten unseen", edit.before, last[cell])
            last[cell] = edit.value
        for (pk, field), value in last.items():
            assert value_of(cards[pk], field) == value, (field, value)
        return len(edits)


if __name__ == "__main__":
    django.setup()
    from django.db import connections

    seed()
    connections.close_all()  # each process opens its own
    writers, edits = int(sys.argv[1]), int(sys.argv[2])
    with get_context("fork").Pool(writers) as pool:
        told = pool.starmap(write, [(number, edits) for number in range(writers)], chunksize=1)
    print((dict(sum(told, Counter())), look()))
