"""The employer pack and the document of expectations: shown, printed, noted as given."""

import re
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.audit.models import AuditEvent
from innpass.casework.doors.models import PackGiven
from tests.casework.doors.letting_in import running_case
from tests.factories.cast import LIV, PER, Town
from tests.web.doors.test_employer import let_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> PlacementCase:
    return running_case(town)


def papers(town: Town, case: PlacementCase, name: str = PER) -> str:
    href = reverse("doors:papers", args=[case.pk])
    return str(town.browser(name).get(href).content.decode())


def give(town: Town, case: PlacementCase, **data: str) -> Any:
    return town.browser(PER).post(reverse("doors:give_pack", args=[case.pk]), data)


def test_the_pack_tells_whom_to_call_what_nav_may_give_and_where_there_is_more(
    town: Town, case: PlacementCase
) -> None:
    html = " ".join(papers(town, case).split())

    assert "Per Hauge" in html
    assert 'href="tel:40000000"' in html
    assert "40 prosent av lønna i inntil 6 måneder, og deretter 30 prosent" in html
    assert "slik reglene står 30. juni 2026" in html
    assert "tiltaksforskriften § 9-4" in html
    for title in ("MIKA", "Know Your Rights", "Norskkrav i arbeidslivet", "Språk i arbeid"):
        assert f'rel="noreferrer noopener">{title}</a>' in html


def test_that_the_pack_was_given_is_noted(town: Town, case: PlacementCase) -> None:
    assert "ikke ført som gitt" in papers(town, case)

    answer = give(town, case, on="29.06.2026", way="mail")

    assert answer.status_code == 302
    assert "29. juni 2026: på e-post, Per Hauge" in papers(town, case)
    event = AuditEvent.objects.get(action="give_employer_pack")
    assert event.subject_id == case.participant_id
    assert event.changes["on"] == [None, "2026-06-29"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"on": "1.7.2026", "way": "mail"}, "har ikke vært ennå"),
        ({"on": "i går", "way": "mail"}, "Skriv dagen som"),
        ({"on": "29.06.2026", "way": "brevdue"}, "Gyldige valg"),
        ({}, "Feltet er påkrevet"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_is_kept(
    town: Town, case: PlacementCase, data: dict[str, str], said: str
) -> None:
    answer = give(town, case, **data)

    assert answer.status_code == 422
    html = answer.content.decode()
    if said == "Gyldige valg":
        assert "ds-error-summary" in html
    else:
        assert said in html
    assert data.get("on", "") in html
    assert not PackGiven.objects.exists()


def test_a_teacher_reads_and_notes_nothing(town: Town, case: PlacementCase) -> None:
    assert "Før at pakken er gitt" not in papers(town, case, LIV)


def test_the_pack_is_printed_tagged_and_names_no_participant(
    town: Town, case: PlacementCase
) -> None:
    answer = town.browser(PER).get(reverse("doors:pack_pdf", args=[case.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="arbeidsgiverpakke.pdf"'
    assert b"pdfuaid:part" in answer.content
    assert b"/MarkInfo" in answer.content
    assert b"knowyourrights" in _plain(answer.content)
    assert b"Amina" not in _plain(answer.content)


def _plain(content: bytes) -> bytes:
    """Return a PDF with its streams beside, as they are when they are no more compressed."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_the_employer_has_the_pack_on_the_page(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)
    href = reverse("doors:pack", args=[pk])

    assert href in browser.get(reverse("doors:employer", args=[pk])).content.decode()
    assert browser.get(href).content.startswith(b"%PDF")
    assert Client().get(href).status_code == 404


@pytest.mark.parametrize("code", ["nb", "uk", "ar", "en"])
def test_the_expectations_are_printed_in_each_language(town: Town, code: str) -> None:
    answer = town.browser(PER).get(reverse("doors:expectations", args=[code]))

    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid:part" in answer.content
    if code != "nb":
        assert f"({code})".encode() in _plain(answer.content)


def test_what_nobody_has_checked_says_so(town: Town, case: PlacementCase) -> None:
    html = papers(town, case)

    assert html.count("ikke kontrollert av en morsmålsbruker") == 3
    assert "eldre enn den norske teksten" not in html
    assert '<bdi lang="ar" dir="rtl">' in html


def test_a_translation_that_is_behind_says_so(
    town: Town, case: PlacementCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from innpass.domain.placing import expectations as document

    for file in document._FOLDER.iterdir():
        text = file.read_text("utf-8")
        changed = text.replace("Du kommer presis", "Du kommer alltid presis")
        (tmp_path / file.name).write_text(changed, "utf-8")
    monkeypatch.setattr(document, "_FOLDER", tmp_path)
    document.expectations.cache_clear()
    try:
        html = papers(town, case)
    finally:
        monkeypatch.undo()
        document.expectations.cache_clear()

    assert html.count("eldre enn den norske teksten") == 3


def test_the_day_of_the_rules_is_today(town: Town, case: PlacementCase, settings: Any) -> None:
    settings.INNPASS_TODAY = date(2026, 8, 3)

    assert "slik reglene står 3. august 2026" in papers(town, case)
