"""Whoever was somebody's second goes where the own rows go, with all that was made for that one."""

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from innpass.casework.imports.entering import Act, store_decision
from innpass.casework.imports.models import Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import OWNER, owner_of
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.programme.models import Registration
from innpass.casework.reconciliation.deciding import SAME_AS
from innpass.casework.reconciliation.rewriting import rewrite_everybody
from innpass.casework.reconciliation.taking_back import take_back
from tests.casework.plans.plan import agreed
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in, workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA

LATER = {CELINE: {"Programstart": date(2026, 3, 2)}}

Tie = tuple[int, int]


class Family:
    """Four persons, the oldest first, each with a row and a plan that was agreed on a day.

    ``ties`` are the pairs of rows that somebody has said are about the same person.
    """

    def __init__(self, municipality: Municipality) -> None:
        self.municipality, self.ties = municipality, dict[Tie, UUID]()
        numbers = (AMINA, BOHDAN, CELINE, DARIA)
        for number in numbers:  # one by one, so that each is older than the next
            some = numbers[: numbers.index(number) + 1]
            sheet = workbook(little.refugee_people(some, LATER))
            take_in(municipality, {f"a {number}.xlsx": sheet})
        self.people = list(Participant.objects.order_by("created_at"))
        links = RowLink.objects.filter(row__state="current")
        self.rows = [links.get(participant=person).row_id for person in self.people]
        for day, person in enumerate(self.people, start=1):
            agreed(person, date(2026, 3, day))

    def tie(self, one: int, other: int) -> None:
        """Say that two rows are about the same person, or take it back."""
        by = operator(self.municipality)
        if known := self.ties.pop((one, other), None):
            take_back(known, municipality_id=self.municipality.pk, by=by, reason="Feil")
            return
        act = Act(self.municipality, None, Way.JOIN, "Samme ansikt")
        store_decision(row=self.rows[one], kind=SAME_AS, other=self.rows[other], act=act)
        rewrite_everybody(municipality=self.municipality, by=by, action="join")
        self.ties[one, other] = act.id

    def whose(self) -> list[list[int]]:
        """Return, for each person, the days of the plans that are that one's now."""
        plans = IntegrationPlan.objects.annotate(owner=OWNER)
        of = [plans.filter(owner=person.pk) for person in self.people]
        return [sorted(some.values_list("agreed_on__day", flat=True)) for some in of]

    def expected(self) -> list[list[int]]:
        """Return the same by the rows: the oldest of those that are one has the plans of all."""
        first = list(range(4))
        for _ in first:
            for one, other in self.ties:
                first[one] = first[other] = min(first[one], first[other])
        return [[day + 1 for day in range(4) if first[day] == each] for each in range(4)]


@pytest.fixture
def family(municipality: Municipality) -> Family:
    return Family(municipality)


def test_two_found_to_be_a_third_and_parted_together_leave_with_their_plans(
    family: Family,
) -> None:
    family.tie(1, 0)
    family.tie(2, 1)
    assert family.whose() == [[1, 2, 3], [], [], [4]]

    family.tie(1, 0)
    assert family.whose() == [[1], [2, 3], [], [4]]

    family.tie(2, 1)
    assert family.whose() == [[1], [2], [3], [4]]


def test_what_is_registered_of_the_younger_goes_along(family: Family) -> None:
    """Celine's programme began on a day of its own, and that is registered."""
    celine = family.people[2]
    said = Registration.objects.filter(participant=celine, day=date(2026, 3, 2))
    assert said.update(registered_at="2026-03-09T12:00:00Z") == 1

    def registered() -> list[Participant]:
        rows = Registration.objects.filter(registered_at__isnull=False, day=date(2026, 3, 2))
        alive = rows.filter(participant__absorbed_by=None).select_related("participant")
        return [row.participant for row in alive]

    family.tie(1, 0)
    family.tie(2, 1)
    assert registered() == [family.people[0]]

    family.tie(1, 0)
    assert registered() == [family.people[1]]

    family.tie(2, 1)
    assert registered() == [celine]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ties=st.lists(st.sampled_from([(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]), max_size=8))
@example(ties=[(2, 1), (1, 0), (1, 0), (2, 1)])
@example(ties=[(2, 0), (1, 0), (2, 1), (2, 0), (1, 0)])
def test_plans_are_whose_the_rows_are(family: Family, ties: list[Tie]) -> None:
    with transaction.atomic():
        for tie in ties:
            family.tie(*tie)
            assert family.whose() == family.expected()
        for person, row in zip(family.people, family.rows, strict=True):
            owner = owner_of(Participant.objects.get(pk=person.pk))
            assert owner == RowLink.objects.get(row=row).participant
        transaction.set_rollback(True)
    family.ties.clear()
