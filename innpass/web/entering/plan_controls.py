"""The controls of a plan's form, and what was typed into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.plans.services import MOST_ELEMENTS
from innpass.domain.sheets.typed import as_text, read_typed
from innpass.exchange.clock import today
from innpass.web.design.plan_words import KINDS, LABELS, UNITS
from innpass.web.entering.controls import Choice, Control, control, text_of

# The field of a sheet that is typed as a value of a plan is; other values are texts.
_LIKE = {
    **dict.fromkeys(("made_on", "first_day", "last_day", "review_on"), "programme.planned_end"),
    **dict.fromkeys(
        ("made_with_participant", "interpreter_used", "complaint_informed"),
        "programme.has_children",
    ),
    "end_goal": "programme.end_goal",
    **dict.fromkeys(
        ("goal_listening", "goal_reading", "goal_writing", "goal_speaking"), "level.speaking"
    ),
    **dict.fromkeys(
        ("norwegian_hours", "social_studies_hours", "length_months"), "social_studies.hours"
    ),
    "hours_per_week": "activity.hours_per_week",
}
_LONGEST = {"occupation": 200, "text": 300, "long_term_goal": 2000, "reason": 2000}
_ROWS = {"long_term_goal": 3, "reason": 3}
_HELP = {
    "reason": gettext_lazy("Skriv bare det som trengs for å forstå endringen."),
    "norwegian_hours": gettext_lazy("Skriv 0 hvis det ikke er noen."),
    "social_studies_hours": gettext_lazy("Skriv 0 hvis det ikke er noen."),
    "occupation": gettext_lazy("For eksempel helsefagarbeider"),
    "complaint_informed": gettext_lazy("Planen skal si hvordan deltakeren kan klage."),
}
_ELEMENT_LABELS = {
    "kind": gettext_lazy("Hva slags element?"),
    "text": gettext_lazy("Hva og hvor"),
    "hours_per_week": gettext_lazy("Timer per uke"),
    "unit": gettext_lazy("Timene er"),
    "first_day": gettext_lazy("Første dag"),
    "last_day": gettext_lazy("Siste dag"),
    "reason": gettext_lazy("Begrunnelse"),
}
_ELEMENT_HELP = {
    "text": gettext_lazy("For eksempel praksis i Solbakken barnehage"),
    "reason": gettext_lazy(
        "Hvorfor er det valgt, og hvordan styrker det muligheten for arbeid og norskmålet?"
    ),
}
SECTIONS = (
    (
        gettext_lazy("Slik ble planen laget"),
        ("made_on", "made_with_participant", "interpreter_used", "reason"),
    ),
    (gettext_lazy("Mål"), ("end_goal", "occupation", "long_term_goal")),
    (gettext_lazy("Norskmål"), ("goal_listening", "goal_reading", "goal_writing", "goal_speaking")),
    (
        gettext_lazy("Omfang og varighet"),
        ("norwegian_hours", "social_studies_hours", "length_months", "first_day", "last_day"),
    ),
    (gettext_lazy("Klage og oppfølging"), ("complaint_informed", "review_on")),
)
ELEMENT_NAMES = ("kind", "text", "hours_per_week", "unit", "first_day", "last_day", "reason")
_SPARE = 2  # empty elements below those that are filled


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """What was typed into a plan's form: as drawn again, and as it is stored."""

    controls: Mapping[str, Control]
    elements: tuple[Mapping[str, Control], ...]
    values: Mapping[str, Any]
    element_values: tuple[Mapping[str, Any], ...]

    @property
    def has_problems(self) -> bool:
        """Say whether something must be put right."""
        every = (self.controls, *self.elements)
        return any(each.problem for controls in every for each in controls.values())


def plan_controls(values: Mapping[str, Any], *, is_first: bool) -> dict[str, Control]:
    """Return the controls of a version's own values, by name."""
    names = [name for _heading, some in SECTIONS for name in some]
    found = {
        name: replace(
            _control(name, values.get(name), like=_LIKE.get(name, "")),
            name=f"plan.{name}",
            label=str(LABELS[name]),
            help=str(_HELP.get(name, "")),
        )
        for name in names
        if name != "reason" or not is_first
    }
    found["made_on"] = replace(found["made_on"], is_required=True)
    return found


