"""What the pages of timetables show, already cut to what the viewer may read."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from innpass.web.design.pages import Link
from innpass.web.timetable.calendars import Calendar


@dataclass(frozen=True, slots=True)
class WeekNav:
    """Which week is shown and the way to others.

    Attributes:
        now_href: the week of today; empty where it is shown.
    """

    words: str
    span: str
    value: str
    previous_href: str
    previous_words: str
    next_href: str
    next_words: str
    now_href: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar of hours: an activity."""

    label: str
    colour: str
    amount: str
    x: str
    width: str
    is_oriented: bool


@dataclass(frozen=True, slots=True)
class WhyLine:
    """A line of the sum: what, how it is counted, and what that makes."""

    what: str
    how: str
    amount: str


@dataclass(frozen=True, slots=True)
class MeterCard:
    """How a week stands against the law.

    Attributes:
        has_minimum: whether any work-oriented hours are asked that week.
        no_minimum: why none are, where that may be told.
        oriented_mark: where the minimum stands on the bar.
        is_full, is_oriented: whether each is met.
        lines: the sum, line by line.
        rules: what the numbers rest on, each with its source.
        verdict: how it stands, in a few words, to be told aloud.
    """

    total: str
    full_time: str
    oriented: str
    minimum: str
    has_minimum: bool
    segments: tuple[Segment, ...]
    oriented_width: str
    oriented_mark: str
    is_full: bool
    is_oriented: bool
    lines: tuple[WhyLine, ...]
    rules: tuple[Link, ...]
    verdict: str
    no_minimum: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a week, in sentences; ``changed`` is what became otherwise meanwhile.

    ``mend`` is where what it lacks is entered, for those who may.
    """

    broken: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    why_short: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    mend: Link | None = None


@dataclass(frozen=True, slots=True)
class Assumed:
    """What was taken for granted, and where it can be said."""

    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class InForce:
    """The timetable that holds.

    Attributes:
        withdrawn: from when it was taken out of force, and why.
    """

    pk: UUID
    until: str
    by: str
    at: datetime
    is_proposed: bool
    reason: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class StretchLine:
    """Weeks in which one timetable holds."""

    words: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class WeekOfPerson:
    """What every page about one person's week says of it."""

    pk: UUID
    name: str
    person_href: str
    week_href: str
    caseload_href: str
    nav: WeekNav


@dataclass(frozen=True, slots=True)
class PersonWeekPage:
    """The page ``timetable/week.html``.

    Attributes:
        none: why there is no week to plan, or no timetable; empty where there is one.
        others: all weeks by timetable, the one that holds among them.
        gone: days off of the week, in words.
        to_change: where what binds the week can be changed.
    """

    of: WeekOfPerson
    calendar: Calendar
    none: str
    is_plannable: bool
    in_force: InForce | None
    meter: MeterCard | None
    told: Told
    assumed: tuple[Assumed, ...]
    others: tuple[StretchLine, ...]
    gone: tuple[str, ...]
    may_edit: bool
    edit_href: str
    propose_href: str
    to_change: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group to choose.

    Attributes:
        seats: how many are free, in words.
        times: when it meets.
        suits: the course model, or the class, asks for it.
    """

    value: str
    name: str
    about: str
    times: tuple[str, ...]
    seats: str
    is_full: bool
    is_chosen: bool
    suits: bool


@dataclass(frozen=True, slots=True)
class StayRow:
    """A day at the workplace to fill in.

    Attributes:
        hours: when it takes participants that day; empty where it does not.
    """

    number: int
    name: str
    start: str
    end: str
    hours: str
    seats: str
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the week would be with what is chosen: ``timetable/outcome.html``.

    Attributes:
        announcement: what changed, to be told aloud.
        unread: fields that cannot be understood; the week is then judged without them.
    """

    calendar: Calendar
    meter: MeterCard
    told: Told
    announcement: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another timetable came into force meanwhile: theirs beside what was typed."""

    theirs: Calendar
    theirs_meter: MeterCard | None
    by: str
    expected: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The page ``timetable/edit.html``.

    Attributes:
        workplace: its name; empty where the person has no practice.
        refused: sentences of why it was not kept.
        expected: the timetable on which this builds, as text; empty where there was none.
        until: in which weeks it would hold.
    """

    of: WeekOfPerson
    href: str
    suited: tuple[GroupChoice, ...]
    other_groups: tuple[GroupChoice, ...]
    workplace: str
    stays: tuple[StayRow, ...]
    longest_stay: int
    only_this_week: bool
    until: str
    reason: str
    may_reason: bool
    expected: str
    outcome: Outcome
    appointments: tuple[str, ...]
    refused: tuple[str, ...] = ()
    conflict: Conflict | None = None

    @property
    def mine(self) -> Calendar:
        """The week as typed, to be looked at beside another's."""
        return replace(self.outcome.calendar, is_editable=False)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a proposal, in words; ``kind`` is added, removed or moved."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposedPage:
    """The page ``timetable/proposed.html``: a proposal beside the week of today.

    Attributes:
        clash: demands that cannot all hold; then there is no week.
        fixes: where what clashes can be changed.
        back: the proposal for many that it belongs to, if it does.
        outdated: why it cannot be taken any more; empty where it can.
        until: in which weeks it would hold.
        edit_href: where the week is made by hand, beginning with the proposal.
    """

    pk: UUID
    edit_href: str
    of: WeekOfPerson
    now: Calendar | None
    now_meter: MeterCard | None
    calendar: Calendar | None
    meter: MeterCard | None
    changes: tuple[ChangeLine, ...]
    why: tuple[str, ...]
    told: Told
    clash: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    fixes: tuple[Link, ...]
    is_same: bool
    is_taken: bool
    outdated: str
    until: str
    back: Link | None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingLink:
    """A number above the list."""

    label: str
    explanation: str
    href: str
    count: int
    is_current: bool
    colour: str
    icon: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, or of a list to choose from."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The page ``timetable/withdraw.html``.

    Attributes:
        holds: in which weeks the timetable holds, in words.
        begins: its first week, in words.
        weeks: from which it can be taken out.
        refused: sentences of why what held before cannot hold again.
    """

    name: str
    person_href: str
    week_href: str
    href: str
    holds: str
    has_begun: bool
    begins: str
    weeks: tuple[Choice, ...]
    reason: str
    week_problem: str
    reason_problem: str
    refused: tuple[str, ...]
