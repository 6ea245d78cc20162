"""Letterhead and standard terms: by day, and frozen in what somebody has signed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.models import AgreementVersion, StandardTerms
from innpass.casework.agreements.paper import document_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.terms import (
    ReadSomethingElse,
    Terms,
    keep_terms,
    mark_of,
    printed_of,
    terms_on,
)
from innpass.casework.agreements.tongues import language_or_norwegian
from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers.models import EmployerCard
from innpass.domain.access.policy import MayNot
from innpass.domain.placing.agreement import Party, Way
from innpass.domain.placing.states import CaseKind, Initiative, Outcome
from innpass.domain.placing.terms import clauses_of, proposal
from innpass.exchange.pdf.printing import render_pdf
from tests.casework.agreements.placing import FIRST, Placing
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, NINA

MADE_AT = datetime(2026, 6, 30, tzinfo=UTC)
NEW = {"nb": "Fravær\nSi fra samme dag.", "uk": "", "ar": "", "en": "Absence\nTell us."}


def keep(here: Placing, *, by: str = NINA, on: Any = TODAY, **values: Any) -> None:
    are_seen = values.pop("are_seen", False)
    terms = Terms(
        **{
            "organisation_number": "319 990 003",
            "unit": "Flyktningtjenesten",
            "texts": NEW,
            "dated": TODAY,
            **values,
        }
    )
    keep_terms(terms, are_seen=are_seen, by=here.town.actor(by), on=on)


def paper(version: AgreementVersion, code: str = "en", on: Any = TODAY, **values: Any) -> Any:
    stored = AgreementVersion.objects.get(pk=version.pk)
    tongue = language_or_norwegian(code)
    return document_of(stored.case, stored, tongue=tongue, on=on, **values)


def titles(document: Any) -> list[str]:
    return [clause["title"][0] for clause in document["terms"]]


def test_the_proposal_holds_until_the_municipality_says_otherwise(here: Placing) -> None:
    assert terms_on(TODAY).texts == proposal().texts

    keep(here, by=ADA)

    assert terms_on(TODAY).texts == NEW
    assert terms_on(TODAY - timedelta(days=1)).texts == proposal().texts
    assert AuditEvent.objects.filter(action="keep_terms").count() == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"organisation_number": "123456789"}, "ikke et organisasjonsnummer"),
        ({"dated": TODAY - timedelta(days=1)}, "i dag eller senere"),
        ({"texts": {**NEW, "nb": ""}}, "på norsk"),
        ({"texts": {**NEW, "nb": "Fravær\nRing 13097248022."}}, "fødselsnummer"),
        ({"texts": {**proposal().texts, "nb": proposal().texts["nb"] + " Nytt."}}, "ukrainsk"),
    ],
)
def test_what_cannot_stand_is_refused(here: Placing, values: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        keep(here, **values)

    assert not StandardTerms.objects.exists()


def test_translations_that_still_hold_are_kept_by_a_tick(here: Placing) -> None:
    texts = {**proposal().texts, "nb": proposal().texts["nb"] + " Nytt."}

    keep(here, texts=texts, are_seen=True)

    assert terms_on(TODAY).texts == texts


def test_a_supervisor_does_not_write_terms(here: Placing) -> None:
    with pytest.raises(MayNot):
        keep_terms(terms_on(TODAY), are_seen=True, by=here.per, on=TODAY)


def test_what_somebody_has_signed_says_for_ever_what_it_said(here: Placing) -> None:
    EmployerCard.objects.create(
        municipality=here.town.municipality, employer=here.employer, organisation_number="310047306"
    )
    keep(here)
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER)
    texts = {**NEW, "nb": "Annet\nNoe annet."}
    keep(here, organisation_number="", unit="Integrering", texts=texts, are_seen=True)
    EmployerCard.objects.update(organisation_number="")

    signed = paper(version)

    assert signed["letterhead"] == ["Lillevik", "Flyktningtjenesten", "Org.nr. 319 990 003"]
    assert titles(signed) == ["Fravær"]
    assert signed["terms"][0]["text"] == ["Si fra samme dag.", "Tell us."]
    assert "310 047 306" in str(signed["rows"])


def test_what_is_opened_again_is_signed_by_the_terms_of_that_day(here: Placing) -> None:
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER)
    services.lift(version, reason="Feil dag", by=here.per, on=TODAY)
    keep(here)

    here.sign(version, Party.EMPLOYER)

    assert titles(paper(version)) == ["Fravær"]


def test_what_was_signed_before_there_were_terms_has_none(here: Placing) -> None:
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER)
    AgreementVersion.objects.filter(pk=version.pk).update(printed={})

    assert paper(version)["terms"] == []


def test_what_was_signed_before_there_was_a_letterhead_names_the_municipality_alone(
    here: Placing,
) -> None:
    EmployerCard.objects.create(
        municipality=here.town.municipality, employer=here.employer, organisation_number="310047306"
    )
    keep(here)
    case = here.agreed()
    AgreementVersion.objects.filter(case=case).update(printed={})
    services.end_case(
        case,
        outcome=Outcome.STOPPED,
        initiative=Initiative.EMPLOYER,
        reason="workplace_closed",
        last_day=FIRST,
        by=here.per,
        on=FIRST,
    )

    for version in AgreementVersion.objects.filter(case=case):
        assert paper(version)["letterhead"] == ["Lillevik"]
        assert "310 047 306" not in str(paper(version)["rows"])


def test_a_paper_that_was_signed_before_has_the_terms_of_its_day(here: Placing) -> None:
    version = here.waiting(here.proposed())
    later = TODAY + timedelta(days=3)
    keep(here, on=later, dated=later)
    on_paper: dict[str, Any] = {"way": Way.ON_PAPER, "scan": b"%PDF-1.7"}

    here.sign(version, Party.EMPLOYER, **on_paper, on=later)

    assert titles(paper(version, on=later)) == [
        each.title for each in clauses_of(proposal().texts["nb"])
    ]


def test_nobody_signs_at_the_table_what_they_have_not_read(here: Placing) -> None:
    version = here.waiting(here.proposed())
    read = mark_of(printed_of(version.case, version, on=TODAY))
    keep(here)

    with pytest.raises(ReadSomethingElse):
        here.sign(version, Party.EMPLOYER, read=read)
    assert not version.signatures.exists()
    now = mark_of(printed_of(version.case, version, on=TODAY))
    here.sign(version, Party.EMPLOYER, read=now)
    frozen = AgreementVersion.objects.get(pk=version.pk)
    assert mark_of(printed_of(version.case, frozen, on=TODAY)) == now


def test_a_language_without_terms_is_told(here: Placing) -> None:
    keep(here)
    version = here.waiting(here.proposed())

    told = paper(version, "uk")

    assert told["terms_note"][0] == "Vilkårene står bare på norsk."
    assert told["terms"][0]["text"] == ["Si fra samme dag.", ""]
    assert paper(version, "nb")["terms_note"] == ["", ""]


@pytest.mark.parametrize(
    ("kind", "frame", "signer"),
    [
        (CaseKind.MUNICIPAL_PRACTICE, "integreringsloven §§ 14 og 14 a", "Praksisveileder"),
        (CaseKind.WORK_TRAINING, "tiltaksforskriften kapittel 3", "Programrådgiver"),
        (CaseKind.SUMMER_JOB, "Deltakeren er ansatt hos arbeidsgiveren", "Programrådgiver"),
    ],
)
def test_the_legal_frame_is_that_of_the_arrangement(
    here: Placing, kind: CaseKind, frame: str, signer: str
) -> None:
    case = here.proposed(kind=kind, by=here.ragnhild)
    version = AgreementVersion(case=case, days=[], minutes_per_week=0, employer_name="Et sted")
    version.first_day = version.last_day = version.made_on = TODAY
    version.municipality_id, version.number = case.municipality_id, 1
    version.save(force_insert=True)

    told = paper(version)

    assert frame in str(told["rows"])
    assert told["signatures"][-1]["party"][0] == f"{signer}, for kommunen"


def test_the_day_of_birth_is_for_those_who_may_read_it(here: Placing) -> None:
    version = here.waiting(here.proposed())

    assert "Født" in str(paper(version, shows_birth=True)["rows"])
    assert "Født" not in str(paper(version)["rows"])
    here.town.protect("Amina")
    assert "Født" not in str(paper(version, shows_birth=True)["rows"])


@pytest.mark.parametrize("code", ["nb", "uk", "ar", "en"])
def test_the_paper_is_tagged_in_every_language(here: Placing, code: str) -> None:
    version = here.waiting(here.proposed(), follow_up="Hver måned")

    made = render_pdf("agreement", paper(version, code, shows_birth=True), made_at=MADE_AT)

    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid:part"):
        assert mark in made
