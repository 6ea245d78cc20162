"""Contracts of employment, and whether somebody is still there later."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import standing_of, told_of
from innpass.casework.agreements.refusing import roles_of
from innpass.casework.agreements.services import end_case
from innpass.casework.follow_up.laying import tell_contract
from innpass.casework.follow_up.missing import close_all_as_hired
from innpass.casework.follow_up.models import ContractCheck, EmploymentContract
from innpass.casework.follow_up.noting import note
from innpass.casework.follow_up.refusing import one_line, refused, several_lines
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of, owner_of, people_hidden_from
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.hiring import (
    CHECKED_AFTER,
    Check,
    ContractKind,
    due_check,
    next_check,
)
from innpass.domain.placing.moves import Move, refusal
from innpass.domain.placing.states import Initiative, Outcome

TERMS, STILL_THERE = "contract.terms", "contract.still_there"
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract, as it is typed. Days are inclusive."""

    employer: str
    kind: ContractKind
    percent: int
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A contract with what is known of it later.

    Attributes:
        checks: what was answered, by months.
        due: the question whose day has come; ``to_come`` the next one, also later.
    """

    contract: EmploymentContract
    owner: UUID
    checks: dict[int, ContractCheck]
    due: Check | None
    to_come: Check | None


@transaction.atomic
def note_contract(
    person: Participant,
    terms: Terms,
    *,
    by: Actor,
    on: date,
    case: PlacementCase | None = None,
    ends_case: bool = False,
    told: str = "",
) -> EmploymentContract:
    """Note that somebody got a contract, with the placement's employer or another.

    The same contract by the same hand on the same day is a button pressed twice: it is noted once.
    What was missing to be hired is closed. The placement that it came of has led to work from its
    first day, and ends as hired where that is asked for.

    Args:
        ends_case: the placement ends the day before the contract begins, or today where the
            contract is no younger than the placement; in both cases on its own last day at most.
        told: what the participant is told of the ending.

    Raises:
        MayNot: contracts are not theirs to note.
        Refused: it cannot be as it is typed.
    """
    check_may_write(by, TERMS)
    name = one_line(terms.employer, "employer", most=200)
    if not name:
        raise refused(_("Skriv hvem som ansetter."), field="employer")
    if not 1 <= terms.percent <= 100:
        raise refused(_("Skriv stillingsprosenten som et tall fra 1 til 100."), field="percent")
    if terms.last_day is not None and terms.last_day < terms.first_day:
        raise refused(_("Kontrakten kan ikke slutte før den begynner."), field="last_day")
    if terms.first_day > on + _LONGEST:
        raise refused(
            _("Første dag er mer enn et år fram i tid. Se om året er riktig."), field="first_day"
        )
    one_at_a_time(by)
    employer = Employer.objects.filter(name__iexact=name).order_by("kind").first()
    same = EmploymentContract.objects.filter(
        family_of([person.pk]),
        taken_back_on=None,
        first_day=terms.first_day,
        employer_name__iexact=name,
    )
    twice: EmploymentContract | None = same.filter(
        employer_name=name,
        kind=terms.kind,
        percent=terms.percent,
        last_day=terms.last_day,
        case=case,
        noted_on=on,
        by=by.user_id,
    ).first()
    if twice is not None and (case is None or not ends_case or _has_ended(case)):
        return twice
    if same.exists():
        raise refused(_("Denne kontrakten er ført fra før."), field="first_day")
    made: EmploymentContract = EmploymentContract.objects.create(
        municipality_id=person.municipality_id,
        participant=person,
        case=case,
        employer=employer,
        employer_name=name,
        kind=terms.kind,
        percent=terms.percent,
        first_day=terms.first_day,
        last_day=terms.last_day,
        noted_on=on,
        by_id=by.user_id,
    )
    closed = close_all_as_hired(person, by=by, on=on)
    changes = {"first_day": [None, terms.first_day], "closed_missing": [None, closed]}
    note(person, "note_contract", by=by, changes=changes)
    if case is not None:
        tell_contract(case, terms.first_day, by=by)
        if ends_case:
            _end_as_hired(case, terms, told=told, by=by, on=on)
    return made


def _has_ended(case: PlacementCase) -> bool:
    return told_of([case])[case.pk].ending is not None


def why_it_goes_on(case: PlacementCase, *, by: Actor, on: date) -> str:
    """Say why somebody may not end a placement together with a contract; empty where they may."""
    return refusal(Move.END, standing_of(case, told_of([case])[case.pk], on=on), roles_of(by))


def _end_as_hired(case: PlacementCase, terms: Terms, *, told: str, by: Actor, on: date) -> None:
    is_there = terms.employer.strip().casefold() == case.employer.name.strip().casefold()
    stay = told_of([case])[case.pk]
    last = terms.first_day - timedelta(days=1)
    if stay.first_day is not None and last < stay.first_day:
        last = on  # it went beside the contract until now, and that time is not taken away
    if stay.first_day is None:
        last = min(last, on)
    if stay.last_day is not None:
        last = min(last, stay.last_day)
    if stay.first_day is not None:
        last = max(last, stay.first_day)
    end_case(
        case,
        outcome=Outcome.HIRED,
        initiative=Initiative.EMPLOYER,
        reason="hired_here" if is_there else "hired_elsewhere",
        last_day=last,
        told=told,
        by=by,
        on=on,
    )


@transaction.atomic
def take_contract_back(
    contract: EmploymentContract, *, because: str, by: Actor, on: date, expected: int
) -> EmploymentContract:
    """Say that a contract was noted by mistake: it is kept with why, and counts nowhere.

    The placement it came of has led to no contract any more, or to another that is noted on it.
    How that ended, and what was closed as no longer missing, stands until somebody puts it right.

    Args:
        because: demanded; for those who follow the case.

    Raises:
        MayNot: contracts are not theirs to note.
        Refused: it is taken back already, or nothing says why.
        ChangedMeanwhile: somebody else did so.
    """
    check_may_write(by, TERMS)
    one_at_a_time(by)
    why = several_lines(because, "because")
    if not why:
        raise refused(_("Skriv hvorfor kontrakten tas tilbake."), field="because")
    stored: EmploymentContract = EmploymentContract.objects.get(pk=contract.pk)
    if stored.taken_back_on is not None:
        raise refused(_("Denne kontrakten er tatt tilbake allerede."))
    stored.taken_back_on, stored.taken_back_by_id, stored.taken_back_because = on, by.user_id, why
    names = ("taken_back_on", "taken_back_by", "taken_back_because")
    stored.save_version(expected=expected, fields=names)
    if stored.case is not None:
        told = told_of([stored.case])[stored.case.pk].placement
        left = EmploymentContract.objects.filter(case=stored.case, taken_back_on=None)
        first = left.order_by("first_day").values_list("first_day", flat=True).first()
        if told is not None and told.contract == stored.first_day and first != stored.first_day:
            tell_contract(stored.case, first, by=by)
    person = owner_of(stored.participant)
    note(person, "take_contract_back", by=by, changes={"first_day": [stored.first_day, None]})
    return stored


@transaction.atomic
def answer_check(
    contract: EmploymentContract, months: int, *, is_there: bool, by: Actor, on: date
) -> ContractCheck:
    """Say whether somebody still works there; a second answer takes the place of the first.

    Raises:
        MayNot: that is not theirs to say.
        Refused: it is too early to say.
    """
    check_may_write(by, STILL_THERE)
    answered = [n for n in CHECKED_AFTER if n < months]
    due = next_check(contract.first_day, contract.last_day, answered=answered)
    if months not in CHECKED_AFTER or due is None or due.due > on:
        raise refused(_("Det er for tidlig å svare. Svar når dagen er kommet."))
    made, _new = ContractCheck.objects.update_or_create(
        municipality_id=contract.municipality_id,
        contract=contract,
        months=months,
        defaults={"asked_on": on, "is_there": is_there, "by_id": by.user_id},
    )
    person = owner_of(contract.participant)
    note(person, "answer_check", by=by, changes={f"months_{months}": [None, is_there]})
    found: ContractCheck = made
    return found


def contracts_seen_by(actor: Actor) -> "QuerySet[EmploymentContract]":
    """Return the contracts of people whom the actor may see, each with its ``owner``.

    Those that were taken back are left out; ``taken_back_seen_by`` has them.

    Raises:
        MayNot: contracts are not theirs to read.
    """
    return _seen_by(actor).filter(taken_back_on=None)


def taken_back_seen_by(actor: Actor) -> "QuerySet[EmploymentContract]":
    """Return the contracts that were taken back, as ``contracts_seen_by``."""
    return _seen_by(actor).filter(taken_back_on__isnull=False)


def _seen_by(actor: Actor) -> "QuerySet[EmploymentContract]":
    check_may_read(actor, TERMS)
    rows = EmploymentContract.objects.select_related(
        "participant", "participant__turned_out_to_be", "case__employer", "taken_back_by"
    ).annotate(owner=OWNER)
    if not actor.is_operator:
        rows = rows.exclude(owner__in=people_hidden_from(actor))
    found: QuerySet[EmploymentContract] = rows.order_by("-first_day", "pk")
    return found


def known(contracts: Collection[EmploymentContract], *, on: date) -> list[Known]:
    """Return what is known of contracts, in their order. One query."""
    checks: dict[UUID, dict[int, ContractCheck]] = defaultdict(dict)
    keys = [each.pk for each in contracts]
    for check in ContractCheck.objects.filter(contract__in=keys).select_related("by"):
        checks[check.contract_id][check.months] = check
    found = []
    for each in contracts:
        answered = checks[each.pk]
        # Whoever was not there any more is not asked about again.
        is_gone = any(not check.is_there for check in answered.values())
        days = (each.first_day, each.last_day)
        found.append(
            Known(
                contract=each,
                owner=each.owner,  # type: ignore[attr-defined]
                checks=answered,
                due=None if is_gone else due_check(*days, answered=answered, on=on),
                to_come=None if is_gone else next_check(*days, answered=answered),
            )
        )
    return found
