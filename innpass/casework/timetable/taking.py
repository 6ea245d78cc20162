"""Taking many weeks of a proposal at once: each whole or not at all, and told why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from innpass.casework.organisations.models import Municipality
from innpass.casework.timetable.judging import judge
from innpass.casework.timetable.models import ProposedWeek, Timetable
from innpass.casework.timetable.problems import assemble
from innpass.casework.timetable.seeing import as_seen_by
from innpass.casework.timetable.services import slots_of, take
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek

OUTDATED = "Noen har satt en annen timeplan i kraft etter at forslaget ble laget."
NO_WEEK = "Deltakeren har ikke lenger noen uke å planlegge."
IMPOSSIBLE = "Planleggeren fant ingen uke som går opp."
EMPTY = "Forslaget er en tom uke, så det er ingenting å sette i kraft."


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking some weeks.

    Attributes:
        made: the timetables, by person.
        left: those left out, each with the sentences why.
    """

    made: Mapping[UUID, Timetable]
    left: Mapping[UUID, tuple[str, ...]]


def obstacles(weeks: Collection[ProposedWeek], *, actor: Actor) -> dict[UUID, tuple[str, ...]]:
    """Say who of a proposal cannot get the week any more, and why; whatever the others do.

    A fixed number of queries.
    """
    if not weeks:
        return {}
    proposal = next(iter(weeks)).proposal
    people = {each.participant_id for each in weeks}
    week, planned = IsoWeek.of(proposal.first_monday), [slots_of(each) for each in weeks]
    assembled = as_seen_by(assemble(people, week=week, planned=planned), actor)
    found: dict[UUID, tuple[str, ...]] = {}
    for each in weeks:
        pk = each.participant_id
        now = assembled.now.get(pk)
        if pk in assembled.left_out:
            found[pk] = (NO_WEEK,)
        elif each.blocks is None:
            found[pk] = (IMPOSSIBLE,)
        elif not each.blocks:
            found[pk] = (EMPTY,)
        elif (now.timetable if now else None) != each.before_id:
            found[pk] = (OUTDATED,)
        else:
            broken = judge(assembled, pk, slots_of(each), is_alone=True).broken
            if broken:
                found[pk] = broken
    return found


@transaction.atomic
def take_what_can_be_had(
    weeks: Collection[ProposedWeek], *, only_this_week: bool = False, by: Actor
) -> Taken:
    """Put in force what can be, each person's week whole; leave out who cannot get theirs.

    Raises:
        MayNot: timetables are not theirs to write.
        Clashing: together they have too many somewhere, since others took seats. Nothing is taken.
    """
    check_may_write(by, "timetable.week")
    Municipality.objects.select_for_update().get(pk=by.municipality_id)
    waiting = [each for each in weeks if each.taken_id is None]
    left = obstacles(waiting, actor=by)
    ready = [each for each in waiting if each.participant_id not in left]
    made = take(ready, only_this_week=only_this_week, by=by) if ready else {}
    return Taken(made, left)