def element_controls(
    elements: Sequence[Mapping[str, Any]], rows: int
) -> tuple[dict[str, Control], ...]:
    """Return the controls of so many elements; those beyond the given ones are empty."""
    count = min(max(rows, len(elements)), MOST_ELEMENTS)
    return tuple(
        _element(place, elements[place] if place < len(elements) else {}) for place in range(count)
    )


def rows_for(elements: int) -> int:
    """Return how many elements a form has room for."""
    return elements + _SPARE


def _element(place: int, values: Mapping[str, Any]) -> dict[str, Control]:
    return {
        name: replace(
            _control(name, values.get(name), like=_LIKE.get(name, "")),
            name=f"element.{place + 1}.{name}",
            label=str(_ELEMENT_LABELS[name]),
            help=str(_ELEMENT_HELP.get(name, "")),
        )
        for name in ELEMENT_NAMES
    }


def _control(name: str, value: Any, *, like: str) -> Control:
    if like:
        return replace(control(like, value, is_writable=True), seen="")
    words = {"kind": KINDS, "unit": UNITS}.get(name)
    if words:
        choices = tuple(Choice(code, str(label)) for code, label in words.items())
        return Control(
            name=name,
            label="",
            kind="choice",
            text=str(value or ("clock_hour" if name == "unit" else "")),
            choices=choices,
            is_required=name == "unit",
        )
    rows = _ROWS.get(name, 1)
    return Control(
        name=name,
        label="",
        kind="long" if rows > 1 else "text",
        text=text_of(value, name),
        rows=rows,
        longest=_LONGEST.get(name),
    )


def read_plan(
    controls: Mapping[str, Control],
    elements: Sequence[Mapping[str, Control]],
    posted: Mapping[str, str],
) -> TypedPlan:
    """Read what was typed; what is wrong stands beside each control."""
    read, values = _read_all(controls, posted)
    if not posted.get("plan.made_on", "").strip() and "made_on" in read:
        read["made_on"] = replace(
            read["made_on"], problem=_("Skriv dagen planen ble laget, for eksempel 12.03.2026.")
        )
    _check_order(read, values)
    drawn, stored = [], []
    for element in elements:
        row, row_values = _read_all(element, posted)
        filled = [name for name in ELEMENT_NAMES if name != "unit" and row[name].text.strip()]
        if filled and not row["kind"].text:
            row["kind"] = replace(
                row["kind"], problem=_("Velg hva slags element det er, eller tøm de andre feltene.")
            )
        _check_order(row, row_values)
        drawn.append(row)
        if filled:
            stored.append(row_values)
    return TypedPlan(read, tuple(drawn), values, tuple(stored))


def _read_all(
    controls: Mapping[str, Control], posted: Mapping[str, str]
) -> tuple[dict[str, Control], dict[str, Any]]:
    read: dict[str, Control] = {}
    values: dict[str, Any] = {}
    for name, each in controls.items():
        text = posted.get(each.name, each.text)
        value, problem = _value(name, text, each)
        read[name] = replace(each, text=text, problem=problem)
        values[name] = value
    return read, values


def _value(name: str, text: str, each: Control) -> tuple[Any, str]:
    like = _LIKE.get(name)
    if like is None:
        if each.choices and text and text not in {choice.value for choice in each.choices}:
            return "", _("Velg en av verdiene i listen.")
        if each.longest and len(text) > each.longest:
            said = _("Skriv høyst %(most)s tegn. Det er %(now)s nå.")
            return "", said % {"most": each.longest, "now": len(text)}
        return as_text(text).strip() or ("clock_hour" if name == "unit" else ""), ""
    typed = read_typed(like, text, on=today())
    if typed.problem and each.choices:
        return None, _("Velg en av verdiene i listen.")
    value: Any = typed.value
    if value is None and (name == "end_goal" or name.startswith("goal_")):
        value = ""
    return value, typed.problem


def _check_order(controls: dict[str, Control], values: Mapping[str, Any]) -> None:
    first, last = values.get("first_day"), values.get("last_day")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        controls["last_day"] = replace(
            controls["last_day"],
            problem=_("Siste dag er før første dag. Skriv en senere dag, eller rett den første."),
        )


def without_problems(typed: TypedPlan) -> TypedPlan:
    """Leave out what is wrong, where nobody has tried to save it yet."""
    return replace(
        typed,
        controls={name: replace(each, problem="") for name, each in typed.controls.items()},
        elements=tuple(
            {name: replace(each, problem="") for name, each in controls.items()}
            for controls in typed.elements
        ),
    )
