"""What the matching goes by here, from a day on: how long a way to a workplace may be."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.matching.models import MatchRules
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Rules

LEAST_TRAVEL, MOST_TRAVEL = 5, 240  # minutes each way


def rules_on(on: date) -> Rules:
    """Return what a match that begins on a day goes by; ours where nobody said. One query."""
    rows = MatchRules.objects.filter(first_day__lte=on).order_by("-first_day")
    longest = rows.values_list("longest_travel", flat=True).first()
    return Rules() if longest is None else Rules(longest_travel=longest)


def rules_through_time() -> list[MatchRules]:
    """Return what the matching went by, the latest first. One query."""
    return list(MatchRules.objects.order_by("-first_day"))


@transaction.atomic
def set_rules(*, longest_travel: int, first_day: date, by: Actor) -> None:
    """Say from which day on a way may be how long; what was said for that day is replaced.

    Args:
        longest_travel: minutes each way, included.

    Raises:
        MayNot: it is not theirs to say.
        CannotKeep: no way can be meant to be so short, or so long.
    """
    check_may(by, Act.KEEP_WORKPLACES)
    municipality = one_at_a_time(by)
    if not LEAST_TRAVEL <= longest_travel <= MOST_TRAVEL:
        words = {"least": LEAST_TRAVEL, "most": MOST_TRAVEL}
        text = _("Skriv fra %(least)s til %(most)s minutter.") % words
        raise CannotKeep([Fault("longest_travel", text)])
    there = MatchRules.objects.filter(first_day=first_day).first()
    was = there.longest_travel if there else None
    if there is None:
        there = MatchRules(municipality=municipality, first_day=first_day)
    there.longest_travel, there.set_by_id = longest_travel, by.user_id
    there.save()
    note(
        by,
        action="set_match_rules",
        kind="match_rules",
        subject=there.pk,
        changes={
            "longest_travel": [was, longest_travel],
            "first_day": [None, first_day.isoformat()],
        },
    )
