"""The kinds of questions in words, in the order in which they are answered."""

from typing import Any

from django.utils.translation import gettext_lazy

_DATES = gettext_lazy("Cellen sier ikke hvilken dag.")
_NUMBERS = gettext_lazy("To kilder sier ulikt om hvem nummeret tilhører.")
# Persons first, since other answers rest on them.
KINDS: dict[str, tuple[Any, Any]] = {
    "one_number_two_persons": (gettext_lazy("Ett nummer på to personer"), _NUMBERS),
    "number_of_another_person": (gettext_lazy("Nummer som tilhører en annen"), _NUMBERS),
    "maybe_same_person": (
        gettext_lazy("Kanskje samme person"),
        gettext_lazy("Raden ligner en person vi kjenner, men ikke nok til å koble den."),
    ),
    "row_without_person": (
        gettext_lazy("Rad uten person"),
        gettext_lazy("Raden sier for lite til at vi ser hvem den gjelder."),
    ),
    "bad_identity_number": (
        gettext_lazy("Ugyldig fødselsnummer eller D-nummer"),
        gettext_lazy("Nummeret har feil siffer eller feil lengde."),
    ),
    "date_without_year": (gettext_lazy("Dato uten år"), _DATES),
    "month_only": (gettext_lazy("Bare måned"), _DATES),
    "week_only": (gettext_lazy("Bare uke"), _DATES),
    "ambiguous_date": (gettext_lazy("Dato med flere lesemåter"), _DATES),
    "impossible_date": (
        gettext_lazy("Dato som ikke finnes"),
        gettext_lazy("Datoen er ikke mulig."),
    ),
    "reversed_days": (
        gettext_lazy("Slutt før start"),
        gettext_lazy("Siste dag er før første dag."),
    ),
    "hours_out_of_range": (
        gettext_lazy("Umulig timetall"),
        gettext_lazy("Det er flere timer enn det er i en uke."),
    ),
    "bad_number": (
        gettext_lazy("Tall vi ikke kan lese"),
        gettext_lazy("Det står mer eller noe annet enn et tall i cellen."),
    ),
    "too_long": (
        gettext_lazy("For lang tekst"),
        gettext_lazy("Det er lengre enn noe navn eller noen verdi."),
    ),
    "unknown_word": (
        gettext_lazy("Ord vi ikke kjenner"),
        gettext_lazy("Ordet er ikke blant dem vi kjenner for kolonnen."),
    ),
    "uncertain": (
        gettext_lazy("Ikke avklart"),
        gettext_lazy("Den som førte arket, visste ikke ennå."),
    ),
    "note": (
        gettext_lazy("Merknad i stedet for verdi"),
        gettext_lazy("Det står tekst der det skulle stått en dato eller et tall."),
    ),
}
ABOUT_ROWS = ("maybe_same_person", "row_without_person")
ASKED_ONCE = ("unknown_word",)
"""Kinds in which the same text in the same column is one question, however many cells it is in."""
