"""A meeting on screen: invited, answered, came, said, and the list to print."""

from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.employers.models import PracticePlace
from innpass.casework.outreach.models import EmployerMeeting, MeetingInvitation
from innpass.casework.placements.models import Employer
from tests.factories.cast import LIV, NINA, ODD, Town

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Lunsj",
    "kind": "lunch",
    "day": "18.6.2026",
    "start": "11.30",
    "end": "13",
    "place": "Rådhuset",
}


def href(name: str, *args: Any) -> str:
    return reverse(f"outreach:{name}", args=args)


@pytest.fixture
def meeting(town: Town, units: list[Employer]) -> EmployerMeeting:
    """A lunch that was held, to which the units are invited, made on screen."""
    nina = town.browser(NINA)
    answer = nina.post(href("new_meeting"), FORM)
    made = EmployerMeeting.objects.get()
    assert answer["Location"] == href("invite", made.pk)
    assert (made.start, made.end) == (690, 780)
    nina.post(href("invite", made.pk), {"employer": [str(e.pk) for e in units[:3]]})
    return made


def invited(name: str) -> MeetingInvitation:
    found: MeetingInvitation = MeetingInvitation.objects.get(employer__name=name)
    return found


def test_a_meeting_goes_from_invitation_to_the_place_that_came_of_it(
    town: Town, meeting: EmployerMeeting
) -> None:
    nina, row = town.browser(NINA), invited("Elva skole")
    where = href("invitation", row.pk)
    coming = {"act": "coming", "c-answer": "yes", "c-coming": "2", "c-who": "Rektor og én til"}
    assert nina.post(where, {**coming, "version": "1"}).status_code == 302
    came = {"act": "came", f"came-{row.pk}": "yes", f"came-{invited('Renhold nord').pk}": "no"}
    nina.post(href("meeting", meeting.pk), came)
    said = {
        "act": "feedback",
        "f-usefulness": "very",
        "f-wish": "place",
        "f-feedback": "Fint å høre fra andre",
        "f-seats": "2",
        "f-place_name": "Assistent",
        "version": str(invited("Elva skole").version),
    }

    told = nina.post(where, said, follow=True)

    assert "Tilbakemeldingen er lagret. 2 plasser er lagt inn." in told.content.decode()
    place = PracticePlace.objects.get(employer=row.employer)
    assert (place.name, place.seats, place.origin.invitation) == ("Assistent", 2, row)
    line = told.context["page"].line
    assert (line.invited, line.people, line.came, line.seats) == (3, 2, 1, 2)
    (shown,) = (one for one in told.context["page"].invited if one.seats)
    assert shown.feedback == "Svært nyttig. Vil tilby plass. Fint å høre fra andre"
    page = nina.get(href("list", meeting.pk)).content.decode()
    assert "Rektor og én til" in page
    assert "data-print" in page


def test_what_cannot_be_kept_stays_typed(town: Town, meeting: EmployerMeeting) -> None:
    nina, row = town.browser(NINA), invited("Elva skole")
    said = {"act": "feedback", "f-feedback": "Om 17838800033", "f-wish": "visit", "version": "1"}

    answer = nina.post(href("invitation", row.pk), said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "fødselsnummer" in page
    assert 'value="Om 17838800033"' in page
    assert '<option value="visit" selected>' in page
    assert invited("Elva skole").wish == ""
    wrong = nina.post(href("new_meeting"), {**FORM, "start": "25", "end": "halv to"})
    assert wrong.content.decode().count("Skriv klokkeslettet som 11.30.") == 4
    turned = nina.post(href("new_meeting"), {**FORM, "end": "11.00"})
    assert "Møtet må slutte etter" in turned.content.decode()


def test_the_second_to_save_is_told(town: Town, meeting: EmployerMeeting) -> None:
    nina, row = town.browser(NINA), invited("Elva skole")
    no = {"act": "coming", "c-answer": "no", "version": "1"}
    nina.post(href("invitation", row.pk), no)

    answer = nina.post(href("invitation", row.pk), {**no, "c-answer": "yes"})

    assert answer.status_code == 409
    assert answer.context["page"].version == 2
    assert invited("Elva skole").answer == "no"


def test_a_meeting_to_come_has_no_attendance_and_may_be_called_off(
    town: Town, units: list[Employer]
) -> None:
    nina = town.browser(NINA)
    nina.post(href("new_meeting"), {**FORM, "day": "3.9.2026"})
    made = EmployerMeeting.objects.get()
    nina.post(href("invite", made.pk), {"employer": [str(units[0].pk)]})
    row = invited("Bakken barnehage")

    page = nina.get(href("meeting", made.pk)).context["page"]
    assert not page.may_mark
    refused = nina.post(href("meeting", made.pk), {"act": "came", f"came-{row.pk}": "yes"})
    assert refused.status_code == 422
    assert "ikke holdt ennå" in refused.content.decode()
    nina.post(href("meeting", made.pk), {"act": "cancel"})

    assert "Avlyst." in nina.get(href("meeting", made.pk)).content.decode()
    (line,) = nina.get(href("board")).context["page"].coming
    assert line.is_cancelled


@pytest.mark.parametrize("name", [LIV, ODD])
def test_teachers_and_nav_read_meetings_and_no_campaigns(
    town: Town, meeting: EmployerMeeting, name: str
) -> None:
    browser = town.browser(name)

    board = browser.get(href("board")).context["page"]
    page = browser.get(href("meeting", meeting.pk)).content.decode()

    assert board.campaigns is None
    assert [one.name for one in board.past] == ["Lunsj"]
    assert "Elva skole" in page
    assert "Lagre oppmøtet" not in page
    assert (board.quick is None) == (name == LIV)
    assert browser.get(href("offers")).status_code == 403
