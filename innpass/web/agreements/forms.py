"""The forms of placement cases."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.agreements.services import Content
from innpass.casework.employers.queries import PracticePlace
from innpass.domain.placing.agreement import Given, Goal, Ground, VersionKind
from innpass.domain.placing.clashes import WEEKDAYS
from innpass.domain.placing.endings import REASONS
from innpass.domain.placing.sentences import say
from innpass.domain.placing.states import Initiative, Outcome
from innpass.domain.placing.terms import LANGUAGE_NAMES, LANGUAGES, LONGEST, MASTER
from innpass.web.design.fields import DayField, TimesField, as_day
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised

_HOUR = 60
_ROLES = (
    ("leader", gettext_lazy("Leder")),
    ("signer", gettext_lazy("Skriver under")),
    ("second_signer", gettext_lazy("Skriver også under")),
    ("mentor", gettext_lazy("Fadder i det daglige")),
    ("supervisor", gettext_lazy("Kommunens kontaktperson")),
)
_PARTS = (
    ("name", gettext_lazy("navn")),
    ("phone", gettext_lazy("telefon")),
    ("email", gettext_lazy("e-post")),
)
_NEW = (
    *(VersionKind.EXTENDED, VersionKind.SHORTENED, VersionKind.GOAL, VersionKind.PLACE),
    VersionKind.CONTACTS,
)


def _words(codes: Iterable[str], of: str) -> list[tuple[str, str]]:
    return [(str(code), capitalised(say(f"{of}.{code}"))) for code in codes]


def _text(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WeekHoursField(forms.CharField):
    """Hours of a week, such as ``22,5``; its value is in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})
        super().__init__(max_length=10, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        """Read the hours.

        Raises:
            ValidationError: they are no number from 0 to 168.
        """
        typed = super().clean(value)
        if not typed:
            return None
        try:
            hours = float(typed.replace(",", "."))
        except ValueError:
            hours = -1
        if not 0 < hours <= 168:
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s» som timer. Skriv som 22,5."),
                params={"typed": typed},
            )
        return round(hours * _HOUR)


