"""What is typed about somebody's wishes, experience, own no and demands met; and the CV."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.employers.occupations import find_code, similar
from innpass.casework.matching.people import NOT_MET
from innpass.casework.matching.profiles import (
    CV_SECTIONS,
    Choices,
    Consent,
    ProfileValues,
    WorkProfile,
)
from innpass.domain.placing.demands import DEMAND_NAMES
from innpass.web.design.fields import DayField, DesignForm, as_day
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised, listed

_FULL_WEEK = 37.5
_ANSWERS = (
    ("", gettext_lazy("Vet ikke")),
    ("yes", gettext_lazy("Ja, sett")),
    (NOT_MET, gettext_lazy("Nei")),
)
# Name of the field in the profile, how many can be named, and what they are called.
_OCCUPATIONS = (
    ("experience", 4, gettext_lazy("Har arbeidet som")),
    ("wished_occupations", 3, gettext_lazy("Ønsker å arbeide som")),
    ("refused_occupations", 3, gettext_lazy("Vil ikke arbeide som")),
)
_EMPLOYERS = (
    ("wished_employers", 3, gettext_lazy("Ønsker seg til")),
    ("refused_employers", 3, gettext_lazy("Vil ikke til")),
)
SECTION_NAMES = {
    "about": gettext_lazy("Om meg"),
    "experience": gettext_lazy("Arbeid og erfaring"),
    "education": gettext_lazy("Skole og utdanning"),
    "languages": gettext_lazy("Språk"),
    "other": gettext_lazy("Kurs, førerkort og annet"),
}


class OccupationField(forms.CharField):
    """An occupation, by its code or its name; its value is the code."""

    def __init__(self, titles: Mapping[str, str], **kwargs: Any) -> None:
        self.titles = titles
        widget = forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"})
        super().__init__(required=False, max_length=220, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Read the occupation.

        Raises:
            ValidationError: no list has it, or it can be several.
        """
        typed = super().clean(value)
        if not typed:
            return ""
        code = find_code(typed, self.titles)
        if code is not None:
            return code
        near = similar(typed, self.titles)
        text = _("Vi finner ikke yrket «%(typed)s». Velg et yrke fra lista.")
        if near:
            text = _("Vi finner ikke yrket «%(typed)s». Mener du %(near)s? Velg fra lista.")
        raise forms.ValidationError(text, params={"typed": typed, "near": listed(near)})


