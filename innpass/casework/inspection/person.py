"""One participant's page: which text binds, how each topic stands, decisions, plan and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from innpass.casework.inspection.wording import DECISIONS, day, month, number
from innpass.casework.programme.models import StatusSpan
from innpass.casework.programme.registered import Registration
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.duty import State
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.findings import Finding
from innpass.domain.law.law import Law
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.words import state_word, title
from innpass.domain.periods import add_months

ORDER = (State.BROKEN, State.NOT_SHOWN, State.UNKNOWN, State.DUE, State.KEPT)

Line = list[Any]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Consecutive weeks of the same hours, as stored."""

    first_monday: date
    last_monday: date
    verdict: str
    hours: float
    total_hours: float


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one person, and how the law stands for him or her.

    Attributes:
        name, born: who it is; ``born`` is ``None`` where it is not known.
        found: every topic that reaches the person, or may.
        events: how many events must be registered in the national register: ``all`` of them, those
            somebody has said are ``done``, and those ``late`` that nobody has.
    """

    pk: UUID
    name: str
    born: date | None
    facts: PersonFacts
    found: tuple[Finding, ...]
    weeks: tuple[Weeks, ...]
    events: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a page. A width of 0 fits what is in it, the others share the rest.

    Attributes:
        empty: what is said where there are no lines.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    empty: str


def weeks_of(people: Sequence[UUID]) -> dict[UUID, list[Weeks]]:
    """Return the stored weeks of some people, in time. One query."""
    found: dict[UUID, list[Weeks]] = {pk: [] for pk in people}
    columns = ("participant_id", "first_monday", "last_monday", "verdict", "hours", "total_hours")
    spans = StatusSpan.objects.filter(participant__in=people).order_by("first_monday")
    for owner, *values in spans.values_list(*columns):
        found[owner].append(Weeks(*values))
    return found


def events_of(people: Sequence[UUID], *, on: date) -> dict[UUID, dict[str, int]]:
    """Count some people's events for the national register, see ``Case``. One query."""
    found = {pk: {"all": 0, "done": 0, "late": 0} for pk in people}
    rows = Registration.objects.filter(participant__in=people, is_current=True, day__lte=on)
    for owner, last_day, at in rows.values_list("participant_id", "last_day", "registered_at"):
        counts = found[owner]
        counts["all"] += 1
        counts["done"] += at is not None
        counts["late"] += at is None and last_day < on
    return found


def parts_of(case: Case, *, first_day: date, last_day: date, law: Law) -> tuple[Part, ...]:
    """Return the tables of one person's page, in order."""
    return (
        _topics(case),
        _decisions(case.facts),
        _plans(case.facts),
        _hours(case, first_day=first_day, last_day=last_day, law=law),
        _events(case.events),
    )


def line_about(case: Case) -> str:
    """Tell who it is and when the programme is."""
    facts = case.facts
    ends = facts.actual_end or facts.planned_end
    word = "avsluttet" if facts.actual_end else "planlagt slutt"
    said = [
        f"Født {case.born.year}" if case.born else "",
        f"programstart {day(facts.start)}",
        f"{word} {day(ends)}",
        f"omfang {facts.extent_percent} prosent" if facts.extent_percent else "",
    ]
    return ", ".join(each for each in said if each)


def demands_of(case: Case) -> list[Finding]:
    """Return what the law asks about a person, what is not in order first."""
    return sorted(case.found, key=lambda each: ORDER.index(each.state))


def _topics(case: Case) -> Part:
    lines = []
    for found in demands_of(case):
        source = found.text.source.paragraph if found.text and found.text.source else "–"
        mark = {"code": str(found.state), "word": state_word(found.state)}
        said = found.sentence() if found.state not in (State.KEPT, State.DUE) else ""
        topic = {"word": title(found.topic), "said": said}
        lines.append([topic, source, mark, day(found.due), day(found.done)])
    return Part(
        title="Lovens krav",
        headings=("Tema", "Tekst som binder", "Stilling", "Frist", "Gjort"),
        widths=(2, 1.1, 0, 0, 0),
        lines=tuple(lines),
        empty="Ingen tekst binder.",
    )


def _decisions(facts: PersonFacts) -> Part:
    return Part(
        title="Vedtak",
        headings=("Hva vedtaket gjelder", "Vedtaksdato", "Fra", "Til"),
        widths=(1, 0, 0, 0),
        lines=tuple(
            [DECISIONS[each.kind], day(each.day), day(each.first_day), day(each.last_day)]
            for each in facts.decisions
        ),
        empty="Ingen vedtak er registrert i Innpass.",
    )


def _plans(facts: PersonFacts) -> Part:
    return Part(
        title="Integreringsplan, avtalte versjoner",
        headings=("Versjon", "Laget", "Avtalt", "Ny vurdering", "Med deltakeren", "Begrunnet"),
        widths=(0, 0, 0, 0, 0, 1),
        lines=tuple(
            [
                str(plan.number),
                day(plan.made_on),
                day(plan.agreed_on),
                day(plan.review_on),
                {True: "ja", False: "nei", None: "–"}[plan.made_with_participant],
                f"{plan.reasoned} av {plan.to_be_reasoned} elementer",
            ]
            for plan in facts.plans
        ),
        empty="Ingen avtalt versjon ligger i Innpass.",
    )


def _events(events: Mapping[str, int]) -> Part:
    line = [str(events["all"]), str(events["done"]), str(events["late"])]
    return Part(
        title="Registrering i NIR",
        headings=("Hendelser", "Merket i Innpass som registrert", "Over fristen og ikke merket"),
        widths=(0, 0, 0),
        lines=(line,) if events["all"] else (),
        empty="Ingen hendelser skal registreres.",
    )


def _hours(case: Case, *, first_day: date, last_day: date, law: Law) -> Part:
    demand = requirement_for(case.facts, law=law).requirement
    lines: list[Line] = []
    at = first_day.replace(day=1)
    while at <= last_day:
        following = add_months(at, 1)
        counted = [
            (week, monday)
            for week in case.weeks
            for monday in _mondays(week)
            if max(at, first_day) <= monday < following and monday <= last_day
        ]
        if counted:
            work = sum(week.hours for week, _ in counted) / len(counted)
            total = sum(week.total_hours for week, _ in counted) / len(counted)
            below = sum(week.verdict == Verdict.BELOW for week, _ in counted)
            binds = demand and any(monday >= demand.counts_from for _, monday in counted)
            least = demand.hours_per_week if demand and binds else None
            lines.append(
                [
                    month(at),
                    str(len(counted)),
                    number(work),
                    number(least),
                    number(total),
                    str(below),
                ]
            )
        at = following
    return Part(
        title="Planlagte timer per uke, i snitt for måneden",
        headings=(
            "Måned",
            "Uker",
            "Arbeidsrettet",
            "Minstekrav",
            "I alt",
            "Uker med snitt under kravet",
        ),
        widths=(1, 0, 0, 0, 0, 0),
        lines=tuple(lines),
        empty="Ingen uker i perioden har timer i Innpass.",
    )


def _mondays(weeks: Weeks) -> list[date]:
    count = (weeks.last_monday - weeks.first_monday).days // 7 + 1
    return [weeks.first_monday + timedelta(weeks=number) for number in range(count)]
