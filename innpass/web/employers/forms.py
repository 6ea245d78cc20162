"""The forms of the map: employers, contacts, places, areas and rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.employers.areas import AreaRow
from innpass.casework.employers.cards import LONGEST_NAME, CardValues
from innpass.casework.employers.contacts import ContactRole, ContactValues
from innpass.casework.employers.occupations import find_code, similar, title_of
from innpass.casework.employers.offers import MOST_SEATS, WORKING_DAYS, PlaceValues
from innpass.domain.placing.demands import DEMAND_NAMES, Demand
from innpass.domain.sheets.fields import PlacementKind
from innpass.web.design.fields import (
    DAY_CHOICES,
    DayField,
    DesignForm,
    TimesField,
    as_day,
    as_times,
    whole,
)
from innpass.web.design.words import capitalised
from innpass.web.employers.one_page import KINDS

if TYPE_CHECKING:
    from innpass.casework.accounts.models import User
    from innpass.casework.employers.models import (
        ContactPerson,
        EmployerCard,
        PracticePlace,
        ServiceArea,
    )
    from innpass.casework.placements.models import Employer

SPARE = 2  # empty rows below those that are filled
_MOST_AREAS = 60
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
_CHOOSE = {"invalid_choice": gettext_lazy("Velg fra listen."), "required": gettext_lazy("Velg.")}
_FIRST = {"required": gettext_lazy("Skriv den første dagen, som 30.06.2026.")}
ROLE_HELP = {
    ContactRole.LEADER: gettext_lazy("bestemmer på stedet"),
    ContactRole.SIGNER: gettext_lazy("skriver under praksisavtalen"),
    ContactRole.MENTOR: gettext_lazy("er sammen med deltakeren i det daglige"),
}


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CardForm(DesignForm):
    """What is noted of an employer."""

    organisation_number = forms.CharField(
        label=gettext_lazy("Organisasjonsnummer"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Ni siffer."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 14}),
    )
    employees = whole(gettext_lazy("Ansatte"), least=0, most=100_000, required=False)
    most_at_once = whole(
        gettext_lazy("Høyst så mange deltakere samtidig"),
        least=0,
        most=500,
        required=False,
        help_text=gettext_lazy(
            "Verner stedet mot for mange. De som er på vei dit, regnes med. Tomt er ingen grense."
        ),
    )
    closed_on = DayField(
        label=gettext_lazy("Tar ikke imot noen fra og med"),
        required=False,
        help_text=gettext_lazy("Tomt så lenge stedet tar imot."),
    )

    @staticmethod
    def initial_of(card: "EmployerCard | None") -> dict[str, Any]:
        """Return what stands in the form of a card."""
        if card is None:
            return {}
        return {
            "organisation_number": card.organisation_number,
            "employees": card.employees,
            "most_at_once": card.most_at_once,
            "closed_on": as_day(card.closed_on),
        }

    @property
    def values(self) -> CardValues:
        """What was typed."""
        said = self.cleaned_data
        return CardValues(
            organisation_number=said["organisation_number"],
            employees=said["employees"],
            most_at_once=said["most_at_once"],
            closed_on=said["closed_on"],
        )


class NewEmployerForm(CardForm):
    """A unit or firm that is noted by hand."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        initial=PlacementKind.MUNICIPAL.value,
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Skriv hva arbeidsgiveren heter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Tjenesteområde"),
        required=False,
        error_messages=_CHOOSE,
        help_text=gettext_lazy("Bare for kommunale enheter."),
    )
    field_order = ("kind", "name", "area", "organisation_number")

    def __init__(self, *args: Any, areas: "Sequence[ServiceArea]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(
            self,
            "area",
            [("", _("Ikke oppgitt")), *((str(each.pk), each.name) for each in areas)],
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask for no area of a firm."""
        said = super().clean()
        if self.cleaned_data.get("kind") == PlacementKind.PRIVATE.value and self.cleaned_data.get(
            "area"
        ):
            self.add_error("area", _("En bedrift hører ikke til et tjenesteområde. Velg tomt."))
        return said


class ContactForm(DesignForm):
    """Somebody at an employer whom one can call."""

    role = forms.MultipleChoiceField(
        label=gettext_lazy("Rolle"),
        help_text=gettext_lazy("Kryss av for alle rollene personen har."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={**_CHOOSE, "required": gettext_lazy("Kryss av for minst én rolle.")},
        choices=[
            (role.value, f"{capitalised(str(role.label))} ({ROLE_HELP[role]})")
            for role in ContactRole
        ],
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=120,
        error_messages={"required": gettext_lazy("Skriv hva kontaktpersonen heter.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Telefon"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "size": 16}),
        error_messages={"max_length": gettext_lazy("Skriv høyst 20 tegn.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-post"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Skriv en e-postadresse, som navn@kommune.no.")},
    )
    first_day = DayField(label=gettext_lazy("Fra"), error_messages=_FIRST)
    last_day = DayField(
        label=gettext_lazy("Til"),
        required=False,
        help_text=gettext_lazy("Tomt så lenge personen er kontakt."),
    )

    @staticmethod
    def initial_of(person: "ContactPerson | None", *, on: date) -> dict[str, Any]:
        """Return what stands in the form of a contact person."""
        if person is None:
            return {"first_day": as_day(on), "role": [ContactRole.LEADER.value]}
        return {
            "role": [person.role],
            "name": person.name,
            "phone": person.phone,
            "email": person.email,
            "first_day": as_day(person.first_day),
            "last_day": as_day(person.last_day),
        }

    @property
    def roles(self) -> list[ContactRole]:
        """Which roles were ticked."""
        return [ContactRole(each) for each in self.cleaned_data["role"]]

    @property
    def values(self) -> ContactValues:
        """What was typed, in the first of the roles."""
        said = self.cleaned_data
        return ContactValues(
            role=self.roles[0],
            name=" ".join(said["name"].split()),
            phone=said["phone"].strip(),
            email=said["email"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )


class OurContactForm(DesignForm):
    """Who in the municipality the employer turns to."""

    user = forms.ChoiceField(label=gettext_lazy("Kontaktperson"), error_messages=_CHOOSE)
    first_day = DayField(label=gettext_lazy("Fra og med"), error_messages=_FIRST)

    def __init__(self, *args: Any, people: "Sequence[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(
            self,
            "user",
            [("", _("Velg")), *((str(each.pk), each.get_full_name()) for each in people)],
        )


class PlaceForm(DesignForm):
    """A practice place. Occupations are chosen by typing; a list of them helps."""

    name = forms.CharField(
        label=gettext_lazy("Navn på plassen"),
        max_length=120,
        help_text=gettext_lazy("For eksempel «Kjøkkenassistent» eller «Renhold, dag»."),
        error_messages={"required": gettext_lazy("Skriv hva plassen heter.")},
    )
    occupation = forms.CharField(
        label=gettext_lazy("Yrke"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Skriv de første bokstavene, og velg fra lista."),
        widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"}),
    )
    seats = whole(gettext_lazy("Plasser"), least=1, most=MOST_SEATS)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Dager"),
        choices=DAY_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE | {"required": gettext_lazy("Velg minst én dag.")},
    )
    times = TimesField(
        label=gettext_lazy("Fra og til"),
        error_messages={"required": gettext_lazy("Skriv fra og til, som 08.00–15.30.")},
    )
    days_a_week = whole(
        gettext_lazy("Minst så mange dager i uka"),
        least=1,
        most=7,
        required=False,
        help_text=gettext_lazy("Tomt hvis én dag er nok."),
    )
    language_at_start = forms.ChoiceField(
        label=gettext_lazy("Norsk ved start"),
        required=False,
        choices=[("", gettext_lazy("Ikke noe krav")), *((each, each) for each in LEVELS)],
        error_messages=_CHOOSE,
        help_text=gettext_lazy("Det som trengs for å begynne, ikke det som kan læres der."),
    )
    tasks = _long(gettext_lazy("Arbeidsoppgaver"))
    can_learn = _long(gettext_lazy("Dette kan læres der"))
    demands = forms.MultipleChoiceField(
        label=gettext_lazy("Krav"),
        required=False,
        choices=[(each.value, capitalised(name)) for each, name in DEMAND_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )
    accessibility = _long(
        gettext_lazy("Tilgjengelighet"),
        gettext_lazy("For eksempel heis, trapper eller tunge løft."),
    )
    offered_from = DayField(label=gettext_lazy("Tilbudt fra"), error_messages=_FIRST)
    offered_until = DayField(
        label=gettext_lazy("Tilbudt til og med"),
        required=False,
        help_text=gettext_lazy("Tomt så lenge tilbudet står."),
    )

    def __init__(self, *args: Any, among: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    @staticmethod
    def initial_of(
        place: "PracticePlace | None", *, on: date, among: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return what stands in the form of a place."""
        if place is None:
            return {
                "seats": 1,
                "weekdays": [str(each) for each in WORKING_DAYS],
                "times": as_times(8 * 60, 15 * 60 + 30),
                "offered_from": as_day(on),
            }
        said = {
            name: getattr(place, name)
            for name in (
                *("name", "seats", "days_a_week", "language_at_start", "tasks", "can_learn"),
                *("demands", "accessibility"),
            )
        }
        code = place.occupation
        return said | {
            "occupation": f"{code} {title_of(code, among)}" if code else "",
            "weekdays": [str(each) for each in place.weekdays],
            "times": as_times(place.start, place.end),
            "offered_from": as_day(place.offered_from),
            "offered_until": as_day(place.offered_until),
        }

    def clean_occupation(self) -> str:
        """Find the code of what was chosen or written.

        Raises:
            ValidationError: no occupation is called so, or several are.
        """
        typed = self.cleaned_data["occupation"].strip()
        if not typed:
            return ""
        code = find_code(typed, self.among)
        if code is not None:
            return code
        near = similar(typed, self.among)
        if near:
            raise forms.ValidationError(
                _("Vi kjenner ikke yrket «%(typed)s». Mente du %(near)s?"),
                params={"typed": typed, "near": " / ".join(f"«{each}»" for each in near)},
            )
        raise forms.ValidationError(
            _("Vi kjenner ikke yrket «%(typed)s». Velg ett fra lista, eller la feltet stå tomt."),
            params={"typed": typed},
        )

    @property
    def values(self) -> PlaceValues:
        """What was typed."""
        said = self.cleaned_data
        start, end = said["times"]
        return PlaceValues(
            name=" ".join(said["name"].split()),
            offered_from=said["offered_from"],
            tasks=said["tasks"],
            occupation=said["occupation"],
            seats=said["seats"],
            weekdays=tuple(int(each) for each in said["weekdays"]),
            start=start,
            end=end,
            days_a_week=said["days_a_week"],
            language_at_start=said["language_at_start"],
            can_learn=said["can_learn"],
            demands=tuple(Demand(each) for each in said["demands"]),
            accessibility=said["accessibility"],
            offered_until=said["offered_until"],
        )


class EndForm(DesignForm):
    """On which day an offer stands for the last time."""

    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        help_text=gettext_lazy("De som er der da, blir der så lenge avtalen deres varer."),
        error_messages={"required": gettext_lazy("Skriv den siste dagen, som 30.06.2026.")},
    )


