"""Course models in words: phases, blocks, weeks and how they stand against the law."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.domain.courses.counting import BlockHours, Measure, WeekHours, week_hours
from innpass.domain.courses.following import Version
from innpass.domain.courses.model import Alternative, Cell, Form, Phase, Step, Unit, WeekTemplate
from innpass.web.design.templatetags.design import hours, number
from innpass.web.design.words import in_words, listed

UNITS = {
    Unit.LESSON: gettext_lazy("undervisningstimer"),
    Unit.CLOCK_HOUR: gettext_lazy("klokketimer"),
}
FORMS = {
    Form.DAY: gettext_lazy("på dagtid"),
    Form.ON_TOP: gettext_lazy("på en dag som er der fra før"),
    Form.EVENING: gettext_lazy("om kvelden"),
    Form.NET: gettext_lazy("på nett"),
    Form.EVENING_OR_NET: gettext_lazy("om kvelden eller på nett"),
}
_TOLD = (Form.EVENING, Form.NET, Form.EVENING_OR_NET)  # by day goes without saying


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A block of a week in words, such as ``norsk A1`` and ``6 + 6 + 4 undervisningstimer``.

    ``counted`` is what they are in the programme, where that is another number.
    """

    what: str
    how_much: str
    counted: str = ""


@dataclass(frozen=True, slots=True)
class WeekSums:
    """A week in words, added up and held against the law.

    Attributes:
        total: hours of the programme; empty where nobody states any.
        oriented: the work-oriented hours of these.
        remark: how it stands against the law; ``colour`` and ``icon`` go with it.
        as_clock_hours: the sum if all were clock hours; empty where it is the same.
        full_time, least: what the law asks of the two; empty where it asks nothing.
    """

    lines: tuple[WeekLine, ...]
    total: str = ""
    oriented: str = ""
    remark: str = ""
    colour: str = "neutral"
    icon: str = "InformationSquare"
    as_clock_hours: str = ""
    full_time: str = ""
    least: str = ""


def steps_words(step: Step, count: int) -> str:
    """Say how long: ``6 måneder``."""
    if step is Step.WEEK:
        return ngettext("%(n)s uke", "%(n)s uker", count) % {"n": count}
    return ngettext("%(n)s måned", "%(n)s måneder", count) % {"n": count}


def step_words(step: Step, number: int) -> str:
    """Say which: ``måned 4``."""
    return (_("uke %(n)s") if step is Step.WEEK else _("måned %(n)s")) % {"n": number}


def span_words(step: Step, phase: Phase) -> str:
    """Say when a phase is: ``måned 7 til 12``."""
    text = (
        _("uke %(first)s til %(last)s") if step is Step.WEEK else _("måned %(first)s til %(last)s")
    )
    return text % {"first": phase.first, "last": phase.last}


def version_words(version: Version) -> str:
    """Name a version: as it ships, or by its number."""
    if version.number == 0:
        return _("slik den fulgte med Innpass")
    return _("versjon %(number)s") % {"number": version.number}


def until(alternative: Alternative, cell: Cell) -> int | None:
    """Return the last step of an ordinary week that another follows within the phase."""
    if alternative.replaces or alternative.from_step:
        return None
    return min((each.from_step - 1 for each in cell.alternatives if each.from_step), default=None)


def tag_words(alternative: Alternative, cell: Cell, step: Step) -> str:
    """Say when in the phase a week holds, or what it stands in place of."""
    if alternative.replaces:
        return _("I stedet for %(what)s") % {"what": alternative.replaces}
    if alternative.from_step:
        return _("Fra %(step)s") % {"step": step_words(step, alternative.from_step)}
    if last := until(alternative, cell):
        return _("Til og med %(step)s") % {"step": step_words(step, last)}
    return ""


def week_sums(
    template: WeekTemplate,
    measure: Measure | None,
    *,
    is_in_programme: bool = True,
    is_early: bool = False,
) -> WeekSums:
    """Put a week in words.

    Args:
        measure: the law's numbers; ``None`` where it asked none of the person.
        is_in_programme: the law asks nothing once the programme is over.
        is_early: the week is over before any work-oriented hours are asked.
    """
    if measure is None:
        none = Measure(0, 0, 1, frozenset())
        blocks = week_hours(template, none).blocks
        return WeekSums(tuple(WeekLine(_what(each), _how_much(each)) for each in blocks))
    found = week_hours(template, measure)
    remark, colour, icon = _remark(
        template, found, is_in_programme=is_in_programme, is_early=is_early
    )
    lines = [WeekLine(_what(each), _how_much(each), _counted(each)) for each in found.blocks]
    if template.rest_is_programme:
        rest = _("introduksjonsprogram for resten av tiden")
        lines.append(WeekLine(rest, hours(found.missing) if found.missing else ""))
    return WeekSums(
        lines=tuple(lines),
        total="" if found.is_open else hours(found.counted),
        oriented=hours(found.work_oriented),
        remark=remark,
        colour=colour,
        icon=icon,
        as_clock_hours="" if found.as_clock_hours == found.counted else hours(found.as_clock_hours),
        full_time=hours(measure.full_time) if is_in_programme else "",
        least=hours(measure.work_oriented) if is_in_programme and not is_early else "",
    )


def _what(each: BlockHours) -> str:
    block = each.block
    what = block.text or (in_words("activity.kind", block.activity.value) if block.activity else "")
    form = str(FORMS[block.form]) if block.form in _TOLD else ""
    return " ".join(filter(None, (what, _(" eller ").join(block.levels), form)))


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
    upper = (
        _(" (inntil %(hours)s)") % {"hours": number(block.hours_at_most)}
        if block.hours_at_most
        else ""
    )
    return f"{amount} {UNITS[block.unit]}{upper}"


def _counted(each: BlockHours) -> str:
    return "" if each.counted == each.stated else hours(each.counted)


def _remark(
    template: WeekTemplate, found: WeekHours, *, is_in_programme: bool, is_early: bool
) -> tuple[str, str, str]:
    if not is_in_programme:
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
    words = _("Må fylles: %(what)s.") if template.rest_is_programme else _("Mangler: %(what)s.")
    return words % {"what": listed(short)}, "warning", "ExclamationmarkTriangle"
