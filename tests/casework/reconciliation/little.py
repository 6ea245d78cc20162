"""A little town in a few workbooks, small enough to read in a fraction of a second."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.casework.reconciliation.importing import Table, workbook

AMINA, BOHDAN, CELINE, DARIA = "31001", "31002", "31003", "31004"
CHANGES = Mapping[str, Mapping[str, Any]]

_PEOPLE: dict[str, dict[str, Any]] = {
    AMINA: {
        "Etternavn": "Haddad",
        "Fornavn": "Amina",
        "Fødselsdato": date(1990, 5, 4),
        "Opprinnelsesland": "Syria",
    },
    BOHDAN: {
        "Etternavn": "Kovalenko",
        "Fornavn": "Bohdan",
        "Fødselsdato": date(1985, 11, 23),
        "Opprinnelsesland": "Ukraina",
    },
    CELINE: {
        "Etternavn": "Mukendi",
        "Fornavn": "Celine",
        "Fødselsdato": date(1994, 2, 17),
        "Opprinnelsesland": "Kongo",
    },
    DARIA: {
        "Etternavn": "Savenko",
        "Fornavn": "Daria",
        "Fødselsdato": date(2000, 8, 30),
        "Opprinnelsesland": "Ukraina",
    },
}
_USUAL = {
    "Beskyttelse": "Annet",
    "Fullført videregående eller høyere": "Ja",
    "Programstart": date(2026, 1, 5),
    "Planlagt slutt": date(2027, 1, 4),
    "Sluttmål": "Arbeid",
    "Omfang (%)": 100,
    "Programrådgiver": "Hege Nygård",
    "Praksisveileder": "Lars Ødegård",
}


def refugee_people(
    numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None
) -> Table:
    """Return the refugee department's people; ``changes`` maps a number to cells that differ."""
    return "Deltakere", [
        {"Visma-nr": number, **_PEOPLE[number], **_USUAL, **(changes or {}).get(number, {})}
        for number in numbers
    ]


def schedule(
    numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None
) -> Table:
    """Return a plan of the weeks, one row a person: practice half the week."""
    usual = {
        "Aktivitet": "Arbeidspraksis",
        "Fra": date(2026, 2, 2),
        "Til": date(2026, 12, 31),
        "Timer per uke": 16,
    }
    return "Timeplan", [
        {"Visma-nr": number, "Navn": name_of(number), **usual, **(changes or {}).get(number, {})}
        for number in numbers
    ]


def refugee(
    numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None
) -> bytes:
    """Return the refugee department's workbook: people and their weeks."""
    return workbook(refugee_people(numbers, changes), schedule(numbers))


def overview(
    numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None
) -> bytes:
    """Return the shared sheet."""
    return workbook(
        (
            "2026",
            [
                {
                    "Navn": name_of(number),
                    "Født": _PEOPLE[number]["Fødselsdato"],
                    "Visma flyktning": number,
                    "Start": date(2026, 1, 5),
                    "Planlagt slutt": date(2027, 1, 4),
                    "Programrådgiver": "Hege Nygård",
                    "Infomøte": None,
                    "Overføringsmøte": None,
                    "Merknad": None,
                    **(changes or {}).get(number, {}),
                }
                for number in numbers
            ],
        )
    )


def nav(numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None) -> bytes:
    """Return Nav's users."""
    return workbook(
        (
            "Brukere",
            [
                {
                    "Socionr": f"9{number}",
                    "Navn": name_of(number),
                    "Fødselsdato": _PEOPLE[number]["Fødselsdato"],
                    "Fødselsnummer": None,
                    **(changes or {}).get(number, {}),
                }
                for number in numbers
            ],
        )
    )


def learning(
    numbers: Sequence[str] = (AMINA, BOHDAN, CELINE), changes: CHANGES | None = None
) -> bytes:
    """Return the learning centre's pupils, each under a number that begins with a seven."""
    usual = {"Klasse": "2B", "Spor": 2, "Lytte": "A2", "Lese": "A2", "Skrive": "A1", "Snakke": "A2"}
    return workbook(
        (
            "Elever",
            [
                {
                    "Visma-nr": f"7{number}",
                    "Navn": name_of(number),
                    "Fødselsdato": _PEOPLE[number]["Fødselsdato"],
                    **usual,
                    **(changes or {}).get(number, {}),
                }
                for number in numbers
            ],
        )
    )


def name_of(number: str) -> str:
    """Return a person's name by the number in the refugee department's system."""
    person = _PEOPLE[number]
    return f"{person['Fornavn']} {person['Etternavn']}"
