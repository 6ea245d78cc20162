"""A plan is written as a draft, agreed when it is whole, and never changed after that."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.plans.models import Frozen, IntegrationPlan, PlanElement
from innpass.casework.plans.queries import Version, plan_facts, versions_of
from innpass.casework.plans.services import (
    Incomplete,
    TooEarly,
    agree,
    discard_draft,
    lacks,
    save_draft,
    start_draft,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from innpass.domain.law.plan import PlanContent
from tests.casework.plans.plan import ELEMENT, WHOLE, actor, agreed
from tests.factories.people import become_second

DAY = date(2026, 2, 2)


def test_a_first_version_lacks_everything_and_is_refused(amina: Participant) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina))

    with pytest.raises(Incomplete) as no:
        agree(plan=draft, agreed_on=DAY, expected=draft.version, by=actor(amina))

    assert no.value.lacks == tuple(PlanContent)
    assert draft.number == 1
    assert IntegrationPlan.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("name", "empty", "lack"),
    [
        ("end_goal", "", "end_goal"),
        ("long_term_goal", "  ", "long_term_goal"),
        ("goal_writing", "", "norwegian_goal"),
        ("norwegian_hours", None, "extent"),
        ("social_studies_hours", None, "extent"),
        ("length_months", None, "length"),
        ("complaint_informed", None, "complaint"),
        ("complaint_informed", False, "complaint"),
    ],
)
def test_each_thing_the_law_asks_for_is_missed(
    amina: Participant, name: str, empty: Any, lack: str
) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina), known=WHOLE | {name: empty})
    save_draft(plan=draft, values={}, elements=[ELEMENT], expected=1, by=actor(amina))

    assert lacks(Version(draft, tuple(draft.elements.all()))) == (lack,)


def test_an_element_towards_work_needs_its_reason_and_norwegian_does_not(
    amina: Participant,
) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina), known=WHOLE)
    norwegian = ELEMENT | {"kind": "norwegian", "reason": ""}
    practice = ELEMENT | {"reason": " "}
    save_draft(plan=draft, values={}, elements=[norwegian, practice], expected=1, by=actor(amina))

    with pytest.raises(Incomplete) as no:
        agree(plan=draft, agreed_on=DAY, expected=2, by=actor(amina))

    assert no.value.lacks == ("reasons",)


def test_an_agreed_version_is_not_changed_by_anybody(amina: Participant) -> None:
    plan = agreed(amina, DAY)
    element = plan.elements.get()

    with pytest.raises(Frozen):
        save_draft(
            plan=plan, values={"occupation": "kokk"}, elements=[], expected=3, by=actor(amina)
        )
    with pytest.raises(Frozen):
        discard_draft(plan=plan, expected=plan.version, by=actor(amina))
    with pytest.raises(Frozen):
        agree(plan=plan, agreed_on=DAY, expected=plan.version, by=actor(amina))
    with pytest.raises(Frozen):
        plan.save()
    with pytest.raises(Frozen):
        plan.save_version(expected=plan.version, fields=("occupation",))
    with pytest.raises(Frozen):
        plan.delete()
    with pytest.raises(Frozen):
        IntegrationPlan.objects.all().update(occupation="kokk")
    with pytest.raises(Frozen):
        IntegrationPlan.objects.all().delete()
    with pytest.raises(Frozen):
        element.save()
    with pytest.raises(Frozen):
        element.delete()
    with pytest.raises(Frozen):
        PlanElement.objects.all().update(reason="")
    with pytest.raises(Frozen):
        PlanElement.objects.create(
            municipality=amina.municipality, plan=plan, place=9, kind="other"
        )
    with pytest.raises(Frozen):
        PlanElement.objects.bulk_create(
            [PlanElement(municipality=amina.municipality, plan=plan, place=9, kind="other")]
        )

    stored = IntegrationPlan.objects.get()
    assert (stored.occupation, stored.elements.get().reason) == ("renholder", ELEMENT["reason"])


def test_the_database_holds_no_agreed_version_without_its_contents(amina: Participant) -> None:
    values = WHOLE | {"long_term_goal": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        IntegrationPlan.objects.create(
            municipality=amina.municipality,
            participant=amina,
            number=1,
            made_on=DAY,
            agreed_on=DAY,
            status="agreed",
            **values,
        )


def test_a_new_version_begins_as_a_copy_and_says_why_it_is_another(amina: Participant) -> None:
    first = agreed(amina, DAY)
    draft = start_draft(participant=amina, on=date(2026, 5, 4), by=actor(amina))
    again = start_draft(participant=amina, on=date(2026, 5, 5), by=actor(amina))

    assert again.pk == draft.pk
    assert (draft.number, draft.occupation, draft.reason) == (2, "renholder", "")
    assert [each.reason for each in draft.elements.all()] == [ELEMENT["reason"]]
    with pytest.raises(Incomplete) as no:
        agree(plan=draft, agreed_on=date(2026, 5, 5), expected=1, by=actor(amina))
    assert no.value.lacks == ("change",)

    save_draft(
        plan=draft,
        values={"reason": "Nytt mål", "occupation": "kokk"},
        elements=[ELEMENT],
        expected=1,
        by=actor(amina),
    )
    agree(plan=draft, agreed_on=date(2026, 5, 5), expected=2, by=actor(amina))

    versions = versions_of(amina)
    assert [(v.plan.number, v.is_in_force) for v in versions] == [(2, True), (1, False)]
    first.refresh_from_db()
    assert first.occupation == "renholder"


def test_a_draft_saved_by_two_is_saved_once(amina: Participant) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina))
    save_draft(plan=draft, values={"occupation": "kokk"}, elements=[], expected=1, by=actor(amina))

    with pytest.raises(ChangedMeanwhile):
        save_draft(
            plan=draft,
            values={"occupation": "sveiser"},
            elements=[ELEMENT],
            expected=1,
            by=actor(amina),
        )

    assert IntegrationPlan.objects.get().occupation == "kokk"


def test_a_draft_can_be_taken_away_and_the_log_says_so(amina: Participant) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina), known=WHOLE)
    save_draft(plan=draft, values={}, elements=[ELEMENT], expected=1, by=actor(amina))

    discard_draft(plan=draft, expected=draft.version, by=actor(amina))

    assert not IntegrationPlan.objects.exists()
    acts = AuditEvent.objects.filter(subject_id=amina.pk).values_list("action", flat=True)
    assert set(acts) >= {"start_plan", "save_plan", "discard_plan"}


def test_a_draft_that_somebody_saved_is_not_taken_away_unseen(amina: Participant) -> None:
    draft = start_draft(participant=amina, on=DAY, by=actor(amina), known=WHOLE)
    seen = IntegrationPlan.objects.get()
    save_draft(plan=draft, values={}, elements=[ELEMENT], expected=1, by=actor(amina))

    with pytest.raises(ChangedMeanwhile):
        discard_draft(plan=seen, expected=1, by=actor(amina))
    assert PlanElement.objects.count() == 1

    discard_draft(plan=draft, expected=2, by=actor(amina))
    with pytest.raises(ChangedMeanwhile):
        save_draft(plan=seen, values={}, elements=[ELEMENT], expected=1, by=actor(amina))
    with pytest.raises(ChangedMeanwhile):
        discard_draft(plan=seen, expected=1, by=actor(amina))


@pytest.mark.parametrize("is_of_second", [False, True])
def test_a_version_is_not_agreed_before_the_one_it_replaces(
    amina: Participant, second: Participant, is_of_second: bool
) -> None:
    agreed(second if is_of_second else amina, DAY)
    become_second(second, amina)
    before = date(2026, 2, 1)
    draft = start_draft(participant=amina, on=before, by=actor(amina), known=WHOLE)
    said = {"reason": "Nytt mål"}
    save_draft(plan=draft, values=said, elements=[ELEMENT], expected=1, by=actor(amina))

    with pytest.raises(TooEarly) as no:
        agree(plan=draft, agreed_on=before, expected=2, by=actor(amina))

    assert no.value.day == DAY
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert agree(plan=draft, agreed_on=DAY, expected=2, by=actor(amina)).number == 2
    assert [v.plan.number for v in versions_of(amina) if v.is_in_force] == [2]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.NAV_ADVISER, Role.LEADER, Role.ADMINISTRATOR])
def test_only_the_programme_adviser_writes(amina: Participant, role: Role) -> None:
    with pytest.raises(MayNot):
        start_draft(participant=amina, on=DAY, by=actor(amina, role))


def test_the_law_is_told_of_what_is_agreed_and_not_of_drafts(amina: Participant) -> None:
    agreed(amina, DAY)
    start_draft(participant=amina, on=date(2026, 5, 4), by=actor(amina))

    facts = plan_facts([amina.pk])
    everybody = plan_facts(None)

    (plan,) = facts[amina.pk]
    assert facts == everybody
    assert (plan.number, plan.agreed_on) == (1, DAY)
    assert plan.contents == frozenset(PlanContent)
    assert (plan.reasoned, plan.to_be_reasoned) == (1, 1)


def test_a_plan_written_for_a_second_is_read_at_the_first_and_goes_back(
    amina: Participant, second: Participant
) -> None:
    plan = agreed(second, DAY)
    become_second(second, amina)

    (version,) = versions_of(amina)

    assert (version.plan.pk, version.is_of_another, version.is_in_force) == (plan.pk, True, True)
    assert list(plan_facts([amina.pk])) == [amina.pk]
    assert start_draft(participant=amina, on=DAY, by=actor(amina)).number == 2

    become_second(second, None)

    assert [v.plan.pk for v in versions_of(second)] == [plan.pk]
    assert plan.pk not in {v.plan.pk for v in versions_of(amina)}
