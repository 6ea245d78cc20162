"""Employers are invited, answer, come, say what they thought, and places come of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.outreach import meetings as services
from innpass.casework.outreach.meeting_figures import (
    bulk_offers,
    figures,
    invitations,
    seats_by_source,
    seats_of,
)
from innpass.casework.outreach.models import EmployerMeeting, MeetingInvitation
from innpass.casework.outreach.offering import PlaceTemplate, offer_in_bulk
from innpass.casework.outreach.refusing import Refused
from innpass.casework.participants.services import set_protection
from innpass.casework.placements.models import Employer
from innpass.domain.access.policy import MayNot
from tests.casework.outreach.conftest import TODAY
from tests.factories.cast import LEA, LIV, NINA, ODD, RAGNHILD, Town
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db
MEETING = {
    "name": "Lunsj",
    "kind": "lunch",
    "day": date(2026, 6, 18),
    "start": 11 * 60,
    "end": 13 * 60,
    "place": "Rådhuset",
    "text": "Hei\n\nVelkommen",
}


@pytest.fixture
def meeting(town: Town, units: list[Employer]) -> EmployerMeeting:
    """A lunch two weeks ago, to which three units were invited."""
    by = town.actor(NINA)
    made = services.save_meeting(values=MEETING, by=by)
    services.invite(made, [e.pk for e in units[:3]], by=by, on=date(2026, 6, 1))
    return made


def invited(meeting: EmployerMeeting, name: str) -> MeetingInvitation:
    return invitations(meeting).get(employer__name=name)


def feedback(town: Town, row: MeetingInvitation, **said: Any) -> PracticePlace | None:
    values = {"usefulness": "very", "wish": "", "feedback": "", "expected": row.version, **said}
    return services.note_feedback(row, **values, by=town.actor(NINA), today=TODAY)


def test_who_was_invited_came_and_thought_what_is_counted(
    town: Town, meeting: EmployerMeeting
) -> None:
    by = town.actor(NINA)
    row = invited(meeting, "Bakken barnehage")
    services.note_coming(row, answer="yes", coming=2, who="Mia og Lars", by=by, expected=1)
    services.note_coming(invited(meeting, "Elva skole"), answer="no", coming=3, by=by, expected=1)
    came = {row.pk: True, invited(meeting, "Elva skole").pk: False}
    assert services.note_came(meeting, came, by=by, today=TODAY) == 2
    assert services.note_came(meeting, came, by=by, today=TODAY) == 0

    row = invited(meeting, "Bakken barnehage")
    made = feedback(town, row, wish="place", template=PlaceTemplate(seats=2, name="Assistent"))

    assert made is not None
    assert made.origin.invitation == row
    (found,) = figures([meeting])
    assert (found.invited, found.coming, found.people, found.came) == (3, 1, 2, 1)
    assert (found.unmarked, found.feedback, found.seats) == (1, 1, 2)
    assert seats_of(row) == 2
    assert invited(meeting, "Elva skole").coming is None  # who stays away brings nobody


def test_what_others_noted_meanwhile_is_not_overwritten(
    town: Town, meeting: EmployerMeeting
) -> None:
    by = town.actor(NINA)
    one, two = (invited(meeting, name).pk for name in ("Bakken barnehage", "Elva skole"))
    services.note_came(meeting, {one: True}, by=by, today=TODAY)
    unseen = {one: None, two: None}  # another screen, opened before

    services.note_came(meeting, {one: None, two: False}, by=by, today=TODAY, shown=unseen)
    with pytest.raises(Refused, match="noe annet for Bakken barnehage"):
        services.note_came(meeting, {one: False, two: True}, by=by, today=TODAY, shown=unseen)

    assert [invited(meeting, n).came for n in ("Bakken barnehage", "Elva skole")] == [True, False]


def test_nobody_is_invited_twice_or_to_what_is_called_off(
    town: Town, meeting: EmployerMeeting, units: list[Employer]
) -> None:
    by = town.actor(NINA)
    with pytest.raises(Refused, match="ikke er invitert fra før"):
        services.invite(meeting, [units[0].pk], by=by, on=TODAY)
    services.cancel_meeting(meeting, by=by, on=TODAY)
    meeting.refresh_from_db()

    with pytest.raises(Refused, match="avlyst"):
        services.invite(meeting, [units[3].pk], by=by, on=TODAY)
    with pytest.raises(Refused, match="avlyst"):
        services.note_came(meeting, {}, by=by, today=TODAY)


def test_a_meeting_that_somebody_came_to_is_not_called_off(
    town: Town, meeting: EmployerMeeting
) -> None:
    by = town.actor(NINA)
    services.note_came(meeting, {invited(meeting, "Elva skole").pk: True}, by=by, today=TODAY)

    with pytest.raises(Refused, match="Møtet er holdt"):
        services.cancel_meeting(meeting, by=by, on=TODAY)


def test_nothing_is_noted_of_a_meeting_to_come(town: Town, meeting: EmployerMeeting) -> None:
    by, row = town.actor(NINA), invited(meeting, "Elva skole")
    before = meeting.day - timedelta(days=1)

    with pytest.raises(Refused, match="ikke holdt ennå"):
        services.note_came(meeting, {row.pk: True}, by=by, today=before)
    with pytest.raises(Refused, match="ikke holdt ennå"):
        services.note_feedback(
            row, usefulness="very", wish="", feedback="", by=by, today=before, expected=1
        )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"usefulness": ""}, "Velg eller skriv noe"),
        ({"usefulness": "meh"}, "Velg fra listen"),
        ({"wish": "meh"}, "Velg fra listen"),
        ({"feedback": "Fnr 17838800033"}, "fødselsnummer"),
        ({"template": PlaceTemplate(seats=0)}, "antall plasser"),
        ({"template": PlaceTemplate(seats=101)}, "antall plasser"),
    ],
)
def test_feedback_that_cannot_be_changes_nothing(
    town: Town, meeting: EmployerMeeting, said: dict[str, Any], told: str
) -> None:
    row = invited(meeting, "Elva skole")

    with pytest.raises(Refused, match=told):
        feedback(town, row, **said)

    stored = invited(meeting, "Elva skole")
    assert (stored.usefulness, stored.version) == ("", 1)
    assert not PracticePlace.objects.exists()


def test_the_second_to_note_is_told(town: Town, meeting: EmployerMeeting) -> None:
    one, other = (invited(meeting, "Elva skole") for _ in range(2))
    feedback(town, one)

    with pytest.raises(ChangedMeanwhile):
        feedback(town, other, usefulness="little")


def test_a_meeting_sent_twice_is_made_once(town: Town, meeting: EmployerMeeting) -> None:
    by = town.actor(NINA)

    assert services.save_meeting(values=MEETING, by=by) == meeting
    assert services.save_meeting(values={**MEETING, "place": "Kantina"}, by=by) != meeting


def test_a_meeting_ends_after_it_begins(town: Town) -> None:
    with pytest.raises(Refused, match="slutte etter"):
        services.save_meeting(values={**MEETING, "end": 11 * 60}, by=town.actor(NINA))


@pytest.mark.parametrize("name", [LIV, ODD, LEA])
def test_others_keep_no_meetings(town: Town, meeting: EmployerMeeting, name: str) -> None:
    by, row = town.actor(name), invited(meeting, "Elva skole")

    for act in (
        lambda: services.save_meeting(values=MEETING, by=by),
        lambda: services.cancel_meeting(meeting, by=by, on=TODAY),
        lambda: services.invite(meeting, [], by=by, on=TODAY),
        lambda: services.note_coming(row, answer="yes", by=by, expected=1),
        lambda: services.note_came(meeting, {}, by=by, today=TODAY),
        lambda: services.note_feedback(
            row, usefulness="very", wish="", feedback="", by=by, today=TODAY, expected=1
        ),
    ):
        with pytest.raises(MayNot):
            act()


# Bulk offers


def test_ten_places_are_made_at_once(town: Town, units: list[Employer]) -> None:
    offer = offer_in_bulk(
        name="Ti plasser på renhold",
        employers=[units[0].pk, units[2].pk],
        template=PlaceTemplate(seats=5, name="Renholder", weekdays=(3, 4), start=420, end=840),
        by=town.actor(NINA),
        on=TODAY,
    )

    places = PracticePlace.objects.order_by("employer__name")
    assert [(p.employer.name, p.seats, p.weekdays) for p in places] == [
        ("Bakken barnehage", 5, [3, 4]),
        ("Renhold nord", 5, [3, 4]),
    ]
    (line,) = bulk_offers()
    assert (line.offer, line.employers, line.seats) == (
        offer,
        ("Bakken barnehage", "Renhold nord"),
        10,
    )
    came = seats_by_source(on=TODAY)
    assert (came.places, came.bulk, came.campaigns, came.seats) == (2, 10, 0, 10)
    assert seats_by_source(on=TODAY - timedelta(days=1)).seats == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"employers": []}, "minst én arbeidsgiver"),
        ({"template": PlaceTemplate(seats=200)}, "antall plasser"),
        (
            {"template": PlaceTemplate(seats=1, offered_until=TODAY - timedelta(days=1))},
            "slutte før det begynner",
        ),
        ({"text": "17838800033"}, "fødselsnummer"),
    ],
)
def test_an_offer_that_cannot_be_makes_nothing(
    town: Town, units: list[Employer], changed: dict[str, Any], told: str
) -> None:
    usual = {"name": "x", "employers": [units[0].pk], "template": PlaceTemplate(seats=1)}

    with pytest.raises(Refused, match=told):
        offer_in_bulk(**{**usual, **changed}, by=town.actor(NINA), on=TODAY)

    assert not PracticePlace.objects.exists()
    assert bulk_offers() == []


def test_a_second_click_makes_no_second_offer(town: Town, units: list[Employer]) -> None:
    usual: dict[str, Any] = {"name": "Ti", "template": PlaceTemplate(seats=1), "on": TODAY}
    offer_in_bulk(**usual, employers=[units[0].pk], by=town.actor(NINA))

    with pytest.raises(Refused, match="«Ti» er ført fra før"):
        offer_in_bulk(**usual, employers=[units[0].pk], by=town.actor(NINA))
    offer_in_bulk(**usual, employers=[units[0].pk, units[2].pk], by=town.actor(NINA))

    assert PracticePlace.objects.count() == 3


def test_the_texts_of_an_offer_are_checked_once_however_many_make_it(
    town: Town, units: list[Employer]
) -> None:
    def asked(name: str, *some: Employer) -> int:
        template = PlaceTemplate(seats=1, tasks="Vask og rydding", can_learn="Norsk på jobb")
        employers = [each.pk for each in some]
        with CaptureQueriesContext(connection) as queries:
            offer_in_bulk(
                name=name, employers=employers, template=template, by=town.actor(NINA), on=TODAY
            )
        about = [each["sql"] for each in queries if "is_protected" in each["sql"]]
        return len(about)

    assert asked("En enhet", units[0]) == asked("To enheter", units[0], units[2])


def test_an_offer_names_nobody_protected(town: Town, units: list[Employer]) -> None:
    person: Any = ParticipantFactory(municipality=town.municipality, name="Amina Haddad")
    users = [town.users[NINA]]
    set_protection(participant=person, named=users, reason="Trussel", by=town.actor(RAGNHILD))
    template = PlaceTemplate(seats=1, can_learn="Passer for Amina Haddad")

    with pytest.raises(Refused, match="adressesperre") as no:
        offer_in_bulk(
            name="x", employers=[units[0].pk], template=template, by=town.actor(NINA), on=TODAY
        )

    assert no.value.field == "can_learn"
    assert not PracticePlace.objects.exists()
