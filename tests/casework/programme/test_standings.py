"""Everybody is judged by every topic; figures hold only those whom the viewer may see."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.jobs.models import Job
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment, RuleCount, Standing
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.standings import (
    JUDGE,
    ask_for_judging,
    figures_for,
    is_being_judged,
    judge_everyone,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.law.duty import State
from innpass.domain.law.findings import findings
from innpass.domain.law.law import THE_LAW
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LIV, RAGNHILD, Town, make_town, populate

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Any:
    from django_scopes import scope

    settings.INNPASS_TODAY = TODAY
    made = populate(make_town())
    with scope(municipality=made.municipality):
        yield made


def judge(town: Town, on: date = TODAY) -> int:
    return judge_everyone(municipality=town.municipality, on=on)


def counted_by_hand(people: list[Participant], on: date = TODAY) -> dict[Any, int]:
    found: Counter[Any] = Counter()
    for facts in facts_of([person.pk for person in people]).values():
        for each in findings(facts, on=on, law=THE_LAW):
            if each.state is not State.NOT_BOUND:
                found[each.topic, each.text.rule if each.text else "", str(each.state)] += 1
    return dict(found)


def test_before_the_first_time_there_are_no_figures(town: Town) -> None:
    assert figures_for(town.actor(KARI)).as_of is None


def test_the_figures_are_those_of_everybody_judged_one_by_one(town: Town) -> None:
    assert judge(town) == 3

    seen = figures_for(town.actor(KARI))

    assert (seen.as_of, seen.people) == (TODAY, 3)
    assert seen.counts == counted_by_hand(list(Participant.objects.all()))


def test_each_person_has_a_standing_with_state_text_and_day(town: Town) -> None:
    judge(town)
    amina = town.people("Amina")
    (facts,) = facts_of([amina.pk]).values()
    expected = {
        each.topic: [
            str(each.state),
            each.text.rule if each.text else "",
            each.due.isoformat() if each.due else None,
        ]
        for each in findings(facts, on=TODAY)
        if each.state is not State.NOT_BOUND
    }

    assert Standing.objects.get(participant=amina).states == expected
    assert any(due for _state, _text, due in expected.values())


def test_who_was_protected_when_counted_is_in_the_figures_of_those_named_only(town: Town) -> None:
    town.protect("Amina")
    judge(town)
    others = [town.people(name) for name in ("Bohdan", "Celine")]

    assert figures_for(town.actor(LIV)).counts == counted_by_hand(others)
    assert figures_for(town.actor(LIV)).people == 2
    assert figures_for(town.actor(RAGNHILD)).people == 3
    assert figures_for(town.actor(RAGNHILD)).counts == counted_by_hand(
        [*others, town.people("Amina")]
    )


def test_who_is_protected_since_is_out_of_the_figures_at_once(town: Town) -> None:
    judge(town)
    town.protect("Amina")
    others = [town.people(name) for name in ("Bohdan", "Celine")]

    assert figures_for(town.actor(LIV)).counts == counted_by_hand(others)
    assert figures_for(town.actor(RAGNHILD)).people == 3


def test_whose_programme_has_ended_is_judged_and_not_counted(town: Town) -> None:
    Enrolment.objects.filter(participant=town.people("Amina")).update(
        actual_last_day=TODAY - timedelta(days=1)
    )
    Enrolment.objects.filter(participant=town.people("Bohdan")).update(actual_last_day=TODAY)
    judge(town)

    assert figures_for(town.actor(KARI)).people == 2
    assert Standing.objects.filter(participant=town.people("Amina"), is_current=False).exists()


def test_judging_again_leaves_nothing_of_the_last_time(town: Town) -> None:
    judge(town, TODAY - timedelta(days=400))
    first = RuleCount.objects.get(topic="").pk
    judge(town)

    assert Standing.objects.count() == 3
    assert not RuleCount.objects.filter(pk=first).exists()
    assert set(RuleCount.objects.values_list("as_of", flat=True)) == {TODAY}


def test_the_results_are_not_for_the_administrator(town: Town) -> None:
    judge(town)

    with pytest.raises(MayNot):
        figures_for(town.actor(ADA))


def test_judging_is_asked_for_once(town: Town) -> None:
    assert not is_being_judged()
    ask_for_judging(by=town.actor(KARI))
    ask_for_judging(by=town.actor(KARI))

    assert Job.objects.filter(kind=JUDGE).count() == 1
    assert is_being_judged()


def test_figures_take_the_same_number_of_queries_for_any_number(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    judge(town)
    actor = town.actor(KARI)

    with django_assert_max_num_queries(4):
        figures_for(actor)
