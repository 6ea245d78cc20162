"""The rules, one function for each text, in modules by topic. Importing this fills the register."""

from innpass.domain.law.rules import (
    absence,
    content,
    deadlines,
    end_goal,
    full_time,
    leave,
    lengths,
    mapping,
    target_group,
    work_oriented,
)

__all__ = [
    "absence",
    "content",
    "deadlines",
    "end_goal",
    "full_time",
    "leave",
    "lengths",
    "mapping",
    "target_group",
    "work_oriented",
]
