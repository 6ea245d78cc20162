"""Attests on screen and paper: in two languages, of the protected, with the paper and its scan."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.agreements.tongues import language_or_norwegian
from innpass.casework.audit.models import ReadEvent
from innpass.casework.employers.models import ContactPerson, EmployerCard
from innpass.casework.follow_up import services
from innpass.casework.follow_up.attest_paper import document_of
from innpass.casework.follow_up.models import Attest
from innpass.exchange.pdf.printing import render_pdf
from tests.casework.follow_up.staying import followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, PER, Town

_PDF = b"%PDF-1.7 skann"
SIGNED = {
    "act": "sign",
    "sign-name": "Leder",
    "sign-day": "29.06.2026",
    "sign-is_archived": "on",
    "version": "1",
}


def paper(code: str = "nb") -> Any:
    tongue = language_or_norwegian(code)
    return document_of(Attest.objects.get(), tongue=tongue, on=TODAY, shows_birth=True)


@pytest.fixture
def draft(town: Town) -> str:
    case = followed_case(town, begun=80)
    by = town.actor(PER)
    made = services.start_attest(case, by=by, on=TODAY)
    Attest.objects.filter(pk=made.pk).update(tasks="Vask")
    return reverse("follow_up:attest", args=[case.pk])


def send(town: Town, href: str, scan: bytes | None = None, **values: Any) -> Any:
    data: dict[str, Any] = {**SIGNED, **values}
    if scan is not None:
        data["sign-scan"] = SimpleUploadedFile("skann.pdf", scan, "application/pdf")
    return town.browser(PER).post(href, data)


def test_a_protected_person_is_neither_named_nor_dated_on_the_paper(town: Town, draft: str) -> None:
    named = paper()

    town.protect("Amina", by=KARI, named=(PER,))
    blank = paper("uk")

    assert "Amina" in str(named)
    assert blank["name"] == ""
    assert "Amina" not in str(blank)
    assert "Født" not in str(blank["facts"])


@pytest.mark.parametrize("code", ["uk", "ar", "en"])
def test_the_paper_says_each_thing_in_both(town: Town, draft: str, code: str) -> None:
    told = paper(code)

    assert all(all(label) for label, _value in told["facts"])
    assert told["sections"][0]["title"][0] == "Arbeidsoppgaver"
    assert told["sections"][0]["title"][1]
    assert paper()["sections"][0]["title"][1] == ""
    made = render_pdf("attest", told, made_at=datetime(2026, 6, 30, tzinfo=UTC))
    assert b"pdfuaid:part" in made


def test_that_the_paper_is_kept_is_stored_with_who_and_when(town: Town, draft: str) -> None:
    send(town, draft)

    attest = Attest.objects.get()
    assert attest.archived_by == town.users[PER]
    assert attest.archived_at is not None
    assert "Papiret er arkivert. Ført av Per Hauge" in page(town, draft)


def test_a_signature_sent_twice_is_one_and_begins_no_new_version(town: Town, draft: str) -> None:
    answers = [send(town, draft).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [each.signed_by for each in Attest.objects.all()] == ["Leder"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"tasks": "Vask og rydding", "learned": "", "words": "", "version": "1"}, "Vask og ryd"),
        ({**SIGNED, "sign-name": "En annen leder"}, "En annen leder"),
    ],
)
def test_what_is_typed_after_a_colleague_had_it_signed_is_shown_and_can_be_carried_on(
    town: Town, draft: str, typed: dict[str, str], kept: str
) -> None:
    send(town, draft)

    stale = town.browser(PER).post(draft, typed)
    signed = Attest.objects.get()  # nothing is begun unasked
    carried = town.browser(PER).post(draft, {**typed, "act": "start"})

    assert (stale.status_code, carried.status_code) == (409, 200)
    for answer in (stale, carried):
        assert kept in answer.content.decode()
        assert "er ikke lagret" in answer.content.decode()
    begun = Attest.objects.get(signed_on=None)
    assert (begun.number, begun.tasks, signed.tasks) == (2, "Vask", "Vask")
    assert f'name="version" value="{begun.version}"' in carried.content.decode()


def test_what_was_typed_in_a_draft_that_is_signed_does_not_overwrite_the_next(
    town: Town, draft: str
) -> None:
    send(town, draft)
    town.browser(PER).post(draft, {"act": "start"})

    stale = town.browser(PER).post(draft, {"tasks": "Gammelt", "number": "1", "version": "1"})

    assert (stale.status_code, "Gammelt" in stale.content.decode()) == (409, True)
    assert Attest.objects.get(signed_on=None).tasks == "Vask"


def test_what_is_typed_where_nothing_is_begun_is_kept(town: Town) -> None:
    href = reverse("follow_up:attest", args=[followed_case(town, begun=80).pk])

    answer = town.browser(PER).post(href, {"tasks": "Vask og rydding"})

    assert answer.status_code == 409
    assert "Vask og rydding" in answer.content.decode()
    assert not Attest.objects.exists()


def hand_over(town: Town, name: str, **values: str) -> Any:
    href = reverse("follow_up:sign_attest", args=[Attest.objects.get().case_id])
    read = re.search(r'name="read" value="(\w+)"', page(town, href))
    assert read
    data = {"name": name, "agree": "on", "version": "1", "read": read[1], **values}
    return town.browser(PER).post(href, data)


def test_the_employer_signs_on_a_screen_that_leads_nowhere_else(town: Town, draft: str) -> None:
    href = reverse("follow_up:sign_attest", args=[Attest.objects.get().case_id])
    shown = page(town, href)

    answers = [hand_over(town, "Kari Holm")]
    assert "Vask" in shown
    assert draft not in shown
    attest = Attest.objects.get()
    assert (attest.signed_by, attest.signed_on, attest.is_on_paper) == ("Kari Holm", TODAY, False)
    assert attest.archived_at is None
    assert answers[0]["Location"] == reverse("follow_up:attest_thanks", args=[attest.case_id])
    assert town.browser(PER).get(answers[0]["Location"]).status_code == 200


@pytest.mark.parametrize("on_paper", [True, False])
def test_nobody_of_the_staff_signs_for_the_employer(
    town: Town, draft: str, *, on_paper: bool
) -> None:
    name = town.users[PER].full_name
    typed: dict[str, Any] = {"sign-name": name}

    answer = send(town, draft, **typed) if on_paper else hand_over(town, name)

    assert answer.status_code == 422
    assert "Du kan ikke skrive under den selv" in answer.content.decode()
    assert Attest.objects.get().signed_on is None


def test_whoever_the_register_names_signs_on_the_screen_with_the_role(
    town: Town, draft: str
) -> None:
    case = Attest.objects.get().case
    who = {"municipality": town.municipality, "employer": case.employer}
    ContactPerson.objects.create(**who, role="leader", name="Kari Holm", first_day=TODAY)

    other = hand_over(town, "Noen Andre")
    hand_over(town, "Kari M. Holm")

    assert other.status_code == 422
    assert "Kari Holm" in other.content.decode()
    told = paper("uk")
    assert told["signed_for"][0] == f"Leder, for {case.employer.name}"
    assert "Керівник" in told["signed_for"][1]
    assert told["signing"] == []


def test_what_changed_after_it_was_read_is_not_signed(town: Town, draft: str) -> None:
    answer = hand_over(town, "Kari Holm", read="0" * 32)

    assert (answer.status_code, Attest.objects.get().signed_on) == (409, None)


def test_the_letterhead_is_printed_and_that_which_was_signed_stands(town: Town, draft: str) -> None:
    case = Attest.objects.get().case
    EmployerCard.objects.create(
        municipality=town.municipality, employer=case.employer, organisation_number="974760673"
    )
    before = paper()
    hand_over(town, "Kari Holm")
    EmployerCard.objects.update(organisation_number="")

    told = paper("uk")

    assert before["letterhead"][0] == town.municipality.name
    assert len(before["signing"]) == 2
    assert ("974 760 673", "") in [value for _label, value in told["facts"]]
    assert all(all(label) for label, _value in told["facts"])
    made = render_pdf("attest", told, made_at=datetime(2026, 6, 30, tzinfo=UTC))
    assert b"pdfuaid:part" in made


def test_an_attest_signed_before_letterheads_names_the_municipality_alone(
    town: Town, draft: str
) -> None:
    hand_over(town, "Kari Holm")
    attest = Attest.objects.get()
    attest.facts.pop("letterhead")
    attest.facts.pop("counted_until")
    attest.save(update_fields=["facts"])

    told = paper()

    assert told["letterhead"] == [town.municipality.name]
    assert f"per {TODAY:%d.%m.%Y}" in str(told["facts"])


def test_hours_until_now_are_counted_until_a_day_and_signing_early_is_warned_of(
    town: Town, draft: str
) -> None:
    assert f"per {TODAY:%d.%m.%Y}" in str(paper()["facts"])
    assert "til nå" not in str(paper())
    assert "Praksisen varer til" in page(town, draft)


def test_a_scan_is_kept_sealed_and_its_opening_is_noted(town: Town, draft: str) -> None:
    send(town, draft, scan=_PDF)
    attest = Attest.objects.get()
    ReadEvent.objects.all().delete()

    got = town.browser(PER).get(reverse("follow_up:attest_scan", args=[attest.pk]))

    assert got.content == _PDF
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    assert ReadEvent.objects.filter(page="attest_scan").count() == 1
    assert "Skannet kopi" in page(town, draft)


@pytest.mark.parametrize(
    ("scan", "values", "told"),
    [
        (b"GIF89a", {}, "PDF, PNG eller JPEG"),
        (None, {"sign-is_archived": ""}, "Arkiver papiret"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    town: Town, draft: str, scan: bytes | None, values: dict[str, str], told: str
) -> None:
    answer = send(town, draft, scan, **values)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Attest.objects.get().signed_on is None


def test_there_is_no_scan_of_a_draft(town: Town, draft: str) -> None:
    href = reverse("follow_up:attest_scan", args=[Attest.objects.get().pk])

    assert town.browser(PER).get(href).status_code == 404


def test_a_signed_attest_says_that_the_days_have_been_put_right(town: Town, draft: str) -> None:
    send(town, draft)
    before = page(town, draft)
    attest = Attest.objects.get()
    attest.facts["last_day"] = "2026-06-01"
    attest.save(update_fields=["facts"])

    assert "rettet etter at attesten" not in before
    assert "rettet etter at attesten" in page(town, draft)


def page(town: Town, href: str) -> str:
    text: str = town.browser(PER).get(href).content.decode()
    return " ".join(text.split())


def test_a_paper_is_printed_without_its_scan_being_opened(town: Town, draft: str) -> None:
    send(town, draft, scan=_PDF)
    href = reverse("follow_up:attest_pdf", args=[Attest.objects.get().pk])
    with CaptureQueriesContext(connection) as queries:
        answer = town.browser(PER).get(href)

    assert answer.status_code == 200
    assert not [each["sql"] for each in queries if '"scan",' in each["sql"]]
