"""What stands around every page: who is signed in, where, and what waits."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest


@cache
def installed_version() -> str:
    """Return the version that is installed; reading it from the package's files takes a while."""
    return version("innpass")


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page. A middleware may set it, lazily, as ``request.chrome``.

    Attributes:
        user_name: the signed-in person's name; empty when nobody is.
        role: the person's role and body, such as ``Programrådgiver, flyktningtjenesten``.
        municipality: the name of the municipality.
        open_questions: questions that wait for an answer, of those the person may see.
        open_disagreements: disagreements that wait for a decision, likewise.
        may_import: whether the import is in the menu.
        may_see_deadlines, may_see_timetables, may_see_questions, may_see_results: whether these
            are.
        may_see_intake: whether the intake is in the menu.
        unseen_absences: those who did not come to an intake session and whom nobody has seen to.
        may_see_registration: whether the registration in the national register is.
        may_inspect: whether the report for the state supervisor is.
        may_see_attendance: whether who came is.
        may_administer: whether the administration is in the menu.
        files_due: files whose day of review has come, for those who review them.
        is_demo: whether all persons are invented, which every page then says.
        today: the day the status is computed for; shown in the footer.
        is_day_set: whether that is a day that was set, as in a demo, and not the day it is.
    """

    user_name: str = ""
    role: str = ""
    municipality: str = ""
    open_questions: int = 0
    open_disagreements: int = 0
    may_import: bool = True
    may_see_deadlines: bool = True
    may_see_timetables: bool = True
    may_see_questions: bool = True
    may_see_results: bool = True
    may_see_intake: bool = False
    unseen_absences: int = 0
    may_see_registration: bool = False
    may_inspect: bool = False
    may_see_attendance: bool = False
    may_administer: bool = False
    files_due: int = 0
    is_demo: bool = field(default_factory=lambda: apps.is_installed("innpass.demo"))
    version: str = field(default_factory=installed_version)
    today: date | None = None
    is_day_set: bool = field(default_factory=lambda: settings.INNPASS_TODAY is not None)

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last name."""
        names = self.user_name.split()
        return "".join(name[0] for name in names[:1] + names[1:][-1:])


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Give templates ``chrome`` (context processor)."""
    # Not ``or``: to ask a lazy frame whether it is there would work it out for parts of pages, too.
    return {"chrome": request.chrome if hasattr(request, "chrome") else Chrome()}
