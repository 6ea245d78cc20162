"""The forms of following up, one for each thing that is noted."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.casework.follow_up.contracts import Terms
from innpass.casework.follow_up.missing import Lacking
from innpass.casework.follow_up.prompts import PROMPTS
from innpass.casework.follow_up.visiting import Held, Said
from innpass.casework.timetable.tongues import DEFAULT, TONGUES
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
)
from innpass.domain.following.visits import Rhythm
from innpass.domain.following.voices import THEMES, Answer, GivenBy, Interpreter, Speaker, Theme
from innpass.web.design.fields import DayField, DesignForm, whole
from innpass.web.design.words import capitalised
from innpass.web.follow_up import words
from innpass.web.follow_up.pages import VoiceLine
from innpass.web.follow_up.words import choices

_CHOOSE = {"required": _("Velg."), "invalid_choice": _("Velg fra listen.")}
_DAY = _("Skriv dagen, som 30.06.2026.")


def _line(label: Any, *, most: int = 300, needed: Any = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(needed),
        error_messages={
            "required": needed,
            "max_length": _("Skriv kortere: høyst %(limit_value)s tegn."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


def _text(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def _radios(label: Any, options: Iterable[tuple[str, Any]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(options),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        **kwargs,
    )


def _select(label: Any, options: Iterable[tuple[str, Any]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(options), error_messages=_CHOOSE, **kwargs)


def _day(label: Any, **kwargs: Any) -> DayField:
    return DayField(label=label, error_messages={"required": _DAY}, **kwargs)


class ContactForm(DesignForm):
    """That somebody was in touch: one line."""

    way = _radios(_("Hvordan"), choices(words.WAYS), initial=ContactWay.PHONE.value)
    text = _line(_("Hva ble sagt"))
    day = _day(_("Dag"))


class BookForm(DesignForm):
    """A day for a visit."""

    day = _day(_("Avtalt dag"))


class HeldForm(DesignForm):
    """When a visit was held, and what came of it."""

    day = _day(_("Holdt"))
    told = _text(_("Avtalt videre"), help_text=_("Deltakeren og arbeidsgiveren kan få vite dette."))
    internal = _text(
        _("Internt notat"),
        help_text=_("Bare flyktningtjenesten og Nav ser dette. Ikke skriv om helse."),
    )

    @property
    def values(self) -> Held:
        """What was typed."""
        said = self.cleaned_data
        return Held(
            on=said["day"],
            told=said["told"],
            internal=said.get("internal", ""),
            present=[Helper(each) for each in said.get("present", ())],
            others=said.get("others", ""),
            schemes=said.get("schemes", ()),
        )


class CooperationForm(HeldForm):
    """A cooperation meeting: who came, and which schemes were discussed."""

    present = forms.MultipleChoiceField(
        label=_("Til stede"),
        choices=choices(words.HELPERS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_CHOOSE,
    )
    others = _line(_("Andre til stede"), most=200)
    schemes = forms.MultipleChoiceField(
        label=_("Ordninger dere snakket om"),
        choices=choices(words.SCHEMES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_CHOOSE,
    )
    field_order = ("day", "present", "others", "schemes", "told", "internal")


class VoiceForm(DesignForm):
    """What one party says: one tap for each theme, and words; or what it said without help.

    Args:
        heard: what the employer said on its own page, which is shown and never changed.
        asks: whether it is asked for: not where own words are all there is.
    """

    def __init__(
        self,
        data: Any,
        *,
        speaker: Speaker,
        initial: dict[str, Any],
        heard: VoiceLine | None = None,
        asks: bool = True,
    ) -> None:
        super().__init__(data, prefix=speaker.value, initial=initial)
        self.speaker = speaker
        self.heard = heard
        if not asks:
            return
        for theme in THEMES[speaker]:
            self.fields[theme.value] = _radios(
                words.THEMES[speaker][theme],
                choices(words.answers_to(speaker, theme)),
                required=False,
            )
        if speaker is Speaker.TEACHER:
            self.fields["norwegian_text"] = _text(
                _("Språkutvikling, krav og strategier"),
                rows=4,
                help_text=_(
                    "Hva deltakeren trenger av norsk på jobben, og hvordan plassen kan brukes til "
                    "å lære."
                ),
            )
            return
        label = {
            Speaker.PARTICIPANT: _("Med deltakerens egne ord"),
            Speaker.EMPLOYER: _("Med arbeidsgiverens egne ord"),
        }[speaker]
        self.fields["text"] = _text(label)
        ways = [each for each in choices(words.GIVEN_BY) if each[0] != GivenBy.DOOR]
        self.fields["given_by"] = _radios(_("Hvordan ble det gitt?"), ways)
        if speaker is Speaker.PARTICIPANT:
            self.fields["interpreter"] = _radios(_("Tolk"), choices(words.INTERPRETERS))
            self.fields["given_in"] = _line(_("Språk, hvis ikke norsk"), most=40)

    @property
    def title(self) -> Any:
        """Whose voice it is."""
        return capitalised(str(words.SPEAKERS[self.speaker]))

    @property
    def themes(self) -> list[dict[str, Any]]:
        """The fields of the themes, with what the participant is asked in each language."""
        return [
            {
                "field": self[each.value],
                "prompts": self._prompts(each.value),
                "radios": [
                    (radio, self._prompts(_spoken(each, radio.data["value"])))
                    for radio in self[each.value]
                ],
            }
            for each in THEMES[self.speaker]
            if each.value in self.fields
        ]

    @property
    def own_words(self) -> list[tuple[str, str, str]]:
        """What asks for the participant's own words, in each language."""
        return self._prompts("own_words")

    @property
    def hows(self) -> list[Any]:
        """The fields that say how it was given."""
        return [self[name] for name in ("given_by", "interpreter") if name in self.fields]

    def _prompts(self, word: str) -> list[tuple[str, str, str]]:
        if self.speaker is not Speaker.PARTICIPANT:
            return []
        return [
            (code, TONGUES[code].direction, PROMPTS[code][word])
            for code in PROMPTS
            if code != DEFAULT and code in TONGUES
        ]

    @property
    def said(self) -> Said:
        """What was said."""
        typed = self.cleaned_data
        return Said(
            answers={
                theme: Answer(typed[theme.value])
                for theme in THEMES[self.speaker]
                if typed.get(theme.value)
            },
            text=typed.get("text", ""),
            norwegian_text=typed.get("norwegian_text", ""),
            given_by=GivenBy(typed.get("given_by") or GivenBy.OWN_HAND),
            interpreter=Interpreter(typed.get("interpreter") or Interpreter.NONE),
            given_in=typed.get("given_in", ""),
        )


