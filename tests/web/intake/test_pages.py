"""The pages of the intake: what they show and refuse, and how often they ask the database."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.intake.grouping import agree, propose_groups
from innpass.casework.intake.models import (
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionQuestion,
)
from innpass.casework.intake.services import save_term
from innpass.casework.organisations.models import Municipality
from tests.casework.intake.people import ON, TERM, join, session, settled
from tests.factories.cast import KARI, LIV, PER, RAGNHILD, Town
from tests.web.access.town import lasting

HELD = date(2026, 6, 26)


@pytest.fixture
def term(town: Town) -> IntakeTerm:
    """August 2026, in groups of two or three."""
    return save_term(values=TERM, by=town.actor(RAGNHILD))


def page(town: Town, name: str, pk: UUID | None = None, *, user: str = RAGNHILD) -> str:
    answer = town.browser(user).get(reverse(f"intake:{name}", args=[pk] if pk else []))
    assert answer.status_code == 200
    said: str = answer.content.decode()
    return said


def send(
    town: Town, name: str, pk: UUID | None, user: str = RAGNHILD, /, **data: Any
) -> tuple[int, str]:
    answer = town.browser(user).post(
        reverse(f"intake:{name}", args=[pk] if pk else []), data, follow=True
    )
    return answer.status_code, " ".join(answer.content.decode().split())


@pytest.fixture
def agreed(town: Town, term: IntakeTerm) -> IntakeSession:
    """A held session with Zara and Yasir, and one to come."""
    join(town, term, "Zara", "Yasir")
    held = session(town, term, HELD, on=date(2026, 6, 20))
    propose_groups(term, by=town.actor(RAGNHILD), on=date(2026, 6, 20))
    agree(term, by=town.actor(RAGNHILD))
    session(town, term, date(2026, 7, 8))
    return held


def test_the_adviser_walks_from_forecast_to_invitations(town: Town, term: IntakeTerm) -> None:
    people = [settled(town, name, offered_on=date(2026, 6, 1)) for name in ("Zara", "Yasir")]
    assert "Tilbudt program 1. juni 2026" in page(town, "term", term.pk)
    send(town, "term", term.pk, person=[str(one.pk) for one in people])

    when = {"day": "08.07.2026", "start": "09.00", "minutes": "90", "leader": "", "supervisor": ""}
    send(town, "new_session", term.pk, **when)
    _status, proposed = send(town, "groups", term.pk, act="propose")
    _status, agreed = send(town, "groups", term.pk, act="agree")

    assert "Det finnes ingen bedre inndeling" in proposed
    assert "Gruppe 1 har ingen som leder samtalen." in proposed
    assert "alle i dem er invitert" in agreed
    held = IntakeSession.objects.get()
    for name in ("list", "letters"):
        assert "Zara" in page(town, name, held.pk)
    assert "Ring programrådgiveren din" in page(town, "letters", held.pk)


def test_moving_somebody_tells_what_comes_of_it_in_a_part_of_the_page(
    town: Town, term: IntakeTerm, agreed: IntakeSession
) -> None:
    zara = Intake.objects.get(participant__name="Zara")
    data = {"act": "move", "intake": str(zara.pk), "group": ""}

    answer = town.browser(RAGNHILD).post(
        reverse("intake:groups", args=[term.pk]), data, headers={"HX-Request": "true"}
    )

    part = answer.content.decode()
    assert "<html" not in part
    assert "Zara er flyttet til ingen gruppe." in part
    assert "Gruppe 1 har 1 personer. En gruppe skal helst ha minst 2." in part
    zara.refresh_from_db()
    assert zara.group is None
    again = town.browser(RAGNHILD).get(
        reverse("intake:groups", args=[term.pk]), headers={"HX-Request": "true"}
    )
    assert lasting(again.content.decode()).strip() in lasting(page(town, "groups", term.pk))


def test_an_agreed_group_is_given_another_session_when_the_question_is_answered(
    town: Town, term: IntakeTerm, agreed: IntakeSession
) -> None:
    group = IntakeGroup.objects.get(session=agreed)
    other = session(town, term, date(2026, 7, 20))
    data = {"act": "session", "group": str(group.pk), "session": str(other.pk)}

    _status, asked = send(town, "groups", term.pk, **data)
    group.refresh_from_db()
    still = group.session

    assert "Skal Gruppe 1 ha en annen samtale?" in asked
    assert "invitasjoner flyttes fra" in asked
    assert "mandag 20. juli kl. 09.00–10.30. Den er om 20 dager." in asked
    assert still == agreed
    send(town, "groups", term.pk, **data, confirmed="1")
    group.refresh_from_db()
    assert group.session == other
    assert not agreed.invitations.filter(state="invited").exists()


def test_a_move_into_what_cannot_be_held_is_asked_about_before_it_is_kept(
    town: Town, term: IntakeTerm
) -> None:
    (amina,) = join(town, term, "Amina", child_care="morning")
    group = IntakeGroup.objects.create(
        municipality=town.municipality,
        term=term,
        name="Gruppe 1",
        session=session(town, term, date(2026, 7, 8), start=780),
    )
    data = {"act": "move", "intake": str(amina.pk), "group": str(group.pk)}

    _status, asked = send(town, "groups", term.pk, **data)
    amina.refresh_from_db()
    before = amina.group

    assert "Skal Amina flyttes likevel?" in asked
    assert "Amina har bare barnepass før kl. 12" in asked
    assert before is None
    send(town, "groups", term.pk, **data, confirmed="1")
    amina.refresh_from_db()
    assert amina.group == group


REFUSED = [
    ("new_term", {}, "Skriv et navn"),
    ("new_term", {"name": "August", "first_day": "2026-08-17"}, "Skriv datoen som"),
    ("new_session", {"day": "tull", "start": "25.00", "minutes": "90"}, "Skriv klokkeslettet som"),
    ("new_session", {"day": "2026-06-01", "start": "9", "minutes": "90"}, "som er passert"),
    ("new_session", {"minutes": "5"}, "Skriv minutter fra 15 til 480"),
    ("new_session", {"capacity": "0"}, "Skriv et helt tall fra 1 til 500"),
    ("add", {"name": "Ukjent Person", "reason": "x"}, "Vi fant ingen deltaker"),
    ("add", {"name": "Zara", "reason": "x"}, "med i terminen fra før"),
    ("groups", {"act": "move", "intake": "x"}, "ikke i terminen lenger"),
]


@pytest.mark.parametrize(("name", "data", "said"), REFUSED)
def test_what_cannot_be_is_told_and_changes_nothing(
    name: str, data: dict[str, str], said: str, town: Town, term: IntakeTerm, agreed: IntakeSession
) -> None:
    before = [model.objects.count() for model in (IntakeTerm, IntakeSession, Intake, IntakeGroup)]

    status, told = send(town, name, None if name == "new_term" else term.pk, **data)

    assert status == 422
    assert said in told
    after = [model.objects.count() for model in (IntakeTerm, IntakeSession, Intake, IntakeGroup)]
    assert after == before


def test_somebody_of_several_with_a_name_is_chosen(town: Town, term: IntakeTerm) -> None:
    first, _second = (settled(town, name) for name in ("Zara Ahmadi", "Zara Barakzai"))
    data = {"name": "Zara", "reason": "Skal begynne"}

    status, told = send(town, "add", term.pk, **data)
    send(town, "add", term.pk, **data, person=str(first.pk))

    assert status == 422
    assert "Zara Barakzai" in told
    assert [one.participant for one in Intake.objects.all()] == [first]


def test_attendance_is_ticked_off_and_who_was_away_stays_on_the_board_until_seen(
    town: Town, agreed: IntakeSession
) -> None:
    rows = {one.intake.participant.name: one for one in agreed.invitations.all()}
    data = {
        f"came-{rows['Zara'].pk}": "stayed_away",
        f"came-{rows['Yasir'].pk}": "invited",
        "rest": "came",
    }

    _status, told = send(town, "session", agreed.pk, PER, act="came", **data)

    states = dict(agreed.invitations.values_list("intake__participant__name", "state"))
    assert states == {"Zara": "stayed_away", "Yasir": "came"}
    assert "1 er invitert til neste samtale." in told
    board = page(town, "board", user=KARI)
    assert "Zara" in board
    assert "Flyttet til onsdag 8. juli" in board
    send(town, "seen", None, PER, invitation=str(rows["Zara"].pk))
    assert "Møtte ikke til samtalen" not in page(town, "board")


def test_a_question_with_a_name_is_kept_when_it_is_sent_again(
    town: Town, agreed: IntakeSession
) -> None:
    text = "Hva er zara?"

    status, told = send(town, "session", agreed.pk, act="question", question=text)
    send(town, "session", agreed.pk, act="question", question=text, confirmed=text)

    assert status == 422
    assert "Navn på deltakere i terminen: Zara." in told
    assert f'value="{text}"' in told
    assert [one.text for one in SessionQuestion.objects.all()] == [text]
    assert text in page(town, "questions")


def test_an_interpreter_is_ordered_from_the_list(town: Town, term: IntakeTerm) -> None:
    join(town, term, "Zara", "Yasir")
    coming = session(town, term, date(2026, 7, 8))
    propose_groups(term, by=town.actor(RAGNHILD), on=ON)
    data = {"session": str(coming.pk), "language": "dari", "state": "ordered", "reference": "T 7"}
    assert "Uke 28, 2026" in page(town, "interpreters")

    send(town, "interpreters", None, **data)
    status, _told = send(town, "interpreters", None, **{**data, "language": "norsk"})

    assert status == 422
    booking = InterpreterBooking.objects.get()
    assert (booking.language, booking.state, booking.reference) == ("dari", "ordered", "T 7")


def test_a_person_is_described_moved_and_has_a_session_alone(town: Town, term: IntakeTerm) -> None:
    later = save_term(
        values={**TERM, "name": "Oktober", "first_day": date(2026, 10, 12)},
        by=town.actor(RAGNHILD),
    )
    (intake,) = join(town, term, "Zara")
    when = {"day": "2026-07-08", "start": "09:00", "minutes": "60"}
    known = {"was-language": "dari", "was-needs_interpreter": "ja", "was-child_care": "all_day"}
    needs = {"language": " Dari  farsi", "needs_interpreter": "ja", "child_care": "all_day"}
    send(town, "person", intake.pk, **known, **needs)

    answer = town.browser(RAGNHILD).post(
        reverse("intake:new_session", args=[term.pk]) + f"?for={intake.pk}", when
    )
    status, told = send(
        town, "person", intake.pk, act="move", into=str(later.pk), reason="Fikk barn"
    )

    intake.refresh_from_db()
    assert answer.status_code == 302
    assert intake.language == "dari farsi"
    assert (status, intake.left_on) == (200, ON)
    assert "Flyttet fra August." in told
    assert not Invitation.objects.exists()  # taken back with the move
    assert "Fikk barn" not in page(town, "term", later.pk, user=LIV)


def test_the_teacher_is_asked_why_and_what_was_typed_stays(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Zara")
    Intake.objects.update(language="dari")
    enrolment = intake.participant.enrolment
    enrolment.upper_secondary = True
    enrolment.save()
    data = {"intake": str(intake.pk), "track": "1", "level": "A2"}

    status, told = send(town, "classes", term.pk, LIV, **data)
    send(town, "classes", term.pk, LIV, **data, reason="Trenger tid")

    assert status == 422
    assert "Plassen er en annen enn forslaget. Skriv hvorfor." in told
    assert '<option value="1" selected>' in told
    intake.refresh_from_db()
    assert (intake.track, intake.level, intake.placement_reason) == (1, "A2", "Trenger tid")
    assert "Spor 1, A2" in page(town, "classes", term.pk, user=LIV)


@pytest.mark.parametrize("name", ["board", "term", "groups", "classes"])
def test_more_people_ask_the_database_no_more(name: str, town: Town, term: IntakeTerm) -> None:
    def asked(count: int) -> int:
        join(town, term, *(f"Person {count}-{number}" for number in range(count)))
        session(town, term, date(2026, 7, count))
        propose_groups(term, by=town.actor(RAGNHILD), on=ON)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(town, name, None if name == "board" else term.pk)
        return len(queries)

    page(town, "board")
    assert asked(2) == asked(6)


def test_nobody_elsewhere_sees_the_term(town: Town, term: IntakeTerm) -> None:
    assert Municipality.objects.count() == 2
    answer = town.browser("siri").get(reverse("intake:term", args=[term.pk]))

    assert answer.status_code == 404


def test_who_gets_a_protected_address_is_taken_out_of_the_group_at_once(
    town: Town, term: IntakeTerm
) -> None:
    (zara, _yasir) = join(town, term, "Zara", "Yasir")
    session(town, term, date(2026, 7, 8))
    propose_groups(term, by=town.actor(RAGNHILD), on=ON)
    agree(term, by=town.actor(RAGNHILD))
    mark = {"act": "set", "participant": str(zara.participant_id), "reason": "Vedtak"}

    town.browser(RAGNHILD).post(reverse("administration:protection"), mark)

    zara.refresh_from_db()
    assert zara.group is None
    assert not zara.invitations.exists()
