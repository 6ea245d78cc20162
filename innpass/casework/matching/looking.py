"""Short lists with reasons: the places for one participant, the people for one place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.apart import reasons
from innpass.casework.matching.locks import holding, kept_for, kept_from, locks_on, open_locks
from innpass.casework.matching.people import Lacks, alike, lacks_of, looking, seekers, supervisors
from innpass.casework.matching.places import (
    Market,
    PlaceRow,
    count_places,
    count_seats,
    keeping,
    market,
    only,
    whole_market,
)
from innpass.casework.matching.profiles import profiles_of
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.domain.matching.limits import Hindrance
from innpass.domain.matching.problem import Problem, Seeker, Supervisor
from innpass.domain.matching.sentences import render
from innpass.domain.matching.shortlist import (
    FallenOut,
    Shortlist,
    Suggestion,
    for_seeker,
    judge,
)

# With more offers than this, the seats are counted of the first on either list alone: of so many
# that fit and that fall out, of more where others might be better, at last of all.
_FEW_OFFERS = 200
_COUNTED = ((18, 10), (90, 40))
_FEWEST, _FEWEST_OUT = 12, 6  # that must be certain to fill a screen


@dataclass(frozen=True, slots=True)
class Told:
    """Why, in words.

    Attributes:
        speaks_for, speaks_against: sentences, the weightiest first.
        clarify: what is not known, each with how to find out.
        out: what makes it fall out, each with what would have to change.
    """

    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    clarify: tuple[tuple[str, str], ...] = ()
    out: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """The words as they are stored."""
        return {
            "for": list(self.speaks_for),
            "against": list(self.speaks_against),
            "clarify": [list(each) for each in self.clarify],
            "out": [list(each) for each in self.out],
        }

    @classmethod
    def from_plain(cls, stored: dict[str, Any]) -> "Told":
        """Read words as they are stored."""
        return cls(
            tuple(stored.get("for", ())),
            tuple(stored.get("against", ())),
            tuple((what, how) for what, how in stored.get("clarify", ())),
            tuple((what, how) for what, how in stored.get("out", ())),
        )


@dataclass(frozen=True, slots=True)
class PersonAdvice:
    """The places for one participant.

    Attributes:
        is_whole: the seats of every place are counted. Otherwise they are of the first on either
            list, many more than a screen shows, and of the place that was asked about.
        locked: key of the place that somebody has locked for the participant; empty for none.
        idle_lock: the place of a lock that keeps nothing from this Monday on, as the place is not
            on offer then or the participant looks for none.
        kept_for: for whom places are locked, by key of the place and name, of those whom the viewer
            may see.
    """

    participant: Participant
    monday: date
    seeker: Seeker
    problem: Problem
    market: Market
    found: Shortlist
    lacks: Lacks
    is_whole: bool = True
    locked: str = ""
    idle_lock: PracticePlace | None = None
    kept_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, key: str) -> PlaceRow:
        """Return the place of an offer."""
        return self.market.places[key]

    def judged(self, place: UUID) -> Suggestion | FallenOut | None:
        """Return what is said of one place; ``None`` where it is not on offer then."""
        offer = self.problem.offer.get(str(place))
        return judge(self.problem, self.seeker, offer) if offer else None

    def rank_of(self, place: UUID) -> int | None:
        """Return where a place stands among those that fit, from 1; ``None`` where it is not."""
        keys = [each.offer for each in self.found.fit]
        return keys.index(str(place)) + 1 if str(place) in keys else None

    def is_advised(self, place: UUID) -> bool:
        """Say whether no place is better: the first of the list, or one with as many points."""
        judged = self.judged(place)
        if not isinstance(judged, Suggestion):
            return False
        return judged.points >= max((each.points for each in self.found.fit), default=0)


@dataclass(frozen=True, slots=True)
class PlaceAdvice:
    """The participants for one place, of those whom the viewer may see and who look for one.

    Attributes:
        known: what matching knows of each, by key; of several who are alike, of one of them.
        is_offered: whether the place is on offer then; nobody is listed otherwise.
        locked: those for whom the place is locked, by key.
    """

    place: PracticePlace
    monday: date
    problem: Problem
    found: Shortlist
    known: Mapping[str, Seeker] = field(default_factory=dict)
    is_offered: bool = True
    locked: frozenset[str] = frozenset()


def places_for(
    participant: Participant,
    *,
    monday: date,
    actor: Actor,
    about: UUID | None = None,
    is_whole: bool = False,
) -> PersonAdvice:
    """List the places for one participant from a Monday on. A fixed number of queries.

    Args:
        about: a place that is asked about.
        is_whole: count the seats of every place, also where there are very many.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    pk = participant.pk
    opened = open_locks()
    locks = holding(opened, monday=monday)
    around = whole_market(actor, monday=monday, but=pk, kept=kept_from(locks, pk))
    seeker = seekers([pk], monday=monday)[pk]
    few = supervisors(actor, on=monday, only=seeker.supervisor)
    is_whole = is_whole or len(around.offers) <= _FEW_OFFERS
    found = None
    if not is_whole:
        rough_problem = _problem([seeker], around, few)
        rough = for_seeker(rough_problem, str(pk))
        for fit, out in _COUNTED:
            keys = {each.offer for each in rough.fit[:fit]}
            keys |= {each.offer for each in rough.fallen_out[:out]} | {str(about)}
            at = {rough_problem.offer[key].employer for key in keys if key in rough_problem.offer}
            counted = count_seats(around, at=at)
            problem = _problem([seeker], counted, few)
            found = _counted(problem, seeker, rough, at)
            if _is_enough(found, rough.fit[fit:], rough.fallen_out[out:]):
                break
        else:
            found = None
    if found is None:
        is_whole = True
        counted = count_seats(around)
        problem = _problem([seeker], counted, few)
        found = for_seeker(problem, str(pk))
    return PersonAdvice(
        participant=participant,
        monday=monday,
        seeker=seeker,
        problem=problem,
        market=counted,
        found=found,
        lacks=lacks_of(seeker, has_profile=bool(profiles_of([pk]))),
        is_whole=is_whole,
        locked=str(locks.get(pk, "")),
        idle_lock=_place_of(opened[pk])
        if pk in opened and (pk not in locks or str(opened[pk]) not in around.places)
        else None,
        kept_for=_names_by_place(kept_for(locks, but=[pk]), actor),
    )


