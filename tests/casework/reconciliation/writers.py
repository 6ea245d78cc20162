"""One of several who write at once: ``python -m …writers NUMBER EDITS`` on a database of its own.

Not a test itself: ``test_writing_at_once`` starts several and looks at what they left.
"""

import random
import sys
from collections import Counter

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


if __name__ == "__main__":
    django.setup()
    print(dict(write(int(sys.argv[1]), int(sys.argv[2]))))
