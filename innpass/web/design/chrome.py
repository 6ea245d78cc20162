"""What stands around every page: who is signed in, where, and what waits."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from innpass.web.design.menu import Entry


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
        menu: its entries for this person, in their order.
        files_due: files whose day of review has come, for those who review them.
        intakes_due: terms of which likewise.
        is_demo: whether all persons are invented, which every page then says.
        today: the day the status is computed for; shown in the footer.
        is_day_set: whether that is a day that was set, as in a demo, and not the day it is.
    """

    user_name: str = ""
    role: str = ""
    municipality: str = ""
    menu: tuple[Entry, ...] = ()
    files_due: int = 0
    intakes_due: int = 0
    is_demo: bool = field(default_factory=lambda: apps.is_installed("innpass.demo"))
    version: str = field(default_factory=installed_version)
    today: date | None = None
    is_day_set: bool = field(default_factory=lambda: settings.INNPASS_TODAY is not None)

    @property
    def screens_behind_more(self) -> frozenset[str]:
        """The screens of entries that do not stand in the first row."""
        return frozenset(name for one in self.menu if not one.is_daily for name in one.screens)

    @property
    def waits_behind_more(self) -> int:
        """How much waits behind entries that do not stand in the first row."""
        return sum(one.waits.number for one in self.menu if one.waits and not one.is_daily)

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last name."""
        names = self.user_name.split()
        return "".join(name[0] for name in names[:1] + names[1:][-1:])


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Give templates ``chrome`` (context processor)."""
    # Not ``or``: to ask a lazy frame whether it is there would work it out for parts of pages, too.
    return {"chrome": request.chrome if hasattr(request, "chrome") else Chrome()}
