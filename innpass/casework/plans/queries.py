"""Reading plans: a person's versions, what a version lacks, and what the law asks about it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.plans.models import IntegrationPlan, PlanElement, Status
from innpass.domain.law.facts import PlanFacts
from innpass.domain.law.plan import NEEDS_REASON, PlanContent
from innpass.domain.law.plan_days import Disagreement, disagreements
from innpass.domain.sheets.fields import SKILLS

# What a version says in one value each, in the order in which it is read.
VALUES = (
    *("made_on", "made_with_participant", "interpreter_used", "reason"),
    *("end_goal", "occupation", "long_term_goal"),
    *(f"goal_{skill}" for skill in SKILLS),
    *("norwegian_hours", "social_studies_hours", "length_months", "first_day", "last_day"),
    *("complaint_informed", "review_on"),
)
ELEMENT_VALUES = ("kind", "text", "hours_per_week", "unit", "first_day", "last_day", "reason")
_CONTENT_COLUMNS = (
    *("end_goal", "long_term_goal", *(f"goal_{skill}" for skill in SKILLS)),
    *("norwegian_hours", "social_studies_hours", "length_months", "complaint_informed"),
)
_FEW = 400  # people asked for one by one; more are found among all
_FACT_COLUMNS = ("number", "made_on", "agreed_on", "review_on", "made_with_participant")


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its elements.

    Attributes:
        is_in_force: the latest that is agreed.
        is_of_another: it was written for somebody who turned out to be this person's second.
    """

    plan: IntegrationPlan
    elements: tuple[PlanElement, ...]
    is_in_force: bool = False
    is_of_another: bool = False

    @property
    def is_draft(self) -> bool:
        """Say whether it can still be changed."""
        return self.plan.status == Status.DRAFT

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """What among its months and days does not agree."""
        plan = self.plan
        return disagreements(
            length_months=plan.length_months,
            first_day=plan.first_day,
            last_day=plan.last_day,
            review_on=plan.review_on,
            elements=[(each.first_day, each.last_day) for each in self.elements],
        )

    @property
    def facts(self) -> PlanFacts:
        """What the law asks about it."""
        plan = self.plan
        wanting = [each for each in self.elements if each.kind in NEEDS_REASON]
        return PlanFacts(
            **{name: getattr(plan, name) for name in _FACT_COLUMNS},
            contents=_contents(
                {name: getattr(plan, name) for name in _CONTENT_COLUMNS}, len(self.elements)
            ),
            to_be_reasoned=len(wanting),
            reasoned=sum(1 for each in wanting if each.reason.strip()),
        )


def versions_of(participant: Participant) -> tuple[Version, ...]:
    """Return a person's versions, the draft first and then the latest agreed. Two queries."""
    plans = list(
        IntegrationPlan.objects.filter(family_of([participant.pk])).select_related(
            "participant", "agreed_by"
        )
    )
    if not plans:
        return ()
    elements: dict[UUID, list[PlanElement]] = defaultdict(list)
    for element in PlanElement.objects.filter(plan__in=plans).order_by("place"):
        elements[element.plan_id].append(element)
    plans.sort(key=lambda p: (p.agreed_on or p.made_on, p.number, p.made_on), reverse=True)
    plans.sort(key=lambda p: p.status != Status.DRAFT)
    agreed = [plan.pk for plan in plans if plan.status == Status.AGREED]
    return tuple(
        Version(
            plan,
            tuple(elements[plan.pk]),
            is_in_force=agreed[:1] == [plan.pk],
            is_of_another=plan.participant_id != participant.pk,
        )
        for plan in plans
    )


def version_with(versions: Sequence[Version], number: str) -> Version | None:
    """Return the version of an id among some; ``None`` where it is none of them."""
    return next((each for each in versions if str(each.plan.pk) == number), None)


def draft_of(participant: Participant) -> IntegrationPlan | None:
    """Return the draft written for a person, if there is one."""
    found: IntegrationPlan | None = IntegrationPlan.objects.filter(
        participant=participant, status=Status.DRAFT
    ).first()
    return found


def plans_of_people(people: Collection[UUID]) -> dict[UUID, IntegrationPlan]:
    """Return the first plan of those of some people who have one. One query.

    A plan of somebody who turned out to be a person's second is that person's, too.
    """
    wanted = set(people)
    if not wanted:
        return {}
    found: dict[UUID, IntegrationPlan] = {}
    plans = IntegrationPlan.objects.select_related("participant").order_by("begun_at")
    if len(wanted) <= _FEW:
        plans = plans.filter(family_of(wanted))
    for plan in plans:
        for pk in (plan.participant_id, plan.participant.turned_out_to_be_id):
            if pk in wanted:
                found.setdefault(pk, plan)
    return found


@dataclass(frozen=True, slots=True)
class InForce:
    """The dates of the plan that is in force."""

    number: int
    agreed_on: date
    review_on: date | None


def plans_in_force() -> dict[UUID, InForce]:
    """Return everybody's plan in force. One query."""
    plans = (
        IntegrationPlan.objects.filter(status=Status.AGREED)
        .annotate(owner=OWNER)
        .order_by("agreed_on", "number", "made_on")
    )
    columns = ("owner", "number", "agreed_on", "review_on")
    return {owner: InForce(*dates) for owner, *dates in plans.values_list(*columns)}


def plan_facts(participants: Collection[UUID] | None) -> dict[UUID, tuple[PlanFacts, ...]]:
    """Return what the law asks about plans, by person and in time; ``None`` of everybody.

    Drafts are left out: nobody has agreed to them. One query.
    """
    plans = IntegrationPlan.objects.filter(status=Status.AGREED).annotate(owner=OWNER)
    if participants is not None:
        plans = plans.filter(owner__in=participants)
    wanting = Q(elements__kind__in=NEEDS_REASON)
    plans = plans.annotate(
        n=Count("elements"),
        wanting=Count("elements", filter=wanting),
        reasoned=Count("elements", filter=wanting & ~Q(elements__reason="")),
    ).order_by("agreed_on", "number")
    found: dict[UUID, list[PlanFacts]] = defaultdict(list)
    columns = ("owner", "n", "wanting", "reasoned", *_FACT_COLUMNS, *_CONTENT_COLUMNS)
    for row in plans.values_list(*columns):
        values = dict(zip(columns, row, strict=True))
        found[values["owner"]].append(
            PlanFacts(
                **{name: values[name] for name in _FACT_COLUMNS},
                contents=_contents(values, values["n"]),
                to_be_reasoned=values["wanting"],
                reasoned=values["reasoned"],
            )
        )
    return {owner: tuple(plans) for owner, plans in found.items()}


def _contents(values: dict[str, Any], elements: int) -> frozenset[PlanContent]:
    there = {
        PlanContent.END_GOAL: bool(values["end_goal"]),
        PlanContent.NORWEGIAN_GOAL: all(values[f"goal_{skill}"] for skill in SKILLS),
        PlanContent.LONG_TERM_GOAL: bool(values["long_term_goal"].strip()),
        PlanContent.EXTENT: values["norwegian_hours"] is not None
        and values["social_studies_hours"] is not None,
        PlanContent.LENGTH: values["length_months"] is not None,
        PlanContent.ELEMENTS: elements > 0,
        PlanContent.COMPLAINT: values["complaint_informed"] is True,
    }
    return frozenset(content for content, is_there in there.items() if is_there)
