"""Which fields stand on which form, in which order, and how each is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import MayNot, check_may_write, may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading that may be empty."""

    heading: Any
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: some fields of a person, or one detail: a period, a decision or a test.

    Attributes:
        slug: in the address.
        title: what the form is about, as a heading.
        sections: its fields.
        required: fields without which it cannot be saved.
        orders: pairs of dates, of which the second may not come before the first.
        kind: of a period or test; ``None`` where the fields are a person's own.
        one, add: "praksisen" and "Legg til praksis" of a period or test.
        empty: what the list of periods says when there is none.
    """

    slug: str
    title: Any
    sections: tuple[Section, ...]
    required: frozenset[str] = frozenset()
    orders: tuple[tuple[str, str], ...] = ()
    kind: TableKind | None = None
    one: Any = ""
    add: Any = ""
    empty: Any = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields in their order."""
        return tuple(name for section in self.sections for name in section.fields)


NUMBERS = (
    *("ids.fnr", "ids.dnr", "ids.duf"),
    *("ids.visma_refugee", "ids.visma_learning", "ids.socio"),
)
_CONTACTS = ("programme.adviser", "programme.supervisor", "nav.adviser", "teacher")
_PROGRAMME_ORDERS = (
    ("programme.start", "programme.planned_end"),
    ("programme.start", "programme.actual_end"),
)
_LEVELS = ("level.listening", "level.reading", "level.writing", "level.speaking")

PARTS: Mapping[str, Form] = {
    form.slug: form
    for form in (
        Form(
            "oppfolging",
            _("Oppfølging"),
            (
                Section(_("Neste steg"), ("next_step", "next_step_owner", "next_step_due")),
                Section(
                    _("Kontakt og møter"), ("last_contact", "nav.info_meeting", "nav.handover")
                ),
                Section("", ("remark",)),
            ),
        ),
        Form(
            "hvem",
            _("Navn og numre"),
            (
                Section(_("Navn"), ("given_name", "family_name", "native_name")),
                Section(_("Bakgrunn"), ("birth_date", "country", "settled_on", "permit_on")),
                Section(_("Numre"), NUMBERS),
            ),
        ),
        Form(
            "program",
            _("Program"),
            (
                Section(
                    _("Program"),
                    (
                        *("programme.offered_on", "programme.start", "programme.planned_end"),
                        *("programme.extent_percent", "programme.end_goal"),
                    ),
                ),
                Section(
                    _("Grunnlag og utdanning"),
                    (
                        *("programme.protection", "programme.upper_secondary"),
                        "programme.has_children",
                    ),
                ),
                Section(_("Avslutning"), ("programme.actual_end", "programme.end_reason")),
            ),
            orders=_PROGRAMME_ORDERS,
        ),
        Form(
            "innhold",
            _("Milepæler og innhold"),
            (
                Section(
                    _("Milepæler"),
                    ("mapping_on", "career_guidance_on", "contract_on", "certificate_on"),
                ),
                Section(_("Livsmestring"), ("lifeskills.health_hours", "lifeskills.career_hours")),
                Section(
                    _("Foreldreveiledning"),
                    ("parental.group_meetings", "parental.individual_meetings"),
                ),
            ),
        ),
        Form("kontakter", _("Kontakter"), (Section("", _CONTACTS),)),
        Form(
            "norsk",
            _("Klasse og norsknivå"),
            (
                Section(_("Klasse"), ("programme.class_name", "programme.track")),
                Section(_("Nivå"), _LEVELS),
                Section(_("Opplæring"), ("norwegian.offered_on", "social_studies.hours")),
            ),
        ),
    )
}

NEW_PERSON = Form(
    "ny",
    _("Ny deltaker"),
    (
        Section(
            _("Navn og bakgrunn"),
            ("given_name", "family_name", "native_name", "birth_date", "country"),
        ),
        Section(_("Numre"), NUMBERS),
        Section(_("Program"), ("programme.start", "programme.planned_end")),
        Section(_("Kontakter"), _CONTACTS),
    ),
    required=frozenset({"given_name", "family_name"}),
    orders=_PROGRAMME_ORDERS[:1],
)

