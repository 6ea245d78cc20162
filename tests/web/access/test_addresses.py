"""Every address, for everybody: who gets in, with which methods, and what the answer gives away.

How an address is declared is told in ``tests/web/access/__init__.py``.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.participants.models import Participant
from innpass.domain.access.fields import FIELDS
from tests.web.access.address import ADVISER, ALL, COORDINATOR, TEACHER, Address
from tests.web.access.addresses import ADDRESSES, BY_NAME
from tests.web.access.outputs import text_of, unreadable
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

ALL_FIELDS = frozenset(FIELDS)
EVERYBODY = [*STAFF, NAMED, STRANGER, OUTSIDER, LEFT, None]
# Who gets in and what is told is decided in Python, the same on every database; there each address
# is asked once more by one who may, one of another municipality, and nobody.
ON_ANOTHER_DATABASE = [NAMED, STRANGER, None]


def names_of(patterns: list[Any], space: str = "") -> Iterator[str]:
    """Walk the resolver."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_is_declared_once() -> None:
    assert set(names_of(get_resolver().url_patterns)) == {address.name for address in ADDRESSES}
    assert len(BY_NAME) == len(ADDRESSES), "two are told apart by nothing: give them an `about`"


def expected(address: Address, user: str | None, town: Town) -> set[int]:
    """What somebody should get."""
    if address.is_public and user not in ALL:
        return {200, 302, 403, address.status}
    if user is None:
        return {302}
    if user in (OUTSIDER, LEFT):
        # Whoever works nowhere may leave and change the password.
        return {address.status if address.name.startswith("account_") else 403}
    if user == STRANGER:
        # Another town's adviser may do the same there, and knows nothing of what is here.
        return {403, 404} if address.names_something_of(town) else {200, 302, 403, 404, 422}
    role = ADVISER if user == NAMED else user
    if role not in address.may:
        return {403}
    return {address.for_named if user == NAMED and address.for_named else address.status}


def faults(address: Address, user: str | None, answer: HttpResponse, town: Town) -> Iterator[str]:
    """Say what is wrong with an answer."""
    wanted = expected(address, user, town)
    if answer.status_code not in wanted:
        yield f"status {answer.status_code}, wanted {wanted}"
    if user is None and not address.is_public:
        to = answer.get("Location", "")
        if not to.startswith(reverse("account_login")):
            yield f"is sent to {to}"
    said = text_of(answer.content)
    secret = {NAMED: (ABROAD,), STRANGER: (OPEN, HIDDEN)}.get(str(user), (HIDDEN, ABROAD))
    if user in (None, OUTSIDER, LEFT):
        secret = (OPEN, HIDDEN, ABROAD)
    typed = set(map(str, address.sent(town).values()))
    if shown := set(identity_in(said, secret)) - typed:
        yield f"shows somebody: {shown}"
    if not address.reveals and (OPEN.fnr in said or OPEN.duf in said):
        yield "shows an identity number"
    may = town.may_read(user) if user in STAFF and address.shows_people else ALL_FIELDS
    if fields := unreadable(said, may):
        yield f"shows what may not be read: {fields}"


@pytest.mark.parametrize("name", BY_NAME)
def test_who_gets_in_and_what_the_answer_gives_away(name: str, town: Town, client_of: Any) -> None:
    address = BY_NAME[name]
    found = []
    before = readings()  # of each, since what they do is undone

    for user in EVERYBODY if connection.vendor == "sqlite" else ON_ANOTHER_DATABASE:
        with transaction.atomic():
            answer = address.ask(client_of(user), town)
            noted = readings() - before
            transaction.set_rollback(True)
        told = list(faults(address, user, answer, town))
        if noted != (address.notes_reading and answer.status_code == 200):
            told.append(f"{noted} events in the read log")
        found += [f"as {user}: {fault}" for fault in told]

    assert found == []


@pytest.mark.parametrize("name", sorted({a.name for a in ADDRESSES if ":" in a.name}))
def test_other_methods_are_refused(name: str, town: Town, client_of: Any) -> None:
    known = [address for address in ADDRESSES if address.name == name]
    browser = client_of(NAMED)
    others = {"get", "post", "put", "patch", "delete"} - {address.method for address in known}

    answers = {method: getattr(browser, method)(known[0].href(town)) for method in others}

    assert {m: a.status_code for m, a in answers.items() if a.status_code != 405} == {}


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
    """Count them, but for those of an export, which has one for each person in it."""
    return ReadEvent.objects.exclude(page="export").count()


@pytest.mark.parametrize("user", [ADVISER, COORDINATOR])
def test_the_read_log_says_who_opened_whom(user: str, town: Town, client_of: Any) -> None:
    client_of(user).get(reverse("participant:participant", args=[town.people[OPEN.number]]))

    event = ReadEvent.objects.latest("at")
    assert (event.subject_id, event.actor_id) == (town.people[OPEN.number], town.users[user].pk)
    assert event.page == "participant"


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


@pytest.mark.parametrize("name", ["overview:export", "round_trip:export"])
def test_an_export_stands_in_the_read_log_of_each_person_in_it(
    town: Town, client_of: Any, name: str
) -> None:
    asked = next(a for a in BY_NAME.values() if a.name == name and a.about in ("", "own"))

    asked.ask(client_of(ADVISER), town)

    read = ReadEvent.objects.filter(page="export", actor_id=town.users[ADVISER].pk)
    assert town.people[OPEN.number] in {event.subject_id for event in read}
    assert town.people[HIDDEN.number] not in {event.subject_id for event in read}
    assert {event.purpose for event in read} == {f"Eksport til Excel, {len(read)} deltakere"}


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
