"""What the pages of the law show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext_lazy

from innpass.web.design.pages import Paging

STATES = ("kept", "due", "not_shown", "broken", "unknown")
# What the columns of the list are called: all, and by state.
COLUMNS = {
    "": gettext_lazy("Gjelder"),
    "kept": gettext_lazy("Oppfylt"),
    "due": gettext_lazy("Frist igjen"),
    "not_shown": gettext_lazy("Ikke vist"),
    "broken": gettext_lazy("Brutt"),
    "unknown": gettext_lazy("Ukjent"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """For how many of those in the programme something stands how; ``binds`` is the sum.

    ``href`` is where those people are listed, for those who may read who they are.
    """

    kept: int = 0
    due: int = 0
    not_shown: int = 0
    broken: int = 0
    unknown: int = 0
    href: str = ""

    @property
    def figures(self) -> tuple[tuple[str, int, str], ...]:
        """Each figure of a row with its name and its list: all, and by state."""
        codes = ("", *STATES)
        numbers = (self.binds, *(getattr(self, code) for code in STATES))
        return tuple(
            (str(COLUMNS[code]), number, f"{self.href}?stilling={code}" if code else self.href)
            for number, code in zip(numbers, codes, strict=True)
        )

    @property
    def binds(self) -> int:
        """Count those a text reaches, or may reach."""
        return self.kept + self.due + self.not_shown + self.broken + self.unknown


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the list.

    Attributes:
        source: the paragraph of the text in force; empty where there is none.
        passed: how many of its texts are passed and not in force.
    """

    title: str
    href: str
    source: str
    passed: int
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class AreaCard:
    """Topics that stand together."""

    title: str
    topics: tuple[TopicRow, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """When the figures were computed, for which day, and of how many people.

    Attributes:
        is_at_work: everybody is being judged, or waits to be; the page then shows older figures.
    """

    as_of: date | None
    at: datetime | None
    people: int
    is_at_work: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The page ``regulations/register.html``; ``computed`` is ``None`` for who sees no figures."""

    areas: tuple[AreaCard, ...]
    texts: int
    computed: Computed | None
    may_suppose: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of figures."""
        return tuple(str(name) for name in COLUMNS.values())


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value of a number and the days it holds."""

    days: str
    lines: tuple[str, ...]
    source: str
    in_force_by: str


@dataclass(frozen=True, slots=True)
class NumberCard:
    """A number that a text works with."""

    term: str
    unit: str
    source: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """How a text that is silent is read.

    Attributes:
        question: what the text leaves open; ``answer`` is how it is read here.
        default: the answer that Innpass ships; ``is_changed`` where it is another.
        doubt: what speaks against the answer we ship.
        chosen: who chose it, when and why; empty where nobody did.
        href: where it is chosen; empty where the engine knows no other answer.
    """

    name: str
    question: str
    answer: str
    default: str
    is_changed: bool
    doubt: str
    chosen_by: str = ""
    chosen_at: datetime | None = None
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice that was made, for the history."""

    question: str
    answer: str
    at: datetime
    by: str
    reason: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """The page ``regulations/readings.html``: what is read otherwise here, and what as shipped."""

    changed: tuple[ReadingCard, ...]
    shipped: tuple[ReadingCard, ...]
    history: tuple[ChoiceLine, ...]
    is_at_work: bool


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The page ``regulations/reading_choice.html``; ``topics`` are those it changes answers of."""

    reading: ReadingCard
    form: Form
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextCard:
    """A text of a topic.

    Attributes:
        days: the days of the deciding date for which it binds, in words.
        is_now: it binds one whose deciding date is today.
        brings: the values it brings once it is in force, in words.
    """

    rule: str
    says: str
    days: str
    is_now: bool
    is_passed: bool
    only_for: str
    source: str
    in_force_by: str
    numbers: tuple[str, ...]
    brings: tuple[str, ...]
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """The page ``regulations/topic.html``."""

    title: str
    area: str
    decides: str
    texts: tuple[TextCard, ...]
    numbers: tuple[NumberCard, ...]
    readings: tuple[ReadingCard, ...]
    counts: Counts | None
    unknown_text: int
    computed: Computed | None


@dataclass(frozen=True, slots=True)
class SupposePage:
    """The page ``regulations/suppose.html``. Each form posts with ``act``: text or number."""

    text_form: Form
    number_form: Form


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """The page ``regulations/waiting.html`` and its fragment ``progress``, asked for every second.

    ``problem`` says why no answer comes, ``obstacle`` why nothing moves.
    """

    pk: UUID
    title: str
    now: str
    percent: int
    problem: str = ""
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """How many get another state in a topic, if a text is read otherwise."""

    topic: str
    now: str
    then: str
    count: int


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """One of them."""

    name: str
    href: str
    topic: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class RereadingPage:
    """The page ``regulations/rereading.html``: what another reading would change.

    Attributes:
        now, then: how the text is read, and would be.
        judged: how many were judged.
        people: who they are; empty, and ``may_read_names`` false, where that is not to be read.
        save_href: where the choice is stored, of ``answer`` for ``reason``; empty where the text
            is read so already.
    """

    title: str
    question: str
    now: str
    then: str
    as_of: date
    judged: int
    changes: tuple[Change, ...]
    people: tuple[ChangedPerson, ...]
    paging: Paging
    may_read_names: bool
    save_href: str
    answer: str
    reason: str
    back_href: str


@dataclass(frozen=True, slots=True)
class StandingPerson:
    """How a topic stands for one; ``due`` is the last day in time, where there is one."""

    name: str
    href: str
    state: str
    due: date | None


@dataclass(frozen=True, slots=True)
class StandingsPage:
    """The page ``regulations/standings.html``: who a figure of a topic counts.

    Attributes:
        states: each state with its list and how many stand so; ``heading`` is the chosen one.
    """

    title: str
    topic_href: str
    heading: str
    states: tuple[tuple[str, str, int, bool], ...]
    people: tuple[StandingPerson, ...]
    paging: Paging
    computed: Computed | None


@dataclass(frozen=True, slots=True)
class ByContact:
    """How many of one contact's people fall short now, and would, and who they are.

    ``lines`` are at most ``MOST_NAMED``; ``more`` is how many others there are.
    """

    name: str
    now: int
    then: int
    difference: int
    lines: tuple["OutcomeLine", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One topic of one person who falls short now, or would. ``colour`` is that of the mark."""

    name: str
    href: str
    topic: str
    now: str
    then: str
    difference: str
    colour: str


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """The page ``regulations/outcome.html``.

    Attributes:
        people: how many were judged.
        short_now, short_then: people, among those the viewer may see.
        newly, no_longer: those for whom it is another.
        contact: the kind of contact that ``by_contact`` groups by; ``contacts`` are those to
            choose among, one of each body: name, address, whether it is this one.
    """

    pk: UUID
    title: str
    as_of: date
    people: int
    topics: tuple[str, ...]
    short_now: int
    short_then: int
    newly: int
    no_longer: int
    contact: str
    contacts: tuple[tuple[str, str, bool], ...]
    by_contact: tuple[ByContact, ...]
    export_href: str = ""
