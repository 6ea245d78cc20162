"""What if the law were another: who would fall short; nothing of anybody is stored."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from innpass.casework.jobs.models import Job
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Element, Enrolment, Standing, StatusSpan, WhatIf
from innpass.casework.programme.standings import Unwatched
from innpass.casework.programme.what_if import KEPT_FOR, answer, ask, find, forget_old, lines_of
from innpass.domain.access.policy import MayNot
from innpass.domain.law.parameters import NoSuchParameter
from innpass.domain.law.supposing import Supposition
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LIV, ODD, RAGNHILD, make_town, populate

pytestmark = pytest.mark.django_db
TWENTY = Supposition(number="minimum_hours", value=20)


@pytest.fixture
def town(db: None, settings: Any) -> Any:
    settings.INNPASS_TODAY = TODAY
    made = populate(make_town())
    with scope(municipality=made.municipality):
        people = Participant.objects.order_by("name")
        Enrolment.objects.update(
            first_day=TODAY - timedelta(days=300), planned_last_day=TODAY + timedelta(days=200),
            actual_last_day=None, protection="collective", upper_secondary=True, end_goal="work",
        )  # fmt: skip
        Element.objects.all().delete()
        # Amina has 25 hours, Bohdan 17, Celine 10, when 15 are asked for.
        for person, hours in zip(people, (25, 17, 10), strict=True):
            Element.objects.create(
                municipality=made.municipality, participant=person, kind="practice",
                first_day=TODAY - timedelta(days=300), last_day=TODAY + timedelta(days=200),
                hours_per_week=hours,
            )  # fmt: skip
        yield made


def answered(town: Any, what: Supposition = TWENTY, who: str = KARI) -> WhatIf:
    asked = ask(what, on=TODAY, by=town.actor(who))
    answer(asked, by=town.actor(who), progress=Unwatched())
    return WhatIf.objects.get(pk=asked.pk)


def test_who_falls_short_now_and_who_would_is_told(town: Any) -> None:
    asked = answered(town)

    lines = lines_of(asked, actor=town.actor(KARI))

    assert asked.people == 3
    assert [(each.name.split()[0], each.is_short, each.would_be_short) for each in lines] == [
        ("Bohdan", False, True),
        ("Celine", True, True),
    ]


def test_less_asked_for_frees_who_fell_short(town: Any) -> None:
    (line,) = lines_of(
        answered(town, Supposition(number="minimum_hours", value=5)), actor=town.actor(KARI)
    )

    assert (line.is_short, line.would_be_short) == (True, False)


def test_nothing_of_anybody_is_changed(town: Any) -> None:
    before = list(StatusSpan.objects.order_by("pk").values())

    answered(town)

    assert list(StatusSpan.objects.order_by("pk").values()) == before
    assert not Standing.objects.exists()


def test_who_is_hidden_is_in_nobody_elses_answer(town: Any) -> None:
    town.protect("Bohdan")
    for who, names, people in ((ODD, ["Celine"], 2), (RAGNHILD, ["Bohdan", "Celine"], 3)):
        asked = answered(town, who=who)
        lines = lines_of(asked, actor=town.actor(who))
        assert asked.people == people
        assert [line.name.split()[0] for line in lines] == names


def test_it_is_its_askers_alone_and_forgotten_after_a_day(town: Any) -> None:
    asked = answered(town)

    assert find(asked.pk, actor=town.actor(KARI)) == asked
    assert find(asked.pk, actor=town.actor(RAGNHILD)) is None
    WhatIf.objects.update(asked_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    forget_old()
    assert find(asked.pk, actor=town.actor(KARI)) is None


def test_who_may_not_read_why_may_not_ask(town: Any) -> None:
    with pytest.raises(MayNot):
        ask(TWENTY, on=TODAY, by=town.actor(LIV))


def test_what_cannot_be_supposed_makes_no_job(town: Any) -> None:
    with pytest.raises(NoSuchParameter):
        ask(Supposition(number="nothing", value=1), on=TODAY, by=town.actor(KARI))

    assert not Job.objects.exists()
    assert not WhatIf.objects.exists()