class EmployerField(forms.CharField):
    """An employer by its name; its value is the id as text."""

    def __init__(self, employers: Mapping[str, str], **kwargs: Any) -> None:
        self.found = {name.casefold(): pk for pk, name in employers.items()}
        widget = forms.TextInput(attrs={"list": "employers", "autocomplete": "off"})
        super().__init__(required=False, max_length=220, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Read the employer.

        Raises:
            ValidationError: there is none of that name.
        """
        typed = super().clean(value)
        if not typed:
            return ""
        found = self.found.get(" ".join(typed.split()).casefold())
        if found is None:
            text = _("Vi finner ikke «%(typed)s». Velg en arbeidsgiver fra lista.")
            raise forms.ValidationError(text, params={"typed": typed})
        return found


class ProfileForm(DesignForm):
    """What somebody wants, has done, says no to and brings.

    Args:
        offered: codes that the goal of the plan may mean.
    """

    hours_wanted = forms.FloatField(
        label=gettext_lazy("Praksistimer per uke som skal fylles"),
        required=False,
        min_value=0,
        max_value=_FULL_WEEK,
        localize=True,
        help_text=gettext_lazy("La det stå tomt, så regner vi det ut fra timeplanen."),
        error_messages={
            "invalid": gettext_lazy("Skriv timer som et tall, for eksempel 15."),
            "min_value": gettext_lazy("Skriv 0 eller mer."),
            "max_value": gettext_lazy("En full uke er 37,5 timer. Skriv 37,5 eller mindre."),
        },
    )

    def __init__(
        self, data: Any, *, stored: WorkProfile | None, choices: Choices, today: date
    ) -> None:
        super().__init__(data, initial=_initial(stored, choices))
        self.choices, self.today = choices, today
        titles = choices.titles
        self.fields["goal"] = OccupationField(
            titles,
            label=_("Yrkesmål"),
            help_text=_("Skriv noen bokstaver, og velg fra lista."),
        )
        for name, count, label in _OCCUPATIONS:
            for at in range(count):
                self.fields[f"{name}-{at}"] = OccupationField(titles, label=_numbered(label, at))
        for name, count, label in _EMPLOYERS:
            for at in range(count):
                self.fields[f"{name}-{at}"] = EmployerField(
                    choices.employers, label=_numbered(label, at)
                )
        self.fields["wished_areas"] = _boxes(
            _("Ønsker seg til tjenesteområde"), [(each, each) for each in choices.areas]
        )
        self.fields["refused_localities"] = _boxes(
            _("Vil ikke arbeide her"), list(choices.localities.items())
        )
        refused = [
            (key, choices.places[key])
            for key in (stored.refused_places if stored else ())
            if key in choices.places
        ]
        self.fields["refused_places"] = _boxes(
            _("Har sagt nei til disse plassene"),
            refused,
            help_text=_("Ta bort krysset hvis deltakeren har ombestemt seg."),
        )
        for demand, name in DEMAND_NAMES.items():
            self.fields[f"demand-{demand}"] = forms.ChoiceField(
                label=capitalised(name), required=False, choices=_ANSWERS
            )
            self.fields[f"day-{demand}"] = DayField(
                label=_("Dag, %(what)s") % {"what": name}, required=False
            )

        for each in self.fields.values():  # nothing is required, and the page says so once
            setattr(each, "template_name", "matching/field.html")  # noqa: B010

    def clean(self) -> dict[str, Any]:
        """Hold days and answers against one another."""
        found: dict[str, Any] = super().clean() or {}
        for demand, name in DEMAND_NAMES.items():
            answer, day = found.get(f"demand-{demand}"), found.get(f"day-{demand}")
            field = f"day-{demand}"
            if answer == "yes" and day is None and field not in self.errors:
                self.add_error(field, _("Skriv dagen du så det (%(what)s).") % {"what": name})
            elif day is not None and day > self.today:
                self.add_error(field, _("Dagen ligger fram i tid. Skriv dagen du så det."))
            elif answer != "yes" and day is not None:
                text = _("Dagen gjelder bare når svaret er «Ja, sett». Velg det, eller tøm dagen.")
                self.add_error(field, text)
        return found

    @property
    def values(self) -> ProfileValues:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        return ProfileValues(
            goal=said["goal"],
            wished_areas=tuple(said["wished_areas"]),
            refused_places=tuple(said["refused_places"]),
            refused_localities=tuple(said["refused_localities"]),
            demands=dict(self._demands()),
            hours_wanted=said["hours_wanted"],
            **{
                name: self._several(name, count)
                for name, count, _label in _OCCUPATIONS + _EMPLOYERS
            },
        )

    def _several(self, name: str, count: int) -> tuple[str, ...]:
        found = (self.cleaned_data[f"{name}-{at}"] for at in range(count))
        return tuple(dict.fromkeys(filter(None, found)))

    def _demands(self) -> Iterator[tuple[str, str]]:
        for demand in DEMAND_NAMES:
            answer, day = self.cleaned_data[f"demand-{demand}"], self.cleaned_data[f"day-{demand}"]
            if answer == "yes":
                yield str(demand), day.isoformat()
            elif answer == NOT_MET:
                yield str(demand), NOT_MET

    def group(self, name: str) -> list[Any]:
        """Give the fields of several occupations or employers."""
        return [self[each] for each in self.fields if each.startswith(f"{name}-")]

    @property
    def experience(self) -> list[Any]:
        """The fields for occupations somebody has worked in."""
        return self.group("experience")

    @property
    def wishes(self) -> list[Any]:
        """The fields for what somebody would like."""
        return [*self.group("wished_occupations"), *self.group("wished_employers")]

    @property
    def refusals(self) -> list[Any]:
        """The fields for what somebody says no to."""
        return [*self.group("refused_occupations"), *self.group("refused_employers")]

    @property
    def demands(self) -> list[tuple[Any, Any]]:
        """The fields of demands: the answer and the day."""
        return [(self[f"demand-{each}"], self[f"day-{each}"]) for each in DEMAND_NAMES]


class CvForm(DesignForm):
    """The text of a CV, by section."""

    def __init__(self, data: Any, *, stored: WorkProfile | None) -> None:
        super().__init__(data, initial=dict(stored.cv) if stored else {})
        for name in CV_SECTIONS:
            self.fields[name] = forms.CharField(
                label=SECTION_NAMES[name],
                required=False,
                strip=True,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def sections(self) -> dict[str, str]:
        """The text that was typed, once it is valid."""
        return {name: self.cleaned_data[name] for name in CV_SECTIONS}


class ConsentForm(DesignForm):
    """Whether the participant agrees that employers are shown the CV."""

    given_on = DayField(label=gettext_lazy("Samtykke gitt"), required=False)
    withdrawn_on = DayField(
        label=gettext_lazy("Samtykke trukket"),
        required=False,
        help_text=gettext_lazy("Fra da av kan ingen legge CV-en ved. Det som er sendt, er sendt."),
    )

    def __init__(self, data: Any, *, consent: Consent) -> None:
        super().__init__(
            data,
            initial={
                "given_on": as_day(consent.given_on),
                "withdrawn_on": as_day(consent.withdrawn_on),
            },
        )

    @property
    def consent(self) -> Consent:
        """What was typed, once it is valid."""
        return Consent(self.cleaned_data["given_on"], self.cleaned_data["withdrawn_on"])


def _numbered(label: Any, at: int) -> str:
    return str(label) if at == 0 else f"{label} ({at + 1})"


def _boxes(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


def _initial(stored: WorkProfile | None, choices: Choices) -> dict[str, Any]:
    if stored is None:
        return {}
    found: dict[str, Any] = {
        "goal": _occupation(stored.goal, choices),
        "hours_wanted": None if stored.hours_wanted is None else number(stored.hours_wanted),
        "wished_areas": stored.wished_areas,
        "refused_localities": stored.refused_localities,
        "refused_places": stored.refused_places,
    }
    for name, count, _label in _OCCUPATIONS:
        for at, code in enumerate(getattr(stored, name)[:count]):
            found[f"{name}-{at}"] = _occupation(code, choices)
    for name, count, _label in _EMPLOYERS:
        known = [each for each in getattr(stored, name) if each in choices.employers]
        for at, key in enumerate(known[:count]):
            found[f"{name}-{at}"] = choices.employers[key]
    for demand, day in stored.demands.items():
        found[f"demand-{demand}"] = NOT_MET if day == NOT_MET else "yes"
        found[f"day-{demand}"] = "" if day == NOT_MET else as_day(date.fromisoformat(day))
    return found


def _occupation(code: str, choices: Choices) -> str:
    title = choices.titles.get(code, "")
    return f"{code} {title}".strip() if code else ""
