"""The controls of a form: what stands in them, and what was typed, read as a value."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.reconciliation.entering import stamp
from innpass.domain.sheets.fields import FIELDS, FieldType, longest_of
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.typed import read_typed
from innpass.exchange.clock import today
from innpass.web.design.words import capitalised, code_in_words, field_label, in_words

SECRET = ("ids.fnr", "ids.dnr", "ids.duf")
LEVELS = ("pre-A1", "A1", "A2", "B1", "B2", "C1", "C2")
_KINDS = {
    FieldType.DATE: "date",
    FieldType.HOURS: "number",
    FieldType.PERCENT: "number",
    FieldType.WHOLE_NUMBER: "number",
    FieldType.CODE: "choice",
    FieldType.YES_NO: "choice",
    FieldType.LEVEL: "choice",
}
_LONG = {"remark": 5, "next_step": 2, "decision.reason": 4}
_LABELS: Mapping[str, Any] = {
    "last_contact": gettext_lazy("Siste kontakt"),
    "next_step_owner": gettext_lazy("Hvem har neste steg?"),
    "next_step_due": gettext_lazy("Frist"),
    "next_step": gettext_lazy("Hva skal skje?"),
    "placement.kind": gettext_lazy("Arbeidsgiver"),
    "placement.first_day": gettext_lazy("Første dag"),
    "placement.last_day": gettext_lazy("Siste dag"),
    "placement.hours_per_week": gettext_lazy("Timer per uke"),
    "placement.extended": gettext_lazy("Er den forlenget?"),
    "placement.contract": gettext_lazy("Arbeidskontrakt fra"),
    "activity.first_day": gettext_lazy("Første dag"),
    "activity.last_day": gettext_lazy("Siste dag"),
    "leave.first_day": gettext_lazy("Første dag"),
    "leave.last_day": gettext_lazy("Siste dag"),
    "leave.kind": gettext_lazy("Hva slags permisjon?"),
    "leave.reason": gettext_lazy("Årsak"),
    "absence.first_day": gettext_lazy("Første dag"),
    "absence.last_day": gettext_lazy("Siste dag"),
    "absence.kind": gettext_lazy("Hva slags fravær?"),
    "decision.kind": gettext_lazy("Hva gjelder vedtaket?"),
    "decision.day": gettext_lazy("Vedtaksdato"),
    "decision.first_day": gettext_lazy("Gjelder fra"),
    "decision.last_day": gettext_lazy("Gjelder til"),
    "decision.reason": gettext_lazy("Begrunnelse"),
    "settled_on": gettext_lazy("Bosatt i kommunen"),
    "programme.offered_on": gettext_lazy("Programstart tilbudt"),
    "programme.has_children": gettext_lazy("Har barn under 18 år?"),
    "mapping_on": gettext_lazy("Kompetansekartlegging gjennomført"),
    "career_guidance_on": gettext_lazy("Karriereveiledning gjennomført"),
    "contract_on": gettext_lazy("Integreringskontrakt underskrevet"),
    "certificate_on": gettext_lazy("Deltakerbevis gitt"),
    "lifeskills.health_hours": gettext_lazy("Migrasjon, helse og mangfold, timer"),
    "lifeskills.career_hours": gettext_lazy("Karrierekompetanse, timer"),
    "parental.group_meetings": gettext_lazy("Gruppesamlinger"),
    "parental.individual_meetings": gettext_lazy("Egne samtaler"),
    "test.goal": gettext_lazy("Mål"),
    "test.reached": gettext_lazy("Ble målet nådd?"),
    **{
        f"{group}.{skill}": label
        for group in ("level", "test")
        for skill, label in (
            ("listening", gettext_lazy("Lytte")),
            ("reading", gettext_lazy("Lese")),
            ("writing", gettext_lazy("Skrive")),
            ("speaking", gettext_lazy("Snakke")),
        )
    },
}
_HELP: Mapping[str, Any] = {
    "ids.fnr": gettext_lazy("11 siffer"),
    "ids.dnr": gettext_lazy("11 siffer, det første er 4 eller høyere"),
    "ids.duf": gettext_lazy("12 siffer"),
    "activity.last_day": gettext_lazy("Tom hvis den ikke er bestemt"),
    "placement.last_day": gettext_lazy("Tom hvis den ikke er bestemt"),
    "absence.last_day": gettext_lazy("Den siste dagen deltakeren var borte"),
    "decision.first_day": gettext_lazy("Tom hvis vedtaket ikke gjelder en periode"),
    "lifeskills.health_hours": gettext_lazy("Timer gjennomført"),
    "lifeskills.career_hours": gettext_lazy("Timer gjennomført"),
    "parental.group_meetings": gettext_lazy("Antall gjennomført"),
    "parental.individual_meetings": gettext_lazy("Antall gjennomført"),
    "social_studies.hours": gettext_lazy("Timer gjennomført"),
    "placement.hours_per_week": gettext_lazy("0 til 60, for eksempel 22,5"),
    "activity.hours_per_week": gettext_lazy("0 til 60, for eksempel 22,5"),
    "remark": gettext_lazy("Skriv bare det de andre tjenestene trenger å vite."),
}
_REQUIRED: Mapping[str, Any] = {
    "given_name": gettext_lazy("Skriv fornavnet."),
    "family_name": gettext_lazy("Skriv etternavnet."),
    "placement.kind": gettext_lazy("Velg om arbeidsgiveren er kommunal eller privat."),
    "placement.unit": gettext_lazy(
        "Skriv enheten eller bedriften, for eksempel Solbakken barnehage."
    ),
    "activity.kind": gettext_lazy("Velg hva timene brukes til."),
    "activity.hours_per_week": gettext_lazy("Skriv timer per uke, for eksempel 22,5."),
    "decision.kind": gettext_lazy("Velg hva vedtaket gjelder."),
    "test.date": gettext_lazy("Skriv datoen for prøven, for eksempel 12.03.2026."),
}
_HEAVY_CHOICES = 4  # more than this are a list to open, fewer stand as buttons


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values to choose from; ``value`` is what ``read_typed`` understands."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else entered meanwhile. ``chosen`` is mine, theirs or nothing yet."""

    value: str
    by: str
    at: Any
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form as it is drawn.

    Attributes:
        name: the field; the control's name in the form.
        kind: text, long, date, number, choice, buttons (a choice among few) or secret.
        text: what stands in it, as typed.
        words: the value for reading, where it cannot be written.
        seen: the stamp of the value that was on the screen.
        problem: what is wrong and what to do.
        known: of a secret number, that there is one.
    """

    name: str
    label: str
    kind: str
    text: str = ""
    words: str = ""
    seen: str = ""
    problem: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    is_writable: bool = True
    is_required: bool = False
    known: bool = False
    clears: bool = False
    rows: int = 1
    longest: int | None = None
    conflict: Conflict | None = None

    @property
    def id(self) -> str:
        """The id of the control; dots would be in the way of style sheets."""
        return "f-" + self.name.replace(".", "-").replace("_", "-")

    @property
    def typed_words(self) -> str:
        """What was typed, as the words of a choice where it is one."""
        words = {choice.value: choice.label for choice in self.choices}
        return words.get(self.text, self.text) or _("tomt")

    @property
    def keys(self) -> str:
        """The keyboard a phone shows."""
        return {"number": "decimal", "secret": "numeric"}.get(self.kind, "text")

    @property
    def described_by(self) -> str:
        """The ids of what describes the control."""
        parts = [
            ("help", self.help or self.known),
            ("problem", self.problem),
            ("conflict", self.conflict),
        ]
        return " ".join(f"{self.id}-{part}" for part, has in parts if has)


def text_of(value: Any, name: str) -> str:
    """Write a value as it stands in its control, so that ``read_typed`` reads the same value."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def control(
    name: str,
    value: Any,
    *,
    is_writable: bool,
    is_required: bool = False,
    suggestions: Sequence[str] = (),
) -> Control:
    """Describe a field with its current value; of a secret number only whether there is one."""
    field = FIELDS[name]
    is_secret = name in SECRET
    choices = _choices(name)
    kind = "secret" if is_secret else _KINDS.get(field.type, "text")
    if kind == "choice" and len(choices) < _HEAVY_CHOICES:
        kind = "buttons"
    if name in _LONG:
        kind = "long"
    return Control(
        name=name,
        label=str(_LABELS.get(name) or capitalised(field_label(name))),
        kind=kind,
        text="" if is_secret else text_of(value, name),
        words=("•" * 11 if value else "") if is_secret else in_words(name, value),
        seen=stamp(value),
        help=str(_HELP.get(name, "")),
        choices=choices,
        suggestions=tuple(suggestions),
        is_writable=is_writable,
        is_required=is_required,
        known=is_secret and bool(value),
        rows=_LONG.get(name, 1),
        longest=longest_of(name),
    )


