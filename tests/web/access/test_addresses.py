"""Every address, for everybody: who gets in, with which methods, and what the answer gives away.

``ADDRESSES`` is reviewed by hand. An address that it lacks fails the first test.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.participants.models import Participant
from tests.web.access.town import (
    ABROAD,
    HIDDEN,
    LEFT,
    NAMED,
    OPEN,
    OUTSIDER,
    STAFF,
    STRANGER,
    Town,
    identity_in,
)

pytestmark = pytest.mark.django_db

ALL = frozenset(STAFF)
SUPERVISOR, ADVISER, TEACHER, NAV, COORDINATOR, LEADER, ADMIN = (
    *("practice_supervisor", "programme_adviser", "teacher", "nav_adviser"),
    *("coordinator", "leader", "administrator"),
)
LEADERS = {LEADER, "leader_nav", "leader_learning"}
CASEWORKERS = {SUPERVISOR, ADVISER, TEACHER, NAV}
BUT_ADMIN = ALL - {ADMIN}

Arguments = Callable[[Town], list[Any]]


def nothing(town: Town) -> list[Any]:
    return []


def person(life: Any) -> Arguments:
    return lambda town: [town.people[life.number]]


@dataclass(frozen=True)
class Address:
    """What is asked for and who gets what.

    Attributes:
        name: the URL's name; ``method`` and ``data``: what is sent.
        may: who is let in. Others who work in the town get 403.
        status: what those get who are let in, the named adviser among them where ``ADVISER`` is.
        for_named: what the named adviser gets where it differs.
        is_public: whether it answers people who are not signed in or work nowhere.
    """

    name: str
    may: frozenset[str] | set[str]
    arguments: Arguments = nothing
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    for_named: int | None = None
    is_public: bool = False
    about: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.about}".strip()

    def ask(self, browser: Client, town: Town) -> HttpResponse:
        """Send the request."""
        href = reverse(self.name, args=self.arguments(town))
        answer: HttpResponse = getattr(browser, self.method)(href, self.data)
        return answer


ADDRESSES = [
    # Signing in and out. Whoever is signed in is sent on from the sign-in page.
    Address("account_login", ALL, status=302, is_public=True),
    Address("account_logout", ALL, is_public=True),
    Address("account_change_password", ALL),
    Address("account_set_password", ALL, status=302, about="with one already"),
    Address("account_reauthenticate", ALL),
    # The front page; the demo's, which signs one in by a click.
    Address("home:front", ALL, is_public=True),
    Address("home:sign_in_as", set(), method="post", data={"persona": "unknown"}, is_public=True),
    # The overview
    Address("overview:overview", ALL),
    Address("overview:search", ALL, method="post", data={"search": "x"}, status=302),
    Address("overview:export", BUT_ADMIN),
    # A participant: open, protected, of another municipality, of none
    Address("participant:participant", ALL, person(OPEN), about="open"),
    Address(
        "participant:participant", ALL, person(HIDDEN), status=404, for_named=200, about="hidden"
    ),
    Address("participant:participant", ALL, person(ABROAD), status=404, about="abroad"),
    Address("participant:participant", ALL, lambda _: [UUID(int=7)], status=404, about="nobody"),
    Address(
        "participant:reveal_identifier",
        {ADVISER, NAV},
        person(OPEN),
        method="post",
        data={"identifier": "fnr"},
        about="open",
    ),
    Address(
        "participant:reveal_identifier",
        {ADVISER},
        person(OPEN),
        method="post",
        data={"identifier": "duf"},
        about="open, DUF",
    ),
    Address(
        "participant:reveal_identifier",
        ALL,
        person(HIDDEN),
        method="post",
        data={"identifier": "fnr"},
        status=404,
        for_named=200,
        about="hidden",
    ),
    Address(
        "participant:reveal_identifier",
        ALL,
        person(ABROAD),
        method="post",
        data={"identifier": "fnr"},
        status=404,
        about="abroad",
    ),
    # Imports
    Address("imports:imports", CASEWORKERS),
    Address("imports:upload", CASEWORKERS),
    Address("imports:upload", CASEWORKERS, method="post", status=422, about="without files"),
    Address("imports:batch", CASEWORKERS, lambda t: [t.ready.pk], about="ready"),  # type: ignore[union-attr]
    Address("imports:batch", CASEWORKERS, lambda t: [t.applied.pk], about="applied"),  # type: ignore[union-attr]
    Address("imports:batch", CASEWORKERS, lambda t: [t.abroad.pk], status=404, about="abroad"),  # type: ignore[union-attr]
    Address(
        "imports:apply",
        {SUPERVISOR, ADVISER},  # the refugee department's file
        lambda t: [t.ready.pk],  # type: ignore[union-attr]
        method="post",
        status=302,
    ),
    Address(
        "imports:apply",
        CASEWORKERS,
        lambda t: [t.abroad.pk],  # type: ignore[union-attr]
        method="post",
        status=404,
        about="abroad",
    ),
    Address(
        "imports:cancel",
        {SUPERVISOR, ADVISER},
        lambda t: [t.ready.pk],  # type: ignore[union-attr]
        method="post",
        status=302,
    ),
    Address(
        "imports:cancel",
        CASEWORKERS,
        lambda t: [t.abroad.pk],  # type: ignore[union-attr]
        method="post",
        status=404,
        about="abroad",
    ),
    # Questions, results
    Address("questions:questions", CASEWORKERS | LEADERS),
    Address("results:results", BUT_ADMIN),
    *(
        Address("results:people", BUT_ADMIN, lambda _, key=key: [key], about=key)  # type: ignore[misc]
        for key in ("participants", "placed_municipal", "tests_taken")
    ),
    Address("results:people", BUT_ADMIN, lambda _: ["nothing"], status=404, about="unknown"),
    # Administration
    Address("administration:fields", ALL),
    Address("administration:protection", {ADVISER, NAV, *LEADERS}),
    Address(
        "administration:protection",
        {ADVISER, NAV, *LEADERS},
        method="post",
        data={"act": "search", "words": HIDDEN.family, "search": HIDDEN.family},
        status=200,
        about="search for the hidden one",
    ),
]
BY_NAME = {str(address): address for address in ADDRESSES}
EVERYBODY = [*STAFF, NAMED, STRANGER, OUTSIDER, LEFT, None]


def names_of(patterns: list[Any], space: str = "") -> Iterator[str]:
    """Walk the resolver."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    assert set(names_of(get_resolver().url_patterns)) == {address.name for address in ADDRESSES}


