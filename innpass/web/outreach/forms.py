"""The forms of campaigns, answers, meetings, dialogue and bulk offers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.employers.offers import MOST_SEATS
from innpass.casework.outreach.codes import (
    Answer,
    Channel,
    Coming,
    DialogueKind,
    MeetingKind,
    NoReason,
    Usefulness,
    Wish,
)
from innpass.casework.outreach.offering import WORKDAYS, PlaceTemplate
from innpass.web.outreach.fields import (
    ClockField,
    DayField,
    DesignForm,
    choice,
    count,
    line,
    text_area,
    upper,
)

_NOT_PEOPLE = gettext_lazy("Skriv ikke noe om deltakere her.")
_LEVELS = ("A1", "A2", "B1", "B2", "C1")
_DAYS = (
    *(gettext_lazy("Mandag"), gettext_lazy("Tirsdag"), gettext_lazy("Onsdag")),
    *(gettext_lazy("Torsdag"), gettext_lazy("Fredag"), gettext_lazy("Lørdag")),
    gettext_lazy("Søndag"),
)


class CampaignForm(DesignForm):
    """A campaign: its text, in whose name, until when."""

    name = line(
        gettext_lazy("Navn på kampanjen"),
        most=120,
        told=gettext_lazy("Skriv et navn, for eksempel Oppfordring juni 2026."),
    )
    sender = line(
        gettext_lazy("Fra hvem"),
        most=120,
        told=gettext_lazy("Skriv hvem den er fra, for eksempel kommunedirektøren."),
        help_text=gettext_lazy("Står nederst i brevet."),
    )
    text = text_area(
        gettext_lazy("Tekst"),
        most=6000,
        rows=12,
        told=gettext_lazy("Skriv teksten som skal sendes."),
        help_text=gettext_lazy(
            "Kontaktpersonen i kommunen og avsenderen blir lagt til nederst. Skriv ikke noe om "
            "deltakere."
        ),
    )
    reply_by = DayField(label=gettext_lazy("Svar innen"), required=False)
    remind_after_days = count(
        gettext_lazy("Purres når det er gått så mange dager uten svar"), most=365
    )


class SendForm(DesignForm):
    """That something was sent: the text as it was, when and how."""

    text = text_area(
        gettext_lazy("Tekst"), most=6000, rows=10, told=gettext_lazy("Skriv teksten som er sendt.")
    )
    on = DayField(label=gettext_lazy("Sendt"))
    channel = choice(gettext_lazy("Hvordan"), upper(Channel.choices))


class ReplyForm(DesignForm):
    """What an employer answered."""

    answer = choice(
        gettext_lazy("Hva svarte de?"),
        upper(Answer.choices),
        told=gettext_lazy("Velg hva de svarte."),
        widget=forms.RadioSelect(attrs={"class": "ds-input"}),
    )
    seats = count(
        gettext_lazy("Antall plasser"),
        most=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Ved ja. Plassene legges inn hos arbeidsgiveren med det samme."),
    )
    place_name = line(
        gettext_lazy("Hva slags plass"),
        most=120,
        help_text=gettext_lazy("Ved ja, for eksempel «Assistent på avdeling». Kan rettes siden."),
    )
    reason = choice(
        gettext_lazy("Hvorfor ikke"),
        [("", gettext_lazy("Velg ved nei")), *upper(NoReason.choices)],
        required=False,
    )
    text = line(
        gettext_lazy("Det de skrev eller sa"),
        most=1000,
        help_text=_NOT_PEOPLE,
    )
    answered_by = line(gettext_lazy("Hvem svarte"), most=120)
    answered_on = DayField(label=gettext_lazy("Når"))
    channel = choice(
        gettext_lazy("Hvordan"),
        [("", gettext_lazy("Ikke oppgitt")), *upper(Channel.choices)],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the answer needs."""
        said = super().clean() or {}
        answer = said.get("answer")
        if answer == Answer.YES and not said.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("Skriv hvor mange plasser de tilbyr, fra 1."))
        if answer == Answer.NO and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Velg hvorfor de sa nei."))
        return said


class MeetingForm(DesignForm):
    """A meeting with employers."""

    name = line(
        gettext_lazy("Navn på møtet"),
        most=120,
        told=gettext_lazy("Skriv et navn, for eksempel Frokostmøte i september."),
    )
    kind = choice(gettext_lazy("Hva slags møte"), upper(MeetingKind.choices))
    day = DayField(label=gettext_lazy("Dag"))
    start = ClockField(label=gettext_lazy("Begynner"))
    end = ClockField(label=gettext_lazy("Slutter"))
    place = line(gettext_lazy("Sted"), most=120)
    text = text_area(gettext_lazy("Hva møtet handler om"), most=2000, rows=4)

    def clean(self) -> dict[str, Any]:
        """Ask for times that can be."""
        said = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start is not None and end is not None and end <= start:
            self.add_error("end", _("Møtet må slutte etter at det begynner, samme dag."))
        return said


