"""What if the law were another: who falls short now, and who would. Nobody's case is changed."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.registry import Progress
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import hidden_people, visible_participants
from innpass.casework.programme.models import WhatIf
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.standings import is_in_programme
from innpass.domain.access.policy import Act, check_may_read, may, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.findings import finding
from innpass.domain.law.hours import spans
from innpass.domain.law.law import Law
from innpass.domain.law.rules.work_oriented import TOPIC as HOURS
from innpass.domain.law.supposing import SHORT, Supposition, suppose, topics_of
from innpass.domain.periods import IsoWeek

WHAT_IF = "programme.what_if"
KEPT_FOR = timedelta(days=1)
_AT_A_TIME = 200  # people judged between two reports of progress
_MANY = 5000  # more people than this are read with all others, not asked for one by one
# The contact of each body, and where it stands.
CONTACTS = {
    "programme.adviser": "enrolment__adviser",
    "nav.adviser": "enrolment__nav_adviser",
    "teacher": "enrolment__teacher",
}


@dataclass(frozen=True, slots=True)
class Line:
    """How one topic stands for one person, now and if the law were the other.

    Attributes:
        contacts: by field of the access table, as far as the viewer may read them.
    """

    participant: UUID
    name: str
    topic: str
    now: str
    then: str
    contacts: Mapping[str, str]

    @property
    def is_short(self) -> bool:
        """Whether the person falls short now."""
        return self.now in SHORT

    @property
    def would_be_short(self) -> bool:
        """Whether the person would fall short."""
        return self.then in SHORT


@transaction.atomic
def ask(what: Supposition, *, on: date, by: Actor, reason: str = "") -> WhatIf:
    """Ask; the worker answers. What was asked more than a day ago is forgotten.

    Args:
        reason: why another reading would be chosen, kept until it is.

    Raises:
        MayNot: what the law says of people is not theirs to read, nor the reading theirs to change.
        CannotSuppose, NoSuchText, NoSuchParameter: as ``supposing.suppose``.
    """
    _check_may_ask(what, by)
    suppose(law_here(), what)
    forget_old()
    asked: WhatIf = WhatIf.objects.create(
        municipality_id=by.municipality_id,
        asked_by_id=by.user_id,
        supposed=what.as_json() | ({"reason": reason} if reason else {}),
        as_of=on,
    )
    job = jobs.enqueue(kind=WHAT_IF, arguments={"what_if": str(asked.pk)}, by=by)
    WhatIf.objects.filter(pk=asked.pk).update(job=job.pk)
    asked.job = job.pk
    return asked


def _check_may_ask(what: Supposition, actor: Actor) -> None:
    if what.reading and may(actor, Act.CHANGE_SETTINGS):
        return
    check_may_read(actor, "status.explanation")


def forget_old() -> None:
    """Forget what was asked more than a day ago."""
    WhatIf.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR).delete()


def answer(asked: WhatIf, *, by: Actor, progress: Progress) -> None:
    """Judge those in the programme by the law as it is and as it would be.

    Args:
        by: who asked. Only those whom that one may see are counted: the number of all, beside
            that of those shown, would give away how many are hidden.
    """
    law = law_here()
    what = Supposition.from_json(asked.supposed)
    other, topics = suppose(law, what), topics_of(law, what)
    facts = facts_of(Participant.objects.filter(absorbed_by=None).values_list("pk", flat=True))
    current = {pk: one for pk, one in facts.items() if is_in_programme(one, on=asked.as_of)}
    outcome: dict[str, dict[str, list[str]]] = {}
    is_of_reading = bool(what.reading)
    safe = (
        _not_below(current, on=asked.as_of, laws=(law, other))
        if HOURS in topics and not is_of_reading
        else frozenset()
    )
    for done, (pk, person) in enumerate(current.items()):
        if done % _AT_A_TIME == 0:
            progress(done, len(current), "Vurderer deltakerne")
        for topic in topics:
            if topic == HOURS and pk in safe:
                continue
            now = finding(topic, person, on=asked.as_of, law=law).state
            then = finding(topic, person, on=asked.as_of, law=other).state
            if now != then if is_of_reading else (now in SHORT or then in SHORT):
                outcome.setdefault(str(pk), {})[topic] = [now.value, then.value]
    progress(len(current), len(current))
    people = len(current.keys() - hidden_people(by))
    with transaction.atomic():
        WhatIf.objects.filter(pk=asked.pk).update(outcome=outcome, people=people)
        progress.finish()


def _not_below(
    people: Mapping[UUID, PersonFacts], *, on: date, laws: Collection[Law]
) -> frozenset[UUID]:
    """Return those who by none of the laws have too few hours in the week of a day.

    All are judged at once, which takes a fraction of the time that asking one by one does.
    """
    monday = IsoWeek.of(on).monday
    found = set(people)
    for law in laws:
        judged = spans(list(people.values()), on=on, law=law)
        found &= {
            pk
            for pk, each in zip(people, judged, strict=True)
            if any(
                span.first_monday <= monday <= span.last_monday
                and span.verdict is not Verdict.BELOW
                for span in each
            )
        }
    return frozenset(found)


def find(pk: UUID, *, actor: Actor) -> WhatIf | None:
    """Return what the actor asked; ``None`` where it is forgotten or somebody else's."""
    found: WhatIf | None = WhatIf.objects.filter(pk=pk, asked_by=actor.user_id).first()
    return found


def job_of(asked: WhatIf) -> Job | None:
    """Return the job that answers."""
    found: Job | None = Job.objects.filter(pk=asked.job).first() if asked.job else None
    return found


def changes_of(asked: WhatIf, *, actor: Actor) -> Counter[tuple[str, str, str]]:
    """Count those whom the actor may see by topic, state now and state then. One query.

    Raises:
        MayNot: as ``ask``.
    """
    _check_may_ask(Supposition.from_json(asked.supposed), actor)
    outcome: Mapping[str, Mapping[str, Any]] = asked.outcome or {}
    hidden = {str(pk) for pk in hidden_people(actor)}
    return Counter(
        (topic, now, then)
        for pk, topics in outcome.items()
        if pk not in hidden
        for topic, (now, then) in topics.items()
    )


def lines_of(asked: WhatIf, *, actor: Actor) -> list[Line]:
    """Return how it stands for those whom the actor may see, by name. One query.

    Raises:
        MayNot: what the law says of people is not theirs to read.
    """
    check_may_read(actor, "status.explanation")
    outcome: Mapping[str, Mapping[str, Any]] = asked.outcome or {}
    people = visible_participants(actor).order_by("name", "pk")
    if len(outcome) <= _MANY:
        people = people.filter(pk__in=[UUID(pk) for pk in outcome])
    readable = {field: may_read(actor, field) for field in CONTACTS}
    return [
        Line(
            participant=pk,
            name=name,
            topic=topic,
            now=now,
            then=then,
            contacts={
                field: said or "" if readable[field] else ""
                for field, said in zip(CONTACTS, contacts, strict=True)
            },
        )
        for pk, name, *contacts in people.values_list("pk", "name", *CONTACTS.values())
        for topic, (now, then) in outcome.get(str(pk), {}).items()
    ]