class AgreementForm(forms.Form):
    """What a version of an agreement says.

    Args:
        content: what it begins with.
        places: the employer's places.
        is_first: it is the first version, which needs no reason.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Hva er nytt?"))
    reason = _text(gettext_lazy("Begrunnelse"), rows=2, required=True)
    place = forms.ChoiceField(label=gettext_lazy("Praksisplass"), required=False)
    first_day = DayField(label=gettext_lazy("Første dag"))
    last_day = DayField(label=gettext_lazy("Siste dag"))
    hours = WeekHoursField(
        label=gettext_lazy("Timer i uka"),
        required=False,
        help_text=gettext_lazy("Tomt felt: alle timene i dagene over."),
    )
    tasks = _text(gettext_lazy("Arbeidsoppgaver"))
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Mål"),
        choices=_words(Goal, "goal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goal_text = _text(gettext_lazy("Mål i egne ord"), rows=2)
    follow_up = _text(
        gettext_lazy("Oppfølging"),
        rows=2,
        help_text=gettext_lazy("Hvem følger opp, hvor ofte, og hva som er tilrettelagt."),
    )
    long_reason = _text(
        gettext_lazy("Hvorfor så lenge?"),
        rows=2,
        help_text=gettext_lazy(
            "Bare når avtalen går forbi den planlagte slutten på programmet, eller er lenger enn "
            "kommunens grense."
        ),
    )
    has_second_signer = forms.BooleanField(
        label=gettext_lazy("To skriver under for arbeidsgiveren"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        content: Content,
        places: Sequence[PracticePlace],
        is_first: bool,
        kind: str = "",
        reason: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(content, kind=kind, reason=reason))
        self.places = {str(place.pk): place for place in places}
        if is_first:
            del self.fields["kind"], self.fields["reason"]
        else:
            self.fields["kind"].choices = _words(_NEW, "version")  # type: ignore[attr-defined]
        none = ("", _("Ingen bestemt plass"))
        named = [(key, place.name) for key, place in self.places.items()]
        self.fields["place"].choices = [none, *named]  # type: ignore[attr-defined]
        for at, name in enumerate(WEEKDAYS):
            self.fields[f"day{at}"] = TimesField(label=capitalised(name), required=False)
        for role, label in _ROLES:
            for part, word in _PARTS:
                self.fields[f"{role}_{part}"] = forms.CharField(
                    label=f"{label}, {word}", required=False, max_length=200
                )

    def clean(self) -> dict[str, Any]:
        """Say on the days what is missing of them."""
        cleaned = super().clean() or {}
        typed = [name for name in cleaned if name.startswith("day") and cleaned[name]]
        failed = [name for name in self.errors if name.startswith("day")]
        if not typed and not failed:
            self.add_error("day0", _("Velg minst én dag i uka, med tider."))
        return cleaned

    @property
    def week(self) -> list[Any]:
        """The fields of the days."""
        return [self[f"day{at}"] for at in range(len(WEEKDAYS))]

    @property
    def contact_rows(self) -> list[tuple[Any, list[Any]]]:
        """The fields of each contact person, with the role."""
        return [
            (label, [self[f"{role}_{part}"] for part, _word in _PARTS]) for role, label in _ROLES
        ]

    @property
    def content(self) -> Content:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        days = [(at, *said[f"day{at}"]) for at in range(len(WEEKDAYS)) if said.get(f"day{at}")]
        return Content(
            first_day=said["first_day"],
            last_day=said["last_day"],
            days=tuple(days),
            place=self.places.get(said["place"]),
            minutes_per_week=said["hours"],
            tasks=said["tasks"],
            goals=tuple(said["goals"]),
            goal_text=said["goal_text"],
            follow_up=said["follow_up"],
            contacts={
                role: {part: said[f"{role}_{part}"] for part, _word in _PARTS}
                for role, _label in _ROLES
            },
            has_second_signer=said["has_second_signer"],
            long_reason=said["long_reason"],
        )


def _initial(content: Content, *, kind: str, reason: str) -> dict[str, Any]:
    times = {
        f"day{day}": f"{start // 60:02d}.{start % 60:02d}–{end // 60:02d}.{end % 60:02d}"
        for day, start, end in content.days
    }
    contacts = {
        f"{role}_{part}": said.get(part, "")
        for role, said in content.contacts.items()
        for part, _word in _PARTS
    }
    whole = sum(end - start for _day, start, end in content.days)
    is_whole = content.minutes_per_week in (None, whole)
    return {
        **times,
        **contacts,
        "kind": kind,
        "reason": reason,
        "place": str(content.place.pk) if content.place else "",
        "first_day": as_day(content.first_day),
        "last_day": as_day(content.last_day),
        "hours": "" if is_whole else number(content.minutes / _HOUR),
        "tasks": content.tasks,
        "goals": list(content.goals),
        "goal_text": content.goal_text,
        "follow_up": content.follow_up,
        "has_second_signer": content.has_second_signer,
        "long_reason": content.long_reason,
    }


class StepForm(forms.Form):
    """Something that was done on the way to an agreement."""

    on = DayField(label=gettext_lazy("Dag"))
    text = _text(
        gettext_lazy("Hva ble sagt"),
        help_text=gettext_lazy("Bare for dem som følger saken. Ingen numre, ingen helse."),
    )


class DemandForm(forms.Form):
    """What the place demands has been seen."""

    demand = forms.CharField(widget=forms.HiddenInput)
    seen_on = DayField(label=gettext_lazy("Sett dag"))


class ExpectationsForm(forms.Form):
    """The document of demands, expectations and rights was given."""

    given_on = DayField(label=gettext_lazy("Dag"))
    how = forms.ChoiceField(
        label=gettext_lazy("Måte"), choices=_words(Given, "given"), widget=forms.RadioSelect
    )
    language = forms.CharField(
        label=gettext_lazy("Språk"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Språket dokumentet eller tolken var på."),
    )


class EndForm(forms.Form):
    """How a case ended; two texts: what the participant is told, and what is internal."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hvordan gikk det?"),
        choices=_words(Outcome, "outcome"),
        widget=forms.RadioSelect,
    )
    initiative = forms.ChoiceField(
        label=gettext_lazy("Hvem ønsket det?"),
        choices=_words(Initiative, "initiative"),
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=gettext_lazy("Årsak"))
    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        help_text=gettext_lazy("Siste dag på stedet, eller dagen det ble klart."),
    )
    told = _text(gettext_lazy("Til deltakeren"), help_text=gettext_lazy("Det deltakeren får vite."))
    text = _text(
        gettext_lazy("Internt"),
        help_text=gettext_lazy("Vises aldri for deltakeren eller arbeidsgiveren."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (capitalised(say(f"outcome.{outcome}")), _words(REASONS[outcome], "reason"))
            for outcome in Outcome
        ]
        self.fields["reason"].choices = [("", _("Velg")), *groups]  # type: ignore[attr-defined]


class CorrectEndForm(EndForm):
    """How a case ended, put right; and why."""

    why = _text(
        gettext_lazy("Hvorfor rettes det?"),
        rows=2,
        required=True,
        help_text=gettext_lazy("Vises aldri for deltakeren eller arbeidsgiveren."),
    )


class TermsForm(forms.Form):
    """The letterhead and the standard terms, in each language."""

    organisation_number = forms.CharField(
        label=gettext_lazy("Kommunens organisasjonsnummer"), required=False, max_length=20
    )
    unit = forms.CharField(
        label=gettext_lazy("Tjenesten som lager avtalene"),
        required=False,
        max_length=120,
    )
    dated = DayField(label=gettext_lazy("Gjelder fra"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code in LANGUAGES:
            self.fields[code] = forms.CharField(
                label=_("Vilkår på %(language)s") % {"language": LANGUAGE_NAMES[code]},
                required=code == MASTER,
                max_length=LONGEST,
                help_text=_(
                    "Overskrift på én linje, teksten under, og en tom linje mellom punktene."
                )
                if code == MASTER
                else "",
                widget=forms.Textarea(
                    attrs={"rows": 18, "lang": code, "dir": "rtl" if code == "ar" else "ltr"}
                ),
            )
        self.fields["are_seen"] = forms.BooleanField(
            label=_("Oversettelser jeg ikke har endret, stemmer fortsatt med den norske teksten"),
            required=False,
        )


class ReasonForm(forms.Form):
    """Why something is undone."""

    reason = _text(gettext_lazy("Begrunnelse"), required=True)


class PaperForm(forms.Form):
    """A signature on paper, with the scan."""

    name = forms.CharField(label=gettext_lazy("Hvem skrev under?"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor skrev en annen under?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Bare når det er en annen enn den avtalen nevner."),
    )
    signed_on = DayField(
        label=gettext_lazy("Dagen på papiret"),
        help_text=gettext_lazy(
            "Er det den første underskriften, får avtalen brevhodet og vilkårene fra denne dagen. "
            "Står det andre vilkår på papiret, skriv ut på nytt og la dem skrive under det."
        ),
    )
    scan = forms.FileField(
        label=gettext_lazy("Skannet kopi"),
        help_text=gettext_lazy("PDF, PNG eller JPEG, høyst 10 MB. Den lagres forseglet."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )


class BehalfForm(forms.Form):
    """A signature on behalf of somebody, on a ground."""

    name = forms.CharField(label=gettext_lazy("På vegne av"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor på vegne av en annen?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Bare når det er en annen enn den avtalen nevner."),
    )
    signed_on = DayField(
        label=gettext_lazy("Dag"),
        help_text=gettext_lazy(
            "Er det den første underskriften, får avtalen brevhodet og vilkårene fra denne dagen."
        ),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Hvorfor?"),
        choices=_words(Ground, "ground"),
        widget=forms.RadioSelect,
    )


class ProposeForm(forms.Form):
    """A place or an employer for somebody, and the arrangement."""

    where = forms.ChoiceField(label=gettext_lazy("Sted"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Ordning"),
        choices=[
            ("practice", gettext_lazy("Praksis i kommunen eller i bedrift")),
            ("work_training", gettext_lazy("Arbeidstrening (Nav)")),
            ("summer_job", gettext_lazy("Sommerjobb (Nav)")),
        ],
        initial="practice",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, groups: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["where"].choices = [("", _("Velg")), *groups]  # type: ignore[attr-defined]


def days_typed(on: date) -> dict[str, str]:
    """Return today in the fields of forms that ask for a day."""
    return dict.fromkeys(("on", "seen_on", "given_on", "last_day", "signed_on"), as_day(on))
