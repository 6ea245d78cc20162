"""Writing plans: a draft, its contents, and agreeing it, after which nothing changes it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from innpass.casework.audit import services as audit
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import family_of, owner_of
from innpass.casework.plans.models import Frozen, IntegrationPlan, PlanElement, Status
from innpass.casework.plans.queries import (
    ELEMENT_VALUES,
    VALUES,
    Version,
    draft_of,
    versions_of,
)
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.law.plan import PlanContent

MOST_ELEMENTS = 30
_NOT_COPIED = frozenset({"made_on", "reason", "review_on"})

__all__ = [
    "Frozen",
    "Incomplete",
    "TooEarly",
    "agree",
    "discard_draft",
    "lacks",
    "save_draft",
    "start_draft",
]


class TooEarly(Exception):
    """A version would be agreed before the one in force was, which was on ``day``."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class Incomplete(Exception):
    """A version lacks what the law asks a plan to hold. ``lacks`` names it."""

    def __init__(self, lacking: tuple[str, ...]) -> None:
        super().__init__(", ".join(lacking))
        self.lacks = lacking


@transaction.atomic
def start_draft(
    *, participant: Participant, on: date, by: Actor, known: Mapping[str, Any] | None = None
) -> IntegrationPlan:
    """Begin a new version as a copy of the one in force; or return the draft that is begun.

    Args:
        known: what a first version begins with, by the names of ``VALUES``.

    Raises:
        MayNot: plans are not theirs to write.
    """
    check_may_write(by, "plan.content")
    Participant.objects.select_for_update().get(pk=participant.pk)
    begun = draft_of(participant)
    if begun is not None:
        return begun
    before = next((each for each in versions_of(participant) if each.is_in_force), None)
    values = dict(known or {})
    if before is not None:
        values = {n: getattr(before.plan, n) for n in VALUES if n not in _NOT_COPIED}
    theirs = IntegrationPlan.objects.filter(family_of([participant.pk]))
    last = theirs.aggregate(n=Max("number"))["n"]
    draft = IntegrationPlan.objects.create(
        municipality_id=participant.municipality_id,
        participant=participant,
        number=(last or 0) + 1,
        made_on=on,
        **values,
    )
    if before is not None:
        _write_elements(
            draft,
            [{n: getattr(each, n) for n in ELEMENT_VALUES} for each in before.elements],
        )
    _note(draft, by, "start_plan", {"number": [before and before.plan.number, draft.number]})
    return draft


@transaction.atomic
def save_draft(
    *,
    plan: IntegrationPlan,
    values: Mapping[str, Any],
    elements: Sequence[Mapping[str, Any]],
    expected: int,
    by: Actor,
) -> IntegrationPlan:
    """Save what a draft says, whole.

    Args:
        values: by the names of ``VALUES``; what is not among them stays.
        elements: by the names of ``ELEMENT_VALUES``, in their order.
        expected: the draft's ``version`` that was on the screen.

    Raises:
        MayNot: plans are not theirs to write.
        Frozen: the version is agreed.
        ChangedMeanwhile: somebody else saved the draft.
    """
    check_may_write(by, "plan.content")
    _hold(plan, expected=expected)
    changed = sorted(name for name in VALUES if name in values)
    for name in changed:
        setattr(plan, name, values[name])
    plan.save_version(expected=expected, fields=tuple(changed))
    PlanElement.objects.filter(plan=plan).delete()
    _write_elements(plan, elements)
    _note(plan, by, "save_plan", {"number": [plan.number, plan.number]})
    return plan


@transaction.atomic
def discard_draft(*, plan: IntegrationPlan, expected: int, by: Actor) -> None:
    """Take a draft away; that it was there stays in the log.

    Args:
        expected: the draft's ``version`` that was on the screen.

    Raises:
        MayNot: plans are not theirs to write.
        Frozen: the version is agreed.
        ChangedMeanwhile: somebody else saved the draft, or took it away.
    """
    check_may_write(by, "plan.content")
    _hold(plan, expected=expected)
    PlanElement.objects.filter(plan=plan).delete()
    _note(plan, by, "discard_plan", {"number": [plan.number, None]})
    plan.delete()


@transaction.atomic
def agree(*, plan: IntegrationPlan, agreed_on: date, expected: int, by: Actor) -> IntegrationPlan:
    """Agree a draft, which takes the place of the version in force and is never changed again.

    Args:
        agreed_on: the day on which it was agreed.
        expected: the draft's ``version`` that was on the screen.

    Raises:
        MayNot: plans are not theirs to write.
        Frozen: it is agreed already.
        Incomplete: it lacks what the law asks for.
        TooEarly: the version in force was agreed later than that day.
        ChangedMeanwhile: somebody else saved the draft.
    """
    check_may_write(by, "plan.content")
    _hold(plan, expected=expected)
    elements = tuple(plan.elements.order_by("place"))
    lacking = lacks(Version(plan, elements))
    if lacking:
        raise Incomplete(lacking)
    latest = IntegrationPlan.objects.filter(
        family_of([_owner(plan)]), status=Status.AGREED
    ).aggregate(day=Max("agreed_on"))["day"]
    if latest is not None and agreed_on < latest:
        raise TooEarly(latest)
    plan.status, plan.agreed_on, plan.agreed_by_id = Status.AGREED, agreed_on, by.user_id
    plan.save_version(expected=expected, fields=("status", "agreed_on", "agreed_by"))
    _note(plan, by, "agree_plan", {"agreed_on": [None, agreed_on.isoformat()]})
    return plan


def lacks(version: Version) -> tuple[str, ...]:
    """Name what a version lacks before it can be agreed, in the law's order.

    Each of ``PlanContent``; ``reasons`` of elements towards work or education; and, of a version
    that takes the place of another, ``change``: why.
    """
    facts = version.facts
    found = [str(content) for content in PlanContent if content not in facts.contents]
    if facts.reasoned < facts.to_be_reasoned:
        found.append("reasons")
    if version.plan.number > 1 and not version.plan.reason.strip():
        found.append("change")
    return tuple(found)


def _hold(plan: IntegrationPlan, *, expected: int) -> None:
    """Keep others from the stored row until the transaction ends, and see that it is as expected.

    Raises:
        Frozen: the version is agreed.
        ChangedMeanwhile: it has another ``version``, or is gone.
    """
    stored = IntegrationPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if stored is None:
        raise ChangedMeanwhile(plan)
    stored.check_open()
    if stored.version != expected:
        raise ChangedMeanwhile(stored)


def _owner(plan: IntegrationPlan) -> UUID:
    """Return the person a version is shown at."""
    return owner_of(plan.participant).pk


def _write_elements(plan: IntegrationPlan, elements: Sequence[Mapping[str, Any]]) -> None:
    PlanElement.objects.bulk_create(
        [
            PlanElement(
                municipality_id=plan.municipality_id, plan=plan, place=place, **dict(element)
            )
            for place, element in enumerate(elements[:MOST_ELEMENTS], start=1)
        ]
    )


def _note(plan: IntegrationPlan, by: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=plan.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=plan.participant_id,
        changes=changes,
    )
