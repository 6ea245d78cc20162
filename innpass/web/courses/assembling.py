"""Filling the pages of the course models: the weeks in words and held against the law."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.participants.queries import visible_participants
from innpass.casework.programme.readings import law_here
from innpass.casework.training.course_models import history_of
from innpass.casework.training.courses import course_places, versions
from innpass.casework.training.queries import measure_here
from innpass.domain.access.policy import Act, may, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.courses.choosing import model_for
from innpass.domain.courses.counting import Measure
from innpass.domain.courses.following import Version, latest
from innpass.domain.courses.model import Alternative, Cell, CourseModel, Phase, Step
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.law.words import days_words
from innpass.web.courses.pages import (
    CellCard,
    MeasureLine,
    ModelCard,
    ModelPage,
    ModelsPage,
    PhaseRow,
    TrackHead,
    VersionLine,
    WeekCard,
)
from innpass.web.design.course_words import (
    span_words,
    steps_words,
    tag_words,
    until,
    version_words,
    week_sums,
)
from innpass.web.design.templatetags.design import hours, number
from innpass.web.design.words import capitalised, in_words, listed


def models_page(*, actor: Actor, on: date) -> ModelsPage:
    """Return every model, its weeks held against the law for one who starts on ``on``."""
    found, measure = latest(versions()), measure_here(start=on)
    now = model_for((each.model for each in found), on)
    return ModelsPage(
        models=tuple(
            model_card(each, measure, is_now=each.model is now, may_edit=False) for each in found
        ),
        measure=_measure_lines(measure, on=on),
        may_edit=may(actor, Act.EDIT_COURSE_MODELS),
        may_place=may_write(actor, "course.choice"),
    )


def model_page(key: str, *, shown: str, actor: Actor, on: date) -> ModelPage | None:
    """Return one model with its versions; ``None`` where there is none such.

    Args:
        shown: the number of the version to show, as typed; the latest where it is none.
    """
    every = [each for each in versions() if each.model.id == key]
    if not every:
        return None
    newest = max(every, key=lambda each: each.number)
    version = next((each for each in every if str(each.number) == shown), newest)
    may_edit = may(actor, Act.EDIT_COURSE_MODELS)
    now = model_for((each.model for each in latest(versions())), on)
    is_now = version is newest and now is not None and now.id == key
    return ModelPage(
        model=model_card(
            version,
            measure_here(start=on),
            is_now=is_now,
            may_edit=may_edit and version is newest,
        ),
        is_latest=version is newest,
        may_edit=may_edit,
        may_place=may_write(actor, "course.choice"),
        versions=_version_lines(every, version, actor=actor, on=on),
        counts_people=may_read(actor, "course.choice"),
    )


def people_on(
    *, actor: Actor, on: date
) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    """Count whom the actor may see in a phase of each version: chosen for, and suggested."""
    people = list(visible_participants(actor).values_list("pk", flat=True))
    chosen: Counter[tuple[str, int]] = Counter()
    ours: Counter[tuple[str, int]] = Counter()
    for place in course_places(people, on=on).values():
        if place.phase is not None:
            key = (place.version.model.id, place.version.number)
            (ours if place.choice is None else chosen)[key] += 1
    return chosen, ours


def _version_lines(
    every: list[Version], shown: Version, *, actor: Actor, on: date
) -> tuple[VersionLine, ...]:
    key = shown.model.id
    rows = {row.number: row for row in history_of(key)}
    chosen, ours = (
        people_on(actor=actor, on=on)
        if may_read(actor, "course.choice")
        else (Counter(), Counter())
    )
    href = reverse("courses:model", args=[key])
    return tuple(
        VersionLine(
            name=capitalised(version_words(each)),
            href=f"{href}?versjon={each.number}",
            is_shown=each is shown,
            made_at=row.made_at if row else None,
            made_by=str(row.made_by or _("Kommandolinjen")) if row else "",
            reason=row.reason if row else "",
            chosen=chosen[key, each.number],
            suggested=ours[key, each.number],
        )
        for each in sorted(every, key=lambda each: each.number, reverse=True)
        for row in (rows.get(each.number),)
    )


def _measure_lines(measure: Measure, *, on: date) -> tuple[MeasureLine, ...]:
    law = law_here()
    oriented = sorted(in_words("activity.kind", each.value) for each in measure.oriented)
    months = set(law.at(on).value("months_before_required").values())
    return (
        MeasureLine(
            _("En full uke i programmet er %(hours)s.") % {"hours": hours(measure.full_time)},
            law.parameter("full_time_hours").source,
        ),
        MeasureLine(
            _("En undervisningstime på 45 minutter regnes som %(minutes)s minutter i programmet.")
            % {"minutes": number(measure.lesson_hours * 60)},
            law.parameter("lesson_hours").source,
        ),
        MeasureLine(
            _(
                "Etter %(months)s måneder skal i snitt minst %(hours)s i uka være arbeidsrettet:"
                " %(activities)s."
            )
            % {
                "months": _(" eller ").join(number(each) for each in sorted(months)),
                "hours": hours(measure.work_oriented),
                "activities": listed(oriented),
            },
            law.parameter("minimum_hours").source,
        ),
    )


def model_card(
    version: Version, measure: Measure, *, is_now: bool = False, may_edit: bool = False
) -> ModelCard:
    """Return a version of a model as its table."""
    model = version.model
    ours = shipped_models().get(model.id)
    return ModelCard(
        id=model.id,
        name=model.name,
        href=reverse("courses:model", args=[model.id]),
        version=version_words(version) if version.number else "",
        intake=capitalised(days_words(model.first_day, model.last_day)),
        length=steps_words(model.step, model.steps),
        is_now=is_now,
        is_own=ours is None,
        source=model.source,
        says=model.says,
        readings=model.readings,
        tracks=tuple(
            TrackHead(
                track.name,
                steps_words(Step.MONTH, track.rights_months) if track.rights_months else "",
            )
            for track in model.tracks
        ),
        phases=tuple(
            _phase(model, phase, measure, ours=ours, may_edit=may_edit) for phase in model.phases
        ),
    )


def _phase(
    model: CourseModel,
    phase: Phase,
    measure: Measure,
    *,
    ours: CourseModel | None,
    may_edit: bool,
) -> PhaseRow:
    names = {track.id: track.name for track in model.tracks}
    order = list(names)
    cells = sorted(
        (cell for cell in model.cells if cell.phase == phase.id),
        key=lambda cell: order.index(cell.tracks[0]),
    )
    return PhaseRow(
        name=phase.name,
        steps=span_words(model.step, phase),
        is_in_programme=phase.is_in_programme,
        cells=tuple(
            CellCard(
                tracks=listed([names[track] for track in cell.tracks]),
                span=len(cell.tracks),
                says=cell.says,
                weeks=tuple(
                    _week(each, cell, model.step, phase, measure) for each in cell.alternatives
                ),
                is_changed=ours is not None and not _is_as_shipped(cell, ours),
                href=reverse("courses:cell", args=[model.id, phase.id, cell.tracks[0]])
                if may_edit
                else "",
            )
            for cell in cells
        ),
    )


def _is_as_shipped(cell: Cell, ours: CourseModel) -> bool:
    """Say whether the guide's words beside a cell are still about its weeks."""
    return any(
        each.phase == cell.phase
        and each.alternatives == cell.alternatives
        and each.says == cell.says
        and set(cell.tracks) <= set(each.tracks)
        for each in ours.cells
    )


def _week(
    alternative: Alternative, cell: Cell, step: Step, phase: Phase, measure: Measure
) -> WeekCard:
    last = until(alternative, cell)
    return WeekCard(
        name=alternative.name,
        tag=tag_words(alternative, cell, step),
        sums=week_sums(
            alternative.template,
            measure,
            is_in_programme=phase.is_in_programme,
            is_early=last is not None and last <= measure.months_before,
        ),
        says=alternative.says,
        reading=alternative.reading,
    )
