"""The meter: a week held against the law, with what counted as what and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.programme.readings import law_here
from innpass.casework.timetable.problems import Assembled
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.hours import counted_activities, full_time_hours, requirement_for
from innpass.domain.law.sentences import render
from innpass.domain.planning.problem import WeekDemand
from innpass.domain.planning.sentences import hours_text
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day, number
from innpass.web.design.words import capitalised, code_in_words
from innpass.web.timetable.calendars import COLOURS, Entry, lessons_words
from innpass.web.timetable.pages import MeterCard, Segment, WhyLine

WIDTH = 400  # of the bars, whatever they are drawn on
_MINUTES = 60


class Measuring:
    """What is asked of a person's week, kept while several weeks are measured against it."""

    def __init__(self, assembled: Assembled, pk: UUID, *, actor: Actor) -> None:
        self.law = law_here()
        self.demand: WeekDemand = assembled.problem.participant[str(pk)].demand
        self.facts = assembled.facts[pk]
        self.week = assembled.week
        start = self.facts.start or self.week.monday
        self.oriented = counted_activities(start, law=self.law)
        self.explains = may_read(actor, "status.explanation")
        self.href = (
            reverse("participant:rules", args=[pk]) + f"?dag={self.week.monday}"
            if may_read(actor, "status.verdict")
            else ""
        )

    def card(self, entries: Sequence[Entry]) -> MeterCard:
        """Measure a week."""
        demand = self.demand
        sums = _sums(entries)
        total = sum(sums.values())
        oriented = sum(minutes for activity, minutes in sums.items() if activity in self.oriented)
        scale = max(demand.at_most, total, 1)
        is_full, is_oriented = total >= demand.full_time, oriented >= demand.work_oriented
        top = max(2 * demand.work_oriented, oriented, 1)
        return MeterCard(
            total=hours_text(total),
            full_time=hours_text(demand.full_time),
            oriented=hours_text(oriented),
            minimum=hours_text(demand.work_oriented),
            has_minimum=demand.work_oriented > 0,
            segments=tuple(self._segments(sums, scale)),
            oriented_width=_px(oriented, top),
            oriented_mark=_px(demand.work_oriented, top) if demand.work_oriented else "",
            is_full=is_full,
            is_oriented=is_oriented,
            lines=tuple(_lines(entries)),
            rules=tuple(self._rules()),
            verdict=_verdict(total, oriented, demand),
            no_minimum=self._no_minimum(),
        )

    def _no_minimum(self) -> str:
        """Say why no work-oriented hours are asked this week."""
        answer = requirement_for(self.facts, law=self.law)
        asked = answer.requirement
        if asked is not None and asked.counts_from > self.week.monday:
            return _("Kravet om %(hours)s gjelder fra %(day)s.") % {
                "hours": hours_text(round(asked.hours_per_week * _MINUTES)),
                "day": day(asked.counts_from),
            }
        if answer.missing:
            return _("Opplysninger mangler, så vi vet ikke om et krav gjelder.")
        return _("Ingen krav om arbeidsrettede timer gjelder for deltakeren.")

    def _segments(self, sums: dict[Activity | None, int], scale: int) -> Iterable[Segment]:
        at = 0
        for activity, minutes in sums.items():
            yield Segment(
                label=capitalised(code_in_words("activity.kind", activity))
                if activity
                else _("Egne avtaler"),
                colour=COLOURS[activity],
                amount=hours_text(minutes),
                x=_px(at, scale),
                width=_px(minutes, scale),
                is_oriented=activity in self.oriented,
            )
            at += minutes

    def _rules(self) -> Iterable[Link]:
        """Say what the numbers rest on; what names the text that binds is for those who may know.

        The text that binds tells the ground of residence.
        """
        full = self.law.parameter("full_time_hours")
        whole = full_time_hours(start=self.facts.start or self.week.monday, law=self.law)
        yield Link(
            _("Full tid er %(hours)s i uka. Kilde: %(source)s.")
            % {"hours": hours_text(round(whole * _MINUTES)), "source": full.source}
        )
        if self.demand.full_time < whole * _MINUTES:
            yield Link(
                _("Deltakeren har vedtak om deltid, så full tid er %(hours)s for denne deltakeren.")
                % {"hours": hours_text(self.demand.full_time)}
            )
        lesson = self.law.parameter("lesson_hours")
        start = self.facts.start or self.week.monday
        counted = number(_MINUTES * float(self.law.at(start).value("lesson_hours")))
        yield Link(
            _("En undervisningstime på 45 minutter regnes som %(minutes)s. Kilde: %(source)s.")
            % {"minutes": counted, "source": lesson.source}
        )
        answer = requirement_for(self.facts, law=self.law)
        asked = answer.requirement
        if asked is not None:
            amount = hours_text(round(asked.hours_per_week * _MINUTES))
            source = f" {_('Kilde')}: {asked.source.paragraph}." if self.explains else ""
            if self.week.monday >= asked.counts_from:
                said = _("Kravet om %(hours)s arbeidsrettet har gjeldt fra %(day)s.%(source)s")
            else:
                said = _("Kravet om %(hours)s arbeidsrettet gjelder først fra %(day)s.%(source)s")
            yield Link(
                said % {"hours": amount, "day": day(asked.counts_from), "source": source}, self.href
            )
            kinds = ", ".join(
                sorted(code_in_words("activity.kind", each) for each in self.oriented)
            )
            yield Link(_("Som arbeidsrettet regnes %(kinds)s.") % {"kinds": kinds})
        elif self.explains:
            for each in answer.reasons:
                yield Link(render(each), self.href)
        elif answer.missing:
            yield Link(_("Om kravet om arbeidsrettede timer gjelder, er ikke kjent."), self.href)
        else:
            yield Link(_("Ingen krav om arbeidsrettede timer gjelder."), self.href)


def _sums(entries: Iterable[Entry]) -> dict[Activity | None, int]:
    """Add up by activity, what there is most of first."""
    sums: dict[Activity | None, int] = defaultdict(int)
    for each in entries:
        if each.minutes:
            sums[each.activity] += each.minutes
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def _lines(entries: Sequence[Entry]) -> Iterable[WhyLine]:
    """Say what counts as what, one line for each group, workplace and appointment."""
    things: dict[tuple[Part, str], list[Entry]] = defaultdict(list)
    for each in entries:
        things[each.part, each.name].append(each)
    for (part, name), several in things.items():
        minutes = sum(each.minutes or 0 for each in several)
        yield WhyLine(what=name, how=_how(part, several), amount=hours_text(minutes))


def _how(part: Part, several: Sequence[Entry]) -> str:
    if not any(each.minutes for each in several):
        return _("regnes ikke med")
    if part is Part.COURSE:
        lessons = sum(each.lessons or 0 for each in several)
        return lessons_words(lessons, sum(each.minutes or 0 for each in several))
    length = sum(each.end - each.start for each in several)
    return _("%(hours)s på klokka, regnet som de er") % {"hours": hours_text(length)}


def _verdict(total: int, oriented: int, demand: WeekDemand) -> str:
    said = _("%(total)s av %(full)s i alt") % {
        "total": hours_text(total),
        "full": hours_text(demand.full_time),
    }
    if not demand.work_oriented:
        return said
    return said + _(", %(oriented)s av %(minimum)s arbeidsrettet") % {
        "oriented": hours_text(oriented),
        "minimum": hours_text(demand.work_oriented),
    }


def _px(minutes: int, scale: int) -> str:
    return f"{min(WIDTH, minutes * WIDTH / scale):.1f}"