class MissingForm(DesignForm):
    """One thing that is missing to be hired; a spare one may be empty."""

    kind = _select(_("Hva mangler?"), choices(words.LACKS, first=_("Velg")), required=False)
    text = _line(_("Mer om det"))
    owner = _select(_("Hvem ordner det?"), choices(words.HELPERS))
    owner_name = _line(_("Navn"), most=120)
    due = _day(_("Frist"), required=False)

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        typed = (self.data.get(self.add_prefix(name), "") for name in ("kind", "text", "due"))
        return any(str(each).strip() for each in typed)

    def clean_kind(self) -> str:
        """Ask for a kind of what is typed."""
        kind = str(self.cleaned_data.get("kind", ""))
        if not kind:
            raise forms.ValidationError(_("Velg hva som mangler."))
        return kind

    @property
    def lacking(self) -> Lacking:
        """What was typed."""
        said = self.cleaned_data
        return Lacking(
            kind=Lack(said["kind"]),
            text=said["text"],
            owner=Helper(said["owner"]),
            owner_name=said["owner_name"],
            due=said["due"],
        )


class CloseForm(DesignForm):
    """How something that was missing stopped being so; empty where it is missing still."""

    closed = _select(_("Er det på plass?"), choices(words.CLOSED, first=_("Mangler fortsatt")))
    closed_text = _line(_("Mer om det"))

    def __init__(self, *args: Any, is_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed"].required = is_needed

    @property
    def how(self) -> Closed | None:
        """What was chosen."""
        chosen = self.cleaned_data.get("closed")
        return Closed(chosen) if chosen else None


class OwnerForm(DesignForm):
    """Who sees to something that is missing, and by when."""

    owner = _select(_("Hvem ordner det?"), choices(words.HELPERS))
    owner_name = _line(_("Navn"), most=120)
    due = _day(_("Frist"), required=False)


class JobSeekingForm(DesignForm):
    """One thing somebody did to find work."""

    kind = _select(_("Hva"), choices(words.JOB_SEEKING))
    day = _day(_("Dag"))
    employer = _line(_("Arbeidsgiver"), most=200)
    channel = _line(_("Hvordan, som «arbeidsplassen.no»"), most=80)
    text = _line(_("Merknad"))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed."""
        said = self.cleaned_data
        return {**said, "kind": JobSeeking(said["kind"])}


class ReplyForm(DesignForm):
    """What became of an application."""

    reply = _select(_("Svar"), choices(words.REPLIES))

    @property
    def answer(self) -> Reply:
        """What was chosen."""
        return Reply(self.cleaned_data["reply"])


class TakeBackForm(DesignForm):
    """Why a contract was noted by mistake."""

    because = _text(
        _("Hvorfor tas den tilbake?"),
        help_text=_("Vises aldri for deltakeren eller arbeidsgiveren."),
    )


class ContractForm(DesignForm):
    """A contract of employment."""

    employer = _line(_("Arbeidsgiver"), most=200, needed=_("Skriv hvem som ansetter."))
    kind = _radios(_("Ansettelse"), choices(words.CONTRACTS))
    percent = whole(_("Stillingsprosent"), least=1, most=100)
    first_day = _day(_("Første dag"))
    last_day = _day(_("Siste dag"), required=False)
    ends_case = _radios(
        _("Praksisen"),
        [
            ("yes", _("Avslutt praksisen som «ansatt»")),
            ("no", _("Praksisen fortsetter ved siden av jobben")),
        ],
        help_text=_(
            "Avslutter du den, er siste dag senest dagen før kontrakten begynner. Har kontrakten "
            "begynt før praksisen, er siste dag i dag."
        ),
    )
    told = _text(_("Det deltakeren får vite om avslutningen"), rows=2)

    def __init__(self, *args: Any, has_case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_case:
            del self.fields["ends_case"], self.fields["told"]

    @property
    def ends(self) -> bool:
        """Whether the placement ends as hired."""
        return self.cleaned_data.get("ends_case") == "yes"

    @property
    def terms(self) -> Terms:
        """What was typed of the contract."""
        said = self.cleaned_data
        return Terms(
            employer=said["employer"],
            kind=ContractKind(said["kind"]),
            percent=said["percent"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )


class AttestForm(DesignForm):
    """What an attest says beside the facts."""

    tasks = _text(_("Arbeidsoppgaver"), rows=5)
    learned = _text(_("Hva deltakeren har lært"), rows=5)
    words = _text(_("Arbeidsgiverens egne ord"), rows=4)


class SignForm(DesignForm):
    """Who has signed an attest on paper for the employer."""

    name = _line(_("Navn på den som skriver under"), most=200, needed=_("Skriv navnet."))
    day = _day(_("Dag"))
    is_archived = forms.BooleanField(
        label=_("Papiret er arkivert"),
        required=False,
        help_text=_("Det lagres hvem som krysset av, og når."),
    )
    scan = forms.FileField(
        label=_("Skannet kopi"),
        required=False,
        help_text=_("Av papiret. PDF, PNG eller JPEG, høyst 10 MB. Den lagres forseglet."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    def clean(self) -> dict[str, Any] | None:
        """See that a signature on paper can be found again."""
        said = super().clean()
        if not self.cleaned_data.get("is_archived"):
            self.add_error(
                "is_archived",
                _("Arkiver papiret med underskriften, og kryss av for at det er gjort."),
            )
        return said


class RhythmForm(DesignForm):
    """How often there are visits and contact, in days."""

    first_after = whole(_("Første besøk, dager etter første dag"), least=8, most=120)
    window = whole(_("Dager før eller etter som er i tide"), least=0, most=30)
    interval = whole(_("Dager mellom besøkene"), least=8, most=200)
    language_after = whole(
        _("Lærerens språkbesøk, dager etter første dag"), least=1, most=300, required=False
    )
    without_contact = whole(_("Dager uten kontakt før det varsles"), least=1, most=90)
    holds_from = _day(_("Gjelder fra"))

    def clean(self) -> dict[str, Any] | None:
        """See that somebody can keep the rhythm."""
        said = super().clean()
        if not self.errors:
            try:
                self.rhythm  # noqa: B018
            except ValueError:
                self.add_error(
                    "window",
                    _("Vinduet må være kortere enn tiden til første besøk og mellom besøkene."),
                )
        return said

    @property
    def rhythm(self) -> Rhythm:
        """What was typed."""
        said = self.cleaned_data
        return Rhythm(
            first_after=said["first_after"],
            window=said["window"],
            interval=said["interval"],
            language_after=said["language_after"],
            without_contact=said["without_contact"],
        )


def _spoken(theme: Theme, answer: str) -> str:
    """Return the word of ``prompts.yml`` for an answer: whether to work here is yes or no."""
    return {"well": "yes", "badly": "no"}.get(answer, answer) if theme is Theme.JOB else answer


def themes_in_words(speaker: Speaker, answers: dict[str, str]) -> list[tuple[Any, Any]]:
    """Return what was answered, theme by theme, in words."""
    return [
        (
            words.THEMES[speaker][theme],
            words.answers_to(speaker, theme)[Answer(answers[theme.value])],
        )
        for theme in THEMES[speaker]
        if answers.get(theme.value) and theme is not Theme.LANGUAGE
    ]