def expected(address: Address, user: str | None) -> int | set[int]:
    """What somebody should get."""
    if address.is_public and user not in ALL:
        return {200, 302, 403}
    if user is None:
        return 302
    if user in (OUTSIDER, LEFT):
        # Whoever works nowhere may leave and change the password.
        return address.status if address.name.startswith("account_") else 403
    if user == STRANGER:
        return {200, 302, 404, 422}  # another town's adviser; what is shown is looked at below
    role = ADVISER if user == NAMED else user
    if role not in address.may:
        return 403
    return address.for_named if user == NAMED and address.for_named else address.status


@pytest.mark.parametrize("user", EVERYBODY, ids=str)
@pytest.mark.parametrize("name", BY_NAME)
def test_who_gets_in_and_what_the_answer_gives_away(
    name: str, user: str | None, town: Town, client_of: Any
) -> None:
    address = BY_NAME[name]
    browser = client_of(user)

    answer = address.ask(browser, town)

    wanted = expected(address, user)
    assert answer.status_code in (wanted if isinstance(wanted, set) else {wanted})
    if user is None and answer.status_code == 302 and not address.is_public:
        assert answer["Location"].startswith(reverse("account_login"))
    said = unescape(answer.content.decode(errors="replace"))
    secret = {NAMED: (ABROAD,), STRANGER: (OPEN, HIDDEN)}.get(str(user), (HIDDEN, ABROAD))
    if user in (None, OUTSIDER, LEFT):
        secret = (OPEN, HIDDEN, ABROAD)
    found = set(identity_in(said, secret)) - set(map(str, address.data.values()))
    assert found == set()


