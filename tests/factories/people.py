"""Participants in situations that have a name: ``ParticipantFactory(municipality=…, ended=True)``.

Everything lies around the day of the sample, 30 June 2026. Call ``settle`` when they are made, as
an import does, to have their weeks judged and their rows in the grid written.
"""

from collections.abc import Sequence
from datetime import date

import factory
from factory.django import DjangoModelFactory

from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import trace_seconds
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element, Enrolment
from innpass.casework.programme.services import reassess

TODAY = date(2026, 6, 30)
_TENANT = factory.SelfAttribute("participant.municipality")


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """A year's programme that began in January 2026 and aims at work."""

    class Meta:
        model = Enrolment

    municipality = _TENANT
    first_day = date(2026, 1, 5)
    planned_last_day = date(2027, 1, 4)
    protection = "other"
    upper_secondary = True
    end_goal = "work"
    extent_percent = 100


class ElementFactory(DjangoModelFactory[Element]):
    """Practice two days a week until the week after the sample's day."""

    class Meta:
        model = Element

    municipality = _TENANT
    kind = "practice"
    first_day = date(2026, 2, 2)
    last_day = date(2026, 7, 10)
    hours_per_week = 16


class EmployerFactory(DjangoModelFactory[Employer]):
    """A kindergarten of the municipality."""

    class Meta:
        model = Employer
        django_get_or_create = ("municipality", "kind", "name")

    kind = "municipal"
    name = "Solbakken barnehage"


class PlacementFactory(DjangoModelFactory[Placement]):
    """The practice period that the hours are spent in."""

    class Meta:
        model = Placement

    municipality = _TENANT
    kind = "municipal"
    employer = factory.SubFactory(
        EmployerFactory, municipality=factory.SelfAttribute("..municipality")
    )
    first_day = date(2026, 2, 2)
    last_day = date(2026, 7, 10)


class ParticipantFactory(DjangoModelFactory[Participant]):
    """A person in the middle of a programme, in practice until next week."""

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    class Params:
        ended = factory.Trait(enrolment__actual_last_day=date(2026, 6, 1))
        ending_soon = factory.Trait(enrolment__planned_last_day=date(2026, 8, 14))
        overdue = factory.Trait(
            enrolment__next_step="Ring", enrolment__next_step_due=date(2026, 6, 1)
        )
        open_ended = factory.Trait(enrolment__planned_last_day=None)

    name = factory.Sequence(lambda number: f"Deltaker {number}")
    enrolment = factory.RelatedFactory(EnrolmentFactory, "participant")
    element = factory.RelatedFactory(ElementFactory, "participant")
    placement = factory.RelatedFactory(PlacementFactory, "participant")


def settle(people: Sequence[Participant], *, on: date = TODAY) -> None:
    """Judge the weeks of people of one municipality and write their rows in the grid."""
    ids, municipality = [person.pk for person in people], people[0].municipality
    reassess(participants=ids, municipality=municipality, on=on)
    refresh_rows(participants=ids, municipality=municipality, on=on)


def become_second(second: Participant, first: Participant | None) -> None:
    """Let somebody turn out to be another's second, or with ``None`` be parted again."""
    second.absorbed_by = first
    Participant.objects.filter(pk=second.pk).update(absorbed_by=first)
    trace_seconds()
