"""No identity number stands in plain text anywhere after an import."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django_scopes import scope

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import CellEdit, ImportBatch, Question, SourceFile
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.history import history_of
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import statements_about
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.domain.access.fields import FIELDS
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import (
    TODAY,
    changed_values,
    sample,
    take_in,
    truth,
    workbook,
)

FNR, DNR, DUF = "04859000016", "44859000190", "202412345610"


@pytest.fixture
def committed_municipality(transactional_db: None, settings: Any) -> Iterator[Municipality]:
    """A municipality in a database that has been written to disk."""
    settings.INNPASS_TODAY = TODAY
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def bytes_of_the_database() -> bytes:
    """Everything that stands on the disk: SQLite's file with its WAL, or PostgreSQL's tables."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return b"".join(
            Path(f"{name}{end}").read_bytes()
            for end in ("", "-wal")
            if Path(f"{name}{end}").exists()
        )
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            with cursor.cursor.copy(f'COPY "{model._meta.db_table}" TO STDOUT') as copy:
                found += [bytes(part) for part in copy]
    return b"".join(found)


def ways_to_write(number: str) -> set[str]:
    """A number as it may stand in a sheet: with a space, without its leading zero."""
    return {number, f"{number[:6]} {number[6:]}", number.lstrip("0")}


def found_in(content: bytes, numbers: set[str]) -> list[str]:
    return [number for number in sorted(numbers) if number.encode() in content]


@pytest.mark.slow
def test_no_number_of_the_sample_is_on_the_disk_or_in_the_log(
    committed_municipality: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = {
        way
        for person in truth("messy")["participants"]
        for kind in ("fnr", "dnr", "duf")
        if (number := person["ids"][kind])
        for way in ways_to_write(number)
    }
    caplog.set_level(logging.DEBUG)

    take_in(committed_municipality, sample("messy"))

    stored = bytes_of_the_database()
    # What we search in holds the import, and we would find a number that stood in plain text.
    somebody = Identifier.objects.filter(kind="socio").first()
    assert somebody
    assert found_in(stored, {somebody.plain, "oversiktsark.xlsx"}) != []
    assert len(numbers) > 300
    assert found_in(stored, numbers) == []
    assert found_in(caplog.text.encode(), numbers) == []


@pytest.fixture
def odd_places(municipality: Municipality) -> Municipality:
    """People whose numbers also stand where no number belongs."""
    take_in(
        municipality,
        {
            "oversikt.xlsx": little.overview(
                changes={
                    little.AMINA: {"Merknad": f"Nytt nummer {FNR} fra mars", "Infomøte": FNR},
                    little.BOHDAN: {"Navn": f"Bohdan Kovalenko {DNR}"},
                    little.CELINE: {"Overføringsmøte": f"avklares, {DUF}", "Visma flyktning": DUF},
                }
            ),
            # A heading that is a number, as where somebody deleted the row of headings.
            "laeringssenter.csv": (
                f"Visma-nr;Navn;Fødselsdato;Klasse;{FNR};{DUF}\n"
                "71001;Amina Haddad;04.05.1990;C2508;x;y\n71002;Daria Savenko;30.08.2000;C2508;;z\n"
            ).encode(),
            "nav.xlsx": little.nav(
                changes={
                    little.AMINA: {"Fødselsnummer": FNR},
                    little.BOHDAN: {"Socionr": DNR},
                    little.CELINE: {"Fødselsnummer": f"{FNR[:6]} {FNR[6:]}9", "Socionr": FNR[1:]},
                }
            ),
        },
    )
    return municipality


def plain_texts() -> dict[str, str]:
    """What each place says that people see or that is stored outside the seal."""
    return {
        "previews": json.dumps([batch.preview for batch in ImportBatch.objects.all()]),
        "questions": json.dumps(list(Question.objects.values()), default=str),
        "audit": json.dumps(list(AuditEvent.objects.values()), default=str),
        "files": json.dumps(
            list(SourceFile.objects.values("name", "notices", "unread_columns", "layout"))
        ),
        "provenance": str(
            [statements_about(p, readable=frozenset(FIELDS)) for p in Participant.objects.all()]
        ),
        "history": str(
            [history_of(p, readable=frozenset(FIELDS)) for p in Participant.objects.all()]
        ),
        "people": json.dumps(list(Participant.objects.values()), default=str),
    }


@pytest.mark.parametrize("number", [FNR, DNR, DUF])
def test_a_number_in_an_odd_place_is_shown_nowhere(number: str, odd_places: Municipality) -> None:
    found = {
        place
        for place, text in plain_texts().items()
        for way in ways_to_write(number)
        if way in text
    }

    assert found == set()


def test_the_layout_keeps_sheets_and_headings_without_digits(municipality: Municipality) -> None:
    people = little.refugee_people()[1]
    noted = [{**cells, f"Notat {FNR}": "x"} for cells in people]
    take_in(municipality, {"a.xlsx": workbook(("Deltakere", noted), little.schedule())})

    first, second = SourceFile.objects.get().layout

    assert (first["sheet"], first["hidden"], first["rows"]) == ("Deltakere", False, 4)
    found = [(each["cell"], each["text"], each["field"]) for each in first["headings"]]
    assert found[:4] == [
        ("A1", "Visma-nr", "ids.visma_refugee"),
        ("B1", "Etternavn", "family_name"),
        ("C1", "Fornavn", "given_name"),
        ("D1", "Fødselsdato", "birth_date"),
    ]
    assert found[-1][1:] == ("Notat •••", "remark")
    assert (second["sheet"], len(second["headings"])) == ("Timeplan", 6)


def test_a_newer_number_is_history_without_digits(municipality: Municipality) -> None:
    take_in(
        municipality, {"nav 1.xlsx": little.nav(changes={little.AMINA: {"Fødselsnummer": FNR}})}
    )
    take_in(
        municipality, {"nav 2.xlsx": little.nav(changes={little.AMINA: {"Fødselsnummer": None}})}
    )

    amina = Participant.objects.get(name="Amina Haddad")
    (change,) = changed_values(amina)
    assert (change.field, change.before, change.after) == ("ids.fnr", "•" * 11, "")
    assert FNR not in str(plain_texts())
    assert amina.birth_date == date(1990, 5, 4)


def test_the_sealed_number_opens_to_what_stood_in_the_sheet(municipality: Municipality) -> None:
    take_in(municipality, {"nav.xlsx": little.nav(changes={little.AMINA: {"Fødselsnummer": FNR}})})

    assert Identifier.objects.get(kind="fnr").sealed == FNR


def test_an_edit_keeps_no_trace_of_the_number_before_it(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})
    by, person = operator(municipality), Participant.objects.get(name="Amina Haddad")
    for number in ("13879217282", None):
        enter_values(
            [Wanted(person.pk, "ids.fnr", number), Wanted(person.pk, "next_step", number)],
            municipality_id=municipality.pk,
            by=by,
        )

    kept = CellEdit.objects.order_by("said_at").values_list("field", "before")

    assert dict(kept)["next_step"] == "13879217282"
    assert [before for name, before in kept if name == "ids.fnr"] == [None, None]
