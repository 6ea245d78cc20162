"""Reading placement cases: who sees which, where each stands, and what its agreement says."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from innpass.casework.agreements.models import (
    AgreementVersion,
    CaseEnding,
    CaseStep,
    DemandSeen,
    ExpectationsGiven,
    FormerEnding,
    PlacementCase,
    Signature,
)
from innpass.casework.participants.queries import OWNER, family_of, people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party, waits_for
from innpass.domain.placing.demands import DEMAND_NAMES, Demand
from innpass.domain.placing.moves import Standing
from innpass.domain.placing.pairing import Mark, paired
from innpass.domain.placing.states import CaseFacts, CaseKind, Outcome, State, Step, state_of

_FEW = 300  # people asked for one by one; more are found among all
_SHOWN = ("participant", "participant__turned_out_to_be", "employer", "place", "supervisor")


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told of one case; see ``told_of``.

    Attributes:
        placement: what the rows say of it now; ``None`` where no row tells of it.
        in_force: the latest version that all have signed.
        waiting: the version that waits for signatures, with ``signatures`` by party.
        latest: the highest-numbered version that was not put away; ``None`` without any.
    """

    placement: Placement | None = None
    in_force: AgreementVersion | None = None
    waiting: AgreementVersion | None = None
    latest: AgreementVersion | None = None
    signatures: Mapping[Party, Signature] = field(default_factory=dict)
    steps: Mapping[Step, CaseStep] = field(default_factory=dict)
    ending: CaseEnding | None = None
    expectations: ExpectationsGiven | None = None
    demands: Mapping[str, DemandSeen] = field(default_factory=dict)
    is_laid: bool = False

    @property
    def first_day(self) -> date | None:
        """The first day at the employer, by the rows, else by the agreement in force."""
        return (
            self.placement.first_day
            if self.placement
            else getattr(self.in_force, "first_day", None)
        )

    @property
    def last_day(self) -> date | None:
        """The last day, likewise."""
        return (
            self.placement.last_day if self.placement else getattr(self.in_force, "last_day", None)
        )

    @property
    def facts(self) -> CaseFacts:
        """What the state follows from."""
        return CaseFacts(
            steps=tuple(self.steps),
            agreed=self.is_laid,
            first_day=self.first_day,
            last_day=self.last_day,
            ended_on=day_after_ending(self.ending.outcome, self.ending.last_day)
            if self.ending
            else None,
        )

    def state(self, *, on: date) -> State:
        """Say where the case stands on a day."""
        return state_of(self.facts, on=on)

    @property
    def waits_for(self) -> tuple[Party, ...]:
        """Who may sign now; nobody where no version waits."""
        if self.waiting is None:
            return ()
        return waits_for(self.signatures, has_second_signer=self.waiting.has_second_signer)

    def lacking_demands(self, case: PlacementCase) -> tuple[Demand, ...]:
        """What the place demands and nobody has seen."""
        place = self.waiting.place if self.waiting else case.place
        wanted = place.demands if place else ()
        return tuple(Demand(each) for each in wanted if each not in self.demands)


def day_after_ending(outcome: str, last_day: date | None) -> date | None:
    """Return the day from which a case is over: what ended without a placement, at once."""
    if last_day is None or outcome == Outcome.NOT_STARTED:
        return last_day
    return date.fromordinal(last_day.toordinal() + 1)


def cases_seen_by(actor: Actor, *, with_withdrawn: bool = False) -> "QuerySet[PlacementCase]":
    """Return the cases of people whom the actor may see, with person, employer, place, supervisor.

    Each has ``owner``: the id of the person it is about now, who may have absorbed the one it was
    made for.

    Raises:
        MayNot: cases are not theirs to read.
    """
    check_may_read(actor, "agreement.state")
    cases = PlacementCase.objects.select_related(*_SHOWN).annotate(owner=OWNER)
    if not with_withdrawn:
        cases = cases.filter(withdrawn_at=None)
    if not actor.is_operator:
        cases = cases.exclude(owner__in=people_hidden_from(actor))
    found: QuerySet[PlacementCase] = cases
    return found


def find_case(pk: UUID, *, actor: Actor) -> PlacementCase | None:
    """Return a case, or ``None`` where there is none that the actor may see."""
    if not may_read(actor, "agreement.state"):
        return None
    return cases_seen_by(actor, with_withdrawn=True).filter(pk=pk).first()


def open_cases_of(people: Collection[UUID], *, on: date) -> dict[UUID, list[PlacementCase]]:
    """Return the cases that are not over on a day, by person, those proposed first first.

    Whoever calls has decided that the people may be seen. Ten queries.
    """
    cases = list(
        PlacementCase.objects.filter(family_of(people), withdrawn_at=None)
        .select_related(*_SHOWN)
        .annotate(owner=OWNER)
        .order_by("proposed_on", "pk")
    )
    told = told_of(cases)
    found: dict[UUID, list[PlacementCase]] = defaultdict(list)
    for case in cases:
        if told[case.pk].state(on=on) is not State.ENDED:
            found[owner_id(case)].append(case)
    return dict(found)


def owner_id(case: PlacementCase) -> UUID:
    """Return the id of the person that a case is about now."""
    found: UUID = case.participant.turned_out_to_be_id or case.participant_id
    return found


def facts_of(cases: Iterable[PlacementCase]) -> dict[UUID, CaseFacts]:
    """Return what the state of cases follows from, by case. Ten queries."""
    return {pk: each.facts for pk, each in told_of(cases).items()}