class RulesForm(DesignForm):
    """After how many days an offer is asked about, and from when on."""

    confirm_days = whole(gettext_lazy("Spør igjen etter så mange dager"), least=1, most=1000)
    first_day = DayField(label=gettext_lazy("Gjelder fra"), error_messages=_FIRST)


class JoinForm(DesignForm):
    """Of which employer this is another spelling."""

    heir = forms.ChoiceField(
        label=gettext_lazy("Er det samme som"),
        error_messages=_CHOOSE,
        help_text=gettext_lazy("Alt vises så på den du velger. Arkene endres ikke."),
    )

    def __init__(self, *args: Any, others: "Sequence[Employer]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "heir", [("", _("Velg")), *((str(each.pk), each.name) for each in others)])


class MoveForm(DesignForm):
    """Which units belong to an area from a day on."""

    area = forms.ChoiceField(label=gettext_lazy("Til tjenesteområdet"), error_messages=_CHOOSE)
    first_day = DayField(label=gettext_lazy("Fra og med"), error_messages=_FIRST)
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Enheter"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE | {"required": gettext_lazy("Velg minst én enhet.")},
    )

    def __init__(
        self,
        *args: Any,
        areas: "Sequence[ServiceArea]",
        units: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "area", [("", _("Velg")), *((str(a.pk), a.name) for a in areas)])
        _choices(self, "units", units)


