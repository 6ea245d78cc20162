"""What the screen of the reports shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report that was asked for.

    Attributes:
        is_there: it can be taken out; ``is_at_work`` that it is being made.
        now: how far it has come, or why it was not made; ``percent`` of the work.
        keep_until: the last day it can be taken out.
    """

    pk: UUID
    label: str
    first_day: date
    last_day: date
    asked_at: datetime
    people: int | None
    keep_until: date
    is_there: bool
    is_at_work: bool
    now: str
    percent: int


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The page ``inspection/reports.html``."""

    form: Form
    reports: tuple[ReportRow, ...]
    is_at_work: bool
