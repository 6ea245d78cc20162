"""Judging everybody by every topic of the law: the figures, and how each person stands."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.registry import Progress
from innpass.casework.organisations.inserting import insert_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.programme.models import ReadingChoice, RuleCount, Standing
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import Reread, choose_reading, law_here, not_judged_by
from innpass.domain.access.policy import check_may_read, check_may_see_results
from innpass.domain.access.roles import Actor
from innpass.domain.law.duty import State
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.findings import finding, hours_states
from innpass.domain.law.law import Law
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.rules.work_oriented import TOPIC as HOURS
from innpass.domain.law.supposing import Supposition, topics_of

States = Mapping[str, list[str | None]]
"""By topic: the state, the text that binds or "", the last day in time or ``None``."""

JUDGE = "programme.judge_everyone"
JUDGE_ANEW = "overview.judge_anew"  # hours and the grid too: the law is read otherwise
_AT_A_TIME = 200  # people judged between two reports of progress


class Unwatched:
    """What judging reports to where nobody waits."""

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Tell how far it has come."""

    def finish(self, message: str = "") -> None:
        """Tell, in the transaction that writes, that all is written."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How the register stands for those in the programme whom somebody may see.

    Attributes:
        as_of: the day everybody was judged for; ``None`` where that was never done.
        computed_at: when.
        people: of how many.
        counts: how many by topic, text and state; the text is "" where it is not known which.
    """

    as_of: date | None
    computed_at: datetime | None
    people: int
    counts: Mapping[tuple[str, str, str], int]


def judge_everyone(
    *, municipality: Municipality, on: date, progress: Progress | None = None
) -> int:
    """Judge everybody by every topic as of a day, and store figures and standings.

    What it reads and computes lies before the transaction, which is short; who changes somebody
    meanwhile finds that in the figures the next time.

    Args:
        progress: ``None`` where nobody waits.

    Returns:
        how many people were judged.
    """
    report = progress or Unwatched()
    law, waiting = law_here(), not_judged_by()
    people = Participant.objects.filter(absorbed_by=None)
    protected = dict(people.values_list("pk", "is_protected"))
    facts = facts_of(protected)
    judged: dict[UUID, States] = {}
    report(0, len(facts), "Vurderer deltakerne")
    hours = dict(zip(facts, hours_states(list(facts.values()), on=on, law=law), strict=True))
    for done, (pk, person) in enumerate(facts.items()):
        if done % _AT_A_TIME == 0:
            report(done, len(facts), "Vurderer deltakerne")
        judged[pk] = _states_of(person, hours[pk], on=on, law=law)
    current = {pk for pk, person in facts.items() if is_in_programme(person, on=on)}
    counted = {pk for pk in current if not protected[pk]}
    figures = count(judged[pk] for pk in counted)
    figures["", "", ""] = len(counted)
    those = [facts[pk] for pk in counted]
    told = [(each.choice, _what_it_changed(each, those, on=on)) for each in waiting]
    report(len(facts), len(facts), "Lagrer")
    now = timezone.now()
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        there = set(Participant.objects.filter(absorbed_by=None).values_list("pk", flat=True))
        for choice, changed in told:
            ReadingChoice.objects.filter(pk=choice.pk).update(changed=changed)
        Standing.objects.all().delete()
        RuleCount.objects.all().delete()
        Standing.objects.bulk_create(
            (
                Standing(
                    municipality=municipality,
                    participant_id=pk,
                    states=states,
                    is_current=pk in current,
                    is_counted=pk in counted,
                )
                for pk, states in judged.items()
                if pk in there
            ),
            batch_size=500,
        )
        insert_values(
            RuleCount,
            ("topic", "text", "state", "number", "as_of", "computed_at"),
            [(*key, number, on, now) for key, number in figures.items()],
            municipality=municipality,
        )
        report.finish()
    return len(judged)


def _what_it_changed(
    reread: Reread, people: Collection[PersonFacts], *, on: date
) -> dict[str, Any]:
    """Say how many stand otherwise by the law after a choice than before it, on the same facts.

    So what else changed since everybody was last judged is not laid to the choice.
    """
    found = Counter(
        (topic, now.value, then.value)
        for topic in topics_of(reread.after, Supposition(reading=reread.choice.name))
        for now, then in zip(
            _stand(topic, people, on=on, law=reread.before),
            _stand(topic, people, on=on, law=reread.after),
            strict=True,
        )
        if now is not then
    )
    return {
        "as_of": on.isoformat(),
        "people": len(people),
        "lines": [[*key, number] for key, number in found.most_common()],
    }


def _stand(topic: str, people: Collection[PersonFacts], *, on: date, law: Law) -> list[State]:
    if topic == HOURS:
        return hours_states(list(people), on=on, law=law)
    return [finding(topic, person, on=on, law=law).state for person in people]


