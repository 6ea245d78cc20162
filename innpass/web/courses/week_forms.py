"""The forms of a cell: its weeks, and their blocks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.courses.model import Alternative, Block, CourseModel, Form, Unit, WeekTemplate
from innpass.domain.sheets.fields import Activity
from innpass.web.courses.forms import SPARE, DesignForm, ReasonForm, row_count
from innpass.web.design.course_words import FORMS
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised, in_words

_MOST_DAYS = 7
_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def read_hours(text: str) -> tuple[float, ...]:
    """Read hours a day: ``6 6 4``, ``6 + 6 + 4`` or ``3 x 4``; a comma is a decimal comma.

    Raises:
        ValueError: something in it is no number, or there are more than seven days.
    """
    found: list[float] = []
    text = text.replace(",", ".").replace("×", "x").replace("*", "x")
    text = re.sub(r"\s*x\s*", "x", text.lower())
    for part in re.split(r"[+;\s]+", text.strip()):
        if not part:
            continue
        times, _x, hours = part.rpartition("x")
        found += [float(hours)] * (int(times) if times else 1)
        if len(found) > _MOST_DAYS:
            raise ValueError(text)
    return tuple(found)


def hours_text(hours: Sequence[float]) -> str:
    """Write hours a day as ``read_hours`` reads them."""
    if len(hours) > 1 and len(set(hours)) == 1:
        return f"{len(hours)} x {number(hours[0])}"
    return " ".join(number(each) for each in hours)


class BlockForm(DesignForm):
    """A block of a week. A row with neither activity, words nor hours is no block."""

    activity = forms.ChoiceField(
        label=gettext_lazy("Aktivitet"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Velg en av aktivitetene i listen.")},
    )
    days = forms.CharField(
        label=gettext_lazy("Timer hver dag"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "6 6 4"}),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Timene er"),
        choices=[
            (Unit.LESSON.value, gettext_lazy("undervisningstimer, 45 min")),
            (Unit.CLOCK_HOUR.value, gettext_lazy("klokketimer, 60 min")),
        ],
        initial=Unit.LESSON.value,
        error_messages={"invalid_choice": gettext_lazy("Velg 45 eller 60 minutter.")},
    )
    hours_at_most = forms.CharField(
        label=gettext_lazy("Høyst i uka"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    levels = forms.CharField(
        label=gettext_lazy("Nivåer"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "A1 A2"}),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Når og hvor"),
        choices=[(form.value, words) for form, words in FORMS.items()],
        initial=Form.DAY.value,
        error_messages={"invalid_choice": gettext_lazy("Velg fra listen.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Med egne ord"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke bestemt")),
            *(
                (each.value, capitalised(in_words("activity.kind", each.value)))
                for each in Activity
            ),
        ]

    @property
    def is_filled(self) -> bool:
        """Say whether the row is a block; unit and form alone are none."""
        names = ("activity", "days", "hours_at_most", "levels", "text")
        if self.is_bound:
            return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)
        return any(self.initial.get(name) for name in names)

    def clean_days(self) -> tuple[float, ...]:
        """Read the hours of each day."""
        typed = self.cleaned_data["days"]
        try:
            return read_hours(typed)
        except ValueError:
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s». Skriv hver dags timer, som 6 6 4 eller 2 x 7,5."),
                params={"typed": typed},
            ) from None

    def clean_hours_at_most(self) -> float | None:
        """Read the upper end of a range."""
        typed = self.cleaned_data["hours_at_most"].replace(",", ".")
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            raise forms.ValidationError(_("Skriv et tall, for eksempel 12.")) from None

    def clean_levels(self) -> tuple[str, ...]:
        """Read the levels."""
        levels = tuple(re.split(r"[,/\s]+", self.cleaned_data["levels"].upper().strip()))
        wrong = [each for each in levels if each and each not in _LEVELS]
        if wrong:
            raise forms.ValidationError(
                _("«%(typed)s» er ikke et nivå. Skriv for eksempel A1 A2."),
                params={"typed": wrong[0]},
            )
        return tuple(each for each in levels if each)

    @property
    def block(self) -> Block:
        """Return what was typed."""
        said = self.cleaned_data
        return Block(
            activity=Activity(said["activity"]) if said["activity"] else None,
            hours_per_day=said["days"],
            unit=Unit(said["unit"]),
            hours_at_most=said["hours_at_most"],
            levels=said["levels"],
            form=Form(said["form"]),
            text=said["text"],
        )

    @staticmethod
    def initial_of(block: Block) -> dict[str, Any]:
        """Return what stands in the row of a block."""
        return {
            "activity": block.activity.value if block.activity else "",
            "days": hours_text(block.hours_per_day),
            "unit": block.unit.value,
            "hours_at_most": number(block.hours_at_most),
            "levels": " ".join(block.levels),
            "form": block.form.value,
            "text": block.text,
        }


class BlocksForm:
    """The blocks of a week: those there are, and some empty rows."""

    def __init__(
        self, prefix: str, template: WeekTemplate | None, data: Mapping[str, Any] | None
    ) -> None:
        blocks = template.blocks if template else ()
        rows = row_count(data, f"{prefix}-rows", len(blocks) + SPARE)
        self.prefix = prefix
        self.rows = rows
        self.forms = tuple(
            BlockForm(
                data,
                prefix=f"{prefix}-{place}",
                initial=BlockForm.initial_of(blocks[place]) if place < len(blocks) else {},
            )
            for place in range(rows)
        )

    def is_valid(self) -> bool:
        """Say whether every filled row can be read."""
        found = [form.is_valid() for form in self.filled]  # each of them, for its own errors
        return all(found)

    @property
    def filled(self) -> tuple[BlockForm, ...]:
        """The rows that are blocks."""
        return tuple(form for form in self.forms if form.is_filled)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What was typed, where all of it can be read."""
        return tuple(form.block for form in self.filled)


