"""From proposed to signed by all, and what is laid over the rows."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.models import AgreementVersion, CaseStep, PlacementCase, Signature
from innpass.casework.agreements.queries import told_of, versions_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers.models import EmployerCard
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element, Enrolment, Leave
from innpass.domain.access.policy import MayNot
from innpass.domain.placing.agreement import Ground, Party, VersionKind, Way
from innpass.domain.placing.demands import Demand
from innpass.domain.placing.states import CaseKind, Initiative, Outcome, State, Step
from tests.casework.agreements.placing import FIRST, LAST, Placing, place_at
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LIV, NINA, ODD

ALL = (Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR)


def placement(here: Placing, name: str = "Amina") -> Placement:
    found: Placement = Placement.objects.get(participant=here.town.people(name))
    return found


def test_each_step_moves_the_case_on(here: Placing) -> None:
    case = here.proposed()
    seen = [here.state(case)]
    for step in Step:
        services.take_step(case, step, on=TODAY, by=here.per, today=TODAY, text="Gikk fint")
        seen.append(here.state(case))

    assert seen == [
        *(State.PROPOSED, State.PRESENTED, State.INTERVIEW_PREPARED, State.FIRST_MEETING_HELD)
    ]
    assert case.supervisor_id == here.per.user_id


def test_what_all_have_signed_is_laid_over_the_rows(here: Placing) -> None:
    case = here.agreed()

    laid = placement(here)
    assert (laid.employer, laid.first_day, laid.last_day) == (here.employer, FIRST, LAST)
    assert laid.hours_per_week == 21
    assert here.state(case) is State.AGREED
    assert here.state(case, on=FIRST) is State.RUNNING
    assert here.state(case, on=LAST + timedelta(days=1)) is State.ENDED
    assert told_of([case])[case.pk].placement == laid


def test_participant_and_employer_sign_in_any_order_the_supervisor_last(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    here.expect(case)

    with pytest.raises(Refused, match="Arbeidsgiveren må skrive under før praksisveilederen"):
        here.sign(version, Party.PARTICIPANT, Party.SUPERVISOR)
    here.sign(version, Party.EMPLOYER, Party.SUPERVISOR)

    assert here.state(case) is State.AGREED


def test_two_sign_for_an_employer_that_wants_it(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case, has_second_signer=True)
    here.expect(case)
    here.sign(version, Party.PARTICIPANT, Party.EMPLOYER)

    with pytest.raises(Refused, match="andre underskriver må skrive under"):
        here.sign(version, Party.SUPERVISOR)
    here.sign(version, Party.SECOND_EMPLOYER, Party.SUPERVISOR)

    assert here.state(case) is State.AGREED


def test_nothing_is_in_force_before_expectations_are_given(here: Placing) -> None:
    version = here.waiting(here.proposed())

    with pytest.raises(Refused, match="krav, forventninger og rettigheter"):
        here.sign(version, *ALL)

    assert not Placement.objects.exists()
    assert set(Signature.objects.values_list("party", flat=True)) == {"participant", "employer"}


def test_nothing_is_in_force_before_what_the_place_demands_is_seen(here: Placing) -> None:
    here.place.demands = ["police_certificate"]
    here.place.save()
    case = here.proposed()
    version = here.waiting(case)
    here.expect(case)

    with pytest.raises(Refused, match="krever politiattest"):
        here.sign(version, *ALL)
    services.see_demand(case, Demand.POLICE_CERTIFICATE, seen_on=TODAY, by=here.per, today=TODAY)
    here.sign(version, Party.SUPERVISOR)

    assert here.state(case) is State.AGREED


def test_an_extension_is_signed_again_and_moves_the_last_day(here: Placing) -> None:
    case = here.agreed()
    longer = date(2026, 12, 4)
    version = services.make_version(
        case,
        here.content(last_day=longer),
        kind=VersionKind.EXTENDED,
        reason="Trenger mer tid på norsken",
        by=here.per,
        on=TODAY,
    )
    before = placement(here).last_day
    here.sign(version, *ALL)

    laid = placement(here)
    assert (before, laid.last_day, laid.extended) == (LAST, longer, True)
    assert [each.number for each in versions_of(case)] == [2, 1]
    assert Placement.objects.count() == 1


def test_arbeidstrening_lays_the_measure_of_nav_and_is_the_advisers_to_close(
    here: Placing,
) -> None:
    case = here.proposed(kind=CaseKind.WORK_TRAINING)
    version = here.waiting(case)
    here.expect(case)
    here.sign(version, Party.PARTICIPANT, Party.EMPLOYER)

    with pytest.raises(Refused, match="Det kan programrådgiver"):
        here.sign(version, Party.SUPERVISOR)
    here.sign(version, Party.SUPERVISOR, by=here.ragnhild)

    measure = Element.objects.get(kind="nav_measure")
    assert (measure.first_day, measure.last_day, measure.hours_per_week) == (FIRST, LAST, 21)
    assert placement(here).hours_per_week is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"way": Way.ON_BEHALF}, "Velg hvorfor du skriver under på vegne av andre"),
        ({"ground": Ground.RESERVED}, "hører bare til underskrift på vegne"),
        ({"name": "  "}, "Skriv navnet"),
        ({"signed_on": TODAY + timedelta(days=1)}, "ikke kommet ennå"),
        ({"signed_on": TODAY - timedelta(days=1)}, "kan ikke være eldre"),
        ({"way": Way.ON_PAPER}, "Legg ved en skannet kopi"),
        ({"way": Way.ON_PAPER, "scan": b"<html>"}, "PDF, PNG eller JPEG"),
        ({"way": Way.ON_PAPER, "scan": b"%PDF-" + b"0" * 11_000_000}, "større enn 10 MB"),
    ],
)
def test_a_signature_that_lacks_something_is_refused(
    here: Placing, said: dict[str, Any], sentence: str
) -> None:
    version = here.waiting(here.proposed())

    with pytest.raises(Refused, match=sentence):
        here.sign(version, Party.EMPLOYER, **said)

    assert not Signature.objects.exists()


@pytest.mark.parametrize("way", [Way.ON_PAPER, Way.ON_BEHALF])
def test_nobody_signed_before_the_version_was_made(here: Placing, way: Way) -> None:
    version = here.waiting(here.proposed())

    with pytest.raises(Refused, match="kan ikke være eldre"):
        here.sign(version, Party.PARTICIPANT, **by_way(way), signed_on=date(2026, 1, 1))

    assert not Signature.objects.exists()


@pytest.mark.parametrize("way", [Way.ON_PAPER, Way.ON_BEHALF])
def test_another_than_the_one_named_signs_where_somebody_says_why(here: Placing, way: Way) -> None:
    named = {"signer": {"name": "Gro Moe", "phone": "", "email": ""}}
    version = here.waiting(here.proposed(), contacts=named)

    with pytest.raises(Refused, match="Her skal Gro Moe skrive under") as no:
        here.sign(version, Party.EMPLOYER, **by_way(way), name="Alf Aas")
    here.sign(version, Party.EMPLOYER, **by_way(way), name="Alf Aas", why="Gro er syk")
    here.sign(version, Party.PARTICIPANT, **by_way(way), why="Ikke brukt")

    assert [each.field for each in no.value.faults] == ["why"]
    kept = Signature.objects.values_list("party", "why")
    assert set(kept) == {("employer", "Gro er syk"), ("participant", "")}


def by_way(way: Way) -> dict[str, Any]:
    if way is Way.ON_PAPER:
        return {"way": way, "scan": b"%PDF-1.7 underskrevet"}
    return {"way": way, "ground": Ground.SAID_BY_PHONE}


def test_an_agreement_past_the_programme_needs_a_reason(here: Placing) -> None:
    amina = here.town.people("Amina")
    Enrolment.objects.filter(participant=amina).update(planned_last_day=date(2026, 9, 1))
    case = here.proposed()

    with pytest.raises(Refused, match="skriv hvorfor avtalen skal gå lenger") as no:
        here.waiting(case)
    version = here.waiting(case, long_reason="Programmet forlenges i august")

    assert [each.field for each in no.value.faults] == ["long_reason"]
    assert version.long_reason == "Programmet forlenges i august"
    short = here.content(last_day=date(2026, 8, 31), long_reason="Gjelder ikke lenger")
    assert services.edit_version(version, short, by=here.per, on=TODAY).long_reason == ""


def test_a_paper_is_kept_sealed_and_read_again(here: Placing) -> None:
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER, way=Way.ON_PAPER, scan=b"%PDF-1.7 signert")

    kept = Signature.objects.get()
    assert services.scan_of(kept, by=here.per) == (b"%PDF-1.7 signert", "application/pdf")
    assert b"signert" not in bytes(str(Signature.objects.values_list("scan").get()[0]), "utf-8")


def test_nobody_signs_twice(here: Placing) -> None:
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER)

    with pytest.raises(Refused, match="arbeidsgiveren allerede skrevet under"):
        here.sign(version, Party.EMPLOYER)

    assert Signature.objects.count() == 1


def test_of_two_who_sign_at_once_the_second_is_told(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    on_screen = PlacementCase.objects.get(pk=case.pk).version
    here.sign(version, Party.EMPLOYER, expected=on_screen)

    with pytest.raises(ChangedMeanwhile):
        here.sign(version, Party.PARTICIPANT, expected=on_screen)

    assert Signature.objects.count() == 1


def test_signed_content_is_locked_until_somebody_opens_it_and_says_why(here: Placing) -> None:
    version = here.waiting(here.proposed())
    here.sign(version, Party.EMPLOYER)

    with pytest.raises(Refused, match="innholdet er låst"):
        services.edit_version(version, here.content(tasks="Annet"), by=here.per, on=TODAY)
    with pytest.raises(Refused, match="Skriv hvorfor"):
        services.lift(version, reason=" ", by=here.per, on=TODAY)
    services.lift(version, reason="Feil dag", by=here.per, on=TODAY)
    services.edit_version(version, here.content(tasks="Annet"), by=here.per, on=TODAY)

    assert AgreementVersion.objects.get().tasks == "Annet"
    assert Signature.objects.get().lifting is not None
    with pytest.raises(Refused, match="Deltakeren og arbeidsgiveren må skrive under"):
        here.sign(version, Party.SUPERVISOR)


def test_what_is_signed_by_all_is_not_opened_again(here: Placing) -> None:
    case = here.agreed()
    (version,) = versions_of(case)

    with pytest.raises(Refused, match="Ingen versjon av avtalen venter"):
        services.lift(version, reason="Feil", by=here.per, on=TODAY)


def test_one_version_waits_at_a_time(here: Placing) -> None:
    case = here.proposed()
    here.waiting(case)

    with pytest.raises(Refused, match="venter på underskrift"):
        here.waiting(case)


def test_a_full_place_takes_nobody_more_on_a_day_that_is_taken(here: Placing) -> None:
    here.agreed("Amina")
    case = here.proposed("Bohdan")

    with pytest.raises(Refused, match="Kjøkkenet er full på mandag"):
        here.waiting(case)
    here.waiting(case, days=((3, 480, 900),))

    assert AgreementVersion.objects.filter(case=case).count() == 1


def test_a_place_that_was_taken_meanwhile_is_told_when_the_last_signs(here: Placing) -> None:
    late = here.proposed("Bohdan")
    version = here.waiting(late)
    here.expect(late)
    here.sign(version, Party.PARTICIPANT, Party.EMPLOYER)
    here.agreed("Amina")

    with pytest.raises(Refused, match="Kjøkkenet er full på mandag"):
        here.sign(version, Party.SUPERVISOR)

    assert here.state(late) is State.PROPOSED
    assert not Placement.objects.filter(participant=here.town.people("Bohdan")).exists()


def test_a_stopped_programme_takes_no_agreement(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    here.expect(case)
    here.sign(version, Party.PARTICIPANT, Party.EMPLOYER)
    mine = Enrolment.objects.filter(participant=here.town.people("Amina"))
    mine.update(actual_last_day=date(2026, 6, 1))

    with pytest.raises(Refused, match=r"Programmet ble avsluttet 01\.06\.2026"):
        here.sign(version, Party.SUPERVISOR)
    mine.update(actual_last_day=date(2026, 6, 1))
    with pytest.raises(Refused, match="Programmet ble avsluttet"):
        here.proposed(
            employer=Employer.objects.create(
                municipality=here.town.municipality, kind="municipal", name="Elveskolen"
            )
        )

    assert not Placement.objects.exists()


def test_another_placement_at_the_same_time_is_told(here: Placing) -> None:
    here.agreed()
    other = Employer.objects.create(
        municipality=here.town.municipality, kind="municipal", name="Elveskolen"
    )
    case = here.proposed(employer=other)

    with pytest.raises(Refused, match=r"hos Solbakken barnehage fra 06\.07\.2026"):
        here.waiting(case, place=None)
    with pytest.raises(Refused, match="blir det 45 timer i uka"):
        here.waiting(case, place=None, days=((3, 360, 1080), (4, 360, 1080)))
    here.waiting(case, place=None, days=((3, 480, 900), (4, 480, 900)))

    assert AgreementVersion.objects.filter(case=case).exists()


def test_leave_on_the_first_day_is_told(here: Placing) -> None:
    Leave.objects.create(
        municipality=here.town.municipality,
        participant=here.town.people("Amina"),
        first_day=FIRST,
        last_day=FIRST + timedelta(days=10),
    )

    with pytest.raises(Refused, match="Deltakeren har permisjon"):
        here.waiting(here.proposed())


def test_a_cap_of_the_unit_stops_a_proposal(here: Placing) -> None:
    from innpass.casework.employers.models import EmployerCard

    EmployerCard.objects.create(
        municipality=here.town.municipality, employer=here.employer, most_at_once=1
    )
    here.agreed("Amina")

    with pytest.raises(Refused, match="tar ikke imot flere samtidig"):
        here.proposed("Bohdan")

    assert PlacementCase.objects.count() == 1


def test_a_summer_job_lasts_no_longer_than_the_regulation_says(here: Placing) -> None:
    case = here.proposed(kind=CaseKind.SUMMER_JOB)

    with pytest.raises(Refused, match=r"kan vare til 02\.08\.2026"):
        here.waiting(case)
    here.waiting(case, last_day=date(2026, 8, 2))

    assert AgreementVersion.objects.exists()


def test_a_stop_ends_the_row_and_writes_a_last_version(here: Placing) -> None:
    case = here.agreed(first_day=date(2026, 6, 22))
    services.end_case(
        case,
        outcome=Outcome.STOPPED,
        initiative=Initiative.EMPLOYER,
        reason="workplace_closed",
        last_day=TODAY,
        text="Avdelingen legges ned",
        told="Avdelingen legges ned. Det har ikke noe med deg å gjøre.",
        by=here.per,
        on=TODAY,
    )

    assert placement(here).last_day == TODAY
    assert here.state(case) is State.RUNNING
    assert here.state(case, on=TODAY + timedelta(days=1)) is State.ENDED
    assert [each.kind for each in versions_of(case)] == ["ended", "made"]
    with pytest.raises(Refused, match="Praksisløpet er avsluttet"):
        here.waiting(case)


def test_what_came_to_nothing_after_it_was_agreed_is_taken_off_the_rows(here: Placing) -> None:
    case = here.agreed()
    end: dict[str, Any] = {
        "outcome": Outcome.NOT_STARTED,
        "initiative": Initiative.PARTICIPANT,
        "reason": "no_wish",
        "last_day": TODAY,
        "by": here.per,
        "on": TODAY,
    }
    with pytest.raises(Refused, match="Velg en årsak som hører til"):
        services.end_case(case, **{**end, "reason": "hired_here"})
    with pytest.raises(Refused, match="Velg at det ikke ble noe av"):
        services.end_case(case, **{**end, "outcome": Outcome.STOPPED, "reason": "illness"})
    services.end_case(case, **end)

    assert not Placement.objects.exists()
    assert here.state(case) is State.ENDED


def test_a_case_made_by_mistake_is_taken_back_with_what_it_laid(here: Placing) -> None:
    case = here.agreed()
    services.withdraw_case(case, reason="Feil deltaker", by=here.per, on=TODAY)

    assert not Placement.objects.exists()
    with pytest.raises(Refused, match="trukket tilbake"):
        services.take_step(case, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY)


def test_a_placement_of_the_sheets_gets_one_case(here: Placing) -> None:
    case = here.agreed()
    laid = placement(here)
    again = services.case_of_placement(laid, by=here.per, on=TODAY)
    PlacementCase.objects.filter(pk=case.pk).update(withdrawn_at="2026-06-30T10:00Z", row=None)
    made = services.case_of_placement(laid, by=here.per, on=TODAY)
    same = services.case_of_placement(laid, by=here.per, on=TODAY)

    assert again == case
    assert (made.employer, made.row, made.proposed_on) == (here.employer, laid.row_id, FIRST)
    assert same == made != case
    assert here.state(made, on=FIRST) is State.RUNNING


@pytest.mark.parametrize("name", [LIV, ODD, NINA])
def test_who_does_not_place_people_is_refused(here: Placing, name: str) -> None:
    with pytest.raises(MayNot):
        here.proposed(by=here.town.actor(name))

    assert not PlacementCase.objects.exists()


def test_a_person_who_is_hidden_is_not_there(here: Placing) -> None:
    case = here.proposed()
    here.town.protect("Amina", named=())

    with pytest.raises(MayNot, match="Vi fant ingen deltaker"):
        services.take_step(case, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY)

    assert not CaseStep.objects.exists()


def test_every_act_stands_in_the_log_at_the_person(here: Placing) -> None:
    case = here.agreed()
    events = AuditEvent.objects.filter(subject_id=owner_of(case.participant).pk)
    acts = set(events.values_list("action", flat=True))

    assert {"propose_placement", "make_agreement", "sign_agreement", "give_expectations"} <= acts


def test_an_identity_number_is_refused_in_what_is_said(here: Placing) -> None:
    with pytest.raises(Refused, match="kan være et fødselsnummer"):
        services.take_step(
            here.proposed(),
            Step.PRESENTED,
            on=TODAY,
            by=here.per,
            today=TODAY,
            text="Ring 01018012345 først",
        )


def test_a_place_that_is_closed_on_a_day_is_told(here: Placing) -> None:
    evenings = place_at(here.employer, weekdays=(0,), name="Vaskeriet")

    with pytest.raises(Refused, match="Vaskeriet tar ikke imot på tirsdag"):
        here.waiting(here.proposed(), place=evenings)


def test_another_spelling_of_an_employer_is_the_same_employer(here: Placing) -> None:
    town = here.town.municipality
    other = Employer.objects.create(municipality=town, kind="municipal", name="Solbakken bhg")
    EmployerCard.objects.create(municipality=town, employer=other, same_as=here.employer)
    here.proposed()

    with pytest.raises(Refused, match="Solbakken bhg"):
        here.proposed(employer=other)
    EmployerCard.objects.create(municipality=town, employer=here.employer, most_at_once=1)
    with pytest.raises(Refused):
        here.proposed("Bohdan", employer=other)
