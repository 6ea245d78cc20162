"""Sentences about weeks that no rule gives: why there is none, and what was taken for granted."""

from django.utils.translation import gettext_lazy

_WHY_NONE = {
    "no_start": gettext_lazy("Vi vet ikke når programmet begynner. Før inn programstart først."),
    "not_begun": gettext_lazy("Programmet har ikke begynt denne uka."),
    "over": gettext_lazy("Programmet er avsluttet før denne uka."),
    "on_leave": gettext_lazy("Deltakeren har permisjon hele uka."),
}
_ASSUMED = {
    "home": gettext_lazy(
        "Vi vet ikke hvor i kommunen deltakeren bor, og regner med vanlig reisetid."
    ),
    "opening": gettext_lazy(
        "Arbeidsstedet har ikke oppgitt dager og tider. Vi regner med vanlig åpningstid."
    ),
    "course": gettext_lazy("Vi vet ikke hvilken norskmodell eller hvilket spor deltakeren følger."),
    "track": gettext_lazy("Norskmodell og spor er foreslått, ikke valgt av noen."),
}


def why_no_week(code: str) -> str:
    """Say why somebody has no week to plan; ``code`` as ``needs.why_no_week`` gives it."""
    return str(_WHY_NONE[code])


def assumed(code: str) -> str:
    """Say what was taken for granted; ``code`` as ``problems.Assembled.assumed`` gives it."""
    return str(_ASSUMED[code])
