"""What is missing until somebody is hired, contact, job seeking, contracts and attests."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.agreements import services as agreeing
from innpass.casework.agreements.ending import Ending
from innpass.casework.agreements.models import CaseEnding
from innpass.casework.follow_up import services
from innpass.casework.follow_up.attests import attests_of, facts_of, facts_of_case
from innpass.casework.follow_up.contracts import contracts_seen_by, known
from innpass.casework.follow_up.missing import missing_of
from innpass.casework.follow_up.models import Attest, ContactLine, EmploymentContract
from innpass.casework.follow_up.queries import find_contract, told_of_person
from innpass.casework.follow_up.services import Held, Lacking, Refused, Terms
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering_rows import enter_in_row
from innpass.domain.access.policy import MayNot
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
)
from innpass.domain.following.visits import VisitKind
from innpass.domain.placing.agreement import Party, VersionKind
from innpass.domain.placing.states import Initiative, Outcome
from tests.casework.agreements.placing import FIRST, placing_in
from tests.casework.follow_up.staying import UNIT, ago, followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LIV, NINA, ODD, PER, Town
from tests.factories.people import become_second

NORWEGIAN = Lacking(Lack.NORWEGIAN, "med kunder", Helper.TEACHER, "Liv", ago(-20))


def missing(town: Town, lacking: Lacking = NORWEGIAN, *, by: str = PER) -> Any:
    person = town.people("Amina")
    return services.name_missing(person, lacking, by=town.actor(by), on=TODAY)


def contract(town: Town, employer: str = UNIT, **values: Any) -> EmploymentContract:
    by = town.actor(values.pop("by", PER))
    terms: dict[str, Any] = {
        "kind": ContractKind.PERMANENT,
        "percent": 80,
        "first_day": ago(-10),
    }
    kept = {name: values.pop(name) for name in list(values) if name not in ("case", "ends_case")}
    terms |= kept
    return services.note_contract(
        town.people("Amina"), Terms(employer, **terms), by=by, on=TODAY, **values
    )


def test_what_is_missing_is_carried_until_it_is_closed(town: Town) -> None:
    row = missing(town)
    case, per = followed_case(town), town.actor(PER)
    visit = services.hold(case, VisitKind.EVALUATION, Held(TODAY), {}, by=per, on=TODAY)

    services.close_missing(
        row, Closed.DONE, text="B1 bestått", by=per, on=TODAY, expected=1, visit=visit
    )

    (found,) = missing_of([town.people("Amina").pk])[town.people("Amina").pk]
    assert (found.closed, found.closed_text, found.closed_at_visit) == ("done", "B1 bestått", visit)
    with pytest.raises(ChangedMeanwhile):
        services.close_missing(row, Closed.DONE, text="", by=per, on=TODAY, expected=1)


def test_somebody_else_can_see_to_it(town: Town) -> None:
    row = missing(town)

    services.change_missing(
        row, owner=Helper.NAV_ADVISER, owner_name="Odd", due=None, by=town.actor(ODD), expected=1
    )

    row.refresh_from_db()
    assert (row.owner, row.owner_name, row.due) == ("nav_adviser", "Odd", None)


def test_something_unnamed_is_not_missing(town: Town) -> None:
    with pytest.raises(Refused, match="hva som mangler"):
        missing(town, Lacking(Lack.OTHER, "", Helper.EMPLOYER, "", None))
    with pytest.raises(MayNot):
        missing(town, by=LIV)


def test_a_line_of_contact_moves_the_last_contact_on_and_never_back(town: Town) -> None:
    person, per = town.people("Amina"), town.actor(PER)

    def call(days: int) -> None:
        services.note_contact(
            person, way=ContactWay.PHONE, text="Går bra", day=ago(days), by=per, on=TODAY
        )

    call(2)
    call(9)

    assert Enrolment.objects.get(participant=person).last_contact == ago(2)
    assert ContactLine.objects.count() == 2
    with pytest.raises(Refused, match="fram i tid"):
        call(-1)


def test_a_line_of_contact_sent_twice_is_noted_once(town: Town) -> None:
    per, values = town.actor(PER), {"way": ContactWay.PHONE, "day": TODAY, "on": TODAY}

    for text in ("Går bra", "Går bra", "Går fint"):
        services.note_contact(town.people("Amina"), text=text, by=per, **values)  # type: ignore[arg-type]

    assert ContactLine.objects.count() == 2


def test_a_number_in_a_line_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="fødselsnummer"):
        services.note_contact(
            town.people("Amina"),
            way=ContactWay.PHONE,
            text="fnr 17838800033",
            day=TODAY,
            by=town.actor(PER),
            on=TODAY,
        )
    assert not ContactLine.objects.exists()


def test_job_seeking_is_counted_by_week_and_an_application_waits(town: Town) -> None:
    person, per = town.people("Amina"), town.actor(PER)
    values: dict[str, Any] = {"employer": "Kiwi", "channel": "", "text": "", "by": per, "on": TODAY}
    line = services.note_job_seeking(person, kind=JobSeeking.APPLICATION, day=TODAY, **values)
    services.note_job_seeking(person, kind=JobSeeking.FIRM_VISIT, day=TODAY, **values)

    services.note_reply(line, Reply.NO, by=per, on=TODAY, expected=1)

    told = told_of_person(person, actor=per, on=TODAY)
    assert list(told.weeks.values()) == [2]
    line.refresh_from_db()
    assert (line.reply, line.replied_on) == ("no", TODAY)
    values["employer"] = ""
    with pytest.raises(Refused, match="hvem"):
        services.note_job_seeking(person, kind=JobSeeking.APPLICATION, day=TODAY, **values)


def test_a_contract_is_told_to_the_rows_ends_the_case_and_closes_what_was_missing(
    town: Town,
) -> None:
    row, case = missing(town), followed_case(town)

    contract(town, case=case, ends_case=True)

    placement = Placement.objects.get(row_id=case.row)
    assert (placement.contract, placement.last_day) == (ago(-10), ago(-9))
    ending = CaseEnding.objects.get()
    assert (ending.outcome, ending.reason, ending.last_day) == ("hired", "hired_here", ago(-9))
    row.refresh_from_db()
    assert row.closed == "hired"


def test_a_contract_with_another_employer_counts_too(town: Town) -> None:
    case = followed_case(town)

    contract(town, "Kiwi Sentrum", case=case, ends_case=True)

    assert CaseEnding.objects.get().reason == "hired_elsewhere"
    assert Placement.objects.get(row_id=case.row).contract == ago(-10)


@pytest.mark.parametrize(("begins", "ends"), [(120, 0), (90, 0), (30, 31), (-90, -60)])
def test_a_contract_takes_no_time_from_the_placement_it_is_older_than(
    begins: int, ends: int, town: Town
) -> None:
    case = followed_case(town, begun=90, left=60)

    contract(town, "Kiwi", first_day=ago(begins), case=case, ends_case=True)

    assert Placement.objects.get(row_id=case.row).last_day == ago(ends)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"percent": 0}, "1 til 100"),
        ({"percent": 101}, "1 til 100"),
        ({"last_day": ago(0)}, "slutte før"),
        ({"first_day": date(2036, 1, 1)}, "året"),
        ({"employer": " "}, "hvem"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(
    values: dict[str, Any], sentence: str, town: Town
) -> None:
    with pytest.raises(Refused, match=sentence):
        contract(town, **values)

    assert not EmploymentContract.objects.exists()


def test_the_same_contract_is_not_noted_twice(town: Town) -> None:
    contract(town)

    with pytest.raises(Refused, match="fra før"):
        contract(town, UNIT.upper())


def take_back(town: Town, row: EmploymentContract, **values: Any) -> EmploymentContract:
    said = {"because": "Feil person", "by": town.actor(PER), "on": TODAY, "expected": 1, **values}
    return services.take_contract_back(row, **said)


def test_a_contract_noted_by_mistake_is_taken_back_and_kept(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    row = contract(town, case=case, ends_case=True)
    hired_to_stopped = Ending(
        Outcome.STOPPED, Initiative.EMPLOYER, "workplace_closed", ago(9), told="Takk"
    )

    take_back(town, row)

    assert Placement.objects.get(row_id=case.row).contract is None
    assert not contracts_seen_by(per)
    assert find_contract(row.pk, actor=per) is None
    kept = EmploymentContract.objects.get()
    assert (kept.taken_back_on, kept.taken_back_because) == (TODAY, "Feil person")
    assert told_of_person(town.people("Amina"), actor=per, on=TODAY).taken_back == [kept]
    agreeing.correct_end(case, hired_to_stopped, why="Feil kontrakt", by=per, on=TODAY)
    assert CaseEnding.objects.get().outcome == "stopped"
    contract(town)  # and may be noted anew


def test_the_placement_keeps_the_contract_that_is_left(town: Town) -> None:
    case = followed_case(town)
    contract(town, "Kiwi", first_day=ago(5), case=case)
    wrong = contract(town, "Rema", first_day=ago(20), case=case)

    take_back(town, wrong)

    assert Placement.objects.get(row_id=case.row).contract == ago(5)


def test_a_contract_is_taken_back_once_with_why_by_whoever_may_note_it(town: Town) -> None:
    row = contract(town)

    with pytest.raises(Refused, match="hvorfor"):
        take_back(town, row, because=" ")
    with pytest.raises(MayNot):
        take_back(town, row, by=town.actor(ODD))
    take_back(town, row)
    with pytest.raises(Refused, match="allerede"):
        take_back(town, row, expected=2)


def test_nav_asks_later_and_the_coordinator_sees_the_answer(town: Town) -> None:
    made = contract(town, first_day=ago(100))

    with pytest.raises(Refused, match="tidlig"):
        services.answer_check(made, 6, is_there=True, by=town.actor(ODD), on=TODAY)
    services.answer_check(made, 3, is_there=False, by=town.actor(ODD), on=TODAY)

    (found,) = known(list(contracts_seen_by(town.actor(NINA))), on=date(2030, 1, 1))
    assert not found.checks[3].is_there
    assert found.due is None
    with pytest.raises(MayNot):
        contract(town, by=ODD)


def test_an_attest_is_drafted_from_facts_signed_and_then_stands(town: Town) -> None:
    case, per = followed_case(town, begun=70), town.actor(PER)
    draft = services.start_attest(case, by=per, on=TODAY)
    assert services.start_attest(case, by=per, on=TODAY).pk == draft.pk
    signed_by: dict[str, Any] = {"name": "Leder", "day": TODAY, "is_on_paper": False}
    with pytest.raises(Refused, match="gjort eller lært"):
        services.sign_attest(draft, **signed_by, by=per, on=TODAY, expected=1)

    saved = services.save_attest(
        draft, tasks="Lager mat", learned="", words="", by=per, on=TODAY, expected=1
    )
    with pytest.raises(ChangedMeanwhile):
        services.sign_attest(saved, **signed_by, by=per, on=TODAY, expected=1)
    signed = services.sign_attest(saved, **signed_by, by=per, on=TODAY, expected=2)

    with pytest.raises(Refused, match="endres ikke"):
        services.save_attest(
            signed, tasks="Annet", learned="", words="", by=per, on=TODAY, expected=3
        )
    second = services.start_attest(case, by=per, on=TODAY)
    assert (second.number, second.tasks) == (2, "Lager mat")
    assert [each.number for each in attests_of([case.pk])] == [2, 1]
    assert draft.facts["employer"] == UNIT
    assert draft.facts["total_hours"] == round(15 * 71 / 7)


def test_the_facts_of_an_attest_follow_the_placement_until_it_is_signed(town: Town) -> None:
    case, per = followed_case(town, begun=70, left=0), town.actor(PER)
    draft = services.start_attest(case, by=per, on=ago(20))
    signed_by: dict[str, Any] = {"name": "Leder", "day": TODAY, "is_on_paper": False}
    later = ago(-200)
    was = facts_of(draft, on=later)["last_day"]

    enter_in_row(case.row, {"placement.last_day": ago(7)}, by=per)  # type: ignore[arg-type]
    case.refresh_from_db()
    shown = facts_of(Attest.objects.get(), on=later)
    texts = {"tasks": "Lager mat", "learned": "", "words": ""}
    saved = services.save_attest(draft, **texts, by=per, on=later, expected=1)
    signed = services.sign_attest(saved, **signed_by, by=per, on=later, expected=2)
    enter_in_row(case.row, {"placement.last_day": ago(9)}, by=per)  # type: ignore[arg-type]

    assert (was, shown["last_day"]) == (TODAY.isoformat(), ago(7).isoformat())
    assert signed.facts == facts_of(Attest.objects.get(), on=later)
    assert shown == saved.facts == {name: signed.facts[name] for name in shown}
    assert shown["total_hours"] == round(15 * 64 / 7)


def test_the_hours_of_an_attest_are_added_up_as_each_agreement_had_them(town: Town) -> None:
    here = placing_in(town)
    case = here.agreed()  # 21 hours a week
    signed_on = FIRST + timedelta(days=14)
    days = ((0, 480, 900),)
    version = agreeing.make_version(
        case,
        here.content(last_day=date(2026, 12, 18), days=days),
        kind=VersionKind.EXTENDED,
        reason="Mer tid",
        by=here.per,
        on=signed_on,
    )
    here.sign(
        version,
        *(Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR),
        signed_on=signed_on,
        on=signed_on,
    )
    case.refresh_from_db()

    facts = facts_of_case(case, on=FIRST + timedelta(days=27))

    assert facts["hours_per_week"] == 7
    assert facts["total_hours"] == 2 * 21 + 2 * 7


def test_what_was_noted_goes_with_a_person_who_turns_out_to_be_another(town: Town) -> None:
    missing(town)
    contract(town, case=followed_case(town))
    second, first = town.people("Amina"), town.people("Bohdan")

    become_second(second, first)

    told = told_of_person(first, actor=town.actor(PER), on=TODAY)
    assert len(told.missing) == len(told.contracts) == len(told.cases) == 1