def _place_of(pk: UUID) -> PracticePlace | None:
    found: PracticePlace | None = (
        PracticePlace.objects.select_related("employer").filter(pk=pk).first()
    )
    return found


def _is_enough(found: Shortlist, fit: Sequence[Suggestion], out: Sequence[FallenOut]) -> bool:
    """Say whether what comes first would come first of all: counting only makes a place worse.

    Where others fit that are not counted, one of them may be the nearest to fall out all the same.

    Args:
        fit, out: those whose seats are not counted, in order.
    """
    best, nearest = found.fit[_FEWEST - 1 : _FEWEST], found.fallen_out[_FEWEST_OUT - 1 :]
    is_best = not fit or (
        bool(best) and (-best[0].points, best[0].offer) < (-fit[0].points, fit[0].offer)
    )
    is_nearest = not out or (
        bool(nearest) and (nearest[0].effort, nearest[0].offer) < (out[0].effort, out[0].offer)
    )
    return is_best and is_nearest


def _names_by_place(
    kept: Mapping[UUID, tuple[UUID, ...]], actor: Actor
) -> dict[str, tuple[str, ...]]:
    people = {pk for several in kept.values() for pk in several}
    names = names_of(people, actor=actor) if people else {}
    return {
        str(place): tuple(names[str(pk)] for pk in several if str(pk) in names)
        for place, several in kept.items()
    }


def _counted(problem: Problem, seeker: Seeker, rough: Shortlist, at: Collection[str]) -> Shortlist:
    """Judge the places again whose seats are counted, and leave those out that are not."""
    keys = [each.offer for each in rough.fit] + [each.offer for each in rough.fallen_out]
    offers = [problem.offer[key] for key in keys]
    return _in_order([judge(problem, seeker, each) for each in offers if each.employer in at])


