"""A case on its way: what tests of agreements begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from innpass.casework.agreements import services
from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import told_of
from innpass.casework.employers.models import PracticePlace
from innpass.casework.placements.models import Employer
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Given, Ground, Party, VersionKind, Way
from innpass.domain.placing.states import CaseKind, State
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import PER, RAGNHILD, Town

FIRST, LAST = TODAY + timedelta(days=6), date(2026, 10, 5)
MONDAY_TO_WEDNESDAY = ((0, 480, 900), (1, 480, 900), (2, 480, 900))


@dataclass
class Placing:
    """Lillevik, a unit and its place; Per is the practice supervisor."""

    town: Town
    employer: Employer
    place: PracticePlace

    @property
    def per(self) -> Actor:
        return self.town.actor(PER)

    @property
    def ragnhild(self) -> Actor:
        return self.town.actor(RAGNHILD)

    def proposed(
        self,
        name: str = "Amina",
        *,
        kind: CaseKind = CaseKind.MUNICIPAL_PRACTICE,
        employer: Employer | None = None,
        place: PracticePlace | None = None,
        by: Actor | None = None,
    ) -> PlacementCase:
        at = employer or self.employer
        here = place or (self.place if at == self.employer else None)
        return services.propose(
            self.town.people(name), at, place=here, kind=kind, by=by or self.per, on=TODAY
        )

    def content(self, **values: Any) -> services.Content:
        return services.Content(
            **{
                "first_day": FIRST,
                "last_day": LAST,
                "days": MONDAY_TO_WEDNESDAY,
                "place": self.place,
                "tasks": "Gjøre klar mat",
                "goals": ("experience",),
                **values,
            }
        )

    def waiting(self, case: PlacementCase, **values: Any) -> AgreementVersion:
        return services.make_version(
            case, self.content(**values), kind=VersionKind.MADE, by=self.per, on=TODAY
        )

    def sign(
        self, version: AgreementVersion, *parties: Party, by: Actor | None = None, **said: Any
    ) -> None:
        person = version.case.participant.name
        for party in parties:
            services.sign(
                version,
                party,
                **{
                    "way": Way.AT_TABLE,
                    "name": person if party is Party.PARTICIPANT else "Et Navn",
                    "signed_on": TODAY,
                    "by": by or self.per,
                    "on": TODAY,
                    **said,
                },
            )

    def expect(self, case: PlacementCase) -> None:
        services.give_expectations(
            case,
            given_on=TODAY,
            how=Given.INTERPRETER,
            language="arabisk",
            by=self.per,
            today=TODAY,
        )

    def agreed(self, name: str = "Amina", **values: Any) -> PlacementCase:
        """Return a case whose agreement all have signed."""
        case = self.proposed(name)
        version = self.waiting(case, **values)
        self.expect(case)
        self.sign(version, Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR)
        return PlacementCase.objects.get(pk=case.pk)

    def state(self, case: PlacementCase, on: date = TODAY) -> State:
        stored = PlacementCase.objects.get(pk=case.pk)
        return told_of([stored])[stored.pk].state(on=on)


def placing_in(town: Town) -> Placing:
    """Open a kindergarten with one seat, every working day but Friday."""
    employer = Employer.objects.create(
        municipality=town.municipality, kind="municipal", name="Solbakken barnehage"
    )
    return Placing(town, employer, place_at(employer))


def place_at(
    employer: Employer, *, seats: int = 1, weekdays: Sequence[int] = (0, 1, 2, 3), **values: Any
) -> PracticePlace:
    """Open a place at an employer."""
    made: PracticePlace = PracticePlace.objects.create(
        municipality_id=employer.municipality_id,
        employer=employer,
        name=values.pop("name", "Kjøkkenet"),
        seats=seats,
        weekdays=list(weekdays),
        offered_from=date(2026, 1, 1),
        **values,
    )
    return made


__all__ = ["FIRST", "LAST", "Ground", "Placing", "place_at", "placing_in"]
