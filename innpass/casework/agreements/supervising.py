"""Who in the municipality follows a case: the participant's own practice supervisor first."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from innpass.casework.employers.queries import contact_of
from innpass.casework.organisations.models import Membership
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import family_of
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Enrolment
from innpass.domain.access.roles import Actor, Role
from innpass.domain.linking.names import fold


def supervisor_for(
    participant: Participant, employer: Employer, *, by: Actor, on: date
) -> UUID | None:
    """Return the user who is to follow a new case; ``None`` where nobody is found.

    The participant's own practice supervisor, also where another proposes; else the actor where a
    practice supervisor; else the employer's contact in the municipality.
    """
    own = own_supervisor(participant, on=on)
    if own is not None:
        return own
    if Role.PRACTICE_SUPERVISOR in by.roles:
        return by.user_id
    contact = contact_of(employer, on=on)
    found: UUID | None = contact.pk if contact else None
    return found


def own_supervisor(participant: Participant, *, on: date) -> UUID | None:
    """Return the user whom the rows name as somebody's practice supervisor. Two queries.

    Rows hold a name: where it is nobody's, or of several, nothing is guessed.
    """
    rows = Enrolment.objects.filter(family_of([participant.pk])).exclude(supervisor="")
    names = {fold(each) for each in rows.values_list("supervisor", flat=True)}
    staff = Membership.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on),
        role=Role.PRACTICE_SUPERVISOR,
        first_day__lte=on,
        user__is_active=True,
    )
    found = {each.user_id for each in staff.select_related("user") if fold(str(each.user)) in names}
    return found.pop() if len(found) == 1 else None
