"""What holds for every row: one tenant, a checked version, constraints on both databases."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django_scopes import ScopeError, scope

from innpass.casework.accounts.models import User
from innpass.casework.organisations.models import (
    ChangedMeanwhile,
    Membership,
    Municipality,
    MunicipalityModel,
    Organisation,
    OrganisationKind,
)
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import employ, make_municipality
from innpass.casework.participants.models import Identifier, NamedStaff, Participant, ProtectionMark
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Element, Leave, StatusSpan
from innpass.domain.access.roles import Role

pytestmark = pytest.mark.django_db

MONDAY, SUNDAY = date(2026, 6, 1), date(2026, 6, 7)
TENANT_MODELS = [m for m in apps.get_models() if issubclass(m, MunicipalityModel)]


@pytest.fixture
def lillevik() -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


@pytest.fixture
def person(lillevik: Municipality) -> Participant:
    made: Participant = Participant.objects.create(municipality=lillevik, name="Amina Haddad")
    return made


# The tenant


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model.__name__)
def test_a_query_without_a_tenant_raises(model: Any) -> None:
    with pytest.raises(ScopeError):
        model.objects.count()


def test_every_model_about_people_belongs_to_a_municipality() -> None:
    without = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("innpass.casework.")
        and not issubclass(model, MunicipalityModel)
    }

    assert without == {
        # The tenant itself, who signs in, logs of plain ids, and the value that checks the keys.
        *("organisations.Municipality", "accounts.User"),
        "employers.Occupation",  # the statistics office's list, the same for everybody
        *("audit.AuditEvent", "audit.ReadEvent", "sealing.KeyCanary"),
    }


def test_one_municipality_does_not_see_anothers_rows(person: Participant) -> None:
    other = make_municipality(name="Storvik", by=None)

    with scope(municipality=other):
        assert not Participant.objects.filter(pk=person.pk).exists()
        assert not Participant.objects.filter(pk=person.pk).update(name="B")


# Versions


def test_a_save_counts_the_version_and_writes_the_fields_named(person: Participant) -> None:
    person.name, person.country = "Amina Hadad", "Syria"

    person.save_version(expected=1, fields=("name",))

    stored = Participant.objects.get()
    assert (person.version, stored.version, stored.name, stored.country) == (
        2,
        2,
        "Amina Hadad",
        "",
    )


def test_a_row_that_somebody_else_changed_is_not_written_over(person: Participant) -> None:
    mine, theirs = Participant.objects.get(), Participant.objects.get()
    theirs.name = "Theirs"
    theirs.save_version(expected=theirs.version, fields=("name",))
    mine.name = "Mine"

    with pytest.raises(ChangedMeanwhile) as changed:
        mine.save_version(expected=mine.version, fields=("name",))

    assert changed.value.current.name == "Theirs"  # type: ignore[attr-defined]
    assert Participant.objects.get().name == "Theirs"


# Constraints


def two_of(model: Any, **values: Any) -> Callable[[Municipality, Participant], None]:
    def break_it(municipality: Municipality, person: Participant) -> None:
        if "participant" in {field.name for field in model._meta.fields}:
            values["participant"] = person
        for _ in range(2):
            model.objects.create(municipality=municipality, **values)

    return break_it


def one_of(model: Any, **values: Any) -> Callable[[Municipality, Participant], None]:
    def break_it(municipality: Municipality, person: Participant) -> None:
        model.objects.create(municipality=municipality, participant=person, **values)

    return break_it


def ended_before_it_began(municipality: Municipality, person: Participant) -> None:
    Membership.objects.create(
        municipality=municipality,
        user=User.objects.create_user("kari"),
        organisation=Organisation.objects.get(kind=OrganisationKind.NAV_OFFICE),
        role=Role.NAV_ADVISER,
        first_day=SUNDAY,
        last_day=MONDAY,
    )


def named_twice(municipality: Municipality, person: Participant) -> None:
    kari = User.objects.create_user("kari")
    mark = ProtectionMark.objects.create(
        municipality=municipality, participant=person, set_by=kari, reason="x"
    )
    for _ in range(2):
        NamedStaff.objects.create(municipality=municipality, mark=mark, user=kari)


_HOURS = {"kind": "practice", "first_day": MONDAY}
_SPAN = {"first_monday": MONDAY, "verdict": "met", "hours": 15.0, "total_hours": 30.0}
BROKEN = {
    "two bodies of one name": two_of(Organisation, kind="nav", name="Nav sør"),
    "two employers of one name": two_of(Employer, kind="private", name="Sola Sveis AS"),
    "two numbers of one kind": two_of(Identifier, kind="socio", plain="1"),
    "one week twice": two_of(StatusSpan, **_SPAN, last_monday=MONDAY),
    "weeks that end before they begin": one_of(StatusSpan, **_SPAN, last_monday=date(2026, 5, 25)),
    "leave that ends before it begins": one_of(Leave, first_day=SUNDAY, last_day=MONDAY),
    "more hours than a week has": one_of(Element, **_HOURS, hours_per_week=168.5),
    "less than no hours": one_of(Element, **_HOURS, hours_per_week=-0.5),
    "a membership that ends before it begins": ended_before_it_began,
    "named twice in one mark": named_twice,
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_database_refuses(what: str, lillevik: Municipality, person: Participant) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[what](lillevik, person)


def test_the_database_takes_what_is_just_allowed(person: Participant) -> None:
    tenant = person.municipality
    one_of(Element, **_HOURS, hours_per_week=168.0)(tenant, person)
    one_of(Leave, first_day=MONDAY, last_day=MONDAY)(tenant, person)
    one_of(StatusSpan, **_SPAN, last_monday=MONDAY)(tenant, person)


# Whose eyes

KARIS = [
    # first day, last day, on which day, works there
    (MONDAY, SUNDAY, MONDAY, True),
    (MONDAY, SUNDAY, SUNDAY, True),
    (MONDAY, None, date(2030, 1, 1), True),
    (MONDAY, SUNDAY, date(2026, 5, 31), False),
    (MONDAY, SUNDAY, date(2026, 6, 8), False),
]


@pytest.mark.parametrize(("first", "last", "on", "works"), KARIS)
def test_a_membership_gives_eyes_from_its_first_day_to_its_last(
    first: date, last: date | None, on: date, works: bool, lillevik: Municipality
) -> None:
    kari = User.objects.create_user("kari")
    membership = employ(
        user=kari, municipality=lillevik, role=Role.PROGRAMME_ADVISER, first_day=first, by=None
    )
    Membership.objects.filter(pk=membership.pk).update(last_day=last)

    found = actor_for(kari, on=on)

    assert (found is not None) is works
    if found:
        assert (found[0].roles, found[0].body) == (frozenset({Role.PROGRAMME_ADVISER}), "refugee")


def test_the_operator_acts_for_nobody_and_sees_all(lillevik: Municipality) -> None:
    assert operator(lillevik).is_operator
    assert operator(lillevik).user_id is None