def told_of(cases: Iterable[PlacementCase]) -> dict[UUID, Told]:
    """Return everything that is told of cases, by case. Ten queries, however many cases."""
    wanted = list(cases)
    keys = [case.pk for case in wanted]
    if not keys:
        return {}
    versions = _grouped(
        AgreementVersion.objects.filter(case__in=keys, discarded_at=None)
        .select_related("place")
        .order_by("number"),
        "case_id",
    )
    waiting = {
        pk: next((each for each in rows if each.in_force_at is None), None)
        for pk, rows in versions.items()
    }
    open_ones = [each.pk for each in waiting.values() if each]
    signatures = _grouped(
        Signature.objects.filter(agreement__in=open_ones, lifting=None)
        .defer("scan")
        .select_related("by"),
        "agreement_id",
    )
    steps = _grouped(CaseStep.objects.filter(case__in=keys).select_related("by"), "case_id")
    endings = _grouped(CaseEnding.objects.filter(case__in=keys).select_related("by"), "case_id")
    given = _grouped(
        ExpectationsGiven.objects.filter(case__in=keys).select_related("by"), "case_id"
    )
    seen = _grouped(DemandSeen.objects.filter(case__in=keys).select_related("by"), "case_id")
    placed = _placements(wanted)
    found = {}
    for case in wanted:
        rows = versions.get(case.pk, [])
        signed = [each for each in rows if each.in_force_at is not None]
        open_one = waiting.get(case.pk)
        found[case.pk] = Told(
            placement=placed.get(case.pk),
            in_force=signed[-1] if signed else None,
            waiting=open_one,
            latest=rows[-1] if rows else None,
            signatures={
                Party(each.party): each
                for each in signatures.get(getattr(open_one, "pk", None), ())
            },
            steps={Step(each.kind): each for each in steps.get(case.pk, ())},
            ending=next(iter(endings.get(case.pk, ())), None),
            expectations=next(iter(given.get(case.pk, ())), None),
            demands={each.demand: each for each in seen.get(case.pk, ())},
            is_laid=case.row is not None,
        )
    return found


def _grouped(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _placements(cases: Sequence[PlacementCase]) -> dict[UUID, Placement]:
    """Return the placement that the rows tell of, by case. Four queries."""
    pairs = placements_of_cases({owner_id(case) for case in cases if case.row is not None})
    wanted = {case.pk: pairs[case.pk] for case in cases if case.pk in pairs}
    rows = Placement.objects.filter(pk__in=wanted.values()).select_related("employer")
    there = {row.pk: row for row in rows}
    return {case: there[place] for case, place in wanted.items()}


def placements_of_cases(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the id of the placement that the rows tell of, by case, of some people. Three queries.

    All cases of a person are held against all placements, so that the answer is the same whichever
    of them is asked for.
    """
    if not people:
        return {}
    wanted = set(people)
    cases = PlacementCase.objects.filter(row__isnull=False, withdrawn_at=None)
    rows = Placement.objects.all()
    begun = AgreementVersion.objects.filter(in_force_at__isnull=False)
    if len(wanted) <= _FEW:
        cases = cases.filter(family_of(people))
        rows = rows.filter(participant__in=people)
        begun = begun.filter(family_of(people, "case__participant"))
    days = {
        case: said
        for case, *said in begun.order_by("number").values_list("case", "first_day", "last_day")
    }
    by_person: dict[UUID, list[Mark]] = defaultdict(list)
    columns = ("participant__turned_out_to_be", "participant", "pk", "row", "employer")
    more = ("proposed_on", "ending__last_day")
    for heir, person, pk, row, employer, day, ended in cases.values_list(*columns, *more):
        first, last = days.get(pk, (day, None))
        by_person[heir or person].append(Mark(pk, row, employer, first, last, ended))
    places: dict[UUID, list[Mark]] = defaultdict(list)
    marked = ("pk", "row_id", "employer", "first_day", "last_day")
    for person, *said in rows.values_list("participant", *marked):
        if person in by_person:
            places[person].append(Mark(*said))
    found: dict[UUID, UUID] = {}
    for person, mine in by_person.items():
        if person in wanted:
            found |= paired(mine, places[person])
    return found


def versions_of(case: PlacementCase) -> list[AgreementVersion]:
    """Return the versions of a case's agreement, those put away, too, the latest first.

    Each has its signatures and liftings read ahead. Three queries.
    """
    return list(
        AgreementVersion.objects.filter(case=case)
        .select_related("made_by", "place")
        .prefetch_related("signatures__by", "signatures__lifting", "liftings__by")
        .order_by("-number")
    )


def former_endings(case: PlacementCase) -> list[FormerEnding]:
    """Return what was said of how a case ended before it was put right, the latest first."""
    rows = FormerEnding.objects.filter(case=case).select_related("by", "replaced_by")
    return list(rows.order_by("-replaced_at", "pk"))


def standing_of(
    case: PlacementCase, told: Told, *, on: date, party: Party | None = None
) -> Standing:
    """Return what the table of moves asks about a case."""
    return Standing(
        state=told.state(on=on),
        kind=CaseKind(case.kind),
        steps=tuple(told.steps),
        has_open_version=told.waiting is not None,
        signed=tuple(told.signatures),
        has_second_signer=told.waiting is not None and told.waiting.has_second_signer,
        has_expectations=told.expectations is not None,
        has_ending=told.ending is not None,
        is_withdrawn=case.withdrawn_at is not None,
        party=party,
        lacking_demands=tuple(DEMAND_NAMES[each] for each in told.lacking_demands(case)),
    )
