"""Every field a sheet can supply: its name, its type, the tables it belongs to, and its words.

The names are the only vocabulary that reading, linking, deriving and storing share.
"""

from dataclasses import dataclass
from enum import StrEnum

from innpass.domain.sheets.records import TableKind


class FieldType(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    PERSON_NAME = "person_name"
    DATE = "date"
    YES_NO = "yes_no"  # value: bool
    HOURS = "hours"  # value: float, hours per week
    PERCENT = "percent"  # value: int, 0 to 100
    WHOLE_NUMBER = "whole_number"  # value: int
    LEVEL = "level"  # value: "A1".."C2", "pre-A1"
    IDENTITY_NUMBER = "identity_number"  # fnr or D-number; the digits tell which
    DUF = "duf"
    SYSTEM_NUMBER = "system_number"  # Socio or Visma: text, digits as written
    CODE = "code"  # one of the codes below


class Activity(StrEnum):
    """What the hours of a week are spent on."""

    NORWEGIAN = "norwegian"
    VOCATIONAL_NORWEGIAN = "vocational_norwegian"
    PRACTICE = "practice"
    WORK_LIFE_COURSE = "work_life_course"
    TRADE_COURSE = "trade_course"
    NAV_MEASURE = "nav_measure"
    PART_TIME_WORK = "part_time_work"
    OTHER = "other"


class Protection(StrEnum):
    """Ground of residence as far as the rules ask."""

    COLLECTIVE = "collective"
    OTHER = "other"


class EndGoal(StrEnum):
    """Final goal (sluttmål). ``EDUCATION`` is one that nobody has specified further.

    All but ``WORK`` lead to education: ask ``is not WORK``, never ``is EDUCATION``.
    """

    WORK = "work"
    EDUCATION = "education"
    HIGHER_EDUCATION = "higher_education"
    VOCATIONAL_REQUALIFICATION = "requalification"
    UPPER_SECONDARY = "upper_secondary"
    PARTS_OF_UPPER_SECONDARY = "upper_secondary_part"
    TRADE = "trade"


class EndReason(StrEnum):
    """Why a programme ended."""

    WORK = "work"
    EDUCATION = "education"
    NAV = "nav"
    MOVED = "moved"
    OTHER = "other"


class LeaveKind(StrEnum):
    """What leave (permisjon) is for."""

    PARENTAL = "parental"
    LONG_ILLNESS = "long_illness"
    PREGNANCY = "pregnancy"
    BIRTH = "birth"
    WELFARE = "welfare"
    PEACE_WORK = "peace_work"
    RELIGIOUS = "religious"
    HOLIDAY = "holiday"
    OTHER = "other"


class AbsenceKind(StrEnum):
    """Why somebody was away without leave (fravær)."""

    SELF_DECLARED = "self_declared"
    DOCTORS_NOTE = "doctors_note"
    CHILD_ILL = "child_ill"
    UNAUTHORISED = "unauthorised"
    AUTHORISED = "authorised"


class DecisionKind(StrEnum):
    """What an individual decision (vedtak) is about; integreringsloven §§ 12, 17, 18 and 46."""

    PROGRAMME = "programme"
    EXTENSION = "extension"
    LEAVE = "leave"
    PAUSE = "pause"
    STOP = "stop"
    PART_TIME = "part_time"
    PLAN = "plan"
    NORWEGIAN = "norwegian"
    NORWEGIAN_EXTENSION = "norwegian_extension"


class PlacementKind(StrEnum):
    """Municipal or private practice."""

    MUNICIPAL = "municipal"
    PRIVATE = "private"


SKILLS = ("listening", "reading", "writing", "speaking")


Codes = type[StrEnum]


@dataclass(frozen=True, slots=True)
class Field:
    """One meaning. ``codes`` is the enumeration of a ``CODE`` field."""

    name: str
    type: FieldType
    kinds: tuple[TableKind, ...]
    codes: Codes | None = None


_PERSON = (TableKind.PERSON,)
_ALL = tuple(TableKind)
_T = FieldType

_FIELDS = (
    # Who. Detail tables carry some of these too, and they are what linking works on.
    Field("ids.fnr", _T.IDENTITY_NUMBER, _ALL),
    Field("ids.dnr", _T.IDENTITY_NUMBER, _ALL),
    Field("ids.duf", _T.DUF, _ALL),
    Field("ids.socio", _T.SYSTEM_NUMBER, _ALL),
    Field("ids.visma_refugee", _T.SYSTEM_NUMBER, _ALL),
    Field("ids.visma_learning", _T.SYSTEM_NUMBER, _ALL),
    Field("name", _T.PERSON_NAME, _ALL),
    Field("family_name", _T.PERSON_NAME, _ALL),
    Field("given_name", _T.PERSON_NAME, _ALL),
    Field("native_name", _T.PERSON_NAME, _PERSON),
    Field("birth_date", _T.DATE, _ALL),
    Field("country", _T.TEXT, _PERSON),
    Field("settled_on", _T.DATE, _PERSON),
    Field("permit_on", _T.DATE, _PERSON),
    # Programme
    Field("programme.offered_on", _T.DATE, _PERSON),
    Field("programme.start", _T.DATE, _PERSON),
    Field("programme.planned_end", _T.DATE, _PERSON),
    Field("programme.actual_end", _T.DATE, _PERSON),
    Field("programme.end_reason", _T.CODE, _PERSON, EndReason),
    Field("programme.protection", _T.CODE, _PERSON, Protection),
    Field("programme.upper_secondary", _T.YES_NO, _PERSON),
    Field("programme.end_goal", _T.CODE, _PERSON, EndGoal),
    Field("programme.extent_percent", _T.PERCENT, _PERSON),
    Field("programme.has_children", _T.YES_NO, _PERSON),
    Field("programme.adviser", _T.PERSON_NAME, _PERSON),
    Field("programme.supervisor", _T.PERSON_NAME, _PERSON),
    Field("programme.class_name", _T.TEXT, _PERSON),
    Field("programme.track", _T.WHOLE_NUMBER, _PERSON),
    Field("mapping_on", _T.DATE, _PERSON),
    Field("career_guidance_on", _T.DATE, _PERSON),
    Field("contract_on", _T.DATE, _PERSON),
    Field("certificate_on", _T.DATE, _PERSON),
    Field("lifeskills.health_hours", _T.WHOLE_NUMBER, _PERSON),
    Field("lifeskills.career_hours", _T.WHOLE_NUMBER, _PERSON),
    Field("parental.group_meetings", _T.WHOLE_NUMBER, _PERSON),
    Field("parental.individual_meetings", _T.WHOLE_NUMBER, _PERSON),
    Field("nav.adviser", _T.PERSON_NAME, _PERSON),
    Field("nav.info_meeting", _T.DATE, _PERSON),
    Field("nav.handover", _T.DATE, _PERSON),
    Field("teacher", _T.PERSON_NAME, _PERSON),
    Field("last_contact", _T.DATE, _PERSON),
    Field("next_step", _T.TEXT, _PERSON),
    Field("next_step_due", _T.DATE, _PERSON),
    Field("next_step_owner", _T.PERSON_NAME, _PERSON),
    Field("remark", _T.TEXT, _PERSON),
    *(Field(f"level.{skill}", _T.LEVEL, _PERSON) for skill in SKILLS),
    Field("norwegian.offered_on", _T.DATE, _PERSON),
    Field("social_studies.hours", _T.WHOLE_NUMBER, _PERSON),
    # Placements: a table of its own, or numbered groups of columns in a person's row, where the
    # names are ``placements.0.unit`` and so on (see ``numbered``).
    Field("placement.kind", _T.CODE, (TableKind.PLACEMENT,), PlacementKind),
    Field("placement.area", _T.TEXT, (TableKind.PLACEMENT,)),
    Field("placement.unit", _T.TEXT, (TableKind.PLACEMENT,)),
    Field("placement.first_day", _T.DATE, (TableKind.PLACEMENT,)),
    Field("placement.last_day", _T.DATE, (TableKind.PLACEMENT,)),
    Field("placement.extended", _T.YES_NO, (TableKind.PLACEMENT,)),
    Field("placement.hours_per_week", _T.HOURS, (TableKind.PLACEMENT,)),
    Field("placement.evaluation_visit", _T.DATE, (TableKind.PLACEMENT,)),
    Field("placement.contract", _T.DATE, (TableKind.PLACEMENT,)),
    # Hours, leave, absence, decisions, tests
    Field("activity.kind", _T.CODE, (TableKind.ACTIVITY,), Activity),
    Field("activity.first_day", _T.DATE, (TableKind.ACTIVITY,)),
    Field("activity.last_day", _T.DATE, (TableKind.ACTIVITY,)),
    Field("activity.hours_per_week", _T.HOURS, (TableKind.ACTIVITY,)),
    Field("leave.first_day", _T.DATE, (TableKind.LEAVE,)),
    Field("leave.last_day", _T.DATE, (TableKind.LEAVE,)),
    Field("leave.kind", _T.CODE, (TableKind.LEAVE,), LeaveKind),
    Field("leave.reason", _T.TEXT, (TableKind.LEAVE,)),
    Field("absence.first_day", _T.DATE, (TableKind.ABSENCE,)),
    Field("absence.last_day", _T.DATE, (TableKind.ABSENCE,)),
    Field("absence.kind", _T.CODE, (TableKind.ABSENCE,), AbsenceKind),
    Field("decision.kind", _T.CODE, (TableKind.DECISION,), DecisionKind),
    Field("decision.day", _T.DATE, (TableKind.DECISION,)),
    Field("decision.first_day", _T.DATE, (TableKind.DECISION,)),
    Field("decision.last_day", _T.DATE, (TableKind.DECISION,)),
    Field("decision.reason", _T.TEXT, (TableKind.DECISION,)),
    Field("test.date", _T.DATE, (TableKind.TEST,)),
    Field("test.goal", _T.LEVEL, (TableKind.TEST,)),
    Field("test.reached", _T.YES_NO, (TableKind.TEST,)),
    *(Field(f"test.{skill}", _T.LEVEL, (TableKind.TEST,)) for skill in SKILLS),
)

FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}

# The most characters a value may have. What is longer is no name or number, and is asked about.
_LONGEST_OF_TYPE = {
    FieldType.TEXT: 200,
    FieldType.PERSON_NAME: 120,
    FieldType.SYSTEM_NUMBER: 40,
}
_LONGEST = {
    "name": 250,  # a given and a family name of the longest kind, and a space
    "native_name": 200,
    "country": 80,
    "programme.class_name": 60,
    "placement.area": 120,
    "next_step": 300,
    "decision.reason": 2_000,
    "remark": 10_000,
}
LARGEST_WHOLE_NUMBER = 32_767


def longest_of(name: str) -> int | None:
    """Return the most characters a field's value may have; ``None`` where its type bounds it."""
    name = plain(name)
    return _LONGEST.get(name) or _LONGEST_OF_TYPE.get(FIELDS[name].type)


def numbered(name: str, group: int) -> str:
    """Name a placement's field in a person's row: ``numbered("placement.unit", 1)``."""
    return f"placements.{group}.{name.partition('.')[2]}"


def plain(name: str) -> str:
    """Undo ``numbered``: ``placements.1.unit`` is ``placement.unit``; others are unchanged."""
    if name.startswith("placements."):
        return f"placement.{name.split('.', 2)[2]}"
    return name
