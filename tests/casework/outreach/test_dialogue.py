"""Lines of the dialogue, and when somebody was last in touch with whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from innpass.casework.employers.models import EmployerCard
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.outreach import campaigns, meetings, queries
from innpass.casework.outreach import dialogue as services
from innpass.casework.outreach.campaign_figures import asked
from innpass.casework.outreach.campaigns import Reply
from innpass.casework.outreach.models import Campaign, DialogueLine
from innpass.casework.outreach.refusing import Refused
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.placements.models import Employer
from innpass.domain.access.policy import MayNot
from tests.casework.outreach.conftest import TODAY
from tests.factories.cast import KARI, LEA, LIV, NINA, ODD, RAGNHILD, Town
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db


def say(town: Town, employer: Employer, **changed: Any) -> DialogueLine:
    values = {"kind": "call", "text": "Ringte", "by": town.actor(NINA), **changed}
    return services.note_dialogue(employer_id=employer.pk, today=TODAY, **values)


def somebody_at(town: Town, employer: Employer) -> Participant:
    ParticipantFactory(municipality=town.municipality)
    person = Participant.objects.get()
    person.placements.update(employer=employer)
    return person


@pytest.mark.parametrize("name", [NINA, KARI, ODD])
def test_a_line_is_one_text_and_today(town: Town, units: list[Employer], name: str) -> None:
    made = say(town, units[0], by=town.actor(name), text=" Ringte \n om plass ")

    assert (made.text, made.on, made.by) == ("Ringte om plass", TODAY, town.users[name])


def test_a_protected_person_is_not_named_where_many_read(town: Town, units: list[Employer]) -> None:
    ParticipantFactory(municipality=town.municipality, name="Amina Haddad")
    person = Participant.objects.get(name="Amina Haddad")
    ragnhild, odd = town.actor(RAGNHILD), town.actor(ODD)
    users = [town.users[RAGNHILD]]
    set_protection(participant=person, named=users, reason="Trussel", by=ragnhild)

    with pytest.raises(Refused, match="adressesperre") as no:
        say(town, units[0], by=ragnhild, text="Snakket om HADDAD, Amina")
    say(town, units[0], by=ragnhild, text="Amina på avdelingen ringte")
    # Whoever may not see the person learns nothing by writing the name.
    say(town, units[0], by=odd, text="Snakket om Amina Haddad")

    assert no.value.field == "text"


def test_a_line_sent_twice_is_kept_once(town: Town, units: list[Employer]) -> None:
    first, second = say(town, units[0]), say(town, units[0])
    other = say(town, units[0], by=town.actor(KARI))
    DialogueLine.objects.filter(pk=first.pk).update(noted_at=timezone.now() - timedelta(minutes=2))

    assert first == second != other
    assert say(town, units[0]).pk not in (first.pk, other.pk)


@pytest.mark.parametrize(
    ("changed", "told", "field"),
    [
        ({"text": " "}, "Skriv kort", "text"),
        ({"text": "Om 17838800033"}, "fødselsnummer", "text"),
        ({"text": "DUF 2018 3344 5505"}, "DUF-nummer", "text"),
        ({"kind": "røyk"}, "Velg hvordan", "kind"),
        ({"on": TODAY + timedelta(days=1)}, "ikke kommet ennå", "on"),
    ],
)
def test_a_line_that_cannot_be_is_not_kept(
    town: Town, units: list[Employer], changed: dict[str, Any], told: str, field: str
) -> None:
    with pytest.raises(Refused, match=told) as raised:
        say(town, units[0], **changed)

    assert raised.value.field == field
    assert not DialogueLine.objects.exists()


@pytest.mark.parametrize("name", [LIV, LEA])
def test_others_write_no_lines(town: Town, units: list[Employer], name: str) -> None:
    with pytest.raises(MayNot, match="dialogen"):
        say(town, units[0], by=town.actor(name))


def test_only_the_writer_changes_a_line(town: Town, units: list[Employer]) -> None:
    line = say(town, units[0])
    changed: dict[str, Any] = {
        "kind": "visit",
        "text": "Var der",
        "on": TODAY,
        "today": TODAY,
        "expected": 1,
    }
    with pytest.raises(MayNot, match="Bare den som skrev"):
        services.change_dialogue(line, **changed, by=town.actor(KARI))
    with pytest.raises(MayNot, match="Bare den som skrev"):
        services.delete_dialogue(line, by=town.actor(KARI))

    services.change_dialogue(line, **changed, by=town.actor(NINA))

    with pytest.raises(ChangedMeanwhile):
        services.change_dialogue(line, **changed, by=town.actor(NINA))
    stored = DialogueLine.objects.get()
    assert (stored.kind, stored.text) == ("visit", "Var der")
    services.delete_dialogue(stored, by=town.actor(NINA))
    assert not DialogueLine.objects.exists()


def test_an_answer_and_coming_are_contact_and_a_letter_is_none(
    town: Town, units: list[Employer], campaign: Campaign
) -> None:
    by = town.actor(NINA)
    rows = [one.recipient for one in asked(campaign)]
    campaigns.mark_sent(
        campaign,
        [row.pk for row in rows],
        text="x",
        channel="letter",
        on=TODAY,
        is_reminder=False,
        by=by,
        today=TODAY,
    )
    assert queries.last_touch([e.pk for e in units]) == {}
    reply = Reply(answer="later", answered_on=date(2026, 6, 20))
    campaigns.note_reply(rows[1], reply, by=by, today=TODAY, expected=1)
    say(town, units[1], on=date(2026, 6, 10))
    say(town, units[2], on=date(2026, 6, 11), kind="visit")
    say(town, units[2], on=date(2026, 6, 1), kind="email")
    meeting = meetings.save_meeting(
        values={
            "name": "Frokost",
            "kind": "breakfast",
            "day": date(2026, 6, 5),
            "start": 480,
            "end": 540,
            "place": "",
            "text": "",
        },
        by=by,
    )
    meetings.invite(meeting, [units[3].pk, units[0].pk], by=by, on=date(2026, 6, 1))
    came = {row.pk: row.employer_id == units[3].pk for row in meeting.invitations.all()}
    meetings.note_came(meeting, came, by=by, today=TODAY)

    found = queries.last_touch([e.pk for e in units])

    assert {e.name: (found[e.pk].on.day, found[e.pk].kind) for e in units if e.pk in found} == {
        "Elva skole": (20, "reply"),
        "Renhold nord": (11, "visit"),
        "Havnekafeen AS": (5, "came"),
    }


def test_untouched_are_those_nobody_asked_met_or_used(
    town: Town, units: list[Employer], campaign: Campaign
) -> None:
    def names(on: date = TODAY) -> list[str]:
        found = queries.untouched(on, actor=town.actor(NINA))
        return sorted(e.name for e in units if e.pk in found)

    assert len(names()) == 4  # to be asked is not to be asked yet
    say(town, units[0])
    assert names() == ["Elva skole", "Havnekafeen AS", "Renhold nord"]
    assert len(names(TODAY - timedelta(days=1))) == 4
    somebody_at(town, units[1])
    assert names() == ["Havnekafeen AS", "Renhold nord"]
    new = queries.never_worked_with(actor=town.actor(NINA), on=TODAY)
    assert units[1].pk not in new
    assert {units[0].pk, units[2].pk} <= new


def test_a_protected_person_makes_no_unit_known_to_others(
    town: Town, units: list[Employer]
) -> None:
    person = somebody_at(town, units[1])
    set_protection(
        participant=person,
        named=[town.users[KARI]],
        reason="x",
        by=town.actor(RAGNHILD),
    )

    def is_known(name: str) -> bool:
        return queries.known_employers(town.actor(name), on=TODAY).filter(pk=units[1].pk).exists()

    assert is_known(KARI)
    assert not is_known(NINA)
    assert units[1].pk not in {
        one.employer.pk for one in queries.candidates(town.actor(NINA), on=TODAY)
    }
    with pytest.raises(Refused, match="Velg en arbeidsgiver"):
        say(town, units[1])
    EmployerCard.objects.create(municipality=town.municipality, employer=units[1])
    found = queries.never_worked_with(actor=town.actor(NINA), on=TODAY)
    assert units[1].pk in found  # known by its card, and new to her


def test_two_spellings_of_one_unit_have_one_history(town: Town, units: list[Employer]) -> None:
    say(town, units[1], text="Under det andre navnet", on=date(2026, 6, 2))
    EmployerCard.objects.create(municipality=town.municipality, employer=units[1], same_as=units[0])
    say(town, units[0], text="Under det første")

    events = queries.history_of(units[0], actor=town.actor(NINA))

    assert [each.text for each in events] == ["Under det første", "Under det andre navnet"]
    assert units[0].pk not in queries.untouched(TODAY, actor=town.actor(NINA))
    known = queries.known_employers(town.actor(NINA), on=TODAY)
    assert units[1] not in known
    with pytest.raises(Refused, match="Velg en arbeidsgiver"):
        say(town, units[1])


def test_a_closed_employer_is_asked_no_more_and_keeps_its_history(
    town: Town, units: list[Employer]
) -> None:
    say(town, units[0])
    EmployerCard.objects.create(municipality=town.municipality, employer=units[0], closed_on=TODAY)

    assert units[0] not in queries.known_employers(town.actor(NINA), on=TODAY)
    assert units[0] in queries.known_employers(town.actor(NINA), on=TODAY - timedelta(days=1))
    assert queries.find_employer(units[0].pk, actor=town.actor(NINA)) == units[0]


def test_history_tells_each_what_he_or_she_may_see(
    town: Town, units: list[Employer], campaign: Campaign
) -> None:
    by = town.actor(NINA)
    row = next(one.recipient for one in asked(campaign) if one.recipient.employer == units[0])
    reply = Reply(answer="yes", seats=2, answered_on=TODAY, text="Gjerne")
    campaigns.note_reply(row, reply, by=by, today=TODAY, expected=1)
    say(town, units[0])

    def kinds(name: str) -> list[str]:
        return sorted(e.kind for e in queries.history_of(units[0], actor=town.actor(name)))

    assert kinds(NINA) == ["call", "place", "reply"]
    assert kinds(ODD) == ["call", "place"]
    assert kinds(LIV) == ["place"]
    (place,) = queries.history_of(units[0], actor=town.actor(LIV))
    assert (place.about, place.seats) == ("", 2)


def test_choosing_takes_as_many_queries_however_many_there_are(
    town: Town, units: list[Employer]
) -> None:
    with CaptureQueriesContext(connection) as few:
        queries.candidates(town.actor(NINA), on=TODAY)
    for at in range(20):
        made = Employer.objects.create(
            municipality=town.municipality, kind="private", name=f"Firma {at}"
        )
        say(town, made)

    with CaptureQueriesContext(connection) as many:
        assert len(queries.candidates(town.actor(NINA), on=TODAY)) == 24

    assert len(many) == len(few)
