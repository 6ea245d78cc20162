"""How cases and agreements are written on the screen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.agreements.queries import AgreementVersion, PlacementCase, Signature
from innpass.domain.placing.agreement import Goal
from innpass.domain.placing.clashes import WEEKDAYS
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import State
from innpass.domain.planning.sentences import clock_text, hours_text
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import capitalised

COLOURS = {
    State.PROPOSED: "neutral",
    State.PRESENTED: "neutral",
    State.INTERVIEW_PREPARED: "info",
    State.FIRST_MEETING_HELD: "info",
    State.AGREED: "accent",
    State.RUNNING: "success",
    State.ENDED: "neutral",
}
CONTACT_LABELS = {
    "leader": gettext_lazy("Leder"),
    "signer": gettext_lazy("Skriver under"),
    "second_signer": gettext_lazy("Skriver også under"),
    "mentor": gettext_lazy("Fadder i det daglige"),
    "supervisor": gettext_lazy("Kommunens kontaktperson"),
}


def state_name(state: State) -> str:
    """Name a state."""
    return capitalised(say(f"state.{state}"))


def days_text(first: date | None, last: date | None) -> str:
    """Write a period whose ends may be unknown."""
    if first is None and last is None:
        return ""
    if first is None:
        return _("til %(last)s") % {"last": day(last)}
    if last is None:
        return _("fra %(first)s") % {"first": day(first)}
    return f"{day(first)} – {day(last)}"


def week_text(days: Iterable[Sequence[int]]) -> str:
    """Write the days of a week with their times, those alike together."""
    by_time: dict[tuple[int, int], list[int]] = {}
    for weekday, start, end in days:
        by_time.setdefault((start, end), []).append(weekday)
    parts = [
        f"{choice((WEEKDAYS[each] for each in sorted(there)), last='og')} "
        f"{clock_text(start)}–{clock_text(end)}"
        for (start, end), there in by_time.items()
    ]
    return capitalised("; ".join(parts))


def goals_text(goals: Iterable[str], more: str = "") -> str:
    """Write the goals of an agreement."""
    words = choice((say(f"goal.{each}") for each in goals if each in set(Goal)), last="og")
    return ". ".join(filter(None, (capitalised(words), more)))


def person_text(said: Any) -> str:
    """Write a contact person."""
    return ", ".join(filter(None, (said.get("name"), said.get("phone"), said.get("email"))))


def value_text(name: str, value: Any) -> str:
    """Write the value of a column of a version."""
    if name in ("first_day", "last_day"):
        return day(value)
    if name == "days":
        return week_text(value)
    if name == "minutes_per_week":
        return hours_text(value)
    if name == "goals":
        return goals_text(value)
    if name == "contacts":
        return "; ".join(
            f"{CONTACT_LABELS.get(role, role)}: {person_text(said)}" for role, said in value.items()
        )
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    return str(value)


COLUMN_LABELS = {
    "place_name": gettext_lazy("Praksisplass"),
    "first_day": gettext_lazy("Første dag"),
    "last_day": gettext_lazy("Siste dag"),
    "days": gettext_lazy("Dager"),
    "minutes_per_week": gettext_lazy("Timer i uka"),
    "tasks": gettext_lazy("Arbeidsoppgaver"),
    "goals": gettext_lazy("Mål"),
    "goal_text": gettext_lazy("Mål i egne ord"),
    "follow_up": gettext_lazy("Oppfølging"),
    "contacts": gettext_lazy("Kontaktpersoner"),
    "has_second_signer": gettext_lazy("To skriver under for arbeidsgiveren"),
}


def facts_of(version: AgreementVersion) -> tuple[tuple[str, str], ...]:
    """Write what a version says, label and value; what is empty is left out."""
    rows = [
        (_("Arbeidsgiver"), version.employer_name),
        (_("Praksisplass"), version.place_name),
        (_("Periode"), days_text(version.first_day, version.last_day)),
        (_("Hvorfor så lenge"), version.long_reason),
        (_("Dager"), week_text(version.days)),
        (_("Timer i uka"), hours_text(version.minutes_per_week)),
        (_("Arbeidsoppgaver"), version.tasks),
        (_("Mål"), goals_text(version.goals, version.goal_text)),
        (_("Oppfølging"), version.follow_up),
    ]
    return tuple((label, value) for label, value in rows if value)


def contacts_of(version: AgreementVersion) -> tuple[tuple[str, str], ...]:
    """Write the contact persons of a version, by role."""
    return tuple(
        (str(label), person_text(version.contacts[role]))
        for role, label in CONTACT_LABELS.items()
        if role in version.contacts
    )


def signed_text(signature: Signature) -> str:
    """Write who signed, when and how."""
    told = {"name": signature.name, "day": day(signature.signed_on)}
    text = _("%(name)s, %(day)s, ") % told + say(f"way.{signature.way}")
    if signature.ground:
        text += f" ({say(f'ground.{signature.ground}')})"
    if signature.why:
        text += ". " + _("Hvorfor en annen: %(why)s") % {"why": signature.why.rstrip(".")}
    if signature.by is not None:
        text += ". " + _("Ført av %(by)s.") % {"by": signature.by}
    return text


def kind_text(case: PlacementCase) -> str:
    """Name the arrangement."""
    return capitalised(say(f"kind.{case.kind}"))
