"""A municipality reads a silent text of the law otherwise, for a reason; never the law's number."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Element, Enrolment, ReadingChoice, StatusSpan
from innpass.casework.programme.readings import choices, choose_reading, law_here
from innpass.casework.programme.services import reassess
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.parameters import UnknownReading

pytestmark = pytest.mark.django_db
COURSE = "work_oriented_activities.work_life_course"
DAY = date(2026, 6, 30)


@pytest.fixture
def place() -> Any:
    municipality = make_municipality(name="Lillevik", by=None)
    with scope(municipality=municipality):
        yield municipality


def administrator(place: Any, role: Role = Role.ADMINISTRATOR) -> Actor:
    user, _ = User.objects.get_or_create(username="ada", defaults={"full_name": "Ada Strand"})
    return Actor(user.pk, user.full_name, place.pk, "refugee", frozenset({role}))


def test_the_law_is_the_one_we_ship_until_somebody_chooses(place: Any) -> None:
    assert law_here().parameters == THE_LAW.parameters


def test_a_chosen_reading_holds_here_and_nowhere_else(place: Any) -> None:
    elsewhere = make_municipality(name="Storvik", by=None)

    choose_reading(
        municipality=place, name=COURSE, value=True, reason="Kurset er i bedrift.",
        by=administrator(place),
    )  # fmt: skip

    assert law_here().reading(COURSE) is True
    assert law_here() is law_here()
    assert not THE_LAW.reading(COURSE)
    with scope(municipality=elsewhere):
        assert not law_here().reading(COURSE)
    event = AuditEvent.objects.get(action="choose_reading")
    assert event.changes == {COURSE: [False, True]}
    assert event.reason == "Kurset er i bedrift."


def test_the_last_choice_holds_and_each_is_kept(place: Any) -> None:
    by = administrator(place)
    for value, reason in ((True, "Prøver."), (None, "Som levert.")):
        choose_reading(municipality=place, name=COURSE, value=value, reason=reason, by=by)

    assert law_here().reading(COURSE) == THE_LAW.reading(COURSE)
    assert [choice.reason for choice in choices()] == ["Som levert.", "Prøver."]


@pytest.mark.parametrize(
    ("name", "value"),
    [("minimum_hours", 10), ("work_oriented_activities.norwegian", True), (COURSE, "ja")],
)
def test_the_laws_own_words_are_no_reading(place: Any, name: str, value: object) -> None:
    with pytest.raises(UnknownReading):
        choose_reading(
            municipality=place, name=name, value=value, reason="Vi vil.", by=administrator(place)
        )

    assert not ReadingChoice.objects.exists()


def test_a_reason_is_asked_for(place: Any) -> None:
    with pytest.raises(ValueError, match="for a reason"):
        choose_reading(
            municipality=place, name=COURSE, value=True, reason="  ", by=administrator(place)
        )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_chooses(place: Any, role: Role) -> None:
    with pytest.raises(MayNot):
        choose_reading(
            municipality=place, name=COURSE, value=True, reason="Fordi.",
            by=administrator(place, role),
        )  # fmt: skip


def test_a_choice_of_an_older_version_that_nobody_knows_any_more_is_passed_by(place: Any) -> None:
    ReadingChoice.objects.create(municipality=place, name=f"of_{uuid4().hex}", value="x", reason="")

    assert law_here().parameters == THE_LAW.parameters


def test_people_are_judged_by_the_reading_of_their_municipality(place: Any) -> None:
    person = Participant.objects.create(municipality=place, name="Amina")
    common: dict[str, Any] = {"municipality": place, "participant": person}
    Enrolment.objects.create(
        first_day=date(2026, 1, 5), protection="other", upper_secondary=True, end_goal="work",
        **common,
    )  # fmt: skip
    Element.objects.create(
        kind="work_life_course", first_day=date(2026, 1, 5), hours_per_week=20, **common
    )

    def verdicts() -> set[str]:
        reassess(participants=[person.pk], municipality=place, on=DAY)
        return set(StatusSpan.objects.values_list("verdict", flat=True))

    assert Verdict.BELOW in verdicts()

    choose_reading(
        municipality=place, name=COURSE, value=True, reason="I bedrift.", by=administrator(place)
    )

    assert verdicts() == {Verdict.NOT_YET, Verdict.MET}
