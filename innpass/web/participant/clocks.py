"""The clocks of a person, in words and as bars, cut to what the viewer may read."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.programme.explaining import fields_told, told_to
from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME, Clock
from innpass.domain.law.extended import last_day_of_months
from innpass.domain.law.reasons import Reason
from innpass.domain.law.sentences import render
from innpass.web.design.lengths import days_away, days_text, months_or_days, months_text
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import listed
from innpass.web.participant.pages import ClockShown, Stretch

_LABELS = {
    PROGRAMME: gettext_lazy("Programmet"),
    NORWEGIAN: gettext_lazy("Retten til norskopplæring"),
}
_READ_BY = {PROGRAMME: "clock.programme_until", NORWEGIAN: "clock.norwegian_until"}
_WHOLE = 1000


def clocks_of(clocks: Sequence[Clock], *, on: date, may: frozenset[str]) -> tuple[ClockShown, ...]:
    """Return the clocks that the viewer may read."""
    return tuple(_shown(clock, on, may) for clock in clocks if _READ_BY[clock.topic] in may)


def _shown(clock: Clock, on: date, may: frozenset[str]) -> ClockShown:
    told = [*clock.reasons, *clock.added.counted, *clock.added.left_out]
    told += [*clock.breaches, *clock.warnings]
    explains = "status.explanation" in may
    possible = clock.last_possible_day
    key = "programme" if clock.topic == PROGRAMME else "norwegian"
    bar, now = _bar(clock, on)
    used = months_or_days(clock.used_months(on=on), clock.used_days(on=on))
    left = months_or_days(clock.left_months(on=on), clock.left_days(on=on))
    added = _added(clock)
    return ClockShown(
        key=key,
        label=str(_LABELS[clock.topic]),
        first_day=clock.first_day,
        last_day=clock.last_day,
        possible_until=possible if clock.last_day and possible != clock.last_day else None,
        has_run_out=clock.has_run_out(on=on) and not clock.ended_on,
        when=days_away(clock.last_day, on=on),
        used=used,
        left=left,
        added=added,
        bar=bar,
        today=now,
        described=_described(clock, used, left, added),
        sentences=_sentences(clock.reasons, may) if explains else (),
        counted=_sentences(clock.added.counted, may) if explains else (),
        left_out=_sentences(clock.added.left_out, may) if explains else (),
        is_cut=not explains or any(not fields_told(reason) <= may for reason in told),
        breaches=_sentences(clock.breaches, may),
        warnings=_sentences(clock.warnings, may),
        source=clock.text.source.paragraph if explains and clock.text and clock.text.source else "",
    )


def _sentences(reasons: Iterable[Reason], may: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(render(each) for each in told_to(reasons, may)))


def _added(clock: Clock) -> str:
    """Say what decisions, and leave and absence, have added."""
    parts = []
    if clock.extended_months:
        parts.append(_("%(months)s ved vedtak") % {"months": months_text(clock.extended_months)})
    if clock.added.days:
        if clock.topic == PROGRAMME:
            said = ngettext(
                "%(days)s virkedag for permisjon og fravær",
                "%(days)s virkedager for permisjon og fravær",
                clock.added.days,
            )
            parts.append(said % {"days": clock.added.days})
        else:
            parts.append(_("%(days)s for permisjon") % {"days": days_text(clock.added.days)})
    return listed(parts)


def _described(clock: Clock, used: str, left: str, added: str) -> str:
    if clock.last_day is None:
        return ""
    said = _("Brukt %(used)s, igjen %(left)s.") % {"used": used, "left": left}
    if added:
        said += " " + _("Lagt til %(added)s.") % {"added": added}
    return said + " " + _("Siste dag %(day)s.") % {"day": day(clock.last_day)}


def _bar(clock: Clock, on: date) -> tuple[tuple[Stretch, ...], int | None]:
    """Return the parts of the bar in their order, and where today is; nothing without a last day.

    What is added comes after the ordinary time, and what may be after that; what is used lies over
    the rest.
    """
    first, last = clock.first_day, clock.last_day
    if first is None or last is None or clock.months is None:
        return (), None
    ends = max(last, clock.last_possible_day or last)
    whole = (ends - first).days + 1
    ordinary = min(last_day_of_months(first, clock.months), last)
    after = first + timedelta(days=clock.used_days(on=on) or 0)

    def at(when: date) -> int:
        return round(_WHOLE * max(0, min((when - first).days, whole)) / whole)

    next_day = timedelta(days=1)
    edges = (
        ("left", first, ordinary + next_day),
        ("added", ordinary + next_day, last + next_day),
        ("possible", last + next_day, ends + next_day),
        ("used", first, after),
    )
    parts = tuple(
        Stretch(kind, at(begins), at(ended) - at(begins))
        for kind, begins, ended in edges
        if at(ended) > at(begins)
    )
    return parts, at(on) if first <= on <= ends else None
