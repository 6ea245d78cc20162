"""Visits and voices: booked, held, corrected, refused; what the rows and the overview learn."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.audit.models import AuditEvent
from innpass.casework.follow_up import services
from innpass.casework.follow_up.cases import case_for
from innpass.casework.follow_up.models import EvaluationVisit, Voice
from innpass.casework.follow_up.queries import told_of_person, visits_of
from innpass.casework.follow_up.rhythm import keep_rhythm
from innpass.casework.follow_up.services import Held, Refused, Said
from innpass.casework.follow_up.stays import judged, with_names
from innpass.casework.jobs.models import Job
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.services import refresh_due
from innpass.casework.placements.models import Placement
from innpass.casework.placements.rhythm import rhythm_on
from innpass.casework.programme.models import Enrolment
from innpass.domain.access.policy import MayNot
from innpass.domain.following.visits import Rhythm, Standing, VisitKind
from innpass.domain.following.voices import Answer, GivenBy, Speaker, Theme
from tests.casework.follow_up.staying import ago, followed_case, stay
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LIV, NINA, ODD, PER, Town

EVALUATION, LANGUAGE = VisitKind.EVALUATION, VisitKind.LANGUAGE
FINE = Said({Theme.WELLBEING: Answer.WELL, Theme.LANGUAGE: Answer.PARTLY}, "Jeg trives.")


def held(town: Town, case: Any, *, by: str = PER, **values: Any) -> EvaluationVisit:
    voices = values.pop("voices", {})
    days = {"on": TODAY, **values}
    return services.hold(case, EVALUATION, Held(**days), voices, by=town.actor(by), on=TODAY)


def one(town: Town, name: str = "Amina") -> Any:
    (found,) = [
        each
        for each in with_names(judged(town.actor(PER), on=TODAY, own=None))
        if each.participant == town.people(name).pk
    ]
    return found


def test_a_placement_of_a_sheet_is_to_be_visited_after_four_weeks(town: Town) -> None:
    stay(town, begun=40)

    assert one(town).visit.on == ago(12)
    assert one(town).visit.standing(on=TODAY) is Standing.LATE
    assert one(town).case is None


def test_a_held_visit_tells_the_placement_and_the_last_contact(town: Town) -> None:
    case = followed_case(town)

    held(town, case, on=ago(3))

    assert Placement.objects.get(row_id=case.row).evaluation_visit == ago(3)
    assert Enrolment.objects.get(participant=case.participant).last_contact == ago(3)
    row = OverviewRow.objects.get(participant=case.participant)
    assert (row.last_contact, row.visit_due) == (ago(3), None)
    assert one(town).visit.on == ago(3 - 42)


def test_the_first_visit_stays_what_the_rows_know(town: Town) -> None:
    case = followed_case(town, begun=90)
    held(town, case, on=ago(60))

    held(town, case, on=ago(1))

    assert Placement.objects.get(row_id=case.row).evaluation_visit == ago(60)
    assert one(town).last_visit == ago(1)


def test_a_booked_visit_moves_and_is_then_held(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    made = services.book(case, EVALUATION, ago(-3), by=per, on=TODAY)

    services.book(case, EVALUATION, ago(-9), by=per, on=TODAY, expected=1)
    booked = Placement.objects.get(row_id=case.row).evaluation_visit
    held(town, case)

    assert booked == ago(-9)
    assert Placement.objects.get(row_id=case.row).evaluation_visit == TODAY
    assert EvaluationVisit.objects.get().pk == made.pk


def test_what_is_booked_for_today_is_not_held_yet(town: Town) -> None:
    services.book(followed_case(town), EVALUATION, TODAY, by=town.actor(PER), on=TODAY)

    assert (one(town).visit.number, one(town).last_visit) == (1, None)
    assert one(town).visit.standing(on=TODAY) is Standing.BOOKED
    assert one(town).visit.standing(on=ago(-1)) is Standing.LATE


def test_both_voices_are_asked_for_until_they_are_heard(town: Town) -> None:
    case = followed_case(town)
    visit = held(town, case, voices={Speaker.PARTICIPANT: FINE, Speaker.EMPLOYER: Said()})
    before = one(town).unheard

    employer = Said({Theme.JOB: Answer.WELL}, given_by=GivenBy.DOOR)
    services.give_voice(visit, Speaker.EMPLOYER, employer, by=None, on=TODAY)

    assert before == ((visit.pk, (Speaker.EMPLOYER,)),)
    assert one(town).unheard == ()
    voice = Voice.objects.get(speaker=Speaker.EMPLOYER)
    assert (voice.given_by, voice.written_by) == (GivenBy.DOOR, None)


def test_a_voice_given_orally_says_who_wrote_it_down(town: Town) -> None:
    held(town, followed_case(town), voices={Speaker.PARTICIPANT: FINE})

    voice = Voice.objects.get()
    assert (voice.given_by, voice.written_by) == (GivenBy.ORALLY, town.users[PER])
    assert (voice.answers, voice.norwegian) == ({"wellbeing": "well"}, "partly")


def test_the_employers_voice_belongs_to_a_visit_and_makes_none(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    with pytest.raises(Refused, match="Ingen besøk venter"):
        services.visit_to_speak_at(case)
    booked = services.book(case, EVALUATION, ago(-3), by=per, on=TODAY)
    assert services.visit_to_speak_at(case) == booked

    visit = held(town, case)
    assert services.visit_to_speak_at(case) == visit
    services.give_voice(visit, Speaker.EMPLOYER, FINE, by=per, on=TODAY)
    assert services.visit_to_speak_at(case) == visit
    later = services.book(case, EVALUATION, ago(-3), by=per, on=TODAY)
    assert services.visit_to_speak_at(case) == later
    services.call_off(later, because="Ferie", by=per, on=TODAY, expected=1)
    assert services.visit_that_waits(case) == visit

    assert EvaluationVisit.objects.count() == 2


def test_the_employers_own_words_stand_before_what_was_written_down(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    orally = Said({Theme.JOB: Answer.PARTLY}, "Kanskje en jobb")
    visit = held(town, case, voices={Speaker.EMPLOYER: orally})
    own = Said({Theme.JOB: Answer.WELL}, "Egne ord", given_by=GivenBy.DOOR)
    services.give_voice(visit, Speaker.EMPLOYER, own, by=None, on=TODAY)

    mended = Said({Theme.JOB: Answer.PARTLY}, "Trolig en jobb")
    services.give_voice(visit, Speaker.EMPLOYER, mended, by=per, on=TODAY)

    (told,) = visits_of([case.pk])[case.pk]
    assert [(each.text, each.given_by) for each in told.voices[Speaker.EMPLOYER]] == [
        ("Egne ord", "door"),
        ("Trolig en jobb", "orally"),
    ]
    assert told.missing == (Speaker.PARTICIPANT,)


def test_what_the_employer_says_again_takes_the_place_of_what_it_said(town: Town) -> None:
    case = followed_case(town)
    held(town, case)

    for text in ("Fint", "Bedre enn fint"):
        said = Said(text=text, given_by=GivenBy.DOOR)
        visit = services.visit_to_speak_at(case)
        services.give_voice(visit, Speaker.EMPLOYER, said, by=None, on=TODAY)

    assert Voice.objects.get().text == "Bedre enn fint"
    assert EvaluationVisit.objects.get().version == 3


def test_nobody_writes_over_what_the_employer_said_on_its_own_page(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    visit = held(town, case)
    own = Said(text="Egne ord", given_by=GivenBy.DOOR)
    services.give_voice(visit, Speaker.EMPLOYER, own, by=None, on=TODAY)

    def save(said: Said, version: int) -> None:
        services.hold(
            case,
            EVALUATION,
            Held(TODAY),
            {Speaker.EMPLOYER: said},
            by=per,
            on=TODAY,
            visit=EvaluationVisit.objects.get(),
            expected=version,
        )

    with pytest.raises(ChangedMeanwhile):
        save(Said(text="Våre ord"), 1)
    with pytest.raises(Refused, match="svart på egen side"):
        save(Said(text="Våre ord"), 2)
    save(Said(), 2)

    voice = Voice.objects.get()
    assert (voice.text, voice.given_by, voice.written_by) == ("Egne ord", "door", None)


def test_a_visit_is_noted_once_a_day(town: Town) -> None:
    case = followed_case(town)
    held(town, case)

    with pytest.raises(Refused, match="fra før"):
        held(town, case)

    assert EvaluationVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": ago(-1)}, "fram i tid"),
        ({"on": ago(41)}, "begynte"),
        ({"internal": "fnr 17838800033"}, "fødselsnummer"),
        ({"told": "x" * 4001}, "plass til 4000"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    values: dict[str, Any], sentence: str, town: Town
) -> None:
    case = followed_case(town)

    with pytest.raises(Refused, match=sentence):
        held(town, case, **values)

    assert not EvaluationVisit.objects.exists()


def test_a_visit_is_not_booked_after_the_placement_or_in_the_past(town: Town) -> None:
    case, per = followed_case(town, left=10), town.actor(PER)

    for day, sentence in ((ago(1), "har vært"), (ago(-11), "slutter")):
        with pytest.raises(Refused, match=sentence):
            services.book(case, EVALUATION, day, by=per, on=TODAY)


def test_whoever_saves_second_sees_that_somebody_was_first(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    visit = held(town, case)

    services.hold(case, EVALUATION, Held(TODAY, "A"), {}, by=per, on=TODAY, visit=visit, expected=1)
    again = EvaluationVisit.objects.get()
    with pytest.raises(ChangedMeanwhile):
        services.hold(
            case, EVALUATION, Held(TODAY, "B"), {}, by=per, on=TODAY, visit=again, expected=1
        )

    assert EvaluationVisit.objects.get().told == "A"


def test_a_visit_is_called_off_with_a_reason(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    visit = services.book(case, EVALUATION, ago(-3), by=per, on=TODAY)

    with pytest.raises(Refused, match="hvorfor"):
        services.call_off(visit, because=" ", by=per, on=TODAY, expected=1)
    services.call_off(visit, because="Leder er borte", by=per, on=TODAY, expected=1)

    assert Placement.objects.get(row_id=case.row).evaluation_visit is None
    services.book(case, EVALUATION, ago(-4), by=per, on=TODAY)
    assert EvaluationVisit.objects.count() == 2


@pytest.mark.parametrize("who", [LIV, ODD, NINA])
def test_only_those_who_follow_hold_evaluations(who: str, town: Town) -> None:
    case = followed_case(town)

    with pytest.raises(MayNot):
        held(town, case, by=who)


def test_the_teacher_makes_the_language_visit_also_where_no_case_is_made(town: Town) -> None:
    liv = town.actor(LIV)
    case = case_for(stay(town, begun=60), by=liv, on=TODAY)

    said = Said(
        {Theme.LANGUAGE: Answer.WELL}, norwegian_text="Øver på fagord", given_by=GivenBy.OWN_HAND
    )
    services.hold(case, LANGUAGE, Held(TODAY), {Speaker.TEACHER: said}, by=liv, on=TODAY)

    assert one(town).language is None
    assert Voice.objects.get().norwegian_text == "Øver på fagord"
    assert Placement.objects.get(row_id=case.row).evaluation_visit is None


def test_the_log_says_that_a_visit_was_held_and_nothing_of_what_was_said(town: Town) -> None:
    case = followed_case(town)
    held(town, case, told="Hemmelig", voices={Speaker.PARTICIPANT: FINE})

    event = AuditEvent.objects.get(action="hold_visit")
    assert event.subject_id == case.participant_id
    assert "Hemmelig" not in str(event.changes)
    assert "trives" not in str(event.changes)


def test_a_rhythm_of_ones_own_moves_what_is_not_held(town: Town) -> None:
    stay(town, begun=40)
    own = Rhythm(first_after=60, interval=60)

    keep_rhythm(own, holds_from=TODAY, by=town.actor(PER))

    assert rhythm_on(TODAY) == own
    assert rhythm_on(ago(1)) == Rhythm()
    assert one(town).visit.on == ago(-20)
    with pytest.raises(MayNot):
        keep_rhythm(own, holds_from=TODAY, by=town.actor(KARI))


def test_the_overview_follows_the_same_rhythm(town: Town) -> None:
    person, per = town.people("Amina"), town.actor(PER)
    stay(town, begun=10)

    def due() -> date | None:
        refresh_due(municipality=town.municipality, on=TODAY)
        found: date | None = OverviewRow.objects.get(participant=person).visit_due
        return found

    usual = due()
    keep_rhythm(Rhythm(first_after=20), holds_from=ago(30), by=per)
    own = due()
    keep_rhythm(Rhythm(first_after=40), holds_from=ago(-5), by=per)

    assert (usual, own, one(town).visit.on) == (ago(-18), ago(-10), ago(-10))
    assert due() == ago(-10)
    row = OverviewRow.objects.get(participant=person)
    assert row.changes_on is not None
    assert row.changes_on <= ago(-5)
    assert Job.objects.filter(kind="overview.refresh").count() == 2


def test_a_protected_person_is_nowhere_for_others(town: Town) -> None:
    case = followed_case(town)
    held(town, case)
    town.protect("Amina")

    assert judged(town.actor(PER), on=TODAY, own=None) == []


def test_everything_of_a_person_takes_as_many_queries_however_much_there_is(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    person = case.participant
    held(town, case, on=ago(12), voices={Speaker.PARTICIPANT: FINE})
    with CaptureQueriesContext(connection) as few:
        told_of_person(person, actor=per, on=TODAY)
    for days in (9, 6, 3):
        held(town, case, on=ago(days), voices={Speaker.PARTICIPANT: FINE})

    with CaptureQueriesContext(connection) as many:
        told_of_person(person, actor=per, on=TODAY)

    assert len(many) == len(few)
