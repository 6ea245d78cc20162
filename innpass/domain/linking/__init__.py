"""Which rows are about the same person, and why."""

from innpass.domain.linking.linking import link_rows
from innpass.domain.linking.rows import (
    Decision,
    Link,
    Linking,
    LinkNote,
    LinkQuestion,
    LinkRow,
    NewPerson,
    NotSame,
    QuestionKind,
    Reason,
    SameAs,
    WrongNumber,
)

__all__ = [
    "Decision",
    "Link",
    "LinkNote",
    "LinkQuestion",
    "LinkRow",
    "Linking",
    "NewPerson",
    "NotSame",
    "QuestionKind",
    "Reason",
    "SameAs",
    "WrongNumber",
    "link_rows",
]
