"""Which week people's course models give them: chosen or suggested, kept through edits."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Leave
from innpass.casework.training import course_models, services
from innpass.casework.training.course_models import (
    EditedMeanwhile,
    begin_model,
    history_of,
    latest_of,
    save_model,
)
from innpass.casework.training.courses import course_weeks
from innpass.casework.training.models import CourseChoice, CourseDeviation, CourseModelVersion
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.courses.faults import BadModel
from innpass.domain.courses.following import Choice, Deviation
from innpass.domain.courses.model import Block, CourseModel, WeekTemplate
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.sheets.fields import Activity
from tests.casework.training.conftest import pupil
from tests.factories.people import become_second

START, TODAY = date(2025, 9, 1), date(2026, 4, 1)
OURS = Choice(START, "autumn-2025", 0, "2")
WEEK = WeekTemplate((Block(Activity.PRACTICE, (7.5,) * 5),))


def actor(person: Participant, role: Role = Role.TEACHER, body: str = "learning") -> Actor:
    user, _ = User.objects.get_or_create(username=f"liv-{role}")
    return Actor(user.pk, "Liv", person.municipality_id, body, frozenset({role}))


def renamed(model: CourseModel, name: str) -> CourseModel:
    return replace(model, name=name)


def edit(person: Participant, name: str = "Modell 3, rettet", **changes: Any) -> CourseModelVersion:
    values: dict[str, Any] = {
        "municipality": person.municipality,
        "model": renamed(shipped_models()["autumn-2025"], name),
        "reason": "Ny timeplan",
        "expected": 0,
        "on": date(2026, 1, 15),
        "by": actor(person),
    }
    return save_model(**{**values, **changes})


def test_the_planner_is_given_the_week_of_those_of_whom_something_can_be_said(
    amina: Participant,
) -> None:
    unknown = pupil(amina, "Bohdan", start=START, track=None)
    later = pupil(amina, "Celine", start=date(2026, 8, 1))

    found = course_weeks([amina.pk, unknown.pk, later.pk], on=TODAY)

    assert list(found) == [amina.pk]
    week = found[amina.pk]
    assert (week.model_name, week.track, week.step) == ("Modell 3, høsten 2025", "Spor 2", 8)
    assert (week.alternative, week.is_suggested) == ("Norsk A2 og praksis", True)
    assert week.template is not None
    assert sum(block.hours or 0 for block in week.template.blocks) == 31


def test_the_number_of_queries_is_the_same_for_many(amina: Participant) -> None:
    some = [pupil(amina, f"Nr {n}", start=START) for n in range(20)]
    for person in some[:10]:
        services.choose(participant=person, choice=OURS, by=actor(person))
    with CaptureQueriesContext(connection) as few:
        course_weeks([amina.pk], on=TODAY)
    with CaptureQueriesContext(connection) as many:
        assert len(course_weeks([person.pk for person in some], on=TODAY)) == 20

    assert len(few) == len(many) == 6


def test_an_edit_is_a_new_version_that_moves_nobody(amina: Participant) -> None:
    chosen = pupil(amina, "Bohdan", start=date(2026, 2, 1))
    services.choose(
        participant=chosen,
        choice=Choice(date(2026, 2, 1), "autumn-2025", 0, "2"),
        by=actor(amina),
    )
    newcomer = pupil(amina, "Celine", start=date(2026, 2, 1))

    edit(amina)

    found = course_weeks([amina.pk, chosen.pk, newcomer.pk], on=TODAY)
    assert {pk: week.model_name for pk, week in found.items()} == {
        amina.pk: "Modell 3, høsten 2025",
        chosen.pk: "Modell 3, høsten 2025",
        newcomer.pk: "Modell 3, rettet",
    }
    moved = Choice(TODAY, "autumn-2025", 1, "2", "Følger den nye timeplanen")
    services.choose(participant=chosen, choice=moved, by=actor(amina))
    assert course_weeks([chosen.pk], on=TODAY)[chosen.pk].model_name == "Modell 3, rettet"


def test_two_editors_never_overwrite_each_other(amina: Participant) -> None:
    edit(amina)

    with pytest.raises(EditedMeanwhile) as no:
        edit(amina, "En annen")

    assert no.value.latest.model.name == "Modell 3, rettet"
    assert [row.number for row in history_of("autumn-2025")] == [1]
    edit(amina, "En annen", expected=1)
    assert [row.name for row in history_of("autumn-2025")] == ["En annen", "Modell 3, rettet"]


def test_of_two_at_the_same_moment_the_database_lets_one_through(
    amina: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = latest_of("autumn-2025")
    edit(amina)
    real, asked = course_models.latest_of, iter([before])
    monkeypatch.setattr(course_models, "latest_of", lambda key: next(asked, None) or real(key))

    with pytest.raises(EditedMeanwhile) as no:
        edit(amina, "En annen")

    assert no.value.latest.number == 1
    assert CourseModelVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Modell 3, høsten 2025", "Modellen er som før"),
        (" ", "Skriv et navn"),
        ("modell 2, HØSTEN 2024", "Det er alt en modell som heter"),
    ],
)
def test_a_version_that_says_nothing_new_or_confuses_is_refused(
    amina: Participant, name: str, said: str
) -> None:
    with pytest.raises(BadModel, match=said):
        edit(amina, name)

    assert not CourseModelVersion.objects.exists()


def test_a_new_model_begins_as_a_copy_under_a_key_of_its_own(amina: Participant) -> None:
    source = latest_of("autumn-2025")
    assert source is not None
    for name, key in (("Høsten 2026", "hosten-2026"), ("Høsten, 2026", "hosten-2026-2")):
        begin_model(
            municipality=amina.municipality,
            source=source,
            name=name,
            first_day=date(2026, 8, 1),
            last_day=None,
            reason="Ny modell",
            on=TODAY,
            by=actor(amina),
        )
        assert latest_of(key) is not None
    later = pupil(amina, "Celine", start=date(2026, 8, 10))
    assert course_weeks([later.pk], on=date(2026, 9, 1))[later.pk].model_name == "Høsten 2026"


@pytest.mark.parametrize("role", [Role.PROGRAMME_ADVISER, Role.NAV_ADVISER, Role.COORDINATOR])
def test_models_are_edited_by_those_who_give_the_courses(amina: Participant, role: Role) -> None:
    with pytest.raises(MayNot, match="endre norskmodellene"):
        edit(amina, by=actor(amina, role, "refugee"))


def test_a_choice_is_corrected_taken_back_and_told_in_the_log_without_its_reason(
    amina: Participant,
) -> None:
    by = actor(amina)
    row = services.choose(participant=amina, choice=replace(OURS, track="1", reason="x"), by=by)
    right = replace(OURS, track="3", reason="Helsegrunn")
    services.choose(participant=amina, choice=right, by=by, row=row, expected=1)
    stale = CourseChoice.objects.get()
    with pytest.raises(ChangedMeanwhile):
        services.choose(participant=amina, choice=OURS, by=by, row=stale, expected=1)
    services.withdraw(participant=amina, row=CourseChoice.objects.get(), expected=2, by=by)

    assert course_weeks([amina.pk], on=TODAY)[amina.pk].is_suggested
    events = AuditEvent.objects.filter(subject_id=amina.pk).order_by("at")
    assert [event.action for event in events] == [
        "choose_course",
        "correct_course",
        "withdraw_course",
    ]
    assert events[1].changes == {"track": ["1", "3"], "reason": "corrected"}
    assert "Helse" not in "".join(f"{event.changes}{event.reason}" for event in events)


def test_a_choice_that_cannot_be_is_refused_and_changes_nothing(amina: Participant) -> None:
    with pytest.raises(services.CannotDecide, match="Skriv hvorfor"):
        services.choose(participant=amina, choice=replace(OURS, track="1"), by=actor(amina))
    with pytest.raises(MayNot):
        services.choose(
            participant=amina, choice=OURS, by=actor(amina, Role.COORDINATOR, "refugee")
        )

    assert not CourseChoice.objects.exists()


def test_a_deviation_holds_for_its_days_and_can_be_ended(amina: Participant) -> None:
    by = actor(amina, Role.PROGRAMME_ADVISER, "refugee")
    own = Deviation(date(2026, 3, 1), None, "", WEEK, "Sommerjobb")
    row = services.deviate(participant=amina, deviation=own, by=by)
    with pytest.raises(services.CannotDecide, match=r"overlapper et avvik .* uten sluttdag"):
        services.deviate(participant=amina, deviation=replace(own, first_day=TODAY), by=by)

    week = course_weeks([amina.pk], on=TODAY)[amina.pk]
    assert (week.template, week.deviation_reason) == (WEEK, "Sommerjobb")

    ended = replace(own, last_day=date(2026, 3, 31))
    services.deviate(participant=amina, deviation=ended, by=by, row=row, expected=1)
    assert course_weeks([amina.pk], on=TODAY)[amina.pk].deviation_reason == ""
    assert CourseDeviation.objects.get().version == 2


def test_many_are_chosen_for_in_one_act_that_is_taken_back(amina: Participant) -> None:
    by = actor(amina)
    others = [pupil(amina, f"Nr {n}", start=START) for n in range(3)]
    services.choose(participant=others[0], choice=OURS, by=by)
    bad = replace(OURS, track="9")

    act = services.choose_many(
        chosen={amina.pk: OURS, others[0].pk: OURS, others[1].pk: OURS, others[2].pk: bad}, by=by
    )

    assert act is not None
    assert CourseChoice.objects.filter(act_id=act).count() == 2
    row = CourseChoice.objects.get(participant=others[1])
    changed = replace(OURS, track="1", reason="Saktere")
    services.choose(participant=others[1], choice=changed, by=by, row=row, expected=1)

    assert services.take_back(act=act, by=by) == 1
    found = course_weeks([amina.pk, others[1].pk], on=TODAY)
    assert {pk: week.is_suggested for pk, week in found.items()} == {
        amina.pk: True,
        others[1].pk: False,
    }
    assert services.take_back(act=act, by=by) == 0


def test_what_was_chosen_for_a_second_is_the_persons_and_goes_back_with_it(
    amina: Participant,
) -> None:
    second = pupil(amina, "Amina H", start=START)
    services.choose(participant=second, choice=OURS, by=actor(amina))

    become_second(second, amina)
    assert not course_weeks([amina.pk], on=TODAY)[amina.pk].is_suggested
    become_second(second, None)
    assert course_weeks([amina.pk], on=TODAY)[amina.pk].is_suggested


def test_leave_stops_the_months(amina: Participant) -> None:
    Leave.objects.create(
        municipality=amina.municipality,
        participant=amina,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 3, 31),
    )

    assert course_weeks([amina.pk], on=TODAY)[amina.pk].step == 5