class WeekForm(DesignForm):
    """A week of a cell, with its blocks in ``blocks``."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    name = forms.CharField(label=gettext_lazy("Navn på uka"), required=False, max_length=80)
    from_step = forms.IntegerField(
        label=gettext_lazy("Gjelder fra måned"),
        help_text=gettext_lazy("Tom hvis uka gjelder hele fasen."),
        required=False,
        min_value=1,
        max_value=200,
        error_messages={
            "invalid": gettext_lazy("Skriv et helt tall, eller la feltet stå tomt."),
            "min_value": gettext_lazy("Skriv 1 eller mer."),
            "max_value": gettext_lazy("Skriv 200 eller mindre."),
        },
    )
    replaces = forms.CharField(
        label=gettext_lazy("Unntak: i stedet for"),
        help_text=gettext_lazy("For eksempel én kursdag. Tom hvis uka ikke er et unntak."),
        required=False,
        max_length=80,
    )
    rest_is_programme = forms.BooleanField(
        label=gettext_lazy("Resten av uka fylles med introduksjonsprogram"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )
    is_gone = forms.BooleanField(
        label=gettext_lazy("Ta bort denne uka"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        place: int,
        week: Alternative | None,
        in_weeks: bool = False,
    ) -> None:
        prefix = f"week-{place}"
        initial: dict[str, Any] = {}
        if week:
            initial = {
                "id": week.id,
                "name": week.name,
                "from_step": week.from_step,
                "replaces": week.replaces,
                "rest_is_programme": week.template.rest_is_programme,
            }
        super().__init__(data, prefix=prefix, initial=initial)
        self.place = place
        self.week = week
        self.blocks = BlocksForm(prefix, week.template if week else None, data)
        for name in ("from_step", "replaces"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if in_weeks:
            self.fields["from_step"].label = _("Gjelder fra uke")

    @property
    def is_filled(self) -> bool:
        """Say whether it is a week: named or with blocks, and not taken away."""
        if self.is_bound:
            if self.data.get(self.add_prefix("is_gone")):
                return False
            named = str(self.data.get(self.add_prefix("name"), "")).strip()
            return bool(named or self.blocks.filled)
        return self.week is not None

    def is_valid(self) -> bool:
        """Say whether the week and all its blocks can be read."""
        return all([super().is_valid(), self.blocks.is_valid()])

    def clean_name(self) -> str:
        """Ask for a name where there is a week."""
        name: str = self.cleaned_data["name"]
        if not name and self.is_filled:
            raise forms.ValidationError(_("Gi uka et navn, for eksempel «Norsk og praksis»."))
        return name

    def alternative(self, taken: set[str]) -> Alternative:
        """Return the week as typed. A new one is given an id that is not in ``taken``.

        The guide's words go with the week they are about; our reading of them goes when the week is
        another than they say.
        """
        said = self.cleaned_data
        template = self.template
        old = self.week
        key = old.id if old else _free(slugify(said["name"]) or "uke", taken)
        return Alternative(
            id=key,
            name=said["name"],
            says=old.says if old else "",
            template=template,
            from_step=said["from_step"],
            replaces=said["replaces"],
            reading=old.reading if old and old.template == template else "",
        )

    @property
    def template(self) -> WeekTemplate:
        """The blocks as typed."""
        rest = self.cleaned_data.get("rest_is_programme", False)
        return WeekTemplate(self.blocks.blocks, rest_is_programme=rest)


class CellForm(ReasonForm):
    """A cell: which tracks share it, its weeks, and what is said of it."""

    tracks = forms.MultipleChoiceField(
        label=gettext_lazy("Ruten gjelder"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        error_messages={
            "required": gettext_lazy("Velg minst ett spor."),
            "invalid_choice": gettext_lazy("Velg blant sporene i modellen."),
        },
    )
    says = forms.CharField(
        label=gettext_lazy("Om ruten"),
        help_text=gettext_lazy(
            "Må fylles ut hvis ruten ikke har noen uke, som når retten er brukt opp."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("tracks", "says", "reason")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        model: CourseModel,
        phase: str,
        track: str,
        expected: int,
    ) -> None:
        cell = next(c for c in model.cells if c.phase == phase and track in c.tracks)
        super().__init__(
            data,
            initial={"tracks": list(cell.tracks), "says": cell.says, "expected": expected},
        )
        self.fields["tracks"].choices = [  # type: ignore[attr-defined]
            (each.id, each.name) for each in model.tracks
        ]
        count = row_count(data, "weeks", max(1, len(cell.alternatives)))
        self.count = count
        held = {each.id: each for each in cell.alternatives}
        in_weeks = model.step.value == "week"
        self.weeks = tuple(
            WeekForm(
                data,
                place=place,
                week=_week_at(place, cell.alternatives, held, data),
                in_weeks=in_weeks,
            )
            for place in range(count)
        )

    def is_valid(self) -> bool:
        """Say whether all of it can be read."""
        return all([super().is_valid(), *(each.is_valid() for each in self.kept)])

    @property
    def kept(self) -> tuple[WeekForm, ...]:
        """The weeks that are not taken away."""
        return tuple(each for each in self.weeks if each.is_filled)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The weeks as typed."""
        taken = {each.week.id for each in self.kept if each.week}
        found = []
        for each in self.kept:
            week = each.alternative(taken)
            taken.add(week.id)
            found.append(week)
        return tuple(found)


def _week_at(
    place: int,
    weeks: Sequence[Alternative],
    held: Mapping[str, Alternative],
    data: Mapping[str, Any] | None,
) -> Alternative | None:
    if data is not None:
        return held.get(str(data.get(f"week-{place}-id", "")))
    return weeks[place] if place < len(weeks) else None


def _free(stem: str, taken: set[str]) -> str:
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}-{n}"
    return key
