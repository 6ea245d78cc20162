"""A class that the intake places somebody in is entered where the class stands from then on."""

from django.db import transaction

from innpass.casework.imports.models import Way
from innpass.casework.intake.queries import Member
from innpass.casework.intake.services import place
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.rewriting import lock
from innpass.casework.timetable.models import TeachingGroup
from innpass.domain.access.roles import Actor


@transaction.atomic
def place_and_enter(
    member: Member,
    *,
    track: int | None,
    level: str,
    teaching_group: TeachingGroup | None,
    reason: str,
    seen: str | None = None,
    by: Actor,
) -> None:
    """Decide track, level and class of somebody who starts, and let class and track stand.

    They are entered as if typed in the overview, one act with a way back, so that the timetable,
    the results and the sheets taken out say the same. A class that is taken away again leaves what
    was entered: where somebody goes instead is said where the class stands.

    Raises:
        MayNot, Refused: as ``intake.services.place``.
    """
    lock(by.municipality_id)
    place(
        member,
        track=track,
        level=level,
        teaching_group=teaching_group,
        reason=reason,
        seen=seen,
        by=by,
    )
    if teaching_group is None:
        return
    name = teaching_group.class_name or teaching_group.name
    wanted = [Wanted(member.person.pk, "programme.class_name", name)]
    if track is not None:
        wanted.append(Wanted(member.person.pk, "programme.track", track))
    enter_values(wanted, municipality_id=by.municipality_id, by=by, way=Way.FORM)
