"""Acts on the programme: the stored status of every week, and the clocks."""

from collections.abc import Collection
from datetime import date
from operator import attrgetter
from uuid import UUID

from innpass.casework.organisations.bulk import uncollected
from innpass.casework.organisations.inserting import insert_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.reading import rows_by_owner
from innpass.casework.programme.clocks import rewrite_clocks
from innpass.casework.programme.models import StatusSpan
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.registering import note_events
from innpass.domain.law.hours import spans

_BATCH = 2000
_MANY = 5000  # more people than this are read with all others, not asked for one by one


@uncollected()
def reassess(*, participants: Collection[UUID], municipality: Municipality, on: date) -> int:
    """Recompute the stored status of every week, the clocks and what must be registered.

    Returns for how many the weeks changed. Call it in the transaction that changes their facts.
    ``on`` closes the weeks of a programme without a known end, and nothing else depends on it.
    """
    wanted = set(participants)
    facts = facts_of(wanted)
    law = law_here()
    rewrite_clocks(facts, participants=wanted, municipality=municipality, on=on, law=law)
    note_events(facts, participants=wanted, municipality=municipality, law=law)
    order = sorted(facts, key=attrgetter("int"))
    computed = spans([facts[pk] for pk in order], on=on, law=law)
    columns = ("first_monday", "last_monday", "verdict", "hours", "total_hours")
    stored = StatusSpan.objects.all()
    if len(wanted) <= _MANY:
        stored = stored.filter(participant__in=wanted)
    before = rows_by_owner(stored, columns, owner="participant_id", owners=wanted)
    changed = []
    rows = []
    for pk, person in zip(order, computed, strict=True):
        if person == sorted(before.get(pk, ())):
            continue
        changed.append(pk)
        rows += [(pk, s.first_monday, s.last_monday, s.verdict.value, *s[3:]) for s in person]
    changed += [pk for pk in wanted - set(order) if pk in before]
    for at in range(0, len(changed), _BATCH):
        StatusSpan.objects.filter(participant__in=changed[at : at + _BATCH]).delete()
    insert_values(StatusSpan, ("participant", *columns), rows, municipality=municipality)
    return len(changed)