@dataclass(frozen=True, slots=True)
class Stands:
    """How a topic stands for one person; ``due`` is the last day in time."""

    participant: UUID
    name: str
    state: str
    due: date | None


def stand_at(topic: str, *, actor: Actor) -> list[Stands]:
    """Return how a topic stands for each in the programme whom it reaches, and the actor may see.

    They are those whom ``figures_for`` counts. Three queries; ordered by day, then name.

    Raises:
        MayNot: what the law says of people is not theirs to read.
    """
    check_may_read(actor, "status.explanation")
    rows = Standing.objects.filter(is_current=True, states__has_key=topic).values_list(
        "participant_id", "states"
    )
    found = {pk: states[topic] for pk, states in rows}
    people = visible_participants(actor).filter(standing__is_current=True)
    stand = [
        Stands(pk, name, state or "", date.fromisoformat(due) if due else None)
        for pk, name in people.values_list("pk", "name")
        if pk in found
        for state, _text, due in [found[pk]]
    ]
    return sorted(stand, key=lambda one: (one.due or date.max, one.name, str(one.participant)))


def ask_for_judging(*, by: Actor) -> None:
    """Have the worker judge everybody, unless that waits to be done already."""
    if not Job.objects.filter(kind=JUDGE, status=JobStatus.WAITING).exists():
        jobs.enqueue(kind=JUDGE, arguments={}, by=by)


@transaction.atomic
def read_otherwise(
    *, municipality: Municipality, name: str, value: Any, reason: str, by: Actor
) -> ReadingChoice:
    """Choose a reading (``readings.choose_reading``) and have everybody judged anew by it."""
    choice = choose_reading(municipality=municipality, name=name, value=value, reason=reason, by=by)
    jobs.enqueue(kind=JUDGE_ANEW, arguments={}, by=by)
    return choice


def is_being_judged() -> bool:
    """Say whether everybody is being judged, or that waits to be done."""
    at_work = (JobStatus.WAITING, JobStatus.RUNNING)
    return bool(Job.objects.filter(kind__in=(JUDGE, JUDGE_ANEW), status__in=at_work).exists())


def is_in_programme(facts: PersonFacts, *, on: date) -> bool:
    """Say whether somebody's programme had not ended before a day; it may begin later."""
    return facts.actual_end is None or facts.actual_end >= on


def _states_of(person: PersonFacts, hours: State, *, on: date, law: Law) -> States:
    """Return what is kept of a person; topics that do not reach the person are left out."""
    kept: dict[str, list[str | None]] = {}
    for topic in law.topics:
        if topic == HOURS:
            state, text, due = hours, requirement_for(person, law=law).text, None
        else:
            found = finding(topic, person, on=on, law=law)
            state, text, due = found.state, found.text, found.due
        if state is not State.NOT_BOUND:
            rule = text.rule if text else ""
            kept[topic] = [state.value, rule, due.isoformat() if due else None]
    return kept


def count(standings: Iterable[States]) -> Counter[tuple[str, str, str]]:
    """Count people by topic, text and state."""
    found: Counter[tuple[str, str, str]] = Counter()
    for states in standings:
        for topic, (state, text, _due) in states.items():
            found[topic, text or "", state or ""] += 1
    return found


def figures_for(actor: Actor) -> Figures:
    """Return the figures of those in the programme whom the actor may see. At most four queries.

    The stored figures hold nobody who was protected when they were computed. Those whom the actor
    may see all the same are added, and those who were protected since are taken out.

    Raises:
        MayNot: the results are not theirs.
    """
    check_may_see_results(actor)
    rows = list(
        RuleCount.objects.values_list("topic", "text", "state", "number", "as_of", "computed_at")
    )
    if not rows:
        return Figures(None, None, 0, {})
    counts = Counter({(topic, text, state): number for topic, text, state, number, *_ in rows})
    for states, sign in _differences(actor):
        for key in [("", "", ""), *count([states])]:
            counts[key] += sign
    people = counts.pop(("", "", ""), 0)
    *_, as_of, computed_at = rows[0]
    return Figures(as_of, computed_at, people, {key: n for key, n in counts.items() if n > 0})


def _differences(actor: Actor) -> Iterator[tuple[States, int]]:
    """Give those who are to be added to the stored figures, or taken from them."""
    away = Q(is_protected=True) | Q(absorbed_by__isnull=False)
    gone = list(Participant.objects.filter(away).values_list("pk", flat=True))
    differ = Q(participant__in=gone, is_counted=True) | Q(is_current=True, is_counted=False)
    rows = list(
        Standing.objects.filter(differ).values_list("participant_id", "is_counted", "states")
    )
    people = [pk for pk, *_ in rows]
    visible = set(visible_participants(actor).filter(pk__in=people).values_list("pk", flat=True))
    for pk, is_counted, states in rows:
        if is_counted != (pk in visible):
            yield states, -1 if is_counted else +1
