"""What the board counts from a few columns is what the cases themselves say."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.agreements import services
from innpass.casework.agreements.judging import ENDED_DAYS, cases_named, judge
from innpass.casework.agreements.listing import Line, ids_without_case, lines_of_person
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import cases_seen_by, owner_id
from innpass.casework.placements.models import Employer, Placement
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.states import Initiative, Outcome, Step
from tests.casework.agreements.placing import FIRST, LAST, Placing
from tests.casework.agreements.test_what_has_been import longer
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LIV, NINA, PER, RAGNHILD

DAYS = (TODAY, FIRST, FIRST + timedelta(days=30), LAST, LAST + timedelta(days=1))


def employer(here: Placing, name: str) -> Employer:
    made: Employer = Employer.objects.create(
        municipality=here.town.municipality, kind="municipal", name=name
    )
    return made


@pytest.fixture
def many(here: Placing) -> Placing:
    """Cases at every state, two of one person, one adopted, one ended, one withdrawn."""
    agreed = here.agreed()
    longer(here, agreed)
    second = here.proposed("Bohdan", by=here.ragnhild)
    services.take_step(second, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY)
    waiting = here.waiting(
        here.proposed("Bohdan", employer=employer(here, "Lager")), place=None, first_day=FIRST
    )
    here.sign(waiting, Party.EMPLOYER)
    never = here.proposed("Bohdan", employer=employer(here, "Kantina"))
    services.end_case(
        never,
        outcome=Outcome.NOT_STARTED,
        initiative=Initiative.EMPLOYER,
        reason="no_capacity",
        last_day=TODAY,
        by=here.per,
        on=TODAY,
    )
    gone = here.proposed("Bohdan", employer=employer(here, "Verkstedet"))
    services.withdraw_case(gone, reason="Feil", by=here.per, on=TODAY)
    found = Placement.objects.exclude(employer=None).exclude(row_id=None).order_by("pk").first()
    if found is not None:
        services.case_of_placement(found, by=here.per, on=TODAY)
    return here


def lines(actor: Actor, *, on: date, is_own: bool) -> list[Line]:
    """Every case as the pages of its people tell it, those long ended left out, by name."""
    since = on - timedelta(days=ENDED_DAYS)
    people = {owner_id(case) for case in cases_seen_by(actor)}
    found = [
        line
        for person in people
        for line in lines_of_person(person, actor=actor, on=on)
        if not is_own or line.case.supervisor_id == actor.user_id
        if line.told.ending is None or line.told.ending.last_day >= since
    ]
    return sorted(
        found, key=lambda one: (one.case.participant.name, one.case.proposed_on, one.case.pk)
    )


def told(actor: Actor, *, is_own: bool, on: date = TODAY) -> list[tuple[object, ...]]:
    return [
        (
            *(line.case.pk, line.case.participant.name, line.state, line.waits_for),
            *(line.told.first_day, line.told.last_day, line.days_left),
            line.told.ending.outcome if line.told.ending else "",
            line.told.waiting is not None,
        )
        for line in lines(actor, on=on, is_own=is_own)
    ]


def judged(actor: Actor, *, is_own: bool, on: date = TODAY) -> list[tuple[object, ...]]:
    found = judge(actor, on=on, is_own=is_own).stands
    cases = cases_named(each.case for each in found)
    return [
        (
            *(cases[each.case].pk, each.name, each.state, each.waits_for),
            *(each.first_day, each.last_day, each.days_left, each.outcome, each.is_waiting),
        )
        for each in found
    ]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("who", [PER, RAGNHILD, NINA, LIV, KARI])
def test_the_columns_say_what_the_cases_say(many: Placing, who: str, on: date) -> None:
    many.town.protect("Amina", by=KARI, named=(PER,))
    actor = many.town.actor(who)

    for is_own in (False, True):
        assert judged(actor, is_own=is_own, on=on) == told(actor, is_own=is_own, on=on)
    without = len(ids_without_case(actor, on=on))
    assert judge(actor, on=on).without_case == without


def test_all_that_nobody_has_ended_are_counted(many: Placing) -> None:
    found = judge(many.per, on=TODAY, is_own=True)

    open_ones = PlacementCase.objects.filter(ending=None, withdrawn_at=None)
    assert found.everybody == open_ones.count()
    assert found.own == open_ones.filter(supervisor=many.per.user_id).count()


def test_it_asks_five_questions_however_many_there_are(many: Placing) -> None:
    per = many.per

    with CaptureQueriesContext(connection) as asked:
        judge(per, on=TODAY)

    assert len(asked) == 5


def test_who_may_not_read_cases_judges_none(many: Placing) -> None:
    with pytest.raises(MayNot):
        judge(many.town.actor(ADA), on=TODAY)
