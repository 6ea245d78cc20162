"""The clocks on a person's page: what each viewer may read, and bars that add up."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Decision, Enrolment, Leave
from innpass.domain.access.fields import FIELDS
from innpass.domain.law.clocks import norwegian_clock, programme_clock
from innpass.domain.law.facts import DecisionRow, LeaveRow, PersonFacts
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import DecisionKind, EndGoal, LeaveKind, Protection
from innpass.web.participant.clocks import clocks_of
from tests.factories.cast import LIV, NINA, ODD, PER, RAGNHILD, Town

DAY = date(2026, 6, 30)
EVERYTHING = frozenset(FIELDS)


def facts(**more: object) -> PersonFacts:
    known = {
        "start": date(2025, 11, 3),
        "offered_on": date(2025, 10, 1),
        "protection": Protection.OTHER,
        "upper_secondary": False,
        "end_goal": EndGoal.WORK,
        "norwegian_offered_on": date(2025, 11, 3),
    }
    return PersonFacts(**(known | more))  # type: ignore[arg-type]


LEAVE = (LeaveRow(LeaveKind.PARENTAL, Period(date(2026, 1, 5), date(2026, 3, 1))),)
LONGER = (DecisionRow(DecisionKind.EXTENSION, date(2026, 5, 4), None, date(2028, 3, 1)),)


@pytest.mark.parametrize(
    "person",
    [facts(), facts(leaves=LEAVE), facts(decisions=LONGER), facts(leaves=LEAVE, decisions=LONGER)],
)
@pytest.mark.parametrize("days", [-400, -300, 0, 90, 3000])
def test_the_parts_of_a_bar_fill_it(person: PersonFacts, days: int) -> None:
    on = DAY + timedelta(days=days)
    clocks = (programme_clock(person, on=on), norwegian_clock(person, on=on))
    for shown in clocks_of(clocks, on=on, may=EVERYTHING):
        under = [part for part in shown.bar if part.kind != "used"]
        edges = [(part.start, part.start + part.width) for part in under]
        assert edges[0][0] == 0
        assert edges[-1][1] == 1000
        assert all(left[1] == right[0] for left, right in pairwise(edges))
        used = sum(part.width for part in shown.bar if part.kind == "used")
        assert (used == 0) == (days <= -300)
        assert shown.described


def test_what_cannot_be_said_has_no_bar_but_says_what_is_missing() -> None:
    person = facts(upper_secondary=None, end_goal=None, norwegian_offered_on=None)
    clocks = (programme_clock(person, on=DAY), norwegian_clock(person, on=DAY))
    for shown in clocks_of(clocks, on=DAY, may=EVERYTHING):
        assert not shown.bar
        assert shown.last_day is None
        assert "Det mangler" in shown.sentences[0]


@pytest.fixture
def amina(town: Town) -> Participant:
    person = town.people("Amina")
    of = {"municipality": town.municipality, "participant": person}
    Enrolment.objects.filter(participant=person).update(
        first_day=date(2026, 1, 5),
        offered_on=date(2026, 1, 5),
        protection="other",
        upper_secondary=False,
        end_goal="work",
    )
    days = {"first_day": date(2026, 3, 2), "last_day": date(2026, 4, 17)}
    Leave.objects.create(**of, **days, kind="parental")
    Leave.objects.create(
        **of, first_day=date(2026, 5, 4), last_day=date(2026, 5, 8), kind="holiday"
    )
    Decision.objects.create(**of, kind="extension", day=date(2026, 5, 4))
    return person


def page(town: Town, user: str, person: Participant) -> str:
    where = reverse("participant:participant", args=[person.pk])
    said: str = town.browser(user).get(where).content.decode()
    return said


COUNTED, LEFT_OUT = "Permisjon 2. mars 2026 til 17. april 2026 legges til.", "Ferie og egne"
OF_DECISION = "Et vedtak om forlengelse sier ikke hvor lenge."


def test_whoever_decides_is_told_all(town: Town, amina: Participant) -> None:
    said = page(town, RAGNHILD, amina)
    assert 'id="clocks-heading"' in said
    for sentence in (COUNTED, LEFT_OUT, OF_DECISION):
        assert sentence in said
    assert "Noe av grunnlaget er ikke for din rolle." not in said


@pytest.mark.parametrize(("user", "decision"), [(PER, True), (ODD, False)])
def test_others_who_follow_are_told_the_days_but_no_kinds(
    town: Town, amina: Participant, user: str, decision: bool
) -> None:
    said = page(town, user, amina)
    assert "virkedager for permisjon og fravær" in said
    assert COUNTED not in said
    assert LEFT_OUT not in said
    assert (OF_DECISION in said) == decision
    assert "Noe av grunnlaget er ikke for din rolle." in said


def test_who_does_not_apply_the_rule_sees_no_clock(town: Town, amina: Participant) -> None:
    for user in (LIV, NINA):
        assert 'id="clocks-heading"' not in page(town, user, amina)
    rules = reverse("participant:rules", args=[amina.pk])
    assert rules in page(town, LIV, amina)
    assert rules not in page(town, NINA, amina)
