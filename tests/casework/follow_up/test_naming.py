"""Texts about one person name nobody else whose address is protected: others read them."""

from collections.abc import Callable
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up import services
from innpass.casework.follow_up.models import EvaluationVisit
from innpass.casework.follow_up.services import Held, Lacking, Refused, Said
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import Closed, Helper, JobSeeking, Lack
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import Speaker
from tests.casework.follow_up.staying import ago, followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, PER, Town

Act = Callable[[PlacementCase, Participant, str, Actor], Any]


def contact(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    return services.note_contact(
        person, way=ContactWay.PHONE, text=text, day=TODAY, by=by, on=TODAY
    )


def seek(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    return services.note_job_seeking(
        person,
        kind=JobSeeking.APPLICATION,
        day=TODAY,
        employer="Kiwi",
        channel="",
        text=text,
        by=by,
        on=TODAY,
    )


def name_missing(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    lacking = Lacking(Lack.OTHER, text, Helper.TEACHER, "", None)
    return services.name_missing(person, lacking, by=by, on=TODAY)


def close(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    row = name_missing(case, person, "Truck", by)
    return services.close_missing(row, Closed.DONE, text=text, by=by, on=TODAY, expected=1)


def hold(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    return services.hold(case, VisitKind.EVALUATION, Held(TODAY, told=text), {}, by=by, on=TODAY)


def speak(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    said = {Speaker.EMPLOYER: Said(text=text)}
    return services.hold(case, VisitKind.EVALUATION, Held(TODAY), said, by=by, on=TODAY)


def call_off(case: PlacementCase, person: Participant, text: str, by: Actor) -> Any:
    visit = EvaluationVisit.objects.first() or services.book(
        case, VisitKind.EVALUATION, ago(-2), by=by, on=TODAY
    )
    return services.call_off(visit, because=text, by=by, on=TODAY, expected=1)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (contact, "text"),
        (seek, "text"),
        (name_missing, "text"),
        (close, "closed_text"),
        (hold, "told"),
        (speak, "employer_text"),
        (call_off, "because"),
    ],
)
def test_another_who_is_protected_is_not_named(town: Town, act: Act, field: str) -> None:
    case, person = followed_case(town), town.people("Amina")
    other = town.people("Bohdan")
    said = f"Kom sammen med {other.name}"
    town.protect("Bohdan", named=(PER,))

    with pytest.raises(Refused, match="adressesperre") as no:
        act(case, person, said, town.actor(PER))
    # Whoever may not see the other learns nothing by writing the name.
    act(case, person, said, town.actor(KARI))

    assert [fault.field for fault in no.value.faults] == [field]


@pytest.mark.parametrize("act", [contact, name_missing, hold])
def test_whom_the_text_is_about_may_be_named(town: Town, act: Act) -> None:
    case, person = followed_case(town), town.people("Amina")
    town.protect("Amina", named=(PER,))

    act(case, person, f"Snakket med {person.name}", town.actor(PER))
