"""Course models of the demo: an edited week, a model for next term, and who is on which."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.training.course_models import begin_model, latest_of, save_model
from innpass.casework.training.courses import course_places
from innpass.casework.training.placing import candidates, terms
from innpass.casework.training.services import choose, choose_many, deviate
from innpass.domain.access.roles import Actor
from innpass.domain.courses.choosing import cell_of
from innpass.domain.courses.editing import with_cell
from innpass.domain.courses.following import Choice, CoursePlace, Deviation
from innpass.domain.courses.model import Block, CourseModel, Form, Unit, WeekTemplate
from innpass.domain.sheets.fields import Activity

_EDITED = "autumn-2025"
_EDITED_BEFORE, _FOLLOWED_BEFORE = timedelta(days=160), timedelta(days=330)
_VOCATIONAL = Block(Activity.VOCATIONAL_NORWEGIAN, (2.0,), Unit.LESSON, form=Form.ON_TOP)
_SUMMER = WeekTemplate((Block(Activity.PART_TIME_WORK, (7.5,) * 5),))
_WHY_OTHER = (
    "Praksisplassen har mest å gjøre nå og vil gjerne ha flere dager.",
    "Sjefen på praksisplassen har lovet jobb hvis det går bra.",
    "Trenger mer muntlig øving enn kurset gir.",
)
_WHY_TRACK = "Raskere framgang enn ventet. Læreren og programrådgiveren er enige om nytt spor."


def write_courses(municipality: Municipality, *, on: date, by: Actor) -> None:
    """Let the teacher have edited a model, put a term on it, and agreed some deviations."""
    _edit(municipality, on=on, by=by)
    term = _largest(terms(actor=by), on)
    if not term:
        return
    found = [each for each in candidates(term, actor=by, on=on) if each.choice]
    choose_many(chosen={each.participant: each.choice for each in found if each.choice}, by=by)
    places = course_places([each.participant for each in found], on=on)
    people = [each.participant for each in found if each.participant in places]
    _deviate(people, places, on=on, by=by)


def _edit(municipality: Municipality, *, on: date, by: Actor) -> None:
    """Fill the week that lacks some hours, and begin the model of the next school year."""
    shipped = latest_of(_EDITED)
    if shipped is None:
        return
    model = _filled(shipped.model)
    save_model(
        municipality=municipality,
        model=model,
        reason="Uka på spor 2 manglet 2,5 timer. Vi har lagt til to timer yrkesnorsk.",
        expected=0,
        on=on - _EDITED_BEFORE,
        by=by,
    )
    first_day = date(on.year + (on.month > 7), 8, 1)
    save_model(
        municipality=municipality,
        model=replace(model, last_day=first_day - timedelta(days=1)),
        reason="De som begynner fra august, følger en ny modell.",
        expected=1,
        on=on - timedelta(days=20),
        by=by,
    )
    edited = latest_of(_EDITED)
    if edited is not None:
        begin_model(
            municipality=municipality,
            source=edited,
            name=f"Modell 4, høsten {first_day.year}",
            first_day=first_day,
            last_day=None,
            reason="Nytt skoleår. Rutene endres når timeplanen er klar.",
            on=on - timedelta(days=20),
            by=by,
        )


def _filled(model: CourseModel) -> CourseModel:
    weeks = [
        each
        if each.replaces
        else replace(
            each,
            template=replace(each.template, blocks=(*each.template.blocks, _VOCATIONAL)),
            reading="",
        )
        for each in cell_of(model, "b", "2").alternatives
    ]
    return with_cell(model, "b", ["2"], weeks)


def _largest(counted: dict[str, int], on: date) -> str:
    """Return the term of the last year in which most began."""
    since = on - _FOLLOWED_BEFORE
    recent = {term: n for term, n in counted.items() if f"{since:%Y-%m}" <= term <= f"{on:%Y-%m}"}
    return max(recent, key=lambda term: recent[term]) if recent else ""


def _deviate(
    people: Sequence[UUID], places: dict[UUID, CoursePlace], *, on: date, by: Actor
) -> None:
    """Give some another week than the ordinary one, and one another track."""
    persons = {p.pk: p for p in Participant.objects.filter(pk__in=people)}
    other = [(pk, _other_week(places[pk])) for pk in people]
    for (pk, week), why in zip([each for each in other if each[1]], _WHY_OTHER, strict=False):
        begun = max(places[pk].begins, on - timedelta(days=21))
        next_on = places[pk].next_on
        last_day = next_on - timedelta(days=1) if next_on else None
        deviation = Deviation(begun, last_day, week, None, why)
        deviate(participant=persons[pk], deviation=deviation, by=by)
    rest = [pk for pk, week in other if not week]
    if rest:
        summer = Deviation(
            on + timedelta(days=1), on + timedelta(days=42), "", _SUMMER, "Sommerjobb"
        )
        deviate(participant=persons[rest[0]], deviation=summer, by=by)
    slower = [pk for pk in rest[1:] if places[pk].track == "1"]
    if slower:
        choice = places[slower[0]].choice
        if choice is not None:
            moved = Choice(on - timedelta(days=40), choice.key, choice.number, "2", _WHY_TRACK)
            choose(participant=persons[slower[0]], choice=moved, by=by)


def _other_week(place: CoursePlace) -> str:
    """Return a week that the phase offers beside the ordinary one; empty where there is none."""
    if place.phase is None or not place.track:
        return ""
    cell = cell_of(place.version.model, place.phase.id, place.track)
    return next((each.id for each in cell.alternatives if each.replaces), "")
