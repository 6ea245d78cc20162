"""What an agreement about a placement consists of, in codes; the words stand in ``words.yml``."""

from collections.abc import Collection
from enum import StrEnum


class VersionKind(StrEnum):
    """Why there is a new version of an agreement."""

    MADE = "made"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    GOAL = "goal"
    PLACE = "place"
    CONTACTS = "contacts"
    ENDED = "ended"


class Goal(StrEnum):
    """What the placement is for, as Nav's agreements name it."""

    JOB_THERE = "job_there"  # få jobb i bedriften
    EXPERIENCE = "experience"  # arbeidserfaring
    TRIAL = "trial"  # utprøving
    LANGUAGE = "language"  # språkopplæring
    CERTIFICATE = "certificate"  # oppnå fagbrev eller kompetansebevis
    OTHER = "other"


class Party(StrEnum):
    """Who signs. The supervisor signs last; the others in any order."""

    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    SECOND_EMPLOYER = "second_employer"
    SUPERVISOR = "supervisor"


class Way(StrEnum):
    """How a signature was given."""

    AT_TABLE = "at_table"  # name typed on the supervisor's screen, handed over
    ON_PAPER = "on_paper"  # a scan of the signed paper is kept
    ON_BEHALF = "on_behalf"  # somebody signed for the party, on a ground


class Ground(StrEnum):
    """Why somebody signs for a party."""

    NO_ELECTRONIC_ID = "no_electronic_id"  # kan ikke identifisere seg elektronisk
    RESERVED = "reserved"  # har reservert seg
    LOW_DIGITAL_SKILL = "low_digital_skill"
    SAID_BY_PHONE = "said_by_phone"  # har sagt ja på telefon eller i møte


class Given(StrEnum):
    """How somebody was told what is demanded and expected, and which rights there are."""

    OWN_LANGUAGE = "own_language"
    INTERPRETER = "interpreter"
    NORWEGIAN = "norwegian"


def parties(*, has_second_signer: bool) -> tuple[Party, ...]:
    """Return who must sign, the supervisor last."""
    second = (Party.SECOND_EMPLOYER,) if has_second_signer else ()
    return (Party.PARTICIPANT, Party.EMPLOYER, *second, Party.SUPERVISOR)


def waits_for(signed: Collection[Party], *, has_second_signer: bool) -> tuple[Party, ...]:
    """Return who may sign now: all but the supervisor, and the supervisor when the rest have.

    Example:
        >>> waits_for([Party.EMPLOYER], has_second_signer=False)
        (<Party.PARTICIPANT: 'participant'>,)
        >>> waits_for([Party.EMPLOYER, Party.PARTICIPANT], has_second_signer=False)
        (<Party.SUPERVISOR: 'supervisor'>,)
    """
    left = [each for each in parties(has_second_signer=has_second_signer) if each not in signed]
    return tuple(each for each in left if each is not Party.SUPERVISOR) or tuple(left)
