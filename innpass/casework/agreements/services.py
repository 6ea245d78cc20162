"""Acts on placement cases: proposed, step by step, agreed, ended; see ``domain.placing.moves``."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.accounts.models import User
from innpass.casework.agreements.ending import correct_end, end_case, put_away_the_waiting
from innpass.casework.agreements.holding import checked_text, done, hold, note
from innpass.casework.agreements.laying import take_away
from innpass.casework.agreements.listing import ids_without_case
from innpass.casework.agreements.models import (
    CaseStep,
    DemandSeen,
    ExpectationsGiven,
    PlacementCase,
)
from innpass.casework.agreements.queries import (
    cases_seen_by,
    open_cases_of,
    standing_of,
    told_of,
)
from innpass.casework.agreements.refusing import Fault, Refused, check_move, refused
from innpass.casework.agreements.seats import cap_left
from innpass.casework.agreements.signing import lift, scan_of, sign
from innpass.casework.agreements.supervising import supervisor_for
from innpass.casework.agreements.versions import (
    Content,
    contacts_of,
    content_of,
    discard_version,
    edit_version,
    make_version,
    suggested,
)
from innpass.casework.employers.models import EmployerCard, PracticePlace
from innpass.casework.employers.queries import contacts_on, heirs
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import family_of, owner_of, visible_participants
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import NOBODY, MayNot, check_may_write
from innpass.domain.access.roles import Actor, Role
from innpass.domain.placing.agreement import Given
from innpass.domain.placing.demands import Demand
from innpass.domain.placing.moves import MOVE_OF, OF_NAV, Move, Standing
from innpass.domain.placing.sentences import say
from innpass.domain.placing.states import CaseKind, Step
from innpass.domain.sheets.fields import PlacementKind

__all__ = [
    "Content",
    "Fault",
    "Refused",
    "adopt",
    "case_of_placement",
    "contacts_of",
    "content_of",
    "correct_end",
    "discard_version",
    "edit_version",
    "end_case",
    "give_expectations",
    "lift",
    "make_version",
    "propose",
    "scan_of",
    "see_demand",
    "sign",
    "suggested",
    "take_step",
    "withdraw_case",
]

_KINDS = {
    PlacementKind.MUNICIPAL: CaseKind.MUNICIPAL_PRACTICE,
    PlacementKind.PRIVATE: CaseKind.PRIVATE_PRACTICE,
}


@transaction.atomic
def propose(
    participant: Participant,
    employer: Employer,
    *,
    place: PracticePlace | None,
    kind: CaseKind,
    by: Actor,
    on: date,
    supervisor: UUID | None = None,
) -> PlacementCase:
    """Propose an employer for a participant; the case is open from that day.

    Args:
        place: which of the employer's places; ``None`` where it is not decided.
        supervisor: the municipality's contact person; as ``supervising`` finds one where nobody is
            named.

    Raises:
        MayNot: the actor may not see the person or not write cases.
        Refused: the programme is over, the person has an open case there, the employer takes no
            more, or the arrangement does not fit.
    """
    check_may_write(by, "agreement.state")
    one_at_a_time(by)
    person = visible_participants(by).filter(pk=owner_of(participant).pk).first()
    if person is None:
        raise MayNot(NOBODY)
    check_move(Move.PROPOSE, Standing(kind=kind), by=by)
    faults = _in_the_way(person, employer, place, kind, by=by, on=on)
    if faults:
        raise Refused(faults)
    case: PlacementCase = PlacementCase.objects.create(
        municipality_id=person.municipality_id,
        participant=person,
        employer=employer,
        place=place,
        kind=kind,
        proposed_on=on,
        proposed_by_id=by.user_id,
        supervisor_id=supervisor or supervisor_for(person, employer, by=by, on=on),
    )
    note(case, "propose_placement", by=by, changes={"kind": [None, kind.value]})
    return case


def _in_the_way(
    person: Participant,
    employer: Employer,
    place: PracticePlace | None,
    kind: CaseKind,
    *,
    by: Actor,
    on: date,
) -> list[Fault]:
    found = []
    enrolment = Enrolment.objects.filter(participant=person).first()
    ended = enrolment.actual_last_day if enrolment else None
    if enrolment is None:
        found.append(Fault(say("clash.no_programme")))
    elif ended is not None and ended < on and kind not in OF_NAV:
        found.append(Fault(say("clash.programme_ended", day=f"{ended:%d.%m.%Y}")))
    wanted = {CaseKind.MUNICIPAL_PRACTICE: "municipal", CaseKind.PRIVATE_PRACTICE: "private"}
    if wanted.get(kind, employer.kind) != employer.kind:
        words = {"municipal": _("en enhet i kommunen"), "private": _("en privat bedrift")}
        text = say("clash.wrong_kind", employer=employer.name, employer_kind=words[employer.kind])
        found.append(Fault(text, "kind"))
    if place is not None and place.employer_id != employer.pk:
        text = _("Plassen er hos en annen arbeidsgiver. Velg en plass her.")
        found.append(Fault(text, "place"))
    mine = open_cases_of([person.pk], on=on).get(person.pk, ())
    of = heirs()
    itself = of.get(employer.pk, employer.pk)
    if any(of.get(each.employer_id, each.employer_id) == itself for each in mine):
        found.append(Fault(say("clash.same_employer", employer=employer.name), "employer"))
    left = cap_left(employer, on, but=person.pk)
    if left == 0:
        most = EmployerCard.objects.get(employer=itself).most_at_once
        text = say("clash.cap", employer=employer.name, most=most)
        found.append(Fault(text, "employer"))
    closed = getattr(getattr(employer, "card", None), "closed_on", None)
    if closed is not None and closed <= on:
        text = say("clash.employer_closed", employer=employer.name, day=f"{closed:%d.%m.%Y}")
        found.append(Fault(text, "employer"))
    return found


@transaction.atomic
def take_step(
    case: PlacementCase,
    step: Step,
    *,
    on: date,
    by: Actor,
    today: date,
    text: str = "",
    expected: int | None = None,
) -> CaseStep:
    """Note that something on the way to an agreement was done.

    Args:
        on: the day on which it was done.
        text: what was said; for those who follow the case.
        expected: the case's ``version`` on the screen.

    Raises:
        MayNot: the actor may not see the person or not write cases.
        Refused: the table of moves does not permit it, or the day is to come.
        ChangedMeanwhile: somebody did something with the case since.
    """
    held = hold(case, by=by, expected=expected)
    check_move(MOVE_OF[step], standing_of(held.case, held.told, on=today), by=by)
    _check_past(on, today)
    made: CaseStep = CaseStep.objects.create(
        municipality_id=held.case.municipality_id,
        case=held.case,
        kind=step,
        on=on,
        by_id=by.user_id,
        text=checked_text(text, "text"),
    )
    done(held, "take_step", by=by, changes={"step": [None, step.value]})
    return made


def _check_past(day: date, today: date, field: str = "on") -> None:
    if day > today:
        raise refused(_("Dagen er ikke kommet ennå. Før det når det er gjort."), field)


@transaction.atomic
def see_demand(
    case: PlacementCase,
    demand: Demand,
    *,
    seen_on: date,
    by: Actor,
    today: date,
    expected: int | None = None,
) -> None:
    """Note that what a place demands has been seen; what it says is not kept.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``take_step``.
    """
    held = hold(case, by=by, expected=expected, field="agreement.demand")
    check_move(Move.SEE_DEMAND, standing_of(held.case, held.told, on=today), by=by)
    _check_past(seen_on, today, "seen_on")
    DemandSeen.objects.update_or_create(
        municipality_id=held.case.municipality_id,
        case=held.case,
        demand=demand,
        defaults={"seen_on": seen_on, "by_id": by.user_id},
    )
    done(held, "see_demand", by=by, changes={"demand": [None, demand.value]})


@transaction.atomic
def give_expectations(
    case: PlacementCase,
    *,
    given_on: date,
    how: Given,
    by: Actor,
    today: date,
    language: str = "",
    expected: int | None = None,
) -> None:
    """Note that the participant has got demands, expectations and rights, and how.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``take_step``.
    """
    held = hold(case, by=by, expected=expected, field="agreement.content")
    check_move(Move.GIVE_EXPECTATIONS, standing_of(held.case, held.told, on=today), by=by)
    _check_past(given_on, today, "given_on")
    said = checked_text(language, "language", most=40)
    if how is not Given.NORWEGIAN and not said:
        raise refused(_("Skriv hvilket språk."), "language")
    ExpectationsGiven.objects.update_or_create(
        municipality_id=held.case.municipality_id,
        case=held.case,
        defaults={"given_on": given_on, "how": how, "language": said, "by_id": by.user_id},
    )
    done(held, "give_expectations", by=by, changes={"how": [None, how.value]})


@transaction.atomic
def withdraw_case(
    case: PlacementCase, *, reason: str, by: Actor, on: date, expected: int | None = None
) -> None:
    """Say that a case was made by mistake; what it laid over the rows is taken back.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``take_step``; a reason is demanded.
    """
    held = hold(case, by=by, expected=expected)
    check_move(Move.WITHDRAW, standing_of(held.case, held.told, on=on), by=by)
    said = checked_text(reason, "reason", is_demanded=True)
    put_away_the_waiting(held)
    if held.case.row is not None:
        take_away(held, by=by, reason=said)
    held.case.withdrawn_at = timezone.now()
    held.case.withdrawn_reason = said
    held.case.row = held.case.activity_row = None
    done(
        held,
        "withdraw_placement",
        by=by,
        fields=("withdrawn_at", "withdrawn_reason", "row", "activity_row"),
    )


@transaction.atomic
def case_of_placement(placement: Placement, *, by: Actor, on: date) -> PlacementCase:
    """Return the case of a placement that the rows tell of, made where there is none.

    A case is made only of a placement at a known employer.

    Raises:
        MayNot: the actor may not see the person, or not write cases where one must be made.
        Refused: the placement names no employer.
    """
    mine = list(cases_seen_by(by).filter(family_of([placement.participant_id]), row__isnull=False))
    for pk, told in told_of(mine).items():
        if told.placement is not None and told.placement.pk == placement.pk:
            return next(case for case in mine if case.pk == pk)
    check_may_write(by, "agreement.state")
    one_at_a_time(by)
    person = visible_participants(by).filter(pk=placement.participant_id).first()
    if person is None:
        raise MayNot(NOBODY)
    if placement.employer is None or placement.row_id is None:
        raise refused(_("Praksisperioden har ikke noe sted. Før enhet eller bedrift først."))
    case = _adopted(placement, by=by, on=on, contacts=contacts_on(on))
    case.save(force_insert=True)
    note(case, "adopt_placement", by=by)
    return case


@transaction.atomic
def adopt(placements: Sequence[Placement], *, by: Actor, on: date) -> int:
    """Make cases of placements that the rows tell of and that have none; returns how many.

    Args:
        placements: as ``listing.without_case`` gives them, of people whom the actor may see.

    Raises:
        MayNot: the actor may not write cases.
    """
    check_may_write(by, "agreement.state")
    one_at_a_time(by)
    contacts = contacts_on(on)
    left = set(ids_without_case(by, on=on))  # somebody may have got them since they were listed
    made = [
        _adopted(each, by=by, on=on, contacts=contacts) for each in placements if each.pk in left
    ]
    PlacementCase.objects.bulk_create(made)
    for case in made:
        note(case, "adopt_placement", by=by)
    return len(made)


def _adopted(
    placement: Placement, *, by: Actor, on: date, contacts: Mapping[UUID, User]
) -> PlacementCase:
    """Make the case of a placement, not stored; its supervisor as ``propose`` finds one."""
    contact = contacts.get(placement.employer_id) if placement.employer_id else None
    own = by.user_id if Role.PRACTICE_SUPERVISOR in by.roles else None
    return PlacementCase(
        municipality_id=placement.municipality_id,
        participant_id=placement.participant_id,
        employer=placement.employer,
        kind=_KINDS[PlacementKind(placement.kind)],
        proposed_on=placement.first_day or on,
        proposed_by_id=by.user_id,
        supervisor_id=contact.pk if contact else own,
        row=placement.row_id,
    )
