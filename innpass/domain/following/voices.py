"""What is said at an evaluation, by whom and how; the words stand with the screens."""

from collections.abc import Collection
from enum import StrEnum


class Speaker(StrEnum):
    """Whose voice it is."""

    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    TEACHER = "teacher"


class Theme(StrEnum):
    """What is asked about; each is answered in one tap."""

    WELLBEING = "wellbeing"
    TASKS = "tasks"
    LANGUAGE = "language"
    SUPPORT = "support"
    ATTENDANCE = "attendance"
    COOPERATION = "cooperation"
    JOB = "job"


class Answer(StrEnum):
    """How it goes."""

    WELL = "well"
    PARTLY = "partly"
    BADLY = "badly"


class GivenBy(StrEnum):
    """How somebody's words came to be written down."""

    ORALLY = "orally"  # said at the visit or on the phone, written down by staff
    OWN_HAND = "own_hand"  # typed by the speaker, on the screen that was handed over
    OTHERWISE = "otherwise"  # on paper or in a message
    DOOR = "door"  # by the employer, on the page without an account


class Interpreter(StrEnum):
    """Whether somebody interpreted."""

    NONE = "none"
    WITH = "with"
    OWN_LANGUAGE = "own_language"  # both spoke it


THEMES: dict[Speaker, tuple[Theme, ...]] = {
    Speaker.PARTICIPANT: (
        Theme.WELLBEING,
        Theme.TASKS,
        Theme.LANGUAGE,
        Theme.SUPPORT,
        Theme.JOB,
    ),
    Speaker.EMPLOYER: (
        Theme.ATTENDANCE,
        Theme.TASKS,
        Theme.LANGUAGE,
        Theme.COOPERATION,
        Theme.JOB,
    ),
    Speaker.TEACHER: (Theme.LANGUAGE,),
}


def missing_voices(speakers: Collection[Speaker]) -> tuple[Speaker, ...]:
    """Return whose voice an evaluation still lacks; both the participant and the employer speak.

    Example:
        >>> missing_voices([Speaker.EMPLOYER])
        (<Speaker.PARTICIPANT: 'participant'>,)
    """
    wanted = (Speaker.PARTICIPANT, Speaker.EMPLOYER)
    return tuple(each for each in wanted if each not in speakers)
