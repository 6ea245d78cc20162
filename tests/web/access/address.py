"""How an address is declared, and asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from innpass.casework.imports.models import Question
from innpass.casework.participants.models import Disagreement
from tests.web.access.town import ABROAD, STAFF, Life, Town

SUPERVISOR, ADVISER, TEACHER, NAV, COORDINATOR, LEADER, ADMIN = (
    *("practice_supervisor", "programme_adviser", "teacher", "nav_adviser"),
    *("coordinator", "leader", "administrator"),
)
ALL = frozenset(STAFF)
LEADERS = frozenset({LEADER, "leader_nav", "leader_learning"})
CASEWORKERS = frozenset({SUPERVISOR, ADVISER, TEACHER, NAV})
BUT_ADMIN = ALL - {ADMIN}

Arguments = Callable[[Town], list[Any]]
Sent = Mapping[str, Any] | Callable[[Town], Mapping[str, Any]]


def nothing(town: Town) -> list[Any]:
    return []


def person(life: Life) -> Arguments:
    """Name a person in the address."""
    return lambda town: [town.people[life.number]]


def batch(which: str) -> Arguments:
    """Name an import in the address: ready, applied or abroad."""
    return lambda town: [getattr(town, which).pk]


@dataclass(frozen=True)
class Address:
    """What is asked for and who gets what.

    Attributes:
        name: the URL's name; ``method``, ``query`` and ``data``: what is sent.
        may: who is let in. Others who work in the town get 403.
        status: what those get who are let in, the named adviser among them where ``ADVISER`` is.
        for_named: what the named adviser gets where it differs.
        is_public: whether it answers people who are not signed in or work nowhere.
        shows_people: whether its words are searched for fields the viewer may not read; ``False``
            where the page names the fields themselves.
        reveals: whether it shows an identity number in full.
        notes_reading: whether each success is one event in the read log. Otherwise there is none.
    """

    name: str
    may: frozenset[str] | set[str]
    arguments: Arguments = nothing
    method: str = "get"
    query: str = ""
    data: Sent = field(default_factory=dict)
    status: int = 200
    for_named: int | None = None
    is_public: bool = False
    shows_people: bool = True
    reveals: bool = False
    notes_reading: bool = False
    about: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.about}".strip()

    def href(self, town: Town) -> str:
        """Return where it is."""
        return reverse(self.name, args=self.arguments(town)) + self.query

    def sent(self, town: Town) -> Mapping[str, Any]:
        """Return the form."""
        return self.data(town) if callable(self.data) else self.data

    def names_something_of(self, town: Town) -> bool:
        """Say whether it names a row, and that row belongs to the town or to nobody."""
        assert town.abroad
        foreign = {town.abroad.pk, town.form_abroad, town.people[ABROAD.number]}
        foreign |= {town.cases[ABROAD.number], *town.followed[ABROAD.number].values()}
        with scopes_disabled():
            about = Question.objects.filter(row__link__participant=town.people[ABROAD.number])
            foreign |= set(about.values_list("pk", flat=True))
            disputed = Disagreement.objects.filter(participant=town.people[ABROAD.number])
            foreign |= set(disputed.values_list("pk", flat=True))
        named = {one for one in self.arguments(town) if isinstance(one, UUID)}
        return bool(named) and not named & foreign

    def ask(self, browser: Client, town: Town) -> HttpResponse:
        """Send the request."""
        answer: HttpResponse = getattr(browser, self.method)(self.href(town), self.sent(town))
        return answer
