"""What the screens of ways in for employers show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from innpass.casework.doors.pack import Pack
from innpass.web.design.pages import Link


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day to confirm; ``name`` is that of the form's field."""

    name: str
    on: date
    times: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered in one tap; ``name`` is that of the form's field."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class VoiceForm:
    """What the employer is asked about how it goes, with what was sent and not kept."""

    questions: tuple[Question, ...]
    text: str = ""
    problem: str = ""
    code_problem: str = ""


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """The page ``doors/employer.html``, all that an employer without an account sees.

    A test holds it against a list of what may be shown; nothing goes in here without that list.

    Attributes:
        weekdays: when the participant is there, in words; ``days`` those to confirm now.
        thanks: how many days were just confirmed; ``None`` where none was.
        voice: what is asked about how it goes; ``None`` while no visit waits for an answer.
        has_spoken: whether a voice was just kept.
    """

    pk: UUID
    first_name: str
    first_day: date | None
    last_day: date | None
    weekdays: tuple[str, ...]
    hours: str
    contact_name: str
    contact_phone: str
    contact_email: str
    tasks: str
    goals: tuple[str, ...]
    goal_text: str
    week: str
    week_label: str
    earlier_href: str
    later_href: str
    days: tuple[DayLine, ...]
    needs_code: bool
    voice: VoiceForm | None
    thanks: int | None = None
    has_spoken: bool = False
    problem: str = ""
    code_problem: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A way in as the staff see it, in words."""

    pk: UUID
    holder: str
    state: str
    colour: str
    made: str
    told: str
    may_make_code: bool
    may_withdraw: bool
    code_until: datetime | None


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A day: planned, noted, confirmed."""

    on: date
    times: str
    noted: str
    confirmed: str
    differs: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """The page ``doors/case.html``.

    Attributes:
        made: a link just made, and ``code`` six digits just made, this once.
        code_for: the row that they are of; ``sent_to`` the number they went to, if any.
        refused: why no link can be made.
        takes_numbers: whether a code can be sent by SMS.
        no_number: that the employer gets no number to ring, where so.
    """

    pk: UUID
    name: str
    employer: str
    trail: tuple[Link, ...]
    rows: tuple[DoorRow, ...]
    holders: tuple[Choice, ...]
    may_make: bool
    refused: str
    takes_numbers: bool
    lines: tuple[ComparedLine, ...]
    papers: tuple[Link, ...]
    no_number: str = ""
    made: str = ""
    code: str = ""
    code_for: UUID | None = None
    code_until: datetime | None = None
    sent_to: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """The document of expectations in a language; ``cautions`` in Norwegian."""

    code: str
    name: str
    direction: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PapersPage:
    """The page ``doors/papers.html``.

    Attributes:
        given: when the employer got the pack, in words, the last first.
    """

    pk: UUID
    name: str
    employer: str
    trail: tuple[Link, ...]
    pack: Pack
    given: tuple[str, ...]
    may_give: bool
    languages: tuple[Translated, ...]
