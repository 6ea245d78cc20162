"""Setting and lifting the mark of a protected address, and reviewing how long files are kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.domain.periods import add_months
from innpass.web.design.forms import DayInput, DesignRenderer

LONGEST_YEARS = 5  # until a file is reviewed once more

_REASON_MISSING = {"required": _("Skriv hvorfor. Begrunnelsen står i loggen.")}


class SearchForm(forms.Form):
    """Find the person to mark."""

    default_renderer = DesignRenderer

    search = forms.CharField(
        label=_("Finn deltakeren"),
        help_text=_("Skriv navnet, eller deler av det."),
        max_length=100,
        error_messages={"required": _("Skriv navnet på den du leter etter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SetForm(forms.Form):
    """Mark a person: who, who may see the person from now on, and why."""

    default_renderer = DesignRenderer

    participant = forms.ChoiceField(
        label=_("Deltaker"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hvem som skal merkes."),
            "invalid_choice": _("Velg en av deltakerne i listen."),
        },
    )
    named = forms.MultipleChoiceField(
        label=_("Hvem skal se deltakeren?"),
        help_text=_("Du er alltid med selv. Alle andre slutter å se deltakeren med en gang."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("For eksempel hvilket vedtak merket bygger på. Skriv ikke adressen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages=_REASON_MISSING,
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        staff: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["named"].choices = list(staff)  # type: ignore[attr-defined]
        if not staff:
            del self.fields["named"]


class LiftForm(forms.Form):
    """Lift a mark, with the reason. Each mark's form has its own names for its controls."""

    default_renderer = DesignRenderer

    mark = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Hvorfor oppheves merket?"),
        help_text=_("Deltakeren blir synlig for alle i de tre tjenestene igjen."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages=_REASON_MISSING,
    )

    @classmethod
    def of(cls, mark: UUID, data: Any = None) -> "LiftForm":
        """Return the form of a mark, filled with what was posted where that is given."""
        return cls(data, initial={"mark": mark}, auto_id=f"lift_{mark}_%s")


class ReviewForm(forms.Form):
    """What to do with the chosen files. Which they are is posted beside it, as ``file``."""

    default_renderer = DesignRenderer
    none_chosen = _("Velg minst én fil i listen.")
    no_day = _("Velg dagen filene skal vurderes på nytt.")

    act = forms.ChoiceField(
        label=_("Hva skal skje med filene du har valgt?"),
        choices=(
            ("delete", _("Slett innholdet for godt")),
            ("keep", _("Behold innholdet, og vurder på nytt senere")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om innholdet skal slettes eller beholdes.")},
    )
    new_day = forms.DateField(
        label=_("Vurder på nytt"),
        help_text=_("Bare når du beholder det."),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Skriv en dato, for eksempel 01.06.2028.")},
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Skriv ikke navn eller numre på deltakere."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages=_REASON_MISSING,
    )

    def __init__(self, *args: Any, on: date, chosen: Sequence[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.chosen = chosen

    def clean_new_day(self) -> date | None:
        """Ask for a day to come, where the files are kept."""
        day: date | None = self.cleaned_data.get("new_day")
        if self.cleaned_data.get("act") != "keep":
            return day
        last = add_months(self.on, 12 * LONGEST_YEARS)
        if day is None:
            raise forms.ValidationError(self.no_day)
        if not self.on < day <= last:
            raise forms.ValidationError(
                _("Velg en dag som kommer, og senest %(last)s.") % {"last": f"{last:%d.%m.%Y}"}
            )
        return day

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one of those listed."""
        if not self.chosen:
            self.add_error(None, self.none_chosen)
        return super().clean()


class IntakeReviewForm(ReviewForm):
    """What to do with the chosen terms. Which they are is posted beside it, as ``term``."""

    none_chosen = _("Velg minst én termin i listen.")
    no_day = _("Velg dagen terminene skal vurderes på nytt.")
    act = forms.ChoiceField(
        label=_("Hva skal skje med terminene du har valgt?"),
        choices=(
            ("delete", _("Slett opplysningene om deltakerne for godt")),
            ("keep", _("Behold dem, og vurder på nytt senere")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om opplysningene skal slettes eller beholdes.")},
    )
