"""Visits: booking, holding with what was said, calling off; and a voice that comes another way."""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import told_of
from innpass.casework.follow_up.laying import tell_contact, tell_visit, untell_visit
from innpass.casework.follow_up.models import EvaluationVisit, Voice
from innpass.casework.follow_up.noting import note
from innpass.casework.follow_up.refusing import one_line, refuse_names, refused, several_lines
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.hiring import Helper
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import THEMES, Answer, GivenBy, Interpreter, Speaker, Theme

# What somebody must be let write to hold a visit of a kind.
_WRITES = {
    VisitKind.EVALUATION: "follow_up.voice",
    VisitKind.COOPERATION: "follow_up.voice",
    VisitKind.LANGUAGE: "follow_up.norwegian",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one party says, as it was taken.

    Attributes:
        answers: by theme, the one about Norwegian among them.
    """

    answers: Mapping[Theme, Answer] = field(default_factory=dict)
    text: str = ""
    norwegian_text: str = ""
    given_by: GivenBy = GivenBy.ORALLY
    interpreter: Interpreter = Interpreter.NONE
    given_in: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said: the voice is then missing still."""
        return not (self.answers or self.text.strip() or self.norwegian_text.strip())


@dataclass(frozen=True, slots=True)
class Held:
    """What a visit came to, beside the voices."""

    on: date
    told: str = ""
    internal: str = ""
    present: Collection[Helper] = ()
    others: str = ""
    schemes: Collection[str] = ()


def check_may_visit(by: Actor, kind: VisitKind) -> None:
    """Raise ``MayNot`` unless the actor makes visits of a kind: the teacher only the own ones."""
    check_may_write(by, "follow_up.visit")
    check_may_write(by, _WRITES[kind])


@transaction.atomic
def book(
    case: PlacementCase, kind: VisitKind, day: date, *, by: Actor, on: date, expected: int = 0
) -> EvaluationVisit:
    """Agree a day for a visit, or another day for the one that is booked; a day agreed stays.

    Args:
        expected: the version of the booked visit that was on the screen; 0 where there was none.

    Raises:
        MayNot: visits of the kind are not theirs to make.
        Refused: the day has been, or lies outside the placement.
        ChangedMeanwhile: somebody else booked or held it.
    """
    check_may_visit(by, kind)
    one_at_a_time(by)  # a form that is sent twice is to find what the first one made
    if day < on:
        raise refused(
            _("Dagen har vært. Skriv en dag fra i dag, eller før besøket som holdt."), field="day"
        )
    last = told_of([case])[case.pk].last_day
    if last is not None and day > last and kind is not VisitKind.COOPERATION:
        raise refused(
            _("Praksisen slutter %(day)s. Avtal besøket til den dagen eller før.")
            % {"day": f"{last:%d.%m.%Y}"},
            field="day",
        )
    visit = open_visit(case, kind)
    if visit is None:
        visit = _made(case, kind, booked_for=day, by=by)
        before = None
    elif (visit.booked_for, visit.by_id) == (day, by.user_id):
        return visit
    else:
        before = visit.booked_for
        visit.booked_for, visit.by_id = day, by.user_id
        visit.save_version(expected=expected, fields=("booked_for", "by"))
    if kind is VisitKind.EVALUATION:
        tell_visit(case, day, replaces=before, by=by, on=on)
    note(owner_of(case.participant), "book_visit", by=by, changes={"booked_for": [before, day]})
    return visit


@transaction.atomic
def call_off(visit: EvaluationVisit, *, because: str, by: Actor, on: date, expected: int) -> None:
    """Give a booking up; that it was made stays, but the rows do not tell of it any more.

    One that is given up already stays so.

    Raises:
        MayNot, ChangedMeanwhile: as ``book``.
        Refused: nobody says why, or it has been held.
    """
    check_may_visit(by, VisitKind(visit.kind))
    if visit.held_on is not None:
        raise refused(_("Besøket er holdt, og kan ikke avlyses."))
    if visit.called_off_on is not None:
        return
    why = one_line(because, "because", most=200)
    if not why:
        raise refused(_("Skriv hvorfor besøket er avlyst."), field="because")
    refuse_names({"because": why}, about=owner_of(visit.case.participant), by=by)
    visit = copy(visit)
    visit.called_off_on, visit.called_off_because = on, why
    visit.save_version(expected=expected, fields=("called_off_on", "called_off_because"))
    if visit.kind == VisitKind.EVALUATION and visit.booked_for is not None:
        untell_visit(visit.case, visit.booked_for, by=by)
    person = owner_of(visit.case.participant)
    note(person, "call_off_visit", by=by, changes={"called_off_on": [None, on]})


@transaction.atomic
def hold(
    case: PlacementCase,
    kind: VisitKind,
    held: Held,
    voices: Mapping[Speaker, Said],
    *,
    by: Actor,
    on: date,
    visit: EvaluationVisit | None = None,
    expected: int = 0,
) -> EvaluationVisit:
    """Note that a visit was held and what was said there; or correct what was noted.

    The placement's evaluation visit and the last contact follow, so that the overview goes on.

    Args:
        visit: the booked one that was held, or one that is corrected; the booked one of the kind
            where none is named.
        voices: what was said, by whom; an empty one is still missing and is asked for.
        expected: the version of ``visit`` that was on the screen.

    Raises:
        MayNot: visits of the kind are not theirs to hold.
        Refused: the day is to come or before the placement, a visit of the kind is noted on it, a
            text cannot stand, or the employer has given the voice without help.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may_visit(by, kind)
    one_at_a_time(by)  # a form that is sent twice is to find what the first one made
    _check_day(case, kind, held.on, on)
    values: dict[str, Any] = {
        "held_on": held.on,
        "told": several_lines(held.told, "told"),
        "internal": several_lines(held.internal, "internal"),
        "present": sorted({Helper(each).value for each in held.present}),
        "others": one_line(held.others, "others", most=200),
        "schemes": sorted(set(held.schemes)),
        "by_id": by.user_id,
    }
    typed = {name: values[name] for name in ("told", "internal", "others")} | _texts(voices)
    refuse_names(typed, about=owner_of(case.participant), by=by)
    if visit is None and (visit := open_visit(case, kind)) is not None:
        expected = visit.version  # what was booked is held, whoever booked it when
    visit = copy(visit)  # what the caller holds stays as it was where it is not saved
    _check_first(case, kind, held.on, visit)
    before = replaces = None
    if visit is None:
        visit = _made(case, kind, **values)
    else:
        before, replaces = visit.held_on, visit.held_on or visit.booked_for
        if before is not None and visit.by_id is not None:
            values["by_id"] = visit.by_id  # who held it, whoever corrects
        for name, value in values.items():
            setattr(visit, name, value)
        visit.save_version(expected=expected, fields=tuple(values))
    for speaker, said in voices.items():
        if not said.is_empty:
            _keep_voice(visit, speaker, said, written_by=by, on=held.on)
    person = owner_of(case.participant)
    if kind is VisitKind.EVALUATION:
        tell_visit(case, held.on, replaces=replaces, by=by, on=on)
    tell_contact(person, held.on, by=by)
    changes = {
        "held_on": [before, held.on],
        "voices": [None, sorted(each.value for each, said in voices.items() if not said.is_empty)],
    }
    note(person, "hold_visit", by=by, changes=changes)
    return visit


@transaction.atomic
def give_voice(
    visit: EvaluationVisit, speaker: Speaker, said: Said, *, by: Actor | None, on: date
) -> Voice:
    """Keep one voice at a visit, as when it comes another way or later.

    Args:
        by: who writes it down; nobody where the employer gives it without an account, which the
            caller has made sure of.

    Raises:
        MayNot: voices are not theirs to write down.
        Refused: nothing is said, a text cannot stand, or the employer has given the voice without
            help and somebody else would write over it.
    """
    if by is not None:
        check_may_visit(by, VisitKind(visit.kind))
    if said.is_empty:
        raise refused(_("Velg et svar eller skriv noe, så lagres det."), field=speaker.value)
    if by is not None:
        refuse_names(_texts({speaker: said}), about=owner_of(visit.case.participant), by=by)
    voice = _keep_voice(visit, speaker, said, written_by=by, on=on)
    # Whoever has the visit open in a form sees that there is more than they have read.
    EvaluationVisit.objects.filter(pk=visit.pk).update(version=F("version") + 1)
    person = owner_of(visit.case.participant)
    note(person, "give_voice", by=by, changes={"speaker": [None, speaker.value]})
    return voice


def _texts(voices: Mapping[Speaker, Said]) -> dict[str, str]:
    """Return what is written of voices, by field."""
    return {
        f"{speaker.value}_{name}": text
        for speaker, said in voices.items()
        for name, text in (("text", said.text), ("norwegian_text", said.norwegian_text))
    }


def visit_that_waits(case: PlacementCase) -> EvaluationVisit | None:
    """Return the evaluation that the employer's own voice belongs to; ``None`` where none waits.

    The latest that was held and the employer was not heard at; else the one that is booked; else
    the latest that was held: there the employer's own words go beside what others wrote down, and
    in the place of what it said on the own page before.
    """
    own = EvaluationVisit.objects.filter(
        case=case, kind=VisitKind.EVALUATION, called_off_on=None, held_on__isnull=False
    )
    latest: EvaluationVisit | None = own.order_by("-held_on", "-pk").first()
    if latest is not None and not latest.voices.filter(speaker=Speaker.EMPLOYER).exists():
        return latest
    return open_visit(case, VisitKind.EVALUATION) or latest


def visit_to_speak_at(case: PlacementCase) -> EvaluationVisit:
    """Return the evaluation that the employer's voice belongs to. It makes none.

    Raises:
        Refused: no evaluation was held and none is booked.
    """
    visit = visit_that_waits(case)
    if visit is None:
        raise refused(
            _(
                "Ingen besøk venter på svar fra dere nå, så svaret er ikke lagret. Ring veilederen "
                "hvis det er noe dere vil si."
            )
        )
    return visit


def _keep_voice(
    visit: EvaluationVisit, speaker: Speaker, said: Said, *, written_by: Actor | None, on: date
) -> Voice:
    asked = THEMES[speaker]
    answers = {Theme(each): Answer(said.answers[each]) for each in said.answers if each in asked}
    place = speaker.value
    is_through_door = said.given_by == GivenBy.DOOR
    is_own = is_through_door or said.given_by == GivenBy.OWN_HAND
    heard = Voice.objects.filter(visit=visit, speaker=speaker)
    through_door, written_down = (
        heard.filter(given_by=GivenBy.DOOR),
        heard.exclude(given_by=GivenBy.DOOR),
    )
    if not is_through_door and through_door.exists() and not written_down.exists():
        raise refused(
            _(
                "Arbeidsgiveren har svart på egen side, og svaret endres ikke her. Flytt det dere "
                "skrev til «Avtalt videre», og gjør feltene tomme."
            ),
            field=f"{place}_text",
        )
    voice: Voice
    voice, _made_now = (through_door if is_through_door else written_down).update_or_create(
        municipality_id=visit.municipality_id,
        visit=visit,
        speaker=speaker,
        defaults={
            "answers": {k.value: v.value for k, v in answers.items() if k is not Theme.LANGUAGE},
            "norwegian": answers.get(Theme.LANGUAGE, ""),
            "text": several_lines(said.text, f"{place}_text"),
            "norwegian_text": several_lines(said.norwegian_text, f"{place}_norwegian_text"),
            "given_on": on,
            "given_by": said.given_by,
            "interpreter": said.interpreter,
            "given_in": one_line(said.given_in, f"{place}_given_in", most=40),
            "written_by_id": None if is_own or written_by is None else written_by.user_id,
        },
    )
    return voice


def _check_day(case: PlacementCase, kind: VisitKind, day: date, on: date) -> None:
    if day > on:
        raise refused(
            _("Besøket kan ikke være holdt fram i tid. Skriv dagen det ble holdt."), field="day"
        )
    first = told_of([case])[case.pk].first_day
    if first is not None and day < first and kind is not VisitKind.COOPERATION:
        raise refused(
            _("Praksisen begynte %(day)s. Besøket kan ikke være holdt før den dagen.")
            % {"day": f"{first:%d.%m.%Y}"},
            field="day",
        )


def _check_first(
    case: PlacementCase, kind: VisitKind, day: date, visit: EvaluationVisit | None
) -> None:
    """Refuse a second visit of a kind on a day, as when a form is sent twice."""
    same = EvaluationVisit.objects.filter(case=case, kind=kind, held_on=day, called_off_on=None)
    if same.exclude(pk=visit.pk if visit else None).exists():
        raise refused(
            _(
                "Et slikt besøk er ført %(day)s fra før. Åpne det fra siden til deltakeren hvis "
                "noe skal rettes."
            )
            % {"day": f"{day:%d.%m.%Y}"},
            field="day",
        )


def open_visit(case: PlacementCase, kind: VisitKind) -> EvaluationVisit | None:
    """Return the visit of a kind that is booked and neither held nor called off."""
    found: EvaluationVisit | None = EvaluationVisit.objects.filter(
        case=case, kind=kind, held_on=None, called_off_on=None
    ).first()
    return found


def _made(
    case: PlacementCase, kind: VisitKind, *, by: Actor | None = None, **values: Any
) -> EvaluationVisit:
    """Make a visit.

    Raises:
        ChangedMeanwhile: somebody else booked one of the kind at the same time.
    """
    if by is not None:
        values["by_id"] = by.user_id
    try:
        with transaction.atomic():
            made: EvaluationVisit = EvaluationVisit.objects.create(
                municipality_id=case.municipality_id, case=case, kind=kind, **values
            )
    except IntegrityError as taken:
        other = open_visit(case, kind)
        if other is None:
            raise
        raise ChangedMeanwhile(other) from taken
    return made
