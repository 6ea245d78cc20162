"""What a participant's page shows, already cut to what the viewer may read.

A part that is ``None`` may not be read and is left out; an empty tuple is shown as empty.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from innpass.web.design.course_now import CourseNow
from innpass.web.design.pages import Link
from innpass.web.design.plan_words import Lack


@dataclass(frozen=True, slots=True)
class Change:
    """A field's value before and after."""

    at: datetime
    field: str
    before: str
    after: str
    source: str
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What a value was before, latest first, and where its whole history stands."""

    label: str
    href: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact of the header: a label, its value in words, and a quiet line below."""

    label: str
    value: str
    note: str = ""
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the guide's eight steps.

    Attributes:
        number: 1 to 8; the name follows from it.
        state: done, now, later or unknown.
        day: when it was done, or began.
        known_from: where we know it from, such as ``Oversiktsarket, celle T14``.
    """

    number: int
    name: str
    state: str
    day: date | None = None
    known_from: str = ""


@dataclass(frozen=True, slots=True)
class CountedActivity:
    """Hours of one activity in the week, and why they count or do not."""

    label: str
    hours: float
    counts: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A placement case: at whom, where it stands, and what it waits for."""

    name: str
    href: str
    state: str
    says: str


@dataclass(frozen=True, slots=True)
class Cases:
    """The latest placement cases, and where one is proposed."""

    lines: tuple[CaseLine, ...]
    propose_href: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The law's answer for the person and the week.

    Attributes:
        year, week: the ISO week.
        verdict: met, below, not_yet, excluded, no_requirement or unknown.
        hours: work-oriented hours this week.
        average: their mean over the weeks counted so far; ``None`` when no week counts yet.
        minimum: what the law asks for; ``None`` when it asks for nothing.
        full_time: the hours a full-time week has, which is the end of the scale.
        applies_from: the first day the requirement counts from.
        sentences: the explanation, one sentence each, most important first.
        activities: all hours of the week.
        rule: the rule's name in words; ``source`` its paragraph; ``source_href`` where to read it.
        rule_first_day, rule_last_day: when the rule's text is in force; last day ``None`` if open.
        readings: how the municipality reads the law where it is silent, as question and answer.
        projection: what the programme ends on if the plan is kept, one sentence each.
        warning: the four-week early warning; empty when there is none. It is no legal measure.
    """

    year: int
    week: int
    verdict: str
    hours: float | None
    average: float | None
    minimum: float | None
    full_time: float
    applies_from: date | None = None
    sentences: tuple[str, ...] = ()
    activities: tuple[CountedActivity, ...] = ()
    rule: str = ""
    source: str = ""
    source_href: str = ""
    rule_first_day: date | None = None
    rule_last_day: date | None = None
    readings: tuple[tuple[str, str], ...] = ()
    projection: tuple[str, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the programme. ``is_planned`` is a week to come."""

    year: int
    number: int
    monday: date
    verdict: str
    hours: float | None
    average: float | None
    is_planned: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks whose Monday falls in one month. ``first_day`` names it."""

    first_day: date
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """How many weeks ended one way, for the words beside the picture."""

    verdict: str
    count: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A practice period. ``kind`` is ``Kommunal`` or ``Privat``."""

    unit: str
    area: str
    kind: str
    first_day: date | None
    last_day: date | None
    hours_per_week: float | None
    is_current: bool = False
    is_extended: bool = False
    evaluation_visit: date | None = None
    contract: date | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level in one skill, such as ``Lytte`` and ``A2``; empty when unknown."""

    skill: str
    level: str


@dataclass(frozen=True, slots=True)
class Test:
    """A Norwegian test. ``outcome`` is reached, not_reached or unknown."""

    day: date
    goal: str
    outcome: str
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone in one of the bodies who follows the person."""

    role: str
    name: str
    body: str
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Hours over a period, as a body's sheet states them."""

    label: str
    first_day: date | None
    last_day: date | None
    hours_per_week: float
    is_work_oriented: bool
    source: str


