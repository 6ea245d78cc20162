"""Two who had the same page open: nobody overwrites what the other saved; and odd characters."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.imports.models import CellEdit
from innpass.casework.intake.grouping import agree, propose_groups
from innpass.casework.intake.models import (
    Intake,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionPoint,
    SessionQuestion,
)
from innpass.casework.intake.services import save_term, take_in
from innpass.casework.overview.models import OverviewRow
from innpass.casework.training.models import Schooling
from tests.casework.intake.people import TERM, join, session, settled
from tests.factories.cast import KARI, LIV, PER, RAGNHILD, Town
from tests.factories.weeks import group


@pytest.fixture
def term(town: Town) -> IntakeTerm:
    """August 2026, in groups of two or three."""
    return save_term(values=TERM, by=town.actor(RAGNHILD))


@pytest.fixture
def held(town: Town, term: IntakeTerm) -> IntakeSession:
    """A held session with Zara and Yasir."""
    join(town, term, "Zara", "Yasir")
    made = session(town, term, date(2026, 6, 26), on=date(2026, 6, 20))
    propose_groups(term, by=town.actor(RAGNHILD), on=date(2026, 6, 20))
    agree(term, by=town.actor(RAGNHILD))
    return made


def send(town: Town, name: str, pk: Any, user: str, **data: Any) -> tuple[int, str]:
    answer = town.browser(user).post(reverse(f"intake:{name}", args=[pk] if pk else []), data)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_two_note_attendance_at_once(town: Town, held: IntakeSession) -> None:
    rows = {one.intake.participant.name: one for one in held.invitations.all()}
    zara, yasir = (f"{rows[name].pk}" for name in ("Zara", "Yasir"))
    shown = {"act": "came", f"was-{zara}": "invited", f"was-{yasir}": "invited"}
    send(town, "session", held.pk, KARI, **shown, **{f"came-{zara}": "stayed_away"})

    first, _told = send(
        town,
        "session",
        held.pk,
        PER,
        **shown,
        **{f"came-{zara}": "invited", f"came-{yasir}": "invited", "rest": "came"},
    )
    second, told = send(
        town,
        "session",
        held.pk,
        RAGNHILD,
        **shown,
        **{f"came-{zara}": "excused", f"came-{yasir}": "excused"},
    )

    states = dict(held.invitations.values_list("intake__participant__name", "state"))
    assert (first, states) == (302, {"Zara": "stayed_away", "Yasir": "came"})
    assert second == 422
    assert "Noen andre har ført «møtte ikke» for Zara" in told
    assert f'name="was-{zara}" value="stayed_away"' in told


def test_two_tick_points_at_once(town: Town, held: IntakeSession) -> None:
    first, second, third = SessionPoint.objects.order_by("place")[:3]
    SessionPoint.objects.filter(pk=third.pk).update(is_told=True)
    shown = {"act": "points", "was-told": [str(third.pk)]}
    send(town, "session", held.pk, KARI, **shown, told=[str(first.pk), str(third.pk)])
    send(town, "session", held.pk, PER, **shown, told=[str(second.pk)])

    told = SessionPoint.objects.filter(is_told=True).order_by("place")
    assert list(told) == [first, second]


def test_two_describe_somebody_at_once(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Zara", language="", needs_interpreter=None, child_care="")
    send(town, "person", intake.pk, RAGNHILD, language="dari", child_care="")
    assert send(town, "person", intake.pk, KARI, child_care="morning")[0] == 302

    status, told = send(town, "person", intake.pk, KARI, language="farsi", needs_interpreter="ja")

    assert status == 422
    assert "Noen andre har endret språket" in told
    assert 'name="language" value="dari"' in told
    assert '<option value="ja" selected>' in told  # what was typed beside it stays
    kept = Intake.objects.get()
    assert (kept.language, kept.child_care, kept.needs_interpreter) == ("dari", "morning", None)


def test_a_character_that_cannot_be_stored_is_left_out(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    send(town, "session", held.pk, PER, act="question", question="Hva\x00?")
    send(town, "session", held.pk, PER, act="points", own="Kart\x00")
    other = settled(town, "Nils")
    send(town, "term", term.pk, RAGNHILD, person=[str(other.pk)], reason="Vil\x00")
    intake = Intake.objects.get(participant=other)
    send(town, "classes", term.pk, LIV, intake=str(intake.pk), track="1", reason="Ro\x00")
    booking = {"session": str(held.pk), "language": "dari", "state": "ordered"}
    send(town, "interpreters", None, RAGNHILD, **booking, reference="T\x001")

    intake.refresh_from_db()
    assert (intake.reason, intake.placement_reason) == ("Vil", "Ro")
    assert SessionQuestion.objects.get().text == "Hva?"
    assert SessionPoint.objects.order_by("-place")[0].text == "Kart"
    assert InterpreterBooking.objects.get().reference == "T1"


def test_a_track_and_a_class_that_are_none_are_told(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Zara")
    data = {"intake": str(intake.pk), "track": "9" * 5000, "class": "x"}

    status, told = send(town, "classes", term.pk, LIV, **data)

    assert status == 422
    assert "Klassen kan ikke velges lenger." in told


def test_a_session_is_called_off_from_its_page(town: Town, term: IntakeTerm) -> None:
    coming = session(town, term, date(2026, 7, 8))
    address = reverse("intake:session", args=[coming.pk])
    assert "Avlys samtalen" in town.browser(RAGNHILD).get(address).content.decode()
    assert "Avlys samtalen" not in town.browser(PER).get(address).content.decode()

    refused, _told = send(town, "session", coming.pk, PER, act="cancel")
    asked, told = send(town, "session", coming.pk, RAGNHILD, act="cancel")
    assert (asked, IntakeSession.objects.count()) == (200, 1)
    assert "avlyses?" in told
    status, _told = send(town, "session", coming.pk, RAGNHILD, act="cancel", confirmed="yes")

    assert (refused, status) == (403, 302)
    assert not IntakeSession.objects.exists()


def test_two_teachers_place_the_same_person(town: Town, term: IntakeTerm) -> None:
    (zara, *_) = join(town, term, "Zara")
    opened = {"intake": str(zara.pk), "seen": "||", "level": "A1", "reason": "Prøvd"}
    send(town, "classes", term.pk, LIV, **opened, track="1")

    status, told = send(town, "classes", term.pk, LIV, **opened, track="3")

    assert status == 422
    assert "bestemte plassen mens du skrev: spor 1, A1." in told
    assert '<option value="3" selected>' in told
    assert Intake.objects.get(pk=zara.pk).track == 1
    again = {**opened, "seen": "1|A1|", "track": "3"}
    assert 'value="1|A1|"' in told
    assert send(town, "classes", term.pk, LIV, **again)[0] == 302
    assert Intake.objects.get(pk=zara.pk).track == 3


def test_a_class_that_the_intake_gives_stands_in_the_overview(town: Town, term: IntakeTerm) -> None:
    amina = town.people("Amina")
    (taken,) = take_in(
        term=term, people=[amina], reason="Vil", by=town.actor(RAGNHILD), on=date(2026, 6, 30)
    )
    norwegian = group(town.municipality, "Norsk A2 dag")
    norwegian.class_name = "A2601"
    norwegian.save()
    sent = {"intake": str(taken.pk), "track": "2", "level": "A2", "reason": "Prøvd"}

    status, _told = send(town, "classes", term.pk, LIV, **sent, **{"class": str(norwegian.pk)})

    assert status == 302
    schooling = Schooling.objects.get(participant=amina)
    assert (schooling.class_name, schooling.track) == ("A2601", 2)
    assert OverviewRow.objects.get(participant=amina).class_name == "A2601"
    edits = CellEdit.objects.filter(undone_at=None, row__link__participant=amina)
    assert {each.field for each in edits} >= {"programme.class_name", "programme.track"}


def test_two_note_a_booking_at_once(town: Town, held: IntakeSession) -> None:
    coming = session(town, held.term, date(2026, 7, 8))
    Invitation.objects.update(session=coming)
    booking = {"session": str(coming.pk), "language": "dari", "seen": "|"}
    send(town, "interpreters", None, RAGNHILD, **booking, state="ordered", reference="Tolk 1")

    status, told = send(
        town, "interpreters", None, KARI, **booking, state="confirmed", reference="Tolk 2"
    )

    assert status == 422
    assert "Nå står det: bestilt, Tolk 1." in told
    assert 'value="Tolk 2"' in told
    assert 'value="ordered|Tolk 1"' in told
    assert InterpreterBooking.objects.get().reference == "Tolk 1"