DETAILS: Mapping[str, Form] = {
    form.slug: form
    for form in (
        Form(
            "praksis",
            _("Praksis"),
            (
                Section(_("Hvor"), ("placement.kind", "placement.unit", "placement.area")),
                Section(
                    _("Når"),
                    (
                        *("placement.first_day", "placement.last_day"),
                        *("placement.hours_per_week", "placement.extended"),
                    ),
                ),
                Section(
                    _("Besøk og kontrakt"), ("placement.evaluation_visit", "placement.contract")
                ),
            ),
            required=frozenset({"placement.kind", "placement.unit", "placement.first_day"}),
            orders=(("placement.first_day", "placement.last_day"),),
            kind=TableKind.PLACEMENT,
            one=_("praksisen"),
            add=_("Legg til praksis"),
            empty=_("Ikke i praksis ennå."),
        ),
        Form(
            "timer",
            _("Timer i planen"),
            (
                Section("", ("activity.kind",)),
                Section(
                    "",
                    ("activity.first_day", "activity.last_day", "activity.hours_per_week"),
                ),
            ),
            required=frozenset({"activity.kind", "activity.first_day", "activity.hours_per_week"}),
            orders=(("activity.first_day", "activity.last_day"),),
            kind=TableKind.ACTIVITY,
            one=_("aktiviteten"),
            add=_("Legg til aktivitet"),
            empty=_("Ingen aktiviteter er ført."),
        ),
        Form(
            "permisjon",
            _("Permisjon"),
            (Section("", ("leave.first_day", "leave.last_day", "leave.kind", "leave.reason")),),
            required=frozenset({"leave.first_day", "leave.last_day"}),
            orders=(("leave.first_day", "leave.last_day"),),
            kind=TableKind.LEAVE,
            one=_("permisjonen"),
            add=_("Legg til permisjon"),
            empty=_("Ingen permisjon er ført."),
        ),
        Form(
            "fravaer",
            _("Fravær"),
            (Section("", ("absence.first_day", "absence.last_day", "absence.kind")),),
            required=frozenset({"absence.first_day", "absence.last_day"}),
            orders=(("absence.first_day", "absence.last_day"),),
            kind=TableKind.ABSENCE,
            one=_("fraværet"),
            add=_("Legg til fravær"),
            empty=_("Ikke noe fravær er ført."),
        ),
        Form(
            "vedtak",
            _("Vedtak"),
            (
                Section("", ("decision.kind", "decision.day")),
                Section(_("Hva det gjelder for"), ("decision.first_day", "decision.last_day")),
                Section("", ("decision.reason",)),
            ),
            required=frozenset({"decision.kind", "decision.day"}),
            orders=(("decision.first_day", "decision.last_day"),),
            kind=TableKind.DECISION,
            one=_("vedtaket"),
            add=_("Legg til vedtak"),
            empty=_("Ingen vedtak er ført."),
        ),
        Form(
            "norskprove",
            _("Norskprøver"),
            (
                Section("", ("test.date", "test.goal", "test.reached")),
                Section(
                    _("Resultat"),
                    ("test.listening", "test.reading", "test.writing", "test.speaking"),
                ),
            ),
            required=frozenset({"test.date"}),
            kind=TableKind.TEST,
            one=_("prøven"),
            add=_("Legg til prøve"),
            empty=_("Ingen prøver er ført."),
        ),
    )
}

# Where each form is reached by a slug.
FORMS: Mapping[str, Form] = {**PARTS, **DETAILS}


def writable(form: Form, actor: Actor) -> frozenset[str]:
    """Return the form's fields that the actor may write."""
    return frozenset(name for name in form.fields if may_write(actor, access_name(name)))


def shown(form: Form, actor: Actor) -> tuple[str, ...]:
    """Return the form's fields that the actor may read or write, in order."""
    may, mine = readable(actor), writable(form, actor)
    return tuple(name for name in form.fields if name in mine or access_name(name) in may)


def may_open(form: Form, actor: Actor) -> bool:
    """Say whether the form is of any use to the actor: what it requires must be writable."""
    mine = writable(form, actor)
    return bool(mine) and form.required <= mine


def check_may_open(form: Form, actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_open``; the sentence says who could."""
    if may_open(form, actor):
        return
    for name in _most_telling(form):
        check_may_write(actor, access_name(name))
    raise MayNot(str(_("Rollen din kan ikke endre noe her.")))


def _most_telling(form: Form) -> Iterable[str]:
    return sorted(form.required) or form.fields
