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
from innpass.casework.follow_up.attests import is_outdated, save_attest, sign_attest, start_attest
from innpass.casework.follow_up.contracts import Terms, note_contract
from innpass.casework.follow_up.models import Attest, EvaluationVisit
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row
from innpass.domain.following.hiring import ContractKind
from innpass.domain.placing.agreement import Party, VersionKind
from innpass.domain.placing.states import CaseKind, Initiative, Outcome
from innpass.domain.sheets.fields import Activity
from innpass.domain.sheets.records import TableKind
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


def never(**values: Any) -> dict[str, Any]:
    before = FIRST - timedelta(days=1)
    return {"outcome": Outcome.NOT_STARTED, "reason": "illness", "last_day": before, **values}


def test_practice_that_was_held_is_not_said_to_have_come_to_nothing(here: Placing) -> None:
    case = here.agreed()
    for held_on in (FIRST - timedelta(days=2), FIRST + timedelta(days=9)):
        EvaluationVisit.objects.create(
            municipality=here.town.municipality, case=case, kind="evaluation", held_on=held_on
        )
    attest = start_attest(case, by=here.per, on=ENDED_ON)
    saved = save_attest(
        attest, tasks="Mat", learned="", words="", by=here.per, on=ENDED_ON, expected=1
    )
    sign_attest(saved, name="Leder", day=NOW, is_on_paper=False, by=here.per, on=NOW, expected=2)
    case = ended(here, case)

    with pytest.raises(Refused, match=r"besøk 15\.07\.2026 og attest underskrevet"):
        correct(here, case, **never())

    assert laid(case) is not None


def test_an_attest_of_what_came_to_nothing_is_out_of_date(here: Placing) -> None:
    case = ended(here, here.agreed(), **never(last_day=TODAY), on=TODAY)
    days = {"first_day": FIRST.isoformat(), "last_day": LAST.isoformat()}
    attest = Attest.objects.create(
        municipality=here.town.municipality,
        case=case,
        number=1,
        made_on=TODAY,
        facts=days,
        signed_on=TODAY,
    )

    assert is_outdated(attest, on=NOW)


def test_a_contract_is_not_denied_by_an_ending(here: Placing) -> None:
    case = here.proposed()
    terms = Terms("Solbakken barnehage", ContractKind.PERMANENT, 80, TODAY)
    note_contract(owner_of(case.participant), terms, by=here.per, on=TODAY, case=case)

    with pytest.raises(Refused, match="ta den tilbake under Arbeidskontrakter"):
        ended(here, case, **never(last_day=TODAY), on=TODAY)

    assert not CaseEnding.objects.exists()


def test_a_contract_holds_the_outcome_also_where_the_rows_have_forgotten_it(here: Placing) -> None:
    case = here.agreed()
    terms = Terms("Solbakken barnehage", ContractKind.PERMANENT, 80, ENDED_ON + timedelta(days=1))
    note_contract(owner_of(case.participant), terms, by=here.per, on=NOW, case=case, ends_case=True)
    case = PlacementCase.objects.get(pk=case.pk)
    enter_in_row(case.row, {"placement.contract": None}, by=here.per)

    with pytest.raises(Refused, match="Arbeidskontrakten fra"):
        correct(here, case)


def test_what_has_no_days_ended_today_at_the_latest(here: Placing) -> None:
    case = here.proposed()
    hired = {"outcome": Outcome.HIRED, "reason": "hired_here"}

    with pytest.raises(Refused, match="Dagen er ikke kommet ennå"):
        ended(here, case, **hired, last_day=date(2099, 1, 1))
    case = ended(here, case, **hired, last_day=TODAY)
    with pytest.raises(Refused, match="Dagen er ikke kommet ennå"):
        correct(here, case, **hired, last_day=date(2099, 1, 1))


def test_what_is_laid_anew_is_still_extended(here: Placing) -> None:
    case = here.agreed()
    until = LAST + timedelta(days=14)
    version = services.make_version(
        case,
        here.content(last_day=until),
        kind=VersionKind.EXTENDED,
        reason="Mer tid",
        by=here.per,
        on=TODAY,
    )
    here.sign(version, *ALL)
    case = PlacementCase.objects.get(pk=case.pk)
    case = ended(here, case, **never(last_day=TODAY), on=TODAY)

    correct(here, case)

    placed = laid(case)
    assert placed is not None
    assert (placed.extended, placed.last_day) == (True, ENDED_ON)


def adopted(here: Placing, name: str = "Amina") -> PlacementCase:
    """Return the case of a stay at the kindergarten that somebody entered, without agreement."""
    person = here.town.people(name)
    row = add_detail(
        person,
        TableKind.PLACEMENT,
        {
            "placement.kind": "municipal",
            "placement.unit": here.employer.name,
            "placement.first_day": FIRST,
            "placement.last_day": LAST,
            "placement.hours_per_week": 15.0,
        },
        by=here.per,
    )
    placement = Placement.objects.get(participant=person, row_id=row)
    return services.case_of_placement(placement, by=here.per, on=TODAY)


def test_a_seat_that_another_has_taken_since_is_not_taken_back_without_an_agreement(
    here: Placing,
) -> None:
    case = ended(here, adopted(here))
    begins = ENDED_ON + timedelta(days=1)
    second = here.proposed("Bohdan")
    version = here.waiting(second, first_day=begins)
    here.expect(second)
    here.sign(version, *ALL)

    with pytest.raises(Refused, match="Kjøkkenet"):
        correct(here, case, last_day=begins + timedelta(days=7))
    correct(here, case, last_day=ENDED_ON - timedelta(days=1))
    correct(here, case, last_day=ENDED_ON)


def test_what_came_to_nothing_by_mistake_counts_again_without_an_agreement(here: Placing) -> None:
    case = ended(here, adopted(here), **never(last_day=TODAY), on=TODAY)
    assert laid(case) is None

    correct(here, case, outcome=Outcome.HIRED, reason="hired_here")

    placed = laid(case)
    assert placed is not None
    assert (placed.first_day, placed.last_day) == (FIRST, ENDED_ON)


def test_days_before_the_first_are_refused_where_a_stay_counts_again(here: Placing) -> None:
    case = ended(here, adopted(here), **never(last_day=TODAY), on=TODAY)

    with pytest.raises(Refused, match="før første dag"):
        correct(here, case, last_day=FIRST - timedelta(days=1))

    assert laid(case) is None