class AreaForm(DesignForm):
    """A service area."""

    pk = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=120,
        error_messages={"required": gettext_lazy("Skriv hva området heter.")},
    )
    employees = whole(gettext_lazy("Ansatte"), least=0, most=1_000_000, required=False)
    first_day = DayField(label=gettext_lazy("Fra"), required=False)
    last_day = DayField(label=gettext_lazy("Til"), required=False)

    @property
    def is_filled(self) -> bool:
        """Say whether there is something in the row."""
        names = ("pk", "name", "employees", "first_day", "last_day")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    @property
    def called(self) -> str:
        """What the row is called where something is wrong with it."""
        return str(self.data.get(self.add_prefix("name"), "")).strip() if self.is_bound else ""

    @property
    def row(self) -> AreaRow:
        """What was typed."""
        said = self.cleaned_data
        columns = ("name", "employees", "first_day", "last_day")
        values = {name: said[name] for name in columns}
        values["name"] = " ".join(values["name"].split())
        return AreaRow(said["pk"], said["version"] or 0, values)


class AreasForm:
    """All service areas, and some empty rows."""

    def __init__(self, data: Mapping[str, Any] | None, *, stored: "Sequence[ServiceArea]") -> None:
        text = str(data.get("rows", "")) if data is not None else ""
        count = int(text) if text.isdecimal() and len(text) < 4 else len(stored) + SPARE
        if data is not None and data.get("act") == "more":
            count += SPARE
        self.rows = max(1, min(count, _MOST_AREAS))
        self.forms = tuple(
            AreaForm(
                data,
                prefix=f"r{at}",
                initial=_area(stored[at]) if at < len(stored) else {},
            )
            for at in range(self.rows)
        )
        for each in self.forms:
            if each.is_bound and not each.is_filled:  # a spare row is no mistake
                each._errors = ErrorDict()  # type: ignore[attr-defined]

    @property
    def filled(self) -> tuple[AreaForm, ...]:
        """The rows with something in them."""
        return tuple(each for each in self.forms if each.is_filled)

    def is_valid(self) -> bool:
        """Say whether every filled row can be read."""
        found = [each.is_valid() for each in self.filled]  # each of them, for its own errors
        return all(found)


def _area(row: "ServiceArea") -> dict[str, Any]:
    return {
        "pk": row.pk,
        "version": row.version,
        "name": row.name,
        "employees": row.employees,
        "first_day": as_day(row.first_day),
        "last_day": as_day(row.last_day),
    }


def as_uuid(text: str) -> UUID | None:
    """Read an id from an address; ``None`` where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
