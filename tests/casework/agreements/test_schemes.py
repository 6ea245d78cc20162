"""Schemes around a placement: said by those who may, in order, and held against what is around."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.models import PlacementCase, Scheme, SchemeStep
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.schemes import KnownScheme, move_scheme, schemes_of
from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.placing.schemes import SchemeKind, SchemeState
from tests.casework.agreements.placing import Placing
from tests.casework.doors.letting_in import TODAY, running_case
from tests.factories.cast import LEA, LIV, ODD, RAGNHILD

pytestmark = pytest.mark.django_db

SUBSIDY, MENTOR, TRAINING = (
    SchemeKind.WAGE_SUBSIDY,
    SchemeKind.MENTOR,
    SchemeKind.WORK_TRAINING,
)
AFTER = date(2026, 9, 1)


@pytest.fixture
def case(here: Placing) -> PlacementCase:
    return running_case(here.town)


def move(case: PlacementCase, kind: SchemeKind, to: SchemeState, by: Actor, **said: Any) -> Scheme:
    known = known_of(case, kind, by)
    values = {
        "said_on": TODAY,
        "first_day": known.first_day,
        "last_day": known.last_day,
        "text": "",
        "expected": known.version,
        **said,
    }
    return move_scheme(case, kind, to, by=by, on=TODAY, **values)


def known_of(case: PlacementCase, kind: SchemeKind, actor: Actor) -> KnownScheme:
    return next(each for each in schemes_of(case, on=TODAY, actor=actor) if each.kind is kind)


def test_a_scheme_goes_from_discussed_to_granted(here: Placing, case: PlacementCase) -> None:
    odd = here.town.actor(ODD)
    move(case, SUBSIDY, SchemeState.DISCUSSED, here.per, text="Leder spør om sats")
    move(case, SUBSIDY, SchemeState.APPLIED, here.per, first_day=AFTER)
    move(case, SUBSIDY, SchemeState.GRANTED, odd, first_day=AFTER, last_day=date(2027, 8, 31))

    known = known_of(case, SUBSIDY, odd)
    assert [step.state for step in known.steps] == ["granted", "applied", "discussed"]
    assert (known.steps[0].by, known.steps[2].note) == ("Odd Berge", "Leder spør om sats")
    assert (known.first_day, known.last_day) == (AFTER, date(2027, 8, 31))
    assert known.cautions == ()
    assert "40 prosent av lønna i inntil 6 måneder, og deretter 30 prosent" in known.told[0]
    assert (known.source, known.since) == ("tiltaksforskriften § 9-4", date(2026, 1, 1))
    event = AuditEvent.objects.filter(action="move_scheme").latest("at")
    assert event.changes["state"] == ["applied", "granted"]
    assert event.changes["last_day"] == [None, "2027-08-31"]
    assert event.subject_id == case.participant_id


@pytest.mark.parametrize("to", [SchemeState.GRANTED, SchemeState.REFUSED])
def test_only_nav_decides(here: Placing, case: PlacementCase, to: SchemeState) -> None:
    move(case, SUBSIDY, SchemeState.APPLIED, here.per, first_day=AFTER)

    with pytest.raises(Refused, match="Bare Nav-veileder"):
        move(case, SUBSIDY, to, here.town.actor(RAGNHILD))
    assert SchemeStep.objects.count() == 1


@pytest.mark.parametrize("name", [LIV, LEA])
def test_others_say_nothing(here: Placing, case: PlacementCase, name: str) -> None:
    by = here.town.actor(name)
    with pytest.raises(MayNot):
        move_scheme(
            case,
            SUBSIDY,
            SchemeState.DISCUSSED,
            said_on=TODAY,
            first_day=None,
            last_day=None,
            text="",
            by=by,
            on=TODAY,
            expected=0,
        )


def test_the_leader_reads_and_the_teacher_does_not(here: Placing, case: PlacementCase) -> None:
    assert {each.next for each in schemes_of(case, on=TODAY, actor=here.town.actor(LEA))} == {()}
    with pytest.raises(MayNot):
        schemes_of(case, on=TODAY, actor=here.town.actor(LIV))


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        (SUBSIDY, {"first_day": TODAY}, "i praksis uten lønn til 31.8.2026"),
        (MENTOR, {"first_day": AFTER}, "Mentor kan bare gis"),
        (SUBSIDY, {"first_day": AFTER, "last_day": date(2029, 1, 1)}, "ikke vare lenger enn"),
        (SUBSIDY, {"first_day": AFTER, "last_day": TODAY}, "slutter før den begynner"),
        (SUBSIDY, {"last_day": AFTER}, "Skriv første dag"),
        (SUBSIDY, {"first_day": AFTER, "said_on": AFTER}, "har ikke vært ennå"),
        (SchemeKind.SUMMER_JOB, {"first_day": date(2026, 12, 1)}, "mellom 1. juni og 31. august"),
        (SUBSIDY, {"first_day": AFTER, "text": "17838800033"}, "fødselsnummer"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(
    here: Placing, case: PlacementCase, kind: SchemeKind, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        move(case, kind, SchemeState.APPLIED, here.per, **said)

    assert not Scheme.objects.exists()
    assert not SchemeStep.objects.exists()
    assert not AuditEvent.objects.filter(action="move_scheme").exists()


def test_what_is_applied_for_is_held_against_the_others(here: Placing, case: PlacementCase) -> None:
    move(case, SUBSIDY, SchemeState.APPLIED, here.per, first_day=AFTER)

    move(case, MENTOR, SchemeState.APPLIED, here.per, first_day=AFTER)
    with pytest.raises(Refused, match="ikke ansatt"):
        move(case, TRAINING, SchemeState.APPLIED, here.per, first_day=AFTER)
    with pytest.raises(Refused, match="ett tilskudd til den samme lønna"):
        move(
            case, SchemeKind.PERMANENT_WAGE_SUBSIDY, SchemeState.APPLIED, here.per, first_day=AFTER
        )
    move(case, SUBSIDY, SchemeState.WITHDRAWN, here.per)
    move(case, TRAINING, SchemeState.APPLIED, here.per, first_day=AFTER)


def test_what_takes_longer_than_usual_is_cautioned(here: Placing, case: PlacementCase) -> None:
    move(
        case,
        SUBSIDY,
        SchemeState.APPLIED,
        here.per,
        first_day=AFTER,
        last_day=date(2028, 8, 31),
    )

    (caution,) = known_of(case, SUBSIDY, here.per).cautions
    assert "lenger enn til 31.8.2027 krever" in caution


def test_another_s_word_is_not_overwritten(here: Placing, case: PlacementCase) -> None:
    move(case, SUBSIDY, SchemeState.DISCUSSED, here.per)

    with pytest.raises(ChangedMeanwhile):
        move(case, SUBSIDY, SchemeState.APPLIED, here.per, expected=0, first_day=AFTER)
    assert known_of(case, SUBSIDY, here.per).state is SchemeState.DISCUSSED


def test_a_protected_person_s_schemes_are_for_those_named(
    here: Placing, case: PlacementCase
) -> None:
    here.town.protect("Amina", named=(RAGNHILD,))

    with pytest.raises(MayNot):
        move_scheme(
            case,
            SUBSIDY,
            SchemeState.DISCUSSED,
            said_on=TODAY,
            first_day=None,
            last_day=None,
            text="",
            by=here.per,
            on=TODAY,
            expected=0,
        )


def test_the_other_placements_of_the_same_one_count(here: Placing, case: PlacementCase) -> None:
    odd, there = here.town.actor(ODD), here.proposed()
    days = {"first_day": AFTER, "last_day": date(2027, 8, 31)}
    later = {"first_day": date(2027, 9, 1), "last_day": date(2029, 8, 31)}
    move(case, SUBSIDY, SchemeState.APPLIED, here.per, **days)

    with pytest.raises(Refused, match="ett tilskudd til den samme lønna"):
        move(there, SUBSIDY, SchemeState.APPLIED, here.per, **days)
    with pytest.raises(Refused, match="ikke ansatt"):
        move(there, TRAINING, SchemeState.APPLIED, here.per, **days)
    with pytest.raises(Refused, match="365 dager er gitt"):
        move(there, SUBSIDY, SchemeState.APPLIED, here.per, **later)
    move(case, SUBSIDY, SchemeState.REFUSED, odd)
    move(there, SUBSIDY, SchemeState.APPLIED, here.per, **days)


def test_nothing_begins_on_what_was_withdrawn(here: Placing) -> None:
    there = here.proposed()
    services.withdraw_case(there, reason="Feil", by=here.per, on=TODAY)

    with pytest.raises(Refused, match="trukket"):
        move(there, SUBSIDY, SchemeState.APPLIED, here.per, first_day=AFTER)
