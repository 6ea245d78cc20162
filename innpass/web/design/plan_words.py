"""An integration plan in words, for the screens that show one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.plans.queries import Version
from innpass.domain.access.model_fields import declared
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.plan_days import Disagreement, ElementOutside, LengthDisagrees
from innpass.web.design.templatetags.design import day, hours
from innpass.web.design.words import capitalised, code_in_words, in_words

LABELS = {
    "made_on": gettext_lazy("Laget"),
    "made_with_participant": gettext_lazy("Laget sammen med deltakeren"),
    "interpreter_used": gettext_lazy("Tolk brukt"),
    "reason": gettext_lazy("Hvorfor planen er endret"),
    "end_goal": gettext_lazy("Sluttmål"),
    "occupation": gettext_lazy("Yrke eller utdanning"),
    "long_term_goal": gettext_lazy("Langsiktig mål"),
    "goal_listening": gettext_lazy("Norskmål, lytte"),
    "goal_reading": gettext_lazy("Norskmål, lese"),
    "goal_writing": gettext_lazy("Norskmål, skrive"),
    "goal_speaking": gettext_lazy("Norskmål, snakke"),
    "norwegian_hours": gettext_lazy("Norsk, timer i alt"),
    "social_studies_hours": gettext_lazy("Samfunnskunnskap, timer i alt"),
    "length_months": gettext_lazy("Programmets varighet, måneder"),
    "first_day": gettext_lazy("Første dag i programmet"),
    "last_day": gettext_lazy("Siste dag i programmet"),
    "complaint_informed": gettext_lazy("Informert om hvordan en klager"),
    "review_on": gettext_lazy("Planen vurderes igjen"),
}
KINDS = {
    "norwegian": gettext_lazy("Norsk"),
    "vocational_norwegian": gettext_lazy("Yrkesnorsk"),
    "social_studies": gettext_lazy("Samfunnskunnskap"),
    "life_skills": gettext_lazy("Livsmestring"),
    "parental_guidance": gettext_lazy("Foreldreveiledning"),
    "practice": gettext_lazy("Praksis"),
    "part_time_work": gettext_lazy("Arbeid på deltid"),
    "trade_course": gettext_lazy("Bransjekurs"),
    "work_life_course": gettext_lazy("Arbeidslivskurs"),
    "nav_measure": gettext_lazy("Tiltak fra Nav"),
    "primary": gettext_lazy("Grunnskole"),
    "upper_secondary": gettext_lazy("Videregående opplæring"),
    "higher_education": gettext_lazy("Høyere utdanning"),
    "other": gettext_lazy("Annet"),
}
UNITS = {
    "clock_hour": gettext_lazy("klokketimer"),
    "lesson": gettext_lazy("undervisningstimer"),
}
_LACKS = {
    "end_goal": (gettext_lazy("Sluttmålet mangler."), "intl-15-3"),
    "norwegian_goal": (
        gettext_lazy("Norskmålet mangler i en av de fire ferdighetene."),
        "intl-15-3",
    ),
    "long_term_goal": (gettext_lazy("Det langsiktige målet mangler."), "intl-15-3"),
    "extent": (
        gettext_lazy(
            "Det mangler hvor mange timer norsk og samfunnskunnskap deltakeren skal ha. "
            "Skriv 0 hvis det ikke er noen."
        ),
        "intl-15-3",
    ),
    "length": (gettext_lazy("Det mangler hvor mange måneder programmet varer."), "intl-15-3"),
    "elements": (gettext_lazy("Planen har ingen elementer."), "intl-15-3"),
    "complaint": (
        gettext_lazy("Det står ikke at deltakeren er informert om hvordan en klager."),
        "intl-15-3",
    ),
    "reasons": (
        gettext_lazy(
            "Et element rettet mot arbeid eller utdanning mangler begrunnelse: hvorfor det er "
            "valgt, og hvordan det styrker muligheten for arbeid og for å nå norskmålet."
        ),
        "intl-15-4",
    ),
    "change": (gettext_lazy("Det står ikke hvorfor planen er endret."), ""),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a plan lacks, and the paragraph that asks for it, if one does."""

    sentence: str
    paragraph: str


def lacks_in_words(codes: Sequence[str]) -> tuple[Lack, ...]:
    """Say what a version lacks; the codes are those of ``plans.services.lacks``."""
    return tuple(Lack(str(_LACKS[code][0]), _paragraph(_LACKS[code][1])) for code in codes)


def disagreements_in_words(version: Version) -> tuple[str, ...]:
    """Say what among a version's months and days does not agree, with what each of them says."""
    return tuple(_disagreement(each, version) for each in version.disagreements)


def _disagreement(found: Disagreement, version: Version) -> str:
    if isinstance(found, LengthDisagrees):
        return _(
            "Planen sier at programmet varer %(stated)s måneder, men fra %(first)s til %(last)s er "
            "det %(found)s måneder."
        ) % {
            "stated": found.stated,
            "found": found.found,
            "first": day(found.first_day),
            "last": day(found.last_day),
        }
    plan = version.plan
    if isinstance(found, ElementOutside):
        title = element_in_words(version.elements[found.place - 1])[0]
        return _("«%(element)s» er satt %(days)s, men programmet i planen er %(programme)s.") % {
            "element": title,
            "days": period_in_words(found.first_day, found.last_day),
            "programme": period_in_words(plan.first_day, plan.last_day),
        }
    return _("Planen skal vurderes igjen %(review)s, men programmet i planen slutter %(last)s.") % {
        "review": day(found.review_on),
        "last": day(found.last_day),
    }


def _paragraph(rule: str) -> str:
    source = THE_LAW.text(rule).source if rule else None
    return source.paragraph if source else ""


def is_late(review_on: date | None, last_day: date | None, *, on: date) -> bool:
    """Say whether a plan should have been assessed again, in a programme that still runs."""
    return bool(review_on and review_on < on and not (last_day and last_day < on))


def access_field(name: str) -> str:
    """Name the row of the access table that a value of a plan falls under."""
    field = declared()[f"plans.IntegrationPlan.{name}"]
    if field is None:
        raise LookupError(name)
    return field


def value_in_words(name: str, value: Any) -> str:
    """Write a value of a plan; nothing for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if name == "end_goal":
        return capitalised(code_in_words("programme.end_goal", value))
    return in_words("level.speaking", value) if name.startswith("goal_") else in_words("", value)


def element_in_words(element: Any) -> tuple[str, str]:
    """Return what an element is and when and how much, as two texts."""
    title = str(KINDS[element.kind])
    if element.text:
        title = f"{title}: {element.text}"
    parts = []
    if element.hours_per_week is not None:
        parts.append(
            _("%(hours)s i uka (%(unit)s)")
            % {"hours": hours(element.hours_per_week), "unit": UNITS[element.unit]}
        )
    if element.first_day or element.last_day:
        parts.append(period_in_words(element.first_day, element.last_day))
    return title, ", ".join(parts)


def period_in_words(first: date | None, last: date | None) -> str:
    """Write a period, both days included, of which either may be open."""
    if first and last:
        return f"{day(first)} – {day(last)}"
    if first:
        return _("fra %s") % day(first)
    return _("til %s") % day(last) if last else ""