class ComingForm(DesignForm):
    """What an employer answered to an invitation."""

    answer = choice(
        gettext_lazy("Svar"),
        [("", gettext_lazy("Ikke svart")), *upper(Coming.choices)],
        required=False,
    )
    coming = count(gettext_lazy("Hvor mange kommer"), most=50, required=False)
    who = line(
        gettext_lazy("Hvem"),
        most=200,
        help_text=gettext_lazy("Navn og stilling til dem som kommer fra arbeidsgiveren."),
    )


class FeedbackForm(DesignForm):
    """What an employer thought of a meeting, and the place that came of it."""

    usefulness = choice(
        gettext_lazy("Hvordan var møtet for dem?"),
        [("", gettext_lazy("Ikke spurt")), *upper(Usefulness.choices)],
        required=False,
    )
    wish = choice(
        gettext_lazy("Hva vil de videre?"),
        [("", gettext_lazy("Ikke sagt")), *upper(Wish.choices)],
        required=False,
    )
    feedback = line(gettext_lazy("Med egne ord"), most=1000, help_text=_NOT_PEOPLE)
    seats = count(
        gettext_lazy("Nye plasser de tilbyr"),
        most=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Legges inn hos arbeidsgiveren, med møtet som opphav."),
    )
    place_name = line(gettext_lazy("Hva slags plass"), most=120)

    @property
    def template(self) -> PlaceTemplate | None:
        """The place offered, or ``None``."""
        seats = self.cleaned_data["seats"]
        name = self.cleaned_data["place_name"]
        return PlaceTemplate(seats=seats, name=name) if seats else None


class LineForm(DesignForm):
    """One line about being in touch with an employer."""

    text = line(
        gettext_lazy("Hva snakket dere om?"),
        most=500,
        told=gettext_lazy("Skriv kort hva dere snakket om."),
    )
    kind = choice(gettext_lazy("Hvordan"), upper(DialogueKind.choices))
    on = DayField(label=gettext_lazy("Dag"))


class OfferForm(DesignForm):
    """A bulk offer: so many places of one kind at one or several employers."""

    name = line(
        gettext_lazy("Navn på tilbudet"),
        most=120,
        told=gettext_lazy("Skriv et navn, for eksempel Ti plasser på renhold."),
        help_text=gettext_lazy("Plassene får også dette navnet."),
    )
    seats = count(gettext_lazy("Plasser hos hver arbeidsgiver"), most=MOST_SEATS)
    employers = forms.MultipleChoiceField(
        label=gettext_lazy("Arbeidsgivere"),
        error_messages={
            "required": gettext_lazy("Velg minst én arbeidsgiver."),
            "invalid_choice": gettext_lazy("Velg fra listen."),
        },
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
    )
    text = line(
        gettext_lazy("Hva er avtalt"),
        most=1000,
        help_text=gettext_lazy("For eksempel opplæring, og om det er mulighet for jobb."),
    )
    tasks = text_area(gettext_lazy("Arbeidsoppgaver"), most=2000, rows=3)
    can_learn = text_area(gettext_lazy("Kan læres der"), most=2000, rows=2)
    language_at_start = choice(
        gettext_lazy("Norsk ved start"),
        [("", gettext_lazy("Ikke oppgitt")), *((each, each) for each in _LEVELS)],
        required=False,
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Dager"),
        choices=[(str(at), name) for at, name in enumerate(_DAYS)],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        error_messages={"required": gettext_lazy("Velg minst én dag.")},
    )
    start = ClockField(label=gettext_lazy("Fra"))
    end = ClockField(label=gettext_lazy("Til"))
    offered_on = DayField(label=gettext_lazy("Tilbudet gjelder fra"))
    offered_until = DayField(
        label=gettext_lazy("Til og med"),
        required=False,
        help_text=gettext_lazy("Tom så lenge tilbudet står."),
    )

    def __init__(self, data: Any, *, employers: Sequence[tuple[str, str]], on: date) -> None:
        usual = {
            "weekdays": [str(each) for each in WORKDAYS],
            "start": 8 * 60,
            "end": 15 * 60 + 30,
            "offered_on": on,
        }
        super().__init__(data, initial=usual)
        self.fields["employers"].choices = list(employers)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for times and days that can be."""
        said = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start is not None and end is not None and end <= start:
            self.add_error("end", _("Slutten må komme etter starten, samme dag."))
        first, last = said.get("offered_on"), said.get("offered_until")
        if first and last and last < first:
            self.add_error("offered_until", _("Siste dag kan ikke være før første dag."))
        return said

    @property
    def chosen(self) -> list[UUID]:
        """The employers that offer."""
        return [UUID(each) for each in self.cleaned_data["employers"]]

    @property
    def template(self) -> PlaceTemplate:
        """What the places have in common."""
        said = self.cleaned_data
        return PlaceTemplate(
            seats=said["seats"],
            name=said["name"],
            tasks=said["tasks"],
            can_learn=said["can_learn"],
            language_at_start=said["language_at_start"],
            weekdays=tuple(int(each) for each in said["weekdays"]),
            start=said["start"],
            end=said["end"],
            offered_until=said["offered_until"],
        )
