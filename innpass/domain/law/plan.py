"""What an integration plan must hold, and which of its elements must be reasoned."""

from enum import StrEnum


class PlanContent(StrEnum):
    """Something that a plan must hold at the least (integreringsloven § 15 tredje ledd)."""

    END_GOAL = "end_goal"
    NORWEGIAN_GOAL = "norwegian_goal"
    LONG_TERM_GOAL = "long_term_goal"
    EXTENT = "extent"  # of Norwegian and of social studies
    LENGTH = "length"
    ELEMENTS = "elements"
    COMPLAINT = "complaint"


class ElementKind(StrEnum):
    """What an element of a plan is."""

    NORWEGIAN = "norwegian"
    VOCATIONAL_NORWEGIAN = "vocational_norwegian"
    SOCIAL_STUDIES = "social_studies"
    LIFE_SKILLS = "life_skills"
    PARENTAL_GUIDANCE = "parental_guidance"
    PRACTICE = "practice"
    PART_TIME_WORK = "part_time_work"
    TRADE_COURSE = "trade_course"
    WORK_LIFE_COURSE = "work_life_course"
    NAV_MEASURE = "nav_measure"
    PRIMARY = "primary"
    UPPER_SECONDARY = "upper_secondary"
    HIGHER_EDUCATION = "higher_education"
    OTHER = "other"


class LessonUnit(StrEnum):
    """What the hours of an element are counted in."""

    LESSON = "lesson"  # 45 minutes
    CLOCK_HOUR = "clock_hour"


NEEDS_REASON = frozenset(ElementKind) - {
    ElementKind.NORWEGIAN,
    ElementKind.SOCIAL_STUDIES,
    ElementKind.LIFE_SKILLS,
    ElementKind.PARENTAL_GUIDANCE,
    ElementKind.OTHER,
}
"""The elements towards work or education, whose choice is reasoned (§ 15 fjerde ledd).

Reading:
    docs/law/plan-contents.md.
"""
