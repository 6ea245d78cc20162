"""Integration plans of some participants of the demo, invented from their programmes.

Every other of those about whom ``milestones`` tells has one; a few have been given a new version,
and one is being written.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from innpass.casework.plans.services import agree, save_draft, start_draft
from innpass.casework.programme.models import Element, Enrolment
from innpass.demo.milestones import EVERY
from innpass.domain.access.roles import Actor
from innpass.domain.law.plan_days import months_in
from innpass.domain.periods import add_months

_OCCUPATIONS = ("Renholder", "Helsefagarbeider", "Barnehageassistent", "Kokk", "Butikkmedarbeider")
_GOALS = (
    "Fast jobb og egen inntekt for familien.",
    "Fagbrev og fast jobb i kommunen.",
    "Jobbe i det samme yrket som i hjemlandet.",
)
_REASONS = {
    "practice": "Gir erfaring, referanser og norsk i bruk hver dag, og kan føre til en fast jobb.",
    "trade_course": "Kurset er et krav for å jobbe i bransjen, og gir fagord på norsk.",
    "work_life_course": "Gir kjennskap til norsk arbeidsliv, og trening i å søke jobb på norsk.",
    "nav_measure": "Gir oppfølging fram mot jobb, og er i samme bransje som sluttmålet.",
    "part_time_work": "Lønnet arbeid er korteste vei til fast jobb, og norsken brukes hver dag.",
    "vocational_norwegian": "Gir ordene deltakeren trenger i yrket, og hever nivået i å snakke.",
}
_REVIEWED_AFTER = 6  # months
_USUAL_MONTHS = 24  # where no sheet tells when the programme ends


def write_plans(enrolments: Sequence[Enrolment], *, on: date, by: Actor) -> None:
    """Write the plans, agreed with nothing after ``on``.

    Args:
        enrolments: with participants, in a fixed order.
    """
    chosen = [row for row in enrolments if row.first_day][::EVERY][::2]
    elements: dict[Any, list[Element]] = {}
    wanted = [row.participant_id for row in chosen]
    for element in Element.objects.filter(participant__in=wanted).order_by("first_day", "kind"):
        elements.setdefault(element.participant_id, []).append(element)
    for at, row in enumerate(chosen):
        made = (row.first_day or date.min) - timedelta(days=14)
        if made > on:
            continue
        _version(row, at, made, elements.get(row.participant_id, []), by)
        again = add_months(made, 5)
        if at % 4 == 1 and again <= on:
            changed = {"reason": "Praksisen gikk bra, så målet er et annet yrke."}
            _version(row, at + 1, again, elements.get(row.participant_id, []), by, changed)
    if chosen:
        start_draft(participant=chosen[-1].participant, on=on, by=by)


def _version(
    row: Enrolment,
    at: int,
    day: date,
    elements: Sequence[Element],
    by: Actor,
    more: Mapping[str, str] | None = None,
) -> None:
    draft = start_draft(participant=row.participant, on=day, by=by)
    first = row.first_day or day
    last = row.planned_last_day or add_months(first, _USUAL_MONTHS) - timedelta(days=1)
    values = {
        "made_on": day,
        "made_with_participant": True,
        "interpreter_used": at % 3 != 0,
        "end_goal": row.end_goal or "work",
        "occupation": _OCCUPATIONS[at % len(_OCCUPATIONS)],
        "long_term_goal": _GOALS[at % len(_GOALS)],
        "goal_listening": "B1",
        "goal_reading": ("A2", "B1")[at % 2],
        "goal_writing": "A2",
        "goal_speaking": "B1",
        "norwegian_hours": 600,
        "social_studies_hours": 0 if row.protection == "collective" else 75,
        "length_months": months_in(first, last),
        "first_day": first,
        "last_day": last,
        "complaint_informed": True,
        "review_on": min(add_months(day, _REVIEWED_AFTER), last),
        **(more or {}),
    }
    kinds = {each.kind: each for each in elements if first <= each.first_day <= last}
    rows = [
        {
            "kind": kind,
            "hours_per_week": element.hours_per_week,
            "unit": "lesson" if "norwegian" in kind else "clock_hour",
            "first_day": element.first_day,
            "last_day": min(element.last_day, last) if element.last_day else None,
            "reason": _REASONS.get(kind, ""),
        }
        for kind, element in kinds.items()
    ] or [{"kind": "norwegian", "hours_per_week": 16.0, "unit": "lesson"}]
    save_draft(plan=draft, values=values, elements=rows, expected=draft.version, by=by)
    agree(plan=draft, agreed_on=day, expected=draft.version, by=by)