def people_for(place: PracticePlace, *, monday: date, actor: Actor) -> PlaceAdvice:
    """List those who look for a place and could have this one. A fixed number of queries.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    locks = locks_on(monday)
    around = only(actor, place.pk, monday=monday, kept=kept_for(locks))
    if not around.offers:
        problem = _problem([], around, ())
        return PlaceAdvice(place, monday, problem, Shortlist((), ()), is_offered=False)
    people = looking(actor, on=monday)
    groups = alike(people, monday=monday)
    problem = _problem([one for one, _people in groups], around, supervisors(actor, on=monday))
    judged = [
        replace(found, seeker=str(pk))
        for found, several in (
            (judge(problem, seeker, around.offers[0]), several) for seeker, several in groups
        )
        for pk in several
    ]
    own = [pk for pk in people if locks.get(pk) == place.pk]
    if own:
        judged = [each for each in judged if UUID(each.seeker) not in own]
        for pk, seeker in seekers(own, monday=monday).items():
            kept = len(kept_from(locks, pk).get(place.pk, ()))
            judged.append(judge(problem, seeker, keeping(around, around.offers[0], kept)))
    return PlaceAdvice(
        place,
        monday,
        problem,
        _in_order(judged),
        {str(pk): seeker for seeker, several in groups for pk in several},
        locked=frozenset(map(str, own)),
    )


def _in_order(judged: Sequence[Suggestion | FallenOut]) -> Shortlist:
    """Put pairs in the order of a short list."""
    fit = [each for each in judged if isinstance(each, Suggestion)]
    out = [each for each in judged if isinstance(each, FallenOut)]
    return Shortlist(
        tuple(sorted(fit, key=lambda one: (-one.points, one.offer, one.seeker))),
        tuple(sorted(out, key=lambda one: (one.effort, one.offer, one.seeker))),
    )


def everybody(actor: Actor, *, monday: date) -> tuple[Problem, Market]:
    """Put the problem of everybody who looks for a place together, with the locked pairs.

    Where seats have become fewer than locks, the oldest hold.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    found = seekers(looking(actor, on=monday), monday=monday)
    locks = locks_on(monday)
    around = market(actor, monday=monday, kept=kept_for(locks, but=found))
    left = {each.key: each.seats for each in around.offers}
    locked: dict[str, str] = {}
    for person, place in locks.items():
        if person in found and left.get(str(place)):
            locked[str(person)] = str(place)
            left[str(place)] -= 1
    return _problem(list(found.values()), around, supervisors(actor, on=monday), locked), around


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who looks for a place, and what is not held about her or him."""

    participant: UUID
    name: str
    lacks: Lacks


@dataclass(frozen=True, slots=True)
class Overlook:
    """Everybody who looks for a place, and what is on offer.

    Attributes:
        shown: some of them, who has waited longest first.
        locked: participant and place, of those whom the viewer may see.
        idle: as ``locked``, of locks that keep no seat from that Monday on, with why in a sentence.
    """

    people: int
    shown: tuple[Waiting, ...]
    places: int
    locked: tuple[tuple[Participant, PracticePlace], ...]
    idle: tuple[tuple[Participant, PracticePlace, str], ...]


def look_over(actor: Actor, *, monday: date, start: int, size: int) -> Overlook:
    """Look over those who look for a place from a Monday on. A fixed number of queries.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    people = looking(actor, on=monday)
    shown = people[start : start + size]
    found = seekers(shown, monday=monday)
    profiles = profiles_of(shown)
    names = names_of(shown, actor=actor)
    opened = open_locks()
    locks = holding(opened, monday=monday)
    owners = visible_participants(actor).in_bulk(opened.keys())
    places = PracticePlace.objects.select_related("employer").in_bulk(set(opened.values()))
    by_name = sorted(owners.values(), key=lambda one: (one.name, str(one.pk)))
    idle = [each for each in by_name if each.pk not in locks]
    why = reasons([each.pk for each in idle], monday=monday) if idle else {}
    return Overlook(
        people=len(people),
        shown=tuple(
            Waiting(pk, names[str(pk)], lacks_of(found[pk], has_profile=pk in profiles))
            for pk in shown
        ),
        places=count_places(monday),
        locked=tuple((each, places[locks[each.pk]]) for each in by_name if each.pk in locks),
        idle=tuple((each, places[opened[each.pk]], why.get(each.pk, "")) for each in idle),
    )


def everyone_in(
    people: Collection[UUID], *, monday: date, actor: Actor
) -> tuple[Problem, Market, dict[UUID, UUID]]:
    """Put the problem of some people together who look for a place still.

    Returns:
        The problem, where no seat is kept; the market; and ``locks_on``, for whom seats are kept.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    still = set(looking(actor, on=monday)) & set(people)
    found = seekers([pk for pk in people if pk in still], monday=monday)
    around = market(actor, monday=monday)
    problem = _problem(list(found.values()), around, supervisors(actor, on=monday))
    return problem, around, locks_on(monday)


def names_of(people: Collection[UUID], *, actor: Actor) -> dict[str, str]:
    """Return what some people are called, of those whom the actor may see. One query."""
    rows = visible_participants(actor)
    if len(people) <= 1000:
        rows = rows.filter(pk__in=people)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def told(judged: Suggestion | FallenOut, problem: Problem, *, but: Collection[str] = ()) -> Told:
    """Write why, in words.

    Args:
        but: codes of what need not be said, such as what is told of the person elsewhere.
    """
    words = problem.words
    if isinstance(judged, FallenOut):
        return Told(
            clarify=_pairs(
                [
                    each
                    for each in judged.hindrances
                    if not each.falls_out and each.reason.code not in but
                ],
                words,
            ),
            out=_pairs([each for each in judged.hindrances if each.falls_out], words),
        )
    unclear = {each.reason for each in judged.clarify}
    return Told(
        speaks_for=tuple(render(each.reason, words) for each in judged.speaks_for),
        speaks_against=tuple(
            render(each.reason, words)
            for each in judged.speaks_against
            if each.reason not in unclear
        ),
        clarify=_pairs([each for each in judged.clarify if each.reason.code not in but], words),
    )


def _pairs(several: Sequence[Hindrance], words: Any) -> tuple[tuple[str, str], ...]:
    return tuple((render(each.reason, words), render(each.change, words)) for each in several)


def _problem(
    people: Sequence[Seeker],
    around: Market,
    following: tuple[Supervisor, ...],
    locked: dict[str, str] | None = None,
) -> Problem:
    return Problem(
        seekers=tuple(people),
        offers=around.offers,
        employers=around.employers,
        supervisors=following,
        travel=around.travel,
        rules=around.rules,
        locked=locked or {},
        words=around.words,
    )
