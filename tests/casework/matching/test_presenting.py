"""What employers are told: no number, no name beyond what is chosen, no CV without consent."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.matching.choosing import choose
from innpass.casework.matching.models import Presentation, Presented, WorkProfile
from innpass.casework.matching.presenting import (
    NameShown,
    find_sending,
    names_allowed,
    send,
    suggest,
    versions_of,
    write,
)
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.keeping import CannotKeep
from innpass.domain.placing.states import Step
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.cast import PER

CV = {"about": "Jeg har arbeidet på kjøkken."}
LATER = TODAY.replace(month=7, day=4)


def proposed(office: Office, **profile: Any) -> PlacementCase:
    """Propose a place for Amina."""
    amina = office.seeker("Amina Haddad", goal="5120", experience=["7512"], **profile)
    place = office.place("Kantina", occupation="5120", demands=["police_certificate"])
    return choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=office.supervisor)


def written(case: PlacementCase, office: Office, text: str = "Hei, møt Amina.") -> Presentation:
    return write(case, text, shows=NameShown.FIRST, expected=0, by=office.supervisor)


def test_the_text_tells_of_work_and_of_no_number_and_no_family_name(office: Office) -> None:
    case = proposed(office, demands={"police_certificate": "2026-05-04", "licence_b": "no"})

    text = suggest(case, shows=NameShown.FIRST, on=TODAY, by_name="Per Hauge")

    assert "Amina" in text
    assert "kokker" in text
    assert "politiattest" in text
    for absent in ("Haddad", "førerkort", "1988", "2026-05-04"):
        assert absent not in text
    assert "Amina" not in suggest(case, shows=NameShown.NONE, on=TODAY, by_name="Per Hauge")


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("", NameShown.FIRST),
        ("Amina Haddad vil gjerne jobbe her.", NameShown.FIRST),
        ("Amina vil gjerne jobbe her.", NameShown.NONE),
        ("Ring om 17038812345.", NameShown.FULL),
    ],
)
def test_a_text_that_says_too_much_is_refused_with_a_sentence(
    text: str, shows: NameShown, office: Office
) -> None:
    case = proposed(office)

    with pytest.raises(CannotKeep) as no:
        write(case, text, shows=shows, expected=0, by=office.supervisor)

    assert [fault.place for fault in no.value.faults] == ["text"]
    assert not Presentation.objects.exists()


def test_each_text_is_a_version_and_two_do_not_overwrite_one_another(office: Office) -> None:
    case = proposed(office)
    written(case, office)

    with pytest.raises(ChangedMeanwhile):
        write(case, "Hei igjen.", shows=NameShown.FIRST, expected=0, by=office.adviser)
    write(case, "Hei igjen.", shows=NameShown.FIRST, expected=1, by=office.adviser)

    assert [each.presentation.text for each in versions_of(case)] == [
        "Hei igjen.",
        "Hei, møt Amina.",
    ]


def test_what_was_sent_is_kept_as_it_was_and_the_case_is_presented(office: Office) -> None:
    case = proposed(office, cv=CV, consented_on=TODAY)
    made = written(case, office)

    sent = send(made, recipient="Leder", on=TODAY, today=TODAY, with_cv=True, by=office.supervisor)
    WorkProfile.objects.update(cv={"about": "Noe annet."})

    found = find_sending(case, str(sent.pk))
    assert found
    assert (found.cv, found.sent_by, found.recipient) == (CV, office.town.users[PER], "Leder")
    (step,) = case.steps.all()
    assert (step.kind, step.on) == (Step.PRESENTED, TODAY)
    send(made, recipient="Mentor", on=TODAY, today=TODAY, with_cv=False, by=office.supervisor)
    assert case.steps.count() == 1


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ({"cv": CV}, "ikke samtykket"),
        ({"cv": CV, "consented_on": TODAY, "withdrawn_on": LATER}, "trakk samtykket 04.07.2026"),
        ({"consented_on": TODAY}, "tom"),
    ],
)
def test_no_cv_goes_out_without_consent_at_the_moment_it_is_sent(
    profile: dict[str, Any], told: str, office: Office
) -> None:
    case = proposed(office, **profile)
    made = written(case, office)

    with pytest.raises(CannotKeep) as no:
        send(made, recipient="Leder", on=TODAY, today=TODAY, with_cv=True, by=office.supervisor)

    (fault,) = no.value.faults
    assert fault.place == "with_cv"
    assert told in fault.text
    assert not Presented.objects.exists()
    assert not case.steps.exists()


def test_of_somebody_protected_no_name_and_no_cv_goes_out(office: Office) -> None:
    case = proposed(office, cv=CV, consented_on=TODAY)
    office.town.protect("Amina", named=(PER,))
    case = PlacementCase.objects.select_related("participant").get(pk=case.pk)
    assert names_allowed(case.participant) == (NameShown.NONE,)
    assert "Amina" not in suggest(case, shows=NameShown.FULL, on=TODAY, by_name="Per")

    with pytest.raises(CannotKeep):
        written(case, office, "Møt Amina.")
    made = written(case, office, "Møt en deltaker.")
    with pytest.raises(CannotKeep) as no:
        send(made, recipient="Leder", on=TODAY, today=TODAY, with_cv=True, by=office.supervisor)

    assert "adressesperre" in no.value.faults[0].text


def test_who_turned_out_to_be_somebody_protected_is_protected_too(office: Office) -> None:
    case = proposed(office)
    first = office.seeker("Amina Hadad", cv=CV, consented_on=TODAY)
    Participant.objects.filter(pk=case.participant_id).update(
        absorbed_by=first, turned_out_to_be=first
    )
    Participant.objects.filter(pk=first.pk).update(is_protected=True)
    case = PlacementCase.objects.get(pk=case.pk)

    assert names_allowed(case.participant) == (NameShown.NONE,)
    assert "Amina" not in suggest(case, shows=NameShown.FULL, on=TODAY, by_name="Per")
    for name in ("Hadad", "Haddad"):
        with pytest.raises(CannotKeep):
            write(case, f"Møt {name}.", shows=NameShown.FULL, expected=0, by=office.supervisor)
    made = written(case, office, "Møt en deltaker.")
    with pytest.raises(CannotKeep):
        send(made, recipient="Leder", on=TODAY, today=TODAY, with_cv=True, by=office.supervisor)


def test_a_version_is_sent_as_it_was_read_and_once(office: Office) -> None:
    case = proposed(office)
    first = written(case, office)
    second = write(case, "Hei igjen.", shows=NameShown.FIRST, expected=1, by=office.adviser)
    how: Any = {"on": TODAY, "today": TODAY, "with_cv": False, "by": office.supervisor}

    with pytest.raises(ChangedMeanwhile):
        send(first, recipient="Leder", **how)
    assert send(second, recipient="Leder", **how) == send(second, recipient=" Leder", **how)

    assert Presented.objects.count() == 1


@pytest.mark.parametrize(
    ("recipient", "day", "field"), [("", TODAY, "recipient"), ("Leder", LATER, "sent_on")]
)
def test_a_sending_that_cannot_be_is_refused(
    recipient: str, day: date, field: str, office: Office
) -> None:
    case = proposed(office)
    made = written(case, office)

    with pytest.raises(CannotKeep) as no:
        send(
            made,
            recipient=recipient,
            on=day,
            today=TODAY,
            with_cv=False,
            by=office.supervisor,
        )

    assert [fault.place for fault in no.value.faults] == [field]
