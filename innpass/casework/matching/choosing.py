"""Choosing a place for somebody, also against the advice; the advice and the choice are both kept.

Whatever is chosen is looked at again at that moment: others may have got the seat meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.services import propose, see_demand
from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.locks import kept_from
from innpass.casework.matching.looking import Told, everyone_in, places_for, told
from innpass.casework.matching.models import MatchChoice, MatchProposal, MatchRun, WorkProfile
from innpass.casework.matching.people import NOT_MET
from innpass.casework.matching.places import Market, keeping
from innpass.casework.matching.profiles import fault_in_text, profiles_of
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Problem
from innpass.domain.matching.seats import fit_together, suiting
from innpass.domain.matching.shortlist import FallenOut, judge
from innpass.domain.placing.demands import Demand
from innpass.domain.placing.states import CaseKind
from innpass.domain.sheets.fields import PlacementKind
from innpass.domain.sheets.typed import as_text

LONGEST_REASON = 1000
_FROM = "from"  # beside the words of a choice: the Monday that the advice was made for


class NotChosen(Exception):
    """Nothing was chosen; the message is a sentence that says why and what to do.

    ``asks_why`` where a reason is all that is missing.
    """

    def __init__(self, text: str, *, asks_why: bool = False) -> None:
        super().__init__(text)
        self.asks_why = asks_why


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of proposals that somebody took.

    Attributes:
        made: the cases.
        left: what no longer fits, by proposal: a sentence.
    """

    made: tuple[PlacementCase, ...]
    left: Mapping[UUID, str]


def kind_of(place: PracticePlace) -> CaseKind:
    """Return under which arrangement somebody comes to a place, where nobody says otherwise."""
    is_private = place.employer.kind == PlacementKind.PRIVATE
    return CaseKind.PRIVATE_PRACTICE if is_private else CaseKind.MUNICIPAL_PRACTICE


@transaction.atomic
def choose(
    *,
    participant: Participant,
    place: PracticePlace,
    monday: date,
    on: date,
    reason: str = "",
    by: Actor,
) -> PlacementCase:
    """Propose a place for somebody, and keep what was advised.

    Args:
        monday: from which the advice was made.
        reason: why; asked for where another place is better, or where this one falls out.

    Raises:
        MayNot: advice is not theirs to act on.
        NotChosen: a reason is missing, or the place is not on offer, or it cannot be proposed.
    """
    check_may_write(by, "match.advice")
    one_at_a_time(by)
    reason = as_text(reason).strip()
    # The rank among all places is kept, so the seats of all are counted.
    advice = places_for(participant, monday=monday, actor=by, is_whole=True)
    judged = advice.judged(place.pk)
    if judged is None:
        text = _("Plassen tilbys ikke lenger fra denne dagen. Velg en annen, eller en annen uke.")
        raise NotChosen(text)
    if not advice.is_advised(place.pk) and not reason:
        text = _("Dette er ikke plassen som kom først. Skriv kort hvorfor du velger den.")
        raise NotChosen(text, asks_why=True)
    if fault := fault_in_text(reason, longest=LONGEST_REASON):
        raise NotChosen(fault, asks_why=True)
    first = advice.found.fit[0].offer if advice.found.fit else None
    profile = profiles_of([participant.pk]).get(participant.pk)
    case = _propose(participant, place, profile, by=by, on=on)
    _kept(
        case,
        MatchChoice(
            advised_id=UUID(first) if first else None,
            rank=advice.rank_of(place.pk),
            told=told(judged, advice.problem).plain | {_FROM: monday.isoformat()},
            reason="" if advice.is_advised(place.pk) else reason,
        ),
        by=by,
    ).save()
    return case


@transaction.atomic
def take(run: MatchRun, chosen: Sequence[MatchProposal], *, on: date, by: Actor) -> Taken:
    """Propose the places of some proposals of a match; what no longer fits is left, with why.

    Args:
        chosen: of the match, with participant and place; taken ones and those without a place are
            passed over.

    Raises:
        MayNot: advice is not theirs to act on.
    """
    check_may_write(by, "match.advice")
    one_at_a_time(by)
    wanted = [
        (each, each.place) for each in chosen if each.place is not None and each.taken_id is None
    ]
    people = [each.participant_id for each, _place in wanted]
    seats = _Seats(*everyone_in(people, monday=run.first_monday, actor=by))
    profiles = profiles_of(people)
    made, left = {}, {}
    for each, place in wanted:
        why = seats.why_not(str(each.participant_id), str(each.place_id))
        if not why:
            try:
                with transaction.atomic():
                    case = _propose(
                        each.participant, place, profiles.get(each.participant_id), by=by, on=on
                    )
            except NotChosen as no:
                why = str(no)
        if why:
            left[each.pk] = why
            continue
        seats.take(str(each.participant_id), str(each.place_id))
        made[each.pk] = case
        each.taken = case
    told_from = {_FROM: run.first_monday.isoformat()}
    taken = [(each, place) for each, place in wanted if each.pk in made]
    MatchProposal.objects.bulk_update([each for each, _place in taken], ["taken"])
    MatchChoice.objects.bulk_create(
        _kept(
            made[each.pk],
            MatchChoice(run=run, advised=place, rank=1, told=each.told | told_from),
            by=by,
        )
        for each, place in taken
    )
    return Taken(tuple(made.values()), left)


