"""What a participant wants, brings and says no to: kept whole, by version."""

import pytest
from django.utils import timezone

from innpass.casework.audit.models import AuditEvent
from innpass.casework.matching.profiles import (
    Consent,
    ProfileValues,
    choices,
    goals_offered,
    keep_consent,
    keep_cv,
    keep_profile,
    profile_of,
    refuse_place,
)
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.timetable.keeping import CannotKeep
from innpass.domain.access.policy import MayNot
from tests.casework.matching.conftest import TODAY, Office
from tests.factories.cast import LIV, ODD
from tests.factories.people import become_second

GOAL = ProfileValues(
    goal="5311", experience=("2341",), demands={"police_certificate": "2026-05-04"}
)


def test_a_profile_is_kept_with_its_version_and_a_line_of_the_log(office: Office) -> None:
    amina = office.seeker("Amina Haddad")

    keep_profile(participant=amina, values=GOAL, expected=0, by=office.supervisor)

    kept = profile_of(amina)
    assert kept
    assert kept.goal == "5311"
    assert kept.demands == {"police_certificate": "2026-05-04"}
    event = AuditEvent.objects.get(action="keep_work_profile")
    assert event.subject_id == amina.pk
    assert "5311" not in str(event.changes)
    with pytest.raises(ChangedMeanwhile):
        keep_profile(participant=amina, values=GOAL, expected=0, by=office.supervisor)


@pytest.mark.parametrize("user", [LIV, ODD])
def test_others_keep_no_profile(user: str, office: Office) -> None:
    amina = office.seeker("Amina Haddad")

    with pytest.raises(MayNot):
        keep_profile(participant=amina, values=GOAL, expected=0, by=office.town.actor(user))

    assert profile_of(amina) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (ProfileValues(goal="5311", refused_occupations=("5311",)), "refused_occupations"),
        (ProfileValues(wished_employers=("x",), refused_employers=("x",)), "refused_employers"),
    ],
)
def test_a_wish_that_is_refused_gets_a_sentence(
    values: ProfileValues, field: str, office: Office
) -> None:
    amina = office.seeker("Amina Haddad")

    with pytest.raises(CannotKeep) as no:
        keep_profile(participant=amina, values=values, expected=0, by=office.supervisor)

    assert [fault.place for fault in no.value.faults] == [field]
    assert profile_of(amina) is None


def test_a_no_to_a_place_is_added_once(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()

    for _time in range(2):
        refuse_place(participant=amina, place=place.pk, by=office.supervisor)

    kept = profile_of(amina)
    assert kept
    assert kept.refused_places == [str(place.pk)]


def test_a_second_s_profile_is_the_person_s_until_the_own_is_kept(office: Office) -> None:
    amina, second = office.seeker("Amina Haddad"), office.seeker("Amina H", goal="5311")
    become_second(second, amina)
    found = profile_of(amina)
    assert found
    assert found.participant_id == second.pk

    values = ProfileValues(goal="5120")
    keep_profile(participant=amina, values=values, expected=found.version, by=office.supervisor)

    mine, theirs = profile_of(amina), profile_of(second)
    assert mine
    assert (mine.participant_id, mine.goal) == (amina.pk, "5120")
    assert theirs is None or theirs.goal == "5311"


def test_the_plan_s_goal_offers_an_occupation(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    titles = choices(office.supervisor).titles
    assert goals_offered(amina, titles) == ("", [])

    IntegrationPlan.objects.create(
        municipality=amina.municipality,
        participant=amina,
        number=1,
        made_on=TODAY,
        occupation="Kokk",
        status="agreed",
        agreed_on=TODAY,
        end_goal="work",
        long_term_goal="Jobb",
        goal_listening="B1",
        goal_reading="B1",
        goal_writing="B1",
        goal_speaking="B1",
        norwegian_hours=600,
        social_studies_hours=50,
        length_months=12,
        complaint_informed=True,
    )

    text, codes = goals_offered(amina, titles)
    assert text == "Kokk"
    assert "5120" in codes


def test_a_cv_holds_no_identity_number(office: Office) -> None:
    amina = office.seeker("Amina Haddad")

    with pytest.raises(CannotKeep) as no:
        keep_cv(
            participant=amina,
            sections={"about": "Mitt nummer er 17038812345"},
            expected=0,
            by=office.supervisor,
        )

    assert [fault.place for fault in no.value.faults] == ["about"]
    assert profile_of(amina) is None


@pytest.mark.parametrize(
    ("consent", "field"),
    [
        (Consent(TODAY.replace(month=7), None), "given_on"),
        (Consent(None, TODAY), "withdrawn_on"),
        (Consent(TODAY, TODAY.replace(day=1)), "withdrawn_on"),
    ],
)
def test_a_consent_that_cannot_be_meant_gets_a_sentence(
    consent: Consent, field: str, office: Office
) -> None:
    amina = office.seeker("Amina Haddad")

    with pytest.raises(CannotKeep) as no:
        keep_consent(
            participant=amina, consent=consent, expected=0, today=TODAY, by=office.supervisor
        )

    assert [fault.place for fault in no.value.faults] == [field]


def test_a_consent_stands_in_the_log_with_its_days(office: Office) -> None:
    amina = office.seeker("Amina Haddad")

    keep_consent(
        participant=amina,
        consent=Consent(TODAY),
        expected=0,
        today=TODAY,
        by=office.supervisor,
    )

    event = AuditEvent.objects.get(action="keep_cv_consent")
    assert event.changes["consented_on"] == [None, "2026-06-30"]
    assert event.at <= timezone.now()
