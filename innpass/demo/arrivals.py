"""A list of newly settled people of the demo, all invented: those whom the intake is about."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from innpass.casework.imports.services import HandedOver
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

LANGUAGES = {
    "Ukraina": "ukrainsk",
    "Syria": "arabisk",
    "Eritrea": "tigrinja",
    "Afghanistan": "dari",
    "DR Kongo": "swahili",
}
# Given and family names that go together, by country, and how many of them come.
_NAMES: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {
    "Ukraina": (
        31,
        ("Oksana", "Taras", "Lesia", "Bohdana", "Yurii", "Daryna", "Ostap", "Zoriana"),
        ("Verbytska", "Kalynovych", "Sadovenko", "Zhuravel", "Polishchuk-Ros"),
    ),
    "Syria": (7, ("Rima", "Nizar", "Hanan", "Ghassan"), ("Al-Khouri", "Darwazeh")),
    "Eritrea": (5, ("Selam", "Yonas", "Luwam"), ("Habtezghi", "Tesfagaber")),
    "Afghanistan": (4, ("Shirin", "Farhad"), ("Nurzai", "Popalyar")),
    "DR Kongo": (3, ("Furaha", "Patient"), ("Mukwege-Lisa", "Bahati")),
}
_COLUMNS = (
    ("Visma-nr", ColumnKind.TEXT),
    ("Etternavn", ColumnKind.TEXT),
    ("Fornavn", ColumnKind.TEXT),
    ("Fødselsdato", ColumnKind.DATE),
    ("Opprinnelsesland", ColumnKind.TEXT),
    ("Fullført videregående eller høyere", ColumnKind.TEXT),
    ("Bosatt dato", ColumnKind.DATE),
    ("Tilbudt programstart", ColumnKind.DATE),
    ("Programrådgiver", ColumnKind.TEXT),
)
_OFFERED_OF = 4  # three of four have been offered the programme
FIRST_NUMBER = 98100


def arrivals(*, on: date) -> HandedOver:
    """Return the list of those settled in the months before a day."""
    content = write_workbook(
        [
            SheetToWrite(
                name="Nybosatte",
                columns=[ColumnToWrite(text, kind) for text, kind in _COLUMNS],
                rows=[
                    [
                        str(FIRST_NUMBER + at),
                        family,
                        given,
                        date(1969 + (at * 7) % 36, 1 + (at * 5) % 12, 1 + (at * 11) % 28),
                        country,
                        ("Ja", "Nei", "Ja", None)[at % 4],
                        on - timedelta(days=20 + (at * 3) % 70),
                        None if at % _OFFERED_OF == 3 else on - timedelta(days=4 + at % 13),
                        "Kari Lunde",
                    ]
                    for at, (country, given, family) in enumerate(_people())
                ],
            )
        ]
    )
    return HandedOver("nybosatte.xlsx", content)


def _people() -> Iterator[tuple[str, str, str]]:
    for country, (count, given, family) in _NAMES.items():
        pairs = list(product(family, given))[:count]
        yield from ((country, one, last) for last, one in pairs)
