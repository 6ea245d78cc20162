"""What the pages of everybody's weeks and of proposals show, cut to what the viewer may read."""

from dataclasses import dataclass, field
from uuid import UUID

from innpass.web.design.pages import Link, Paging
from innpass.web.timetable.pages import Choice, StandingLink, WeekNav


@dataclass(frozen=True, slots=True)
class Amount:
    """Hours against what is asked, as a bar and in words.

    Attributes:
        width, mark: of the bar; ``mark`` is empty where nothing is asked.
    """

    words: str
    asked: str
    width: str
    mark: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class CaseloadLine:
    """Somebody's week in the list.

    Attributes:
        places: groups and workplaces, in words.
        stated: what the sheets say, where there is no timetable.
    """

    name: str
    href: str
    standing: str
    total: Amount | None
    oriented: Amount | None
    places: str
    stated: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """The page ``timetable/caseload.html``."""

    nav: WeekNav
    href: str
    standings: tuple[StandingLink, ...]
    all_href: str
    lines: tuple[CaseloadLine, ...]
    paging: Paging
    groups: tuple[Choice, ...]
    advisers: tuple[Choice, ...]
    search: str
    kept: tuple[tuple[str, str], ...]
    is_narrowed: bool
    heading: str
    total: int
    propose: Link | None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The page ``timetable/progress.html``.

    Attributes:
        is_stopping: somebody has said that the best so far will do.
    """

    href: str
    stop_href: str
    back_href: str
    words: str
    now: str
    percent: int
    obstacle: str
    is_stopping: bool


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """Somebody's proposed week in the list.

    Attributes:
        standing: clash, short, full, or full and same.
        is_same: it is the week that holds, whether or not it lacks anything.
        reasons: what is not met and why, or what changed.
    """

    pk: UUID
    name: str
    href: str
    standing: str
    is_same: bool
    reasons: tuple[str, ...]
    changes: str
    is_taken: bool
    is_takeable: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """The page ``timetable/proposal.html``: everybody's proposed weeks.

    Attributes:
        ends: groups that end while the weeks would go on.
        gap: how good it is, proved.
        refused: why nothing was taken; ``left``: who was left out, each with why.
    """

    href: str
    take_href: str
    week_words: str
    span: str
    back_href: str
    standings: tuple[StandingLink, ...]
    ends: tuple[str, ...]
    gap: str
    counts: str
    lines: tuple[ProposedLine, ...]
    paging: Paging
    takeable: int
    problem: str = ""
    refused: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    marked: frozenset[str] = field(default_factory=frozenset)
