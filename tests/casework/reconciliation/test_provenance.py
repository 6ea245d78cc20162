"""Where a person's values come from: what is said to hold is what holds."""

from datetime import date

import pytest

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import statements_about
from innpass.casework.participants.sources import MASK, Statement
from innpass.domain.access.fields import FIELDS
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import Table, changed_values, sample, take_in, workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN

pytestmark = pytest.mark.django_db
ALL = frozenset(FIELDS)


def said_of(name: str) -> list[Statement]:
    return statements_about(Participant.objects.get(name=name), readable=ALL)


def shared_sheet(sheets: dict[str, date]) -> bytes:
    """The shared sheet with Amina on a sheet for each year; the day is her meeting with Nav."""
    tables: list[Table] = [
        (
            name,
            [
                {
                    "Navn": "Amina Haddad",
                    "Født": date(1990, 5, 4),
                    "Visma flyktning": AMINA,
                    "Programrådgiver": f"Rådgiver {name}",
                    "Infomøte": day,
                    "Overføringsmøte": None,
                    "Merknad": None,
                }
            ],
        )
        for name, day in sheets.items()
    ]
    return workbook(*tables)


def test_what_is_said_to_hold_is_what_is_stored(municipality: Municipality) -> None:
    take_in(municipality, sample("messy"))

    for person in Participant.objects.filter(absorbed_by=None):
        said = statements_about(person, readable=ALL)
        used = {each.field: each.value for each in said if each.is_used}
        assert len(used) == sum(each.is_used for each in said)  # one cell a field
        assert used.get("name", "") == person.name
        assert used.get("given_name", "") == person.given_name
        assert used.get("family_name", "") == person.family_name
        assert used.get("country", "") == person.country
        born = f"{person.birth_date:%d.%m.%Y}" if person.birth_date else None
        assert used.get("birth_date") == born
        numbers = {f"ids.{row.kind}": row.plain or MASK for row in person.identifiers.all()}
        assert {name: value for name, value in used.items() if name.startswith("ids.")} == numbers


def test_a_systems_number_from_elsewhere_does_not_hold(municipality: Municipality) -> None:
    """Nav's own sheet is here and does not know Amina."""
    take_in(
        municipality,
        {
            "nav.xlsx": little.nav([BOHDAN]),
            "oversikt.xlsx": little.overview(changes={AMINA: {"Socionr. (Nav)": "900123"}}),
        },
    )
    assert not Identifier.objects.filter(kind="socio", plain="900123").exists()

    (socio,) = [each for each in said_of("Amina Haddad") if each.field == "ids.socio"]

    assert (socio.value, socio.is_used) == ("900123", False)


def test_a_row_that_is_gone_says_so_afterwards(municipality: Municipality) -> None:
    take_in(municipality, {"a juni.xlsx": little.refugee()})
    take_in(municipality, {"a juli.xlsx": little.refugee([AMINA, BOHDAN])})

    assert {each.is_gone for each in said_of("Celine Mukendi")} == {True}
    assert {each.is_gone for each in said_of("Amina Haddad")} == {False}


def test_two_rows_of_one_person_are_not_each_others_history(municipality: Municipality) -> None:
    before = {"2025": date(2025, 9, 1), "2026": date(2026, 3, 2)}
    take_in(municipality, {"oversikt juni.xlsx": shared_sheet(before)})
    after = before | {"2026": date(2026, 3, 9)}

    take_in(municipality, {"oversikt juli.xlsx": shared_sheet(after)})

    amina = Participant.objects.get()
    (change,) = changed_values(amina)
    assert (change.field, change.before, change.after) == (
        *("nav.info_meeting", "02.03.2026", "09.03.2026"),
    )


def test_another_list_of_the_same_body_is_no_newer_version(municipality: Municipality) -> None:
    """Between two versions of one list comes another list, about something else."""
    take_in(municipality, {"flyktning juni.xlsx": little.refugee()})
    plan = workbook(
        (
            "Deltakere",
            [{"Visma-nr": AMINA, "Navn": "Amina Haddad", "Merknad": "Husk møtet"}],
        )
    )
    take_in(municipality, {"merknader.xlsx": plan})
    later = {AMINA: {"Planlagt slutt": date(2027, 3, 31)}}

    take_in(municipality, {"flyktning juli.xlsx": little.refugee(changes=later)})

    amina = Participant.objects.get(name="Amina Haddad")
    assert [each.field for each in changed_values(amina)] == ["programme.planned_end"]
