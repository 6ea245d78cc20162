"""Filling the page of the course models: the weeks in words and held against the law."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.programme.readings import law_here
from innpass.casework.training.queries import measure_here, models_here
from innpass.domain.courses.choosing import model_for
from innpass.domain.courses.counting import BlockHours, Measure, WeekHours, week_hours
from innpass.domain.courses.model import (
    Alternative,
    Cell,
    CourseModel,
    Form,
    Phase,
    Step,
    Unit,
)
from innpass.domain.law.words import days_words
from innpass.web.courses.pages import (
    CellCard,
    MeasureLine,
    ModelCard,
    ModelsPage,
    PhaseRow,
    TrackHead,
    WeekCard,
    WeekLine,
)
from innpass.web.design.templatetags.design import hours, number
from innpass.web.design.words import capitalised, in_words, listed


def models_page(*, on: date) -> ModelsPage:
    """Return every model, its weeks held against the law for one who starts on ``on``."""
    models, measure = models_here(), measure_here(start=on)
    now = model_for(models, on)
    return ModelsPage(
        models=tuple(_model(model, measure, is_now=model is now) for model in models),
        measure=_measure_lines(measure, on=on),
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


def _model(model: CourseModel, measure: Measure, *, is_now: bool) -> ModelCard:
    return ModelCard(
        id=model.id,
        name=model.name,
        intake=capitalised(days_words(model.first_day, model.last_day)),
        length=_steps(model.step, model.steps),
        is_now=is_now,
        source=model.source,
        says=model.says,
        readings=model.readings,
        tracks=tuple(
            TrackHead(
                track.name, _steps(Step.MONTH, track.rights_months) if track.rights_months else ""
            )
            for track in model.tracks
        ),
        phases=tuple(_phase(model, phase, measure) for phase in model.phases),
    )


def _steps(step: Step, count: int) -> str:
    if step is Step.WEEK:
        return ngettext("%(n)s uke", "%(n)s uker", count) % {"n": count}
    return ngettext("%(n)s måned", "%(n)s måneder", count) % {"n": count}


def _phase(model: CourseModel, phase: Phase, measure: Measure) -> PhaseRow:
    names = {track.id: track.name for track in model.tracks}
    order = list(names)
    cells = sorted(
        (cell for cell in model.cells if cell.phase == phase.id),
        key=lambda cell: order.index(cell.tracks[0]),
    )
    span = {"first": phase.first, "last": phase.last}
    in_weeks = model.step is Step.WEEK
    return PhaseRow(
        name=phase.name,
        steps=(_("uke %(first)s til %(last)s") if in_weeks else _("måned %(first)s til %(last)s"))
        % span,
        is_in_programme=phase.is_in_programme,
        cells=tuple(_cell(cell, phase, names, measure) for cell in cells),
    )


def _cell(cell: Cell, phase: Phase, names: dict[str, str], measure: Measure) -> CellCard:
    return CellCard(
        tracks=listed([names[track] for track in cell.tracks]),
        span=len(cell.tracks),
        says=cell.says,
        weeks=tuple(
            _week(each, phase, measure, until=_until(each, cell)) for each in cell.alternatives
        ),
    )


def _until(alternative: Alternative, cell: Cell) -> int | None:
    """Return the last step of an ordinary week that another follows within the phase."""
    if alternative.replaces or alternative.from_step:
        return None
    return min((each.from_step - 1 for each in cell.alternatives if each.from_step), default=None)


def _week(
    alternative: Alternative, phase: Phase, measure: Measure, *, until: int | None
) -> WeekCard:
    found = week_hours(alternative.template, measure)
    is_early = until is not None and until <= measure.months_before
    remark, colour, icon = _remark(alternative, found, phase, is_early=is_early)
    lines = [WeekLine(_what(each), _how_much(each)) for each in found.blocks]
    if alternative.template.rest_is_programme:
        rest = _("introduksjonsprogram for resten av tiden")
        lines.append(WeekLine(rest, hours(found.missing) if found.missing else ""))
    return WeekCard(
        name=alternative.name,
        tag=_tag(alternative, until),
        lines=tuple(lines),
        total="" if found.is_open else hours(found.counted),
        oriented=hours(found.work_oriented),
        remark=remark,
        colour=colour,
        icon=icon,
        as_clock_hours="" if found.as_clock_hours == found.counted else hours(found.as_clock_hours),
        says=alternative.says,
        reading=alternative.reading,
    )


def _tag(alternative: Alternative, until: int | None) -> str:
    if alternative.replaces:
        return _("I stedet for %(what)s") % {"what": alternative.replaces}
    if alternative.from_step:
        return _("Fra måned %(month)s") % {"month": alternative.from_step}
    if until:
        return _("Til og med måned %(month)s") % {"month": until}
    return ""


def _what(each: BlockHours) -> str:
    block = each.block
    what = block.text or (in_words("activity.kind", block.activity.value) if block.activity else "")
    form = {
        Form.EVENING: _("om kvelden"),
        Form.NET: _("på nett"),
        Form.EVENING_OR_NET: _("om kvelden eller på nett"),
    }.get(block.form, "")
    return " ".join(filter(None, (what, _("eller").join(_spaced(block.levels)), form)))


def _spaced(words: tuple[str, ...]) -> list[str]:
    last = len(words) - 1
    return [f"{' ' if n else ''}{word}{' ' if n < last else ''}" for n, word in enumerate(words)]


def _how_much(each: BlockHours) -> str:
    block = each.block
    if each.stated is None:
        return _("timer er ikke oppgitt")
    per_day = block.hours_per_day
    if len(set(per_day)) > 1:
        amount = " + ".join(number(day) for day in per_day)
    else:
        amount = (
            f"{len(per_day)} × {number(per_day[0])}" if len(per_day) > 1 else number(each.stated)
        )
    unit = _("undervisningstimer") if block.unit is Unit.LESSON else _("klokketimer")
    upper = (
        _(" (inntil %(hours)s)") % {"hours": number(block.hours_at_most)}
        if block.hours_at_most
        else ""
    )
    return f"{amount} {unit}{upper}"


def _remark(
    alternative: Alternative, found: WeekHours, phase: Phase, *, is_early: bool
) -> tuple[str, str, str]:
    """Say how a week stands against the law, which asks nothing once the programme is over.

    ``is_early``: the week is over before any work-oriented hours are asked.
    """
    if not phase.is_in_programme:
        return (
            _("Programmet er slutt, så loven krever ingen timer."),
            "neutral",
            "InformationSquare",
        )
    if found.is_open:
        return (
            _("Timene er ikke oppgitt, så det kan ikke regnes ut om uka er full."),
            "warning",
            "QuestionmarkCircle",
        )
    short = []
    if found.missing:
        short.append(_("%(hours)s til full uke") % {"hours": hours(found.missing)})
    if found.missing_work_oriented and not is_early:
        short.append(
            _("%(hours)s til kravet om arbeidsrettet tid")
            % {"hours": hours(found.missing_work_oriented)}
        )
    if not short and is_early:
        return _("Full uke."), "success", "CheckmarkCircle"
    if not short:
        return _("Full uke, og nok arbeidsrettet tid."), "success", "CheckmarkCircle"
    is_filled = alternative.template.rest_is_programme
    words = _("Må fylles: %(what)s.") if is_filled else _("Mangler: %(what)s.")
    return words % {"what": listed(short)}, "warning", "ExclamationmarkTriangle"