@pytest.mark.parametrize("name", [n for n in BY_NAME if " account_" not in n])
def test_other_methods_are_refused(name: str, town: Town, client_of: Any) -> None:
    address = BY_NAME[name]
    browser = client_of(NAMED)
    methods = {other.method for other in ADDRESSES if other.name == address.name}
    href = reverse(address.name, args=address.arguments(town))

    for method in {"get", "post", "put", "patch", "delete"} - methods:
        assert getattr(browser, method)(href).status_code == 405, method


# There is nothing to confirm where there is no password.
@pytest.mark.parametrize(
    ("name", "status"), [("account_change_password", 200), ("account_reauthenticate", 403)]
)
def test_somebody_without_a_password_gets_a_page(name: str, status: int, town: Town) -> None:
    """As in the demo, where one signs in by a click."""
    user = User.objects.get(username=ADVISER)
    user.set_unusable_password()
    user.save()
    browser = Client()
    browser.force_login(user)

    answer = browser.get(reverse(name), follow=True)

    assert answer.status_code == status


# What is noted


def readings() -> int:
    return ReadEvent.objects.count()


@pytest.mark.parametrize("user", STAFF)
def test_opening_a_participant_is_one_event_in_the_read_log(
    user: str, town: Town, client_of: Any
) -> None:
    before = readings()

    client_of(user).get(reverse("participant:participant", args=[town.people[OPEN.number]]))

    assert readings() == before + 1
    event = ReadEvent.objects.latest("at")
    assert (event.subject_id, event.actor_id) == (town.people[OPEN.number], town.users[user].pk)
    assert event.page == "participant"


def test_what_is_not_shown_is_not_noted(town: Town, client_of: Any) -> None:
    before = readings()

    for life in (HIDDEN, ABROAD):
        client_of(ADVISER).get(reverse("participant:participant", args=[town.people[life.number]]))

    assert readings() == before


@pytest.mark.parametrize(
    "name", [n for n in BY_NAME if not n.split()[1].startswith("participant:")]
)
def test_lists_note_no_reading(name: str, town: Town, client_of: Any) -> None:
    before = readings()

    BY_NAME[name].ask(client_of(NAMED), town)

    assert readings() == before


def test_showing_a_number_is_an_act_of_its_own(town: Town, client_of: Any) -> None:
    address = BY_NAME["post participant:reveal_identifier open"]

    answer = address.ask(client_of(ADVISER), town)

    assert OPEN.fnr in answer.content.decode()
    event = AuditEvent.objects.get(action="reveal_identifier")
    assert event.actor_id == town.users[ADVISER].pk
    assert event.subject_id == town.people[OPEN.number]
    assert event.changes == {"kind": [None, "fnr"]}
    assert OPEN.fnr not in str(event.__dict__)


def test_a_refused_number_is_no_act(town: Town, client_of: Any) -> None:
    BY_NAME["post participant:reveal_identifier open"].ask(client_of(TEACHER), town)

    assert not AuditEvent.objects.filter(action="reveal_identifier").exists()


def test_an_export_is_an_event_with_how_many(town: Town, client_of: Any) -> None:
    BY_NAME["get overview:export"].ask(client_of(COORDINATOR), town)

    event = AuditEvent.objects.get(action="export_overview")
    assert event.changes["people"] == [None, 1]


def test_no_address_carries_a_name_or_a_number(town: Town, client_of: Any) -> None:
    page = client_of(ADVISER).get(reverse("overview:overview")).content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]

    assert any(str(town.people[OPEN.number]) in link for link in links)
    assert [link for link in links for _ in identity_in(link, (OPEN,))] == []


def test_a_query_without_a_tenant_raises(town: Town) -> None:
    with pytest.raises(Exception, match="scope") as raised:
        list(Participant.objects.all())

    assert type(raised.value).__name__ == "ScopeError"
    with scope(municipality=town.other):
        assert [p.family_name for p in Participant.objects.all()] == [ABROAD.family]