def _choices(name: str) -> tuple[Choice, ...]:
    field = FIELDS[name]
    if field.codes:
        return tuple(
            Choice(str(code), capitalised(code_in_words(name, str(code)))) for code in field.codes
        )
    if field.type is FieldType.YES_NO:
        return (Choice("ja", _("Ja")), Choice("nei", _("Nei")))
    if field.type is FieldType.LEVEL:
        return tuple(Choice(v, _("Under A1") if v == "pre-A1" else v) for v in LEVELS)
    return ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form, read.

    Attributes:
        controls: as they are drawn again, with what was typed and what is wrong.
        values: what was understood, by field; also what nobody touched.
        changed: the fields whose value is another than the one that was on the screen.
    """

    controls: tuple[Control, ...]
    values: Mapping[str, Value]
    changed: frozenset[str]

    @property
    def has_problems(self) -> bool:
        """Say whether something must be put right."""
        return any(each.problem for each in self.controls)


def read_posted(
    controls: Sequence[Control],
    posted: Mapping[str, str],
    *,
    orders: Collection[tuple[str, str]] = (),
) -> Typed:
    """Read what was typed into the writable controls; what is wrong stands beside each.

    A control that was not sent, such as buttons of which none was chosen, stays as it was. A draft
    is read the same way.
    """
    values: dict[str, Value] = {}
    changed: set[str] = set()
    read = []
    for each in controls:
        if not each.is_writable:
            read.append(each)
            continue
        now, value = _read(each, posted)
        read.append(now)
        if now.problem:
            continue
        is_kept = each.kind == "secret" and value is None and not now.clears
        if is_kept or stamp(value) == now.seen:
            continue
        changed.add(each.name)
        values[each.name] = value
    kept = {each.name: each for each in read}
    _check_orders(kept, values, orders)
    return Typed(tuple(kept.values()), values, frozenset(changed))


def _read(each: Control, posted: Mapping[str, str]) -> tuple[Control, Value]:
    text = posted.get(each.name, each.text)
    now = replace(
        each,
        text=text,
        seen=posted.get(f"seen.{each.name}", each.seen)[:12],
        clears=each.kind == "secret" and posted.get(f"clear.{each.name}") == "ja",
    )
    typed = read_typed(each.name, text, on=today())
    problem = typed.problem
    if each.is_required and not text.strip():
        problem = str(_REQUIRED.get(each.name) or _("Fyll ut: %s.") % each.label.lower())
        if FIELDS[each.name].type is FieldType.DATE and each.name not in _REQUIRED:
            problem = _("Skriv %s, for eksempel 12.03.2026.") % each.label.lower()
    if each.choices and typed.problem and text.strip():
        problem = _("Velg en av verdiene i listen.")
    return replace(now, problem=problem), typed.value


def _check_orders(
    controls: dict[str, Control],
    values: Mapping[str, Value],
    orders: Collection[tuple[str, str]],
) -> None:
    """Say beside the later day that it comes before the earlier one."""
    for first, last in orders:
        if first not in controls or last not in controls:
            continue
        days = [_day_in(controls[name], values) for name in (first, last)]
        if days[0] is None or days[1] is None or days[0] <= days[1]:
            continue
        name = last if controls[last].is_writable else first
        controls[name] = replace(
            controls[name],
            problem=_(
                "%(last)s er før %(first)s (%(day)s). Skriv en senere dag, eller rett den første."
            )
            % {
                "last": controls[last].label,
                "first": controls[first].label.lower(),
                "day": in_words(first, days[0]),
            },
        )


def _day_in(each: Control, values: Mapping[str, Value]) -> date | None:
    typed = read_typed(each.name, each.text, on=today())
    value = values.get(each.name) if each.name in values else typed.value
    return value if isinstance(value, date) else None