@dataclass(frozen=True, slots=True)
class AttendanceSum:
    """The last four weeks in hours, as far as they are noted; ``percent`` attended of noted."""

    percent: int
    planned: float
    attended: float
    absent: float
    unnoted: float
    href: str


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """What a timetable says of the hours; ``to_settle`` where it and the sheets do not agree."""

    text: str
    to_settle: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """A leave or an absence, both days included; ``why`` is its kind and reason, in words."""

    first_day: date
    last_day: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """An individual decision, and the period it is about where it names one."""

    label: str
    day: date | None
    first_day: date | None = None
    last_day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The integration plan in force, or that there is none, and what the law finds lacking.

    Attributes:
        title: which version; empty where none is agreed.
        lines: its goals and how long it lasts, as label and value.
        has_draft: somebody is working on a new version, which the viewer may read.
    """

    href: str
    title: str = ""
    agreed_on: date | None = None
    review_on: date | None = None
    is_late: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    elements: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    has_draft: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something the programme must hold, with its day or amount in words; empty is not yet."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a clock's bar, from ``start`` and ``width`` long, in thousandths of the whole.

    ``kind`` is used, left, added or possible.
    """

    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class ClockShown:
    """How long the programme, or the right to Norwegian tuition, lasts.

    Attributes:
        key: programme or norwegian.
        last_day: the last day; ``None`` when it cannot be said, and then there is no bar.
        possible_until: the last day if all that may be decided is; ``None`` where it is no later.
        when: how long ago or ahead the last day is, in words.
        used, left, added: amounts in words.
        described: the bar in words.
        sentences: why it is so long, most important first.
        counted, left_out: what was added, and what was not and why.
        is_cut: whether the viewer may not read some of that.
        breaches, warnings: what is against the law, and what a human should look at.
        source: the paragraph; empty where it is not known which text binds, or may not be read.
    """

    key: str
    label: str
    first_day: date | None
    last_day: date | None
    possible_until: date | None
    has_run_out: bool
    when: str
    used: str
    left: str
    added: str
    bar: tuple[Stretch, ...] = ()
    today: int | None = None
    described: str = ""
    sentences: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    is_cut: bool = False
    breaches: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that names the person in one system.

    ``shown`` is masked (``••••••• 12345``) until it is revealed, which is logged; system numbers
    are not secret and have ``may_reveal`` false.
    """

    key: str
    label: str
    shown: str
    may_reveal: bool = False
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """A value and the cell it comes from. ``is_used`` is false for one another source overrides.

    ``note`` says what became of the row, if anything; ``entered`` by whom it was entered by hand.
    """

    field: str
    value: str
    body: str
    file: str
    sheet: str
    cell: str
    day: date
    is_used: bool = True
    note: str = ""
    entered: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about this person that waits for an answer; ``href`` is where it is answered."""

    sentence: str
    place: str
    answered_by: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """The page ``participant/participant.html`` and its fragment ``identifiers``.

    Attributes:
        list_href: back to the list as it was left, filters and all.
        tags: short words about the person, such as ``Kollektiv beskyttelse``.
        step: the present step, 1 to 8.
        weeks: the weeks of the programme by month; ``week_totals`` counts them, most first.
        changes: the latest of the value history, newest first; the whole is at ``history_href``.
    """

    id: UUID
    name: str
    list_href: str
    initials: str = ""
    native_name: str = ""
    birth_date: date | None = None
    country: str = ""
    is_protected: bool = False
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    next_step: str = ""
    next_step_owner: str = ""
    next_step_due: date | None = None
    is_overdue: bool = False
    remark: str = ""
    step: int | None = None
    steps: tuple[Step, ...] = ()
    assessment: Assessment | None = None
    clocks: tuple[ClockShown, ...] = ()
    months: tuple[Month, ...] = ()
    week_totals: tuple[WeekTotal, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    disputed: tuple[Link, ...] = ()
    placements: tuple[Placement, ...] | None = ()
    levels: tuple[Level, ...] | None = ()
    tests: tuple[Test, ...] = ()
    contacts: tuple[Contact, ...] | None = ()
    activities: tuple[Activity, ...] | None = ()
    leaves: tuple[Away, ...] | None = ()
    absences: tuple[Away, ...] | None = ()
    decisions: tuple[Decision, ...] | None = ()
    plan: Plan | None = None
    course: CourseNow | None = None
    milestones: tuple[Milestone, ...] = ()
    identifiers: tuple[Identifier, ...] | None = ()
    provenance: tuple[Provenance, ...] = ()
    changes: tuple[Change, ...] = ()
    history_href: str = ""
    rules_href: str = ""
    timetable_href: str = ""
    matching_href: str = ""
    cases: Cases | None = None
    planned: tuple[PlannedNote, ...] = ()
    ties_href: str = ""
    attendance: AttendanceSum | None = None
    follow_up_href: str = ""


@dataclass(frozen=True, slots=True)
class PersonNotFoundPage:
    """The page ``participant/person_not_found.html``: none such, or none one may see."""

    list_href: str
