"""Weeks from the database to the planner and back, beside a coordinator's rule in one run."""

from datetime import date
from functools import partial
from uuid import UUID

from benchmarks.coordinator import plan_by_hand
from benchmarks.databases import run
from benchmarks.measuring import counted_queries, line, timed
from benchmarks.people import TODAY
from innpass.domain.periods import IsoWeek

SIZES = (150, 10_000)
WEEK = IsoWeek.of(TODAY)
LEVELS = ("A1", "A2", "B1")
# Which days a group has its two long sessions and its short one on.
DAYS = ((0, 1, 2), (2, 3, 4), (0, 2, 4), (0, 1, 3), (1, 3, 4), (0, 2, 3))


def teach(municipality: object, people: int) -> None:
    """Make a group for every fifteen people, two of three in Norwegian, each in a room."""
    from innpass.casework.placements.models import Employer
    from innpass.casework.timetable.models import (
        GroupSession,
        Locality,
        Opening,
        Room,
        TeachingGroup,
        Workplace,
    )

    of = {"municipality": municipality}
    town = Locality.objects.create(**of, name="Sentrum")
    for number in range(max(6, people // 15)):
        room = Room.objects.create(**of, name=f"Rom {number}", capacity=20, locality=town)
        kind = number % 3
        group = TeachingGroup.objects.create(
            **of,
            name=f"Gruppe {number}",
            activity="norwegian" if kind else "vocational_norwegian",
            level=LEVELS[number // 3 % 3] if kind else "",
            locality=town,
            capacity=18,
            first_day=date(2023, 1, 2),
        )
        long, short = (510, 810, 6), (510, 710, 4)
        meetings = [(900, 1000, 2)] if not kind else [long, long, short]
        GroupSession.objects.bulk_create(
            GroupSession(
                **of, group=group, day=day, start=start, end=end, lessons=lessons, room=room
            )
            for day, (start, end, lessons) in zip(DAYS[number % len(DAYS)], meetings, strict=False)
        )
    for place, employer in enumerate(Employer.objects.all()):
        workplace = Workplace.objects.create(**of, employer=employer, locality=town)
        Opening.objects.bulk_create(
            Opening(**of, workplace=workplace, day=day, start=480, end=960, seats=3)
            for day in range(5)
            if (place + day) % 4
        )


def measure(size: int) -> None:
    """Time assembling, planning beside the rule, keeping the proposal, taking it, and one alone."""
    from django.db import transaction
    from django_scopes import scope

    from benchmarks.population import populate
    from innpass.casework.organisations.queries import operator
    from innpass.casework.participants.models import Participant
    from innpass.casework.timetable.models import TimetableProposal
    from innpass.casework.timetable.problems import assemble
    from innpass.casework.timetable.proposing import answer, propose_week, weeks_of
    from innpass.casework.timetable.queries import weeks_in_force
    from innpass.casework.timetable.services import take
    from innpass.domain.planning.checks import Severity, check
    from innpass.domain.planning.costs import plan_cost
    from innpass.domain.planning.solve import plan_caseload

    municipality, _ = populate(size)
    with scope(municipality=municipality):
        teach(municipality, size)
        by = operator(municipality)
        people = list(Participant.objects.values_list("pk", flat=True))
        with counted_queries() as statements:
            assembled = assemble(people, week=WEEK)
        planned = [UUID(each.key) for each in assembled.problem.participants]
        print(f"  {len(planned)} of {size} have a week, {len(statements)} statements")
        line("assemble", timed(lambda: assemble(people, week=WEEK), repeats=3))
        plans: dict[str, object] = {}
        rule = timed(lambda: plans.update(rule=plan_by_hand(assembled.problem)), repeats=1)
        ours = timed(
            lambda: plans.update(ours=plan_caseload(assembled.problem, seconds=60).plan), repeats=1
        )
        costs = {}
        for name, plan in plans.items():
            broken = [c for c in check(assembled.problem, plan) if c.severity is Severity.BROKEN]
            assert not broken, broken[:3]
            costs[name] = sum(plan_cost(assembled.problem, plan).values())
        line("a coordinator's rule", rule, f"cost {costs['rule']}")
        line(
            "the planner",
            ours,
            f"cost {costs['ours']}, {costs['ours'] / costs['rule']:.2f} of the rule's",
        )
        proposal = TimetableProposal.objects.create(
            municipality=municipality, first_monday=WEEK.monday
        )
        line(
            "the whole answer, with reasons",
            timed(lambda: answer(proposal, by=by, progress=Silent()), repeats=1),
        )

        def take_all() -> None:
            with transaction.atomic():
                take([each for each in weeks_of(proposal, actor=by) if each.blocks], by=by)

        line("put in force", timed(take_all, repeats=1))
        line("read all weeks in force", timed(lambda: weeks_in_force(None, week=WEEK), repeats=3))
        first = Participant.objects.get(pk=planned[len(planned) // 2])
        with counted_queries() as statements:
            propose_week(participant=first, week=WEEK, by=by)
        alone = timed(lambda: propose_week(participant=first, week=WEEK, by=by), repeats=9)
        line("one proposed anew", alone, f"{len(statements)} statements")
    pages(first.pk)


def pages(person: UUID) -> None:
    """Time the pages that show the weeks, in Django with one warm client."""
    from django.test import Client
    from django.urls import reverse

    from innpass.casework.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="kari"))
    for what, address in (
        ("page: everybody's weeks", reverse("timetable:caseload")),
        ("page: one person's week", reverse("timetable:week", args=[person])),
    ):
        ask = partial(client.get, f"{address}?uke={WEEK}")
        assert ask().status_code == 200, address
        with counted_queries() as statements:
            ask()
        line(what, timed(ask, repeats=9), f"{len(statements)} statements")


class Silent:
    """Progress that nobody watches."""

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Tell nobody."""

    def finish(self, message: str = "") -> None:
        """Tell nobody."""


if __name__ == "__main__":
    run("benchmarks.timetable", measure, sizes=SIZES)
