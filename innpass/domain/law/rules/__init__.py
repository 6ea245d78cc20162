"""The rules, one function for each text, in modules by topic. Importing this fills the register."""

from innpass.domain.law.rules import (
    absence,
    content,
    deadlines,
    end_goal,
    ending,
    full_time,
    language_tests,
    leave,
    lengths,
    mapping,
    nav_measures,
    plan_contents,
    plans,
    registering,
    target_group,
    work_oriented,
)

__all__ = [
    "absence",
    "content",
    "deadlines",
    "end_goal",
    "ending",
    "full_time",
    "language_tests",
    "leave",
    "lengths",
    "mapping",
    "nav_measures",
    "plan_contents",
    "plans",
    "registering",
    "target_group",
    "work_oriented",
]
