"""``innpass explain``: one person's law, with the eyes of whoever asks."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django_scopes import scope

from innpass.casework.audit.models import ReadEvent
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str, int]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("explain", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return out.getvalue(), err.getvalue(), int(str(ended.code))
    return out.getvalue(), err.getvalue(), 0


def somebody(*, enrolled: bool = True) -> Participant:
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        person: Participant = Participant.objects.create(municipality=lillevik, name="Amina")
        if enrolled:
            Enrolment.objects.create(
                municipality=lillevik,
                participant=person,
                first_day=date(2026, 1, 12),
                offered_on=date(2026, 1, 12),
                protection="other",
                upper_secondary=True,
                end_goal="work",
            )
    return person


def test_it_prints_text_source_and_why() -> None:
    person = somebody()

    out, _, code = run(str(person.pk), "--on", "2026-06-30")

    assert code == 0
    assert out.startswith("Amina per 30. juni 2026")
    for part in ("Kilde: integreringsloven § 13", "Siste dag: ", "Hvorfor denne teksten: "):
        assert part in out
    assert ReadEvent.objects.filter(subject_id=person.pk, page="rules").count() == 1


def test_the_day_is_the_one_asked_about() -> None:
    person = somebody()
    before, _, _ = run(str(person.pk), "--on", "2026-01-20")
    after, _, _ = run(str(person.pk), "--on", "2027-01-20")
    assert before.splitlines()[1:] != after.splitlines()[1:]


def test_somebody_without_a_programme_gets_a_sentence() -> None:
    out, _, code = run(str(somebody(enrolled=False).pk))
    assert (code, out.splitlines()[-1]) == (0, "Ingen har ført at deltakeren er i programmet.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tull",), "Vi finner ingen deltaker"),
        (("tull", "--on", "i går"), "«i går» er ingen dato"),
        (("tull", "--municipality", "Storvik"), "Storvik"),
    ],
)
def test_wrong_input_gets_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    somebody()
    out, err, code = run(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
