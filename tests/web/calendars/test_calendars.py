"""Addresses that are shown once, answered without sign-in, revoked; and a week on paper."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.audit.models import ReadEvent
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import Block, Timetable
from innpass.web.design import in_vain
from tests.factories.cast import KARI, ODD, RAGNHILD, Town
from tests.factories.weeks import group

pytestmark = pytest.mark.django_db

_ADDRESS = re.compile(r'value="(http://testserver/kalender/abonnement/[\w-]{43}\.ics)"')


@pytest.fixture
def amina(town: Town) -> Participant:
    """Amina goes to a class on Wednesdays until further notice."""
    person = town.people("Amina")
    week = Timetable.objects.create(
        municipality=town.municipality, participant=person, first_monday=date(2026, 6, 22)
    )
    Block.objects.create(
        municipality=town.municipality,
        timetable=week,
        day=2,
        start=510,
        end=720,
        part="course",
        activity="norwegian",
        name="Norsk <A1> & mer",
        where="Sentrum",
        room="Rom 101",
        lessons=4,
        counted_minutes=300,
        group=group(town.municipality),
    )
    return person


def made(town: Town, person: Participant, *, language: str = "nb") -> str:
    href = reverse("calendars:make", args=["deltaker", person.pk])
    answer = town.browser(KARI).post(href, {"sprak": language})
    assert answer["Cache-Control"] == "no-store"
    found = _ADDRESS.search(answer.content.decode())
    assert found
    return found[1]


def test_an_address_is_shown_once_and_answers_until_it_is_revoked(
    town: Town, amina: Participant
) -> None:
    address = made(town, amina)
    page = reverse("calendars:calendar", args=["deltaker", amina.pk])

    assert address not in town.browser(KARI).get(page).content.decode()
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    text = answer.content.decode()
    assert "SUMMARY;LANGUAGE=nb:Norsk <A1> & mer" in text
    assert "Amina" not in text
    (row,) = town.browser(KARI).get(page).context["page"].addresses
    assert (row.made_by, row.read_on) == ("Kari Lunde", date(2026, 6, 30))

    town.browser(RAGNHILD).post(reverse("calendars:revoke", args=["deltaker", amina.pk, row.pk]))
    gone, unknown = (
        Client().get(address),
        Client().get(address.replace("abonnement/", "abonnement/x")),
    )
    assert gone.status_code == unknown.status_code == 404
    assert gone.content == unknown.content == b""
    assert dict(gone.headers) == dict(unknown.headers)


def test_a_protected_person_has_a_sentence_and_no_address(town: Town, amina: Participant) -> None:
    address = made(town, amina)
    town.protect("Amina", named=(RAGNHILD,))
    page = reverse("calendars:calendar", args=["deltaker", amina.pk])

    assert Client().get(address).status_code == 404
    assert town.browser(KARI).get(page).status_code == 404
    shown = town.browser(RAGNHILD).get(page)
    assert "Da kan ingen abonnere på timeplanen" in shown.content.decode()
    assert not shown.context["page"].may_make
    refused = town.browser(RAGNHILD).post(
        reverse("calendars:make", args=["deltaker", amina.pk]), {"sprak": "nb"}
    )
    assert refused.status_code == 422
    paper = town.browser(RAGNHILD).get(reverse("calendars:paper", args=[amina.pk, "nb"]))
    text = paper.content.decode().partition("<article")[2]
    assert "08.30–12.00" in text
    assert [word for word in ("Amina", "Sentrum", "A1", "Rom") if word in text] == []


def test_a_group_and_a_workplace_have_calendars_too(town: Town, amina: Participant) -> None:
    pk = Block.objects.values_list("group", flat=True).get()
    page = reverse("calendars:calendar", args=["gruppe", pk])

    assert town.browser(ODD).get(page).status_code == 200
    assert not town.browser(ODD).get(page).context["page"].may_make
    assert town.browser(ODD).post(f"{page}adresse/", {"sprak": "nb"}).status_code == 403
    answer = town.browser(KARI).post(f"{page}adresse/", {"sprak": "tull"})
    assert answer.status_code == 422
    file = town.browser(ODD).get(f"{page}timeplan.ics?sprak=en").content.decode()
    assert "Norsk A1 – 1 coming" in file
    assert town.browser(ODD).get(f"{page}timeplan.ics?sprak=tull").status_code == 404


def test_a_week_on_paper_stands_in_the_language_and_its_direction(
    town: Town, amina: Participant
) -> None:
    href = reverse("calendars:paper", args=[amina.pk, "ar"])
    text = town.browser(KARI).get(f"{href}?uke=2026-W26").content.decode()

    assert re.search(r'<article[^>]*lang="ar"[^>]*dir="rtl"', text)
    assert "<bdi>\u206808.30–12.00\u2069</bdi>" in text
    assert "اللغة النرويجية: \u2068Norsk &lt;A1&gt; &amp; mer\u2069" in text
    for odd in ("?uke=tull", "?uke=2026-W99", "?uke=9999-W01", "?uke=0001-W01"):
        assert town.browser(KARI).get(href + odd).status_code == 200
    before = ReadEvent.objects.filter(page="week_as_pdf").count()
    pdf = town.browser(KARI).get(reverse("calendars:pdf", args=[amina.pk, "uk"]))
    assert pdf.content.startswith(b"%PDF")
    assert "Amina" not in pdf["Content-Disposition"]
    assert ReadEvent.objects.filter(page="week_as_pdf").count() == before + 1


def test_whoever_guesses_addresses_must_wait_and_known_ones_are_answered(
    town: Town, amina: Participant
) -> None:
    address = made(town, amina)
    anybody = Client()
    wrong = reverse("calendars:subscription", args=["x" * 43])

    answers = [anybody.get(wrong) for _ in range(in_vain.MOST + 1)]

    assert {each.status_code for each in answers[:-1]} == {404}
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "300")
    assert anybody.get(address).status_code == 200
    assert Client(REMOTE_ADDR="10.1.2.3").get(wrong).status_code == 404
