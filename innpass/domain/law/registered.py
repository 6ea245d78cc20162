"""The kinds of events that the national register must be told of."""

from enum import StrEnum


class Registered(StrEnum):
    """A kind of event, by our own stable code; the register's codes are not public."""

    OFFER = "offer"
    DECISION = "decision"
    START = "start"
    MAPPING = "mapping"
    CAREER_GUIDANCE = "career_guidance"
    NORWEGIAN_DECISION = "norwegian_decision"
    NORWEGIAN_OFFER = "norwegian_offer"
    LEAVE = "leave"
    ABSENCE = "absence"
    EXTENSION = "extension"
    STOP = "stop"
    END = "end"
