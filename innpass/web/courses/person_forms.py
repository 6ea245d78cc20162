"""The forms of one person's course: a choice of model and track, and a deviation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.courses.following import (
    Choice,
    CoursePlace,
    Deviation,
    Life,
    Version,
    suggested,
)
from innpass.domain.courses.model import WeekTemplate
from innpass.web.courses.forms import DayField, DesignForm, as_day
from innpass.web.courses.week_forms import BlocksForm
from innpass.web.design.course_words import step_words, version_words

OWN = "own-week"  # of a deviation: the week is written for this person alone
_LONGEST = 1000


class ChoiceForm(DesignForm):
    """Which version of which model, on which track, from when and why."""

    model = forms.ChoiceField(
        label=gettext_lazy("Modell"),
        error_messages={
            "required": gettext_lazy("Velg en modell."),
            "invalid_choice": gettext_lazy("Velg en av modellene i listen."),
        },
    )
    track = forms.ChoiceField(
        label=gettext_lazy("Spor"),
        error_messages={
            "required": gettext_lazy("Velg et spor."),
            "invalid_choice": gettext_lazy("Velg et av sporene i listen."),
        },
    )
    first_day = DayField(
        label=gettext_lazy("Fra"),
        error_messages={"required": gettext_lazy("Skriv dagen valget gjelder fra.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Trengs når valget er et annet enn det Innpass foreslår."),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        versions: Sequence[Version],
        life: Life,
        choice: Choice,
    ) -> None:
        super().__init__(
            data,
            initial={
                "model": f"{choice.key}:{choice.number}",
                "track": choice.track,
                "first_day": as_day(choice.first_day),
                "reason": choice.reason,
            },
        )
        ours = suggested(versions, life.start) if life.start else None
        self.fields["model"].choices = [  # type: ignore[attr-defined]
            (f"{each.model.id}:{each.number}", _version_label(each, is_ours=each is ours))
            for each in versions
        ]
        names: dict[str, str] = {}
        for each in versions:
            names |= {track.id: track.name for track in each.model.tracks if track.id not in names}
        self.fields["track"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg spor")),
            *names.items(),
        ]

    @property
    def choice(self) -> Choice:
        """Return what was typed."""
        said = self.cleaned_data
        key, _colon, number = said["model"].rpartition(":")
        return Choice(said["first_day"], key, int(number), said["track"], said["reason"])


class DeviationForm(DesignForm):
    """From when to when the week is another, which one, and why."""

    alternative = forms.ChoiceField(
        label=gettext_lazy("Uke"),
        help_text=gettext_lazy("En uke fra modellen, eller en egen uke for denne deltakeren."),
        error_messages={
            "required": gettext_lazy("Velg en uke."),
            "invalid_choice": gettext_lazy("Velg en av ukene i listen."),
        },
    )
    first_day = DayField(
        label=gettext_lazy("Fra"),
        error_messages={"required": gettext_lazy("Skriv den første dagen, som 01.08.2026.")},
    )
    last_day = DayField(
        label=gettext_lazy("Til og med"),
        help_text=gettext_lazy("Tom hvis det ikke er bestemt."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Skriv bare det som trengs for å forstå avviket."),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Skriv hvorfor uka er en annen.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,  # ``places`` in the model whose weeks can be chosen; the first names them
        places: Sequence[CoursePlace | None],
        initial: Mapping[str, Any],
        template: WeekTemplate | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["alternative"].choices = [  # type: ignore[attr-defined]
            *_offered(places),
            (OWN, _("Egen uke, som skrives under")),
        ]
        self.week = BlocksForm("own", template, data)
        self.given = template

    @property
    def is_own(self) -> bool:
        """Say whether the week is written for this person."""
        if self.is_bound:
            return self.data.get("alternative") == OWN
        return self.initial.get("alternative") == OWN

    def is_valid(self) -> bool:
        """Say whether all of it can be read; the own week only where it is the one."""
        is_read = super().is_valid()
        return is_read and (not self.is_own or self.week.is_valid())

    @property
    def template(self) -> WeekTemplate | None:
        """The own week as typed; ``None`` where the week is one of the model."""
        if not self.is_bound:
            return self.given
        return WeekTemplate(self.week.blocks) if self.is_own else None

    @property
    def deviation(self) -> Deviation:
        """Return what was typed."""
        said = self.cleaned_data
        return Deviation(
            said["first_day"],
            said["last_day"],
            "" if self.is_own else said["alternative"],
            self.template,
            said["reason"],
        )


def _version_label(version: Version, *, is_ours: bool) -> str:
    label = f"{version.model.name}, {version_words(version)}"
    return _("%(model)s (foreslått)") % {"model": label} if is_ours else label


def _offered(places: Sequence[CoursePlace | None]) -> list[tuple[str, str]]:
    """List the weeks of the track at each place, named as the phase there does or the first has."""
    found: dict[str, str] = {}
    for place in filter(None, places):
        model = place.version.model
        here = [place.phase] if place.phase else []
        for phase in (*here, *model.phases):
            cells = (each for each in model.cells if each.phase == phase.id)
            for each in (
                week for cell in cells if place.track in cell.tracks for week in cell.alternatives
            ):
                when = step_words(model.step, each.from_step or phase.first)
                label = _("%(week)s (fra %(step)s)") % {"week": each.name, "step": when}
                found.setdefault(each.id, label)
    return list(found.items())
