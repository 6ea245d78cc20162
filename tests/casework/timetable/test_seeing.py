"""What ties somebody is told by name to those alone who may read it."""

from dataclasses import replace
from datetime import date

import pytest

from innpass.casework.accounts.models import User
from innpass.casework.timetable.models import Appointment, Availability
from innpass.casework.timetable.proposing import propose_week
from innpass.casework.timetable.services import Clashing, Hand, keep_week
from innpass.domain.access.roles import Actor, Role
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes
from tests.factories.weeks import WEEK, locality


@pytest.fixture
def bound(centre: Centre) -> Centre:
    """Amina at the doctor's while her group meets, with a nursery that opens late on Tuesdays."""
    of = {"municipality": centre.amina.municipality, "participant": centre.amina}
    Appointment.objects.create(
        **of, name="Fastlegen", day=0, start=540, end=600, first_day=date(2026, 1, 1)
    )
    nursery = locality(centre.amina.municipality, "Åsen barnehage")
    Availability.objects.create(**of, care=nursery, care_start=600, care_end=960, care_days=[1])
    return centre


def told(centre: Centre, by: Actor) -> str:
    """Everything that somebody is told of why Amina's week does not go together."""
    proposed = propose_week(participant=centre.amina, week=WEEK, by=by)
    with pytest.raises(Clashing) as refused:
        keep_week(
            participant=centre.amina,
            week=WEEK,
            hand=Hand(frozenset({centre.norwegian.pk}), ()),
            only_this_week=False,
            reason="",
            expected=None,
            by=by,
        )
    return f"{proposed.told} {refused.value}"


def test_the_department_is_told_what_clashes(bound: Centre) -> None:
    said = told(bound, bound.by)

    assert "Fastlegen" in said
    assert "barnepasset, som er åpent 10.00–16.00" in said


def test_a_teacher_is_told_that_the_time_is_taken(bound: Centre) -> None:
    teacher = User.objects.create_user("liv")
    here = eyes(Role.TEACHER, "learning", user_id=teacher.pk)
    said = told(bound, replace(here, municipality_id=bound.by.municipality_id))

    assert "Opptatt og Norsk A1 er samtidig på mandag" in said or (
        "Norsk A1 og Opptatt er samtidig på mandag" in said
    )
    assert "bundet av" in said
    for hidden in ("Fastlegen", "arnepass", "10.00–16.00", "barnehage"):
        assert hidden not in said.replace("Solbakken barnehage", "")
