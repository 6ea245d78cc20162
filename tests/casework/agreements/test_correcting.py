"""An ending is put right: what hangs on it follows, and what was said before is kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.ending import Ending
from innpass.casework.agreements.models import (
    AgreementVersion,
    CaseEnding,
    FormerEnding,
    PlacementCase,
)
from innpass.casework.agreements.queries import told_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.follow_up.contracts import Terms, note_contract
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element
from innpass.domain.following.hiring import ContractKind
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.states import CaseKind, Initiative, Outcome
from innpass.domain.sheets.fields import Activity
from tests.casework.agreements.placing import FIRST, LAST, Placing
from tests.casework.reconciliation.importing import TODAY

ENDED_ON = FIRST + timedelta(days=20)
NOW = FIRST + timedelta(days=30)
ALL = (Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR)
WHY = "Feil dag ble ført."


def ending(**values: Any) -> Ending:
    return Ending(
        **{
            "outcome": Outcome.STOPPED,
            "initiative": Initiative.EMPLOYER,
            "reason": "workplace_closed",
            "last_day": ENDED_ON,
            **values,
        }
    )


def ended(here: Placing, case: PlacementCase | None = None, **values: Any) -> PlacementCase:
    case, on = case or here.agreed(), values.pop("on", NOW)
    said = ending(**values)
    services.end_case(
        case,
        outcome=said.outcome,
        initiative=said.initiative,
        reason=said.reason,
        last_day=said.last_day,
        text=said.text,
        told=said.told,
        by=here.per,
        on=on,
    )
    return PlacementCase.objects.get(pk=case.pk)


def correct(here: Placing, case: PlacementCase, **values: Any) -> CaseEnding:
    why, by = values.pop("why", WHY), values.pop("by", here.per)
    expected = values.pop("expected", None)
    return services.correct_end(case, ending(**values), why=why, by=by, on=NOW, expected=expected)


def laid(case: PlacementCase) -> Placement | None:
    stored = PlacementCase.objects.get(pk=case.pk)
    return told_of([stored])[stored.pk].placement


def kinds(case: PlacementCase) -> list[tuple[str, date]]:
    rows = AgreementVersion.objects.filter(case=case).order_by("number")
    return list(rows.values_list("kind", "last_day"))


def test_the_last_day_is_put_right_among_the_rows_and_in_the_agreement(here: Placing) -> None:
    case = ended(here)
    later = ENDED_ON + timedelta(days=7)

    correct(here, case, last_day=later, told="Takk for innsatsen.")

    placed = laid(case)
    assert placed is not None
    assert placed.last_day == later
    assert kinds(case) == [("made", LAST), ("ended", ENDED_ON), ("ended", later)]
    assert told_of([case])[case.pk].in_force.last_day == later  # type: ignore[union-attr]


def test_what_was_said_before_is_kept_with_who_and_why(here: Placing) -> None:
    case = ended(here, text="Internt før", told="Sagt før")

    correct(here, case, reason="illness", initiative=Initiative.OUTSIDE, by=here.ragnhild)

    former = FormerEnding.objects.get(case=case)
    assert (former.reason, former.text, former.told) == (
        "workplace_closed",
        "Internt før",
        "Sagt før",
    )
    assert (former.by_id, former.replaced_by_id) == (here.per.user_id, here.ragnhild.user_id)
    assert former.why == WHY
    stored = CaseEnding.objects.get(case=case)
    assert (stored.reason, stored.by_id) == ("illness", here.ragnhild.user_id)
    assert kinds(case) == [("made", LAST), ("ended", ENDED_ON)]  # the days are as they were


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Ingenting er endret"),
        ({"reason": "illness", "why": " "}, "Skriv hvorfor"),
        ({"reason": "language_too_low"}, "hører til utfallet"),
        ({"last_day": LAST + timedelta(days=1)}, r"Avtalen varer til 05\.10\.2026"),
        ({"last_day": FIRST - timedelta(days=1)}, "før første dag"),
        ({"outcome": Outcome.NOT_STARTED, "reason": "illness"}, "Praksisen har begynt"),
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_is_changed(
    here: Placing, values: dict[str, Any], told: str
) -> None:
    case = ended(here)

    with pytest.raises(Refused, match=told):
        correct(here, case, **values)

    assert not FormerEnding.objects.exists()
    assert kinds(case) == [("made", LAST), ("ended", ENDED_ON)]


def test_nobody_corrects_what_has_not_ended(here: Placing) -> None:
    with pytest.raises(Refused, match="ikke avsluttet ennå"):
        correct(here, here.agreed())


def test_two_who_correct_at_once_do_not_write_over_one_another(here: Placing) -> None:
    case = ended(here)
    correct(here, case, reason="illness", expected=case.version)

    with pytest.raises(ChangedMeanwhile):
        correct(here, case, reason="moved", expected=case.version)


def test_what_came_to_nothing_by_mistake_is_laid_over_the_rows_again(here: Placing) -> None:
    case = here.agreed()
    never = {"outcome": Outcome.NOT_STARTED, "reason": "illness", "last_day": TODAY}
    case = ended(here, case, **never, on=TODAY)
    assert laid(case) is None

    correct(here, case)

    placed = laid(case)
    assert placed is not None
    assert (placed.first_day, placed.last_day) == (FIRST, ENDED_ON)
    assert placed.employer == case.employer


def test_what_never_began_is_taken_from_the_rows(here: Placing) -> None:
    case = ended(here)

    correct(
        here,
        case,
        outcome=Outcome.NOT_STARTED,
        reason="illness",
        last_day=FIRST - timedelta(days=1),
    )

    assert laid(case) is None
    assert kinds(case)[-1] == ("ended", LAST)


def test_a_contract_holds_the_outcome(here: Placing) -> None:
    case = here.agreed()
    terms = Terms("Solbakken barnehage", ContractKind.PERMANENT, 80, ENDED_ON + timedelta(days=1))
    note_contract(owner_of(case.participant), terms, by=here.per, on=NOW, case=case, ends_case=True)
    case = PlacementCase.objects.get(pk=case.pk)

    with pytest.raises(Refused, match="Arbeidskontrakten fra"):
        correct(here, case)
    correct(
        here,
        case,
        outcome=Outcome.HIRED,
        reason="hired_here",
        last_day=ENDED_ON - timedelta(days=3),
    )


def test_days_that_others_have_come_to_since_are_not_taken_back(here: Placing) -> None:
    case = ended(here)
    there = Employer.objects.create(
        municipality=here.town.municipality, kind="municipal", name="Vaskeriet"
    )
    begins = ENDED_ON + timedelta(days=1)
    second = here.proposed(employer=there)
    version = here.waiting(second, place=None, first_day=begins)
    here.expect(second)
    here.sign(version, *ALL)

    with pytest.raises(Refused, match="Deltakeren er hos"):
        correct(here, case, last_day=begins + timedelta(days=7))


def test_navs_measure_ends_with_the_corrected_day(here: Placing) -> None:
    case = here.proposed(kind=CaseKind.WORK_TRAINING, by=here.ragnhild)
    version = here.waiting(case)
    here.expect(case)
    here.sign(version, *ALL, by=here.ragnhild)
    services.end_case(
        PlacementCase.objects.get(pk=case.pk),
        outcome=Outcome.STOPPED,
        initiative=Initiative.EMPLOYER,
        reason="workplace_closed",
        last_day=ENDED_ON,
        by=here.ragnhild,
        on=NOW,
    )
    later = ENDED_ON + timedelta(days=5)

    with pytest.raises(Refused, match="Det kan programrådgiver"):
        correct(here, case, last_day=later)
    correct(here, case, last_day=later, by=here.ragnhild)

    measure = Element.objects.filter(
        participant=owner_of(case.participant), kind=Activity.NAV_MEASURE
    )
    assert list(measure.values_list("last_day", flat=True)) == [later]
