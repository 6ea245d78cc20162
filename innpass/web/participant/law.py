"""The law's answer for one person in words, for the page."""

from collections import Counter
from datetime import date

import numpy as np
from django.utils.translation import gettext_lazy

from innpass.casework.overview.queries import Law
from innpass.domain.law.hours import full_time_hours
from innpass.domain.law.reasons import Reason
from innpass.domain.law.sentences import render
from innpass.domain.law.words import readings_in_words
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.fields import Activity
from innpass.web.participant.pages import Assessment, CountedActivity, Month, Week, WeekTotal

ACTIVITIES = {
    Activity.NORWEGIAN: gettext_lazy("Norsk"),
    Activity.VOCATIONAL_NORWEGIAN: gettext_lazy("Yrkesnorsk"),
    Activity.PRACTICE: gettext_lazy("Praksis"),
    Activity.WORK_LIFE_COURSE: gettext_lazy("Arbeidslivskurs"),
    Activity.TRADE_COURSE: gettext_lazy("Bransjekurs"),
    Activity.NAV_MEASURE: gettext_lazy("Tiltak fra Nav"),
    Activity.PART_TIME_WORK: gettext_lazy("Arbeid på deltid"),
    Activity.OTHER: gettext_lazy("Annet"),
}
RULES = {
    "intf-43h": gettext_lazy("Arbeidsrettede timer, kollektiv beskyttelse"),
    "intl-14a-3": gettext_lazy("Arbeidsrettede timer i introduksjonsprogrammet"),
    "no-text": gettext_lazy("Ingen regel om timer"),
}
SOURCES = {
    "intf-43h": "https://lovdata.no/dokument/SF/forskrift/2020-12-15-2912",
    "intl-14a-3": "https://lovdata.no/dokument/NL/lov/2020-11-06-127",
}


def assessment_of(law: Law, *, start: date, explains: bool) -> Assessment | None:
    """Return the answer for this week, or for the last week of a programme that has ended.

    Without ``explains`` what names the text that binds (and so the ground of residence) is left
    out: the viewer sees the verdict and the hours.
    """
    week = law.week
    if week is None:
        return None
    activities = [
        CountedActivity(str(ACTIVITIES[activity]), hours, counts=True)
        for activity, hours in week.counted
    ]
    activities += [
        CountedActivity(
            str(ACTIVITIES[activity]),
            hours,
            counts=False,
            reason=render(Reason(code)) if explains else "",
        )
        for activity, hours, code in week.not_counted
    ]
    text = week.text if explains else None
    warning = law.projection.early_warning
    return Assessment(
        year=week.week.year,
        week=week.week.number,
        verdict=str(week.verdict),
        hours=week.hours,
        average=week.average,
        minimum=week.minimum,
        full_time=full_time_hours(start=start),
        applies_from=week.counts_from,
        sentences=tuple(render(reason) for reason in week.reasons + week.warnings)
        if explains
        else (),
        activities=tuple(activities),
        rule=str(RULES.get(text.rule, text.rule)) if text else "",
        source=text.source.paragraph if text and text.source else "",
        source_href=SOURCES.get(text.rule, "") if text else "",
        rule_first_day=text.first_day if text else None,
        rule_last_day=text.last_day if text else None,
        readings=readings_in_words(text, law.here) if text and text.source else (),
        projection=tuple(render(reason) for reason in law.projection.reasons) if explains else (),
        warning=render(warning.reason) if warning and warning.is_below else "",
    )


def weeks_of(law: Law, *, on: date) -> tuple[tuple[Month, ...], tuple[WeekTotal, ...]]:
    """Return the programme's weeks by month, and how many ended each way, most first."""
    now = IsoWeek.of(on)
    verdicts = law.weeks.verdicts(0)
    months: dict[date, list[Week]] = {}
    for week, verdict in verdicts.items():
        at = law.weeks.at(week)
        average = float(at.average[0])
        months.setdefault(week.monday.replace(day=1), []).append(
            Week(
                year=week.year,
                number=week.number,
                monday=week.monday,
                verdict=str(verdict),
                hours=float(at.hours[0]),
                average=None if np.isnan(average) else average,
                is_planned=law.weeks.is_planned(week),
                is_current=week == now,
            )
        )
    totals = Counter(str(verdict) for verdict in verdicts.values())
    return (
        tuple(Month(first, tuple(weeks)) for first, weeks in sorted(months.items())),
        tuple(WeekTotal(verdict, count) for verdict, count in totals.most_common()),
    )