class _Seats:
    """The seats that are left while several people get one, those kept by locks left out."""

    def __init__(self, problem: Problem, around: Market, locks: Mapping[UUID, UUID]) -> None:
        self.problem, self._around, self._locks = problem, around, dict(locks)
        self._suits: dict[str, list[int]] = defaultdict(list)
        self._at_employer: Counter[str] = Counter()

    def why_not(self, person: str, key: str) -> str:
        """Say why somebody cannot have a place now; empty where nothing is in the way."""
        seeker, offer = self.problem.seeker.get(person), self.problem.offer.get(key)
        if seeker is None:
            return _("Deltakeren søker ikke plass lenger.")
        if offer is None:
            return _("Plassen tilbys ikke lenger.")
        mine = self._locks.get(UUID(person), UUID(key))
        if str(mine) != key:
            return _("Deltakeren er låst til en annen plass. Ta bort låsen først.")
        kept = len(kept_from(self._locks, UUID(person)).get(mine, ()))
        judged = judge(self.problem, seeker, keeping(self._around, offer, kept))
        if isinstance(judged, FallenOut):
            words = told(judged, self.problem)
            return " ".join(f"{what} {change}" for what, change in words.out)
        # What is kept are the first seats, and so the ones that most others could have.
        suits = [*self._suits[key], suiting(self.problem, seeker, offer)]
        if not fit_together(each - kept for each in suits):
            return _("Plassen er tatt av en annen som ble valgt samtidig.")
        cap = self.problem.employer[offer.employer].cap_left
        if cap is not None and self._at_employer[offer.employer] >= cap:
            return _("Arbeidsgiveren har nådd taket sitt.")
        return ""

    def take(self, person: str, key: str) -> None:
        """Count a seat as taken."""
        seeker, offer = self.problem.seeker[person], self.problem.offer[key]
        self._suits[key].append(suiting(self.problem, seeker, offer))
        self._at_employer[offer.employer] += 1
        self._locks.pop(UUID(person), None)  # what is proposed ends the lock


def choice_of(case: PlacementCase) -> MatchChoice | None:
    """Return what was advised and chosen when a case was made; ``None`` where nobody asked."""
    rows = MatchChoice.objects.filter(case=case)
    found: MatchChoice | None = rows.select_related(
        "advised__employer", "chosen_by", "case__place", "case__employer"
    ).first()
    return found


def monday_of(choice: MatchChoice) -> date | None:
    """Return from when a place was matched; ``None`` of a choice older than that is kept."""
    said = choice.told.get(_FROM)
    return date.fromisoformat(said) if said else None


def words_of(choice: MatchChoice) -> Told:
    """Return the reasons as they stood when somebody chose."""
    return Told.from_plain(choice.told)


def _propose(
    participant: Participant,
    place: PracticePlace,
    profile: WorkProfile | None,
    *,
    by: Actor,
    on: date,
) -> PlacementCase:
    try:
        case = propose(participant, place.employer, place=place, kind=kind_of(place), by=by, on=on)
    except Refused as no:
        raise NotChosen(" ".join(each.text for each in no.faults)) from no
    _bring_demands(case, profile, by=by, on=on)
    return case


def _bring_demands(
    case: PlacementCase, profile: WorkProfile | None, *, by: Actor, on: date
) -> None:
    """Tell the case of what its place demands and the profile has as seen on a day."""
    wanted = case.place.demands if case.place else ()
    said = profile.demands if profile else {}
    for code in wanted:
        day = said.get(code, NOT_MET)
        if day != NOT_MET and date.fromisoformat(day) <= on:
            see_demand(case, Demand(code), seen_on=date.fromisoformat(day), by=by, today=on)


def _kept(case: PlacementCase, choice: MatchChoice, *, by: Actor) -> MatchChoice:
    """Say of a choice which case came of it, and who made it."""
    choice.municipality_id = by.municipality_id
    choice.case = case
    choice.chosen_by_id = by.user_id
    return choice
