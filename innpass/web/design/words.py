"""How values of the cases are written on every screen: bodies, fields, code words, dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.access.fields import FIELDS, access_name
from innpass.domain.sheets.fields import FIELDS as SHEET_FIELDS
from innpass.domain.sheets.fields import FieldType, plain
from innpass.web.design.templatetags.design import day, number

BODIES = {
    "refugee": gettext_lazy("Flyktningtjenesten"),
    "nav": gettext_lazy("Nav"),
    "learning": gettext_lazy("Voksenopplæringen"),
    "overview": gettext_lazy("Felles oversiktsark"),
}

_CODES: dict[str, dict[str, Any]] = {
    "activity.kind": {
        "norwegian": gettext_lazy("norsk"),
        "vocational_norwegian": gettext_lazy("yrkesnorsk"),
        "practice": gettext_lazy("praksis"),
        "work_life_course": gettext_lazy("arbeidslivskurs"),
        "trade_course": gettext_lazy("bransjekurs"),
        "nav_measure": gettext_lazy("tiltak fra Nav"),
        "part_time_work": gettext_lazy("arbeid på deltid"),
        "other": gettext_lazy("annet"),
    },
    "programme.protection": {
        "collective": gettext_lazy("kollektiv beskyttelse"),
        "other": gettext_lazy("annet oppholdsgrunnlag"),
    },
    "programme.end_goal": {
        "work": gettext_lazy("arbeid"),
        "education": gettext_lazy("utdanning"),
        "higher_education": gettext_lazy("høyere utdanning"),
        "requalification": gettext_lazy("yrkesfaglig rekvalifisering"),
        "upper_secondary": gettext_lazy("fullført videregående"),
        "upper_secondary_part": gettext_lazy("deler av videregående"),
        "trade": gettext_lazy("fag- og yrkesopplæring"),
    },
    "programme.end_reason": {
        "work": gettext_lazy("arbeid"),
        "education": gettext_lazy("utdanning"),
        "nav": gettext_lazy("overført til Nav"),
        "moved": gettext_lazy("flyttet"),
        "other": gettext_lazy("annet"),
    },
    "leave.kind": {
        "parental": gettext_lazy("foreldrepermisjon"),
        "long_illness": gettext_lazy("lengre sykdom"),
        "pregnancy": gettext_lazy("svangerskap"),
        "birth": gettext_lazy("fødsel"),
        "welfare": gettext_lazy("velferdspermisjon"),
        "peace_work": gettext_lazy("freds- og forsoningsarbeid"),
        "religious": gettext_lazy("religiøs høytid"),
        "holiday": gettext_lazy("ferie"),
        "other": gettext_lazy("annet"),
    },
    "absence.kind": {
        "self_declared": gettext_lazy("egenmelding"),
        "doctors_note": gettext_lazy("sykmelding"),
        "child_ill": gettext_lazy("sykt barn"),
        "unauthorised": gettext_lazy("ugyldig fravær"),
        "authorised": gettext_lazy("annet gyldig fravær"),
    },
    "decision.kind": {
        "programme": gettext_lazy("innvilget program"),
        "extension": gettext_lazy("forlengelse"),
        "leave": gettext_lazy("permisjon"),
        "pause": gettext_lazy("midlertidig stans"),
        "stop": gettext_lazy("varig stans"),
        "part_time": gettext_lazy("deltid"),
        "plan": gettext_lazy("integreringsplan eller vesentlig endring"),
        "norwegian": gettext_lazy("norskopplæring"),
        "norwegian_extension": gettext_lazy("utvidet norskopplæring"),
    },
    "placement.kind": {
        "municipal": gettext_lazy("kommunal"),
        "private": gettext_lazy("privat"),
    },
}


def source_name(owner: str) -> str:
    """Name who a value comes from: a body, the shared sheet, or people in Innpass itself."""
    return str(BODIES.get(owner, gettext_lazy("Ført i Innpass")))


def field_label(name: str) -> str:
    """Name a field as the access table does; ``name`` as in a sheet or in that table."""
    row = FIELDS.get(access_name(plain(name)))
    return row.label if row else name


def code_in_words(name: str, value: str) -> str:
    """Write the word of a code of a field; anything else stays as it is."""
    return str(_CODES.get(plain(name), {}).get(value, value))


def capitalised(text: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]


def in_words(name: str, value: Any) -> str:
    """Write the value of a field, which may come from JSON; nothing for no value.

    Example:
        >>> in_words("programme.start", "2026-08-17")
        '17. aug. 2026'
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float):
        return number(value)
    text = str(value)
    field = SHEET_FIELDS.get(plain(name))
    if field and field.type is FieldType.DATE:
        try:
            return day(date.fromisoformat(text))
        except ValueError:
            return text
    words = _CODES.get(plain(name), {})
    return str(words.get(text, text))


def unknown_names(names: Sequence[str]) -> str:
    """Say that names were written which nobody known has; nothing where there are none.

    They are saved all the same: somebody may be new.
    """
    if not names:
        return ""
    return _("Vi kjenner ingen med navnet %(names)s fra før. Se om det er skrevet riktig.") % {
        "names": listed([f"«{name}»" for name in names])
    }


def listed(words: list[str]) -> str:
    """Join words as a Norwegian enumeration: ``a, b og c``."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
