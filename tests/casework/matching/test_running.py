"""The match of everybody: as many as can be, in people, with why for those who are left."""

from typing import Any

import pytest

from innpass.casework.jobs.models import Job
from innpass.casework.jobs.running import run_one
from innpass.casework.matching.locks import lock
from innpass.casework.matching.models import MatchRun
from innpass.casework.matching.running import ask, find_run, job_of, proposals_of, runs_of
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from tests.casework.matching.conftest import MONDAY, Office
from tests.factories.cast import LEA, RAGNHILD


def figures(run: MatchRun) -> dict[str, Any]:
    return dict(run.answer or {})


def answered(office: Office, *, by: Actor | None = None) -> MatchRun:
    """Ask, and let the worker answer."""
    made = ask(monday=MONDAY, by=by or office.supervisor)
    done = run_one(worker="test")
    assert done
    assert (done.status, done.error) == ("done", "")
    made.refresh_from_db()
    return made


def test_more_get_a_place_than_if_places_are_given_out_in_turn(office: Office) -> None:
    first = office.seeker("Amina Haddad", level="B1", goal="9112")
    second = office.seeker("Bohdan Kovalenko", level="A1")
    easy = office.place("Rene Rom", language_at_start="A1", occupation="9112")
    hard = office.place("Kantina", language_at_start="B1", occupation="5120")

    run = answered(office)

    assert (figures(run)["placed"], figures(run)["in_turn"]) == (2, 1)
    pairs = {each.participant: each.place for each in proposals_of(run, actor=office.supervisor)}
    assert pairs == {first: hard, second: easy}


def test_a_locked_pair_is_kept_though_it_costs_somebody_a_place(office: Office) -> None:
    first = office.seeker("Amina Haddad", level="B1")
    office.seeker("Bohdan Kovalenko", level="A1")
    easy = office.place("Rene Rom", language_at_start="A1")
    office.place("Kantina", language_at_start="B1")
    lock(participant=first, place=easy, monday=MONDAY, by=office.supervisor)

    run = answered(office)

    found = {each.participant.name: each for each in proposals_of(run, actor=office.supervisor)}
    assert found["Amina Haddad"].place == easy
    assert found["Amina Haddad"].was_locked
    left = found["Bohdan Kovalenko"]
    assert left.place is None
    assert left.told["nearest"][0]["out"]


def test_who_is_left_though_a_place_fits_is_told_so(office: Office) -> None:
    office.seeker("Amina Haddad")
    office.seeker("Bohdan Kovalenko")
    office.place()

    run = answered(office)

    (left,) = [each for each in proposals_of(run, actor=office.supervisor) if each.place is None]
    assert left.told["fit"] == 1
    assert left.told["fitting"] == ["Plass ved Solbakken barnehage, Solbakken barnehage"]


def test_the_load_of_supervisors_and_units_is_counted(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    amina.enrolment.supervisor = "Per Hauge"
    amina.enrolment.save()
    office.place()

    run = answered(office)

    assert figures(run)["supervisors"] == [["Per Hauge", 0, 1]]
    assert figures(run)["employers"] == [["Solbakken barnehage", 0, 1]]


def test_a_match_is_whose_it_is(office: Office) -> None:
    office.seeker("Celine Mukendi")
    office.place()
    office.town.protect("Celine", by=RAGNHILD, named=(RAGNHILD,))

    hers = answered(office, by=office.adviser)
    his = answered(office)

    assert find_run(hers.pk, actor=office.supervisor) is None
    assert (figures(hers)["people"], figures(his)["people"]) == (1, 0)
    assert [each.pk for each in runs_of(office.supervisor, most=5)] == [his.pk]
    assert proposals_of(hers, actor=office.supervisor) == []


def test_it_may_run_again_after_a_worker_was_killed(office: Office) -> None:
    office.seeker("Amina Haddad")
    office.place()
    run = answered(office)
    job = job_of(run)
    assert job
    Job.objects.filter(pk=job.pk).update(status="waiting", worker="", lease_until=None)

    run_one(worker="other")

    assert run.proposals.count() == 1


@pytest.mark.parametrize("act", [ask])
def test_a_leader_asks_for_none(act: Any, office: Office) -> None:
    with pytest.raises(MayNot):
        act(monday=MONDAY, by=office.town.actor(LEA))

    assert not MatchRun.objects.exists()
