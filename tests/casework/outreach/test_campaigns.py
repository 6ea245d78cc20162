"""A campaign asks, reminds, hears answers, and places come of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers.models import ContactPerson, MunicipalContact, PracticePlace
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.outreach import campaigns as services
from innpass.casework.outreach.campaign_figures import Asked, CampaignFigures, asked, figures
from innpass.casework.outreach.campaigns import Reply
from innpass.casework.outreach.letters import AddressLine, Reader, address_list, letter_text
from innpass.casework.outreach.models import (
    Campaign,
    CampaignLetter,
    CampaignRecipient,
    CampaignSending,
    PlaceOrigin,
)
from innpass.casework.outreach.refusing import Refused
from innpass.casework.placements.models import Employer
from innpass.domain.access.policy import MayNot
from tests.casework.outreach.conftest import CAMPAIGN, TODAY
from tests.factories.cast import KARI, LEA, LIV, NINA, ODD, PER, Town

pytestmark = pytest.mark.django_db
SENT = date(2026, 6, 15)


def send(
    town: Town,
    campaign: Campaign,
    *,
    on: date = SENT,
    is_reminder: bool = False,
    text: str = "Kan dere?",
    channel: str = "letter",
) -> CampaignSending:
    return services.mark_sent(
        campaign,
        [one.recipient.pk for one in asked(campaign)],
        text=text,
        channel=channel,
        on=on,
        is_reminder=is_reminder,
        by=town.actor(NINA),
        today=TODAY,
    )


def counted(campaign: Campaign, on: date = TODAY) -> CampaignFigures:
    (found,) = figures(asked(campaign), [campaign], on=on)
    return found


def of(campaign: Campaign, name: str) -> Asked:
    return next(one for one in asked(campaign) if one.recipient.employer.name == name)


def answer(town: Town, row: CampaignRecipient, **said: Any) -> None:
    reply = Reply(**{"answer": "yes", "answered_on": TODAY, "seats": 2, **said})
    services.note_reply(row, reply, by=town.actor(NINA), today=TODAY, expected=row.version)


# Sending


def test_what_was_sent_stays_as_it_was_sent(town: Town, campaign: Campaign) -> None:
    made = send(town, campaign)

    services.save_campaign(
        values={**CAMPAIGN, "text": "Noe annet", "sender": "Rådmannen"},
        by=town.actor(NINA),
        campaign=campaign,
        expected=campaign.version,
    )

    made.refresh_from_db()
    assert (made.text, made.sender, made.reply_by) == (
        "Kan dere?",
        "Kommunedirektøren",
        date(2026, 7, 10),
    )
    assert counted(campaign).first_sent == SENT


def test_the_contact_person_of_each_employer_stands_on_its_letter(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    for name, first, last in (
        (PER, SENT, None),
        (KARI, date(2020, 1, 1), SENT - timedelta(days=1)),
    ):
        MunicipalContact.objects.create(
            municipality=town.municipality,
            employer=units[0],
            user=town.users[name],
            first_day=first,
            last_day=last,
        )
    for role, name, email in (
        ("mentor", "Mia", "mia@bakken.example"),
        ("leader", "Lars", "lars@bakken.example"),
        ("signer", "Silje", ""),
    ):
        ContactPerson.objects.create(
            municipality=town.municipality,
            employer=units[0],
            role=role,
            name=name,
            email=email,
            first_day=date(2020, 1, 1),
        )

    send(town, campaign)

    letters = {one.recipient.employer.name: one for one in CampaignLetter.objects.all()}
    bakken, elva = letters["Bakken barnehage"], letters["Elva skole"]
    assert (bakken.contact, bakken.to_name, bakken.to_address) == (
        "Per Hauge",
        "Lars",
        "lars@bakken.example",
    )
    assert (elva.contact, elva.to_address) == ("Nina Dahl", "")  # she who sends
    text = letter_text("Hei", sender="Direktøren", contact=bakken.contact)
    assert text == "Hei\n\nKontaktpersonen deres i kommunen er Per Hauge.\n\nHilsen\nDirektøren"


def test_an_e_mail_went_to_nobody_without_an_address(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    with pytest.raises(Refused, match="Ingen av de valgte har e-postadresse"):
        send(town, campaign, channel="email")
    ContactPerson.objects.create(
        municipality=town.municipality,
        employer=units[0],
        role="leader",
        name="Lars",
        email="lars@bakken.example",
        first_day=TODAY,  # noted after the letter, which went there all the same
    )

    made = send(town, campaign, channel="email")

    assert [each.to_address for each in made.letters.all()] == ["lars@bakken.example"]
    assert not of(campaign, "Elva skole").is_asked


def test_a_first_letter_goes_to_the_unasked_and_a_reminder_to_the_silent(
    town: Town, campaign: Campaign
) -> None:
    with pytest.raises(Refused, match="Velg minst én mottaker"):
        send(town, campaign, is_reminder=True)
    send(town, campaign)
    with pytest.raises(Refused, match="Velg minst én mottaker"):
        send(town, campaign)
    answer(town, of(campaign, "Elva skole").recipient)

    again = send(town, campaign, on=TODAY, is_reminder=True)

    names = [one.recipient.employer.name for one in again.letters.all()]
    assert sorted(names) == ["Bakken barnehage", "Renhold nord"]
    assert of(campaign, "Bakken barnehage").letters == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": "  "}, "Teksten kan ikke være tom"),
        ({"text": "Vi har 178388 00033 til dere"}, "fødselsnummer"),
        ({"on": TODAY + timedelta(days=1)}, "Dagen er ikke kommet"),
    ],
)
def test_what_cannot_have_been_sent_is_refused(
    town: Town, campaign: Campaign, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        send(town, campaign, **changed)

    assert not CampaignSending.objects.exists()


def test_who_has_not_answered_in_ten_days_is_to_be_reminded(town: Town, campaign: Campaign) -> None:
    send(town, campaign, on=TODAY - timedelta(days=10))

    assert [counted(campaign, on=TODAY - timedelta(days=n)).due for n in (0, 1)] == [3, 0]
    answer(town, of(campaign, "Elva skole").recipient, answer="later", seats=None)
    assert counted(campaign).due == 2
    send(town, campaign, on=TODAY, is_reminder=True)
    assert counted(campaign).due == 0  # the days begin anew
    assert counted(campaign, on=TODAY + timedelta(days=10)).due == 2
    services.close_campaign(campaign, by=town.actor(NINA), on=TODAY)
    campaign.refresh_from_db()
    assert counted(campaign, on=TODAY + timedelta(days=10)).due == 0


# Answers


def test_a_yes_makes_its_places_in_the_same_act(town: Town, campaign: Campaign) -> None:
    send(town, campaign)

    answer(
        town,
        of(campaign, "Elva skole").recipient,
        seats=3,
        place_name="Assistent i SFO",
        answered_by="Rektor",
        channel="phone",
    )

    place = PracticePlace.objects.get()
    assert (place.name, place.seats, place.employer.name) == ("Assistent i SFO", 3, "Elva skole")
    assert (place.offered_from, place.confirmed_on) == (TODAY, TODAY)
    assert place.origin.recipient.campaign == campaign
    found = counted(campaign)
    assert (found.yes, found.answered, found.silent, found.seats) == (1, 1, 2, 3)
    assert found.reply_rate == 33


def test_an_answer_that_changes_changes_its_offer(town: Town, campaign: Campaign) -> None:
    send(town, campaign)
    row = of(campaign, "Elva skole").recipient
    answer(town, row, answered_on=SENT, seats=2)
    place = PracticePlace.objects.get()

    answer(town, row, seats=5, place_name="Assistent")
    place.refresh_from_db()
    assert (place.seats, place.confirmed_on, place.offered_until) == (5, TODAY, None)
    assert place.name == "Assistent"
    answer(town, row, answer="no", seats=None, reason="no_capacity")
    place.refresh_from_db()
    assert place.offered_until == TODAY
    assert (row.seats, row.reason) == (None, "no_capacity")
    answer(town, row, seats=1)

    place.refresh_from_db()
    assert (place.seats, place.offered_until) == (1, None)
    assert PlaceOrigin.objects.count() == 1


def test_an_answer_taken_back_ends_the_offer_and_waits_again(
    town: Town, campaign: Campaign
) -> None:
    send(town, campaign)
    row = of(campaign, "Elva skole").recipient
    answer(town, row)

    services.take_reply_back(row, by=town.actor(NINA), today=TODAY, expected=row.version)

    assert PracticePlace.objects.get().offered_until == TODAY
    assert counted(campaign).silent == 3
    row.refresh_from_db()
    assert (row.answer, row.answered_on, row.seats) == ("", None, None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"answer": "kanskje"}, "Velg hva arbeidsgiveren svarte"),
        ({"answered_on": TODAY + timedelta(days=1)}, "Dagen er ikke kommet"),
        ({"seats": None}, "hvor mange plasser"),
        ({"seats": 0}, "hvor mange plasser"),
        ({"seats": 101}, "hvor mange plasser"),
        ({"answer": "no", "seats": None}, "hvorfor de sa nei"),
        ({"answer": "no", "seats": None, "reason": "x"}, "hvorfor de sa nei"),
        ({"channel": "due"}, "hvordan de svarte"),
        ({"text": "Tar gjerne 17838800033"}, "fødselsnummer"),
        ({"place_name": "Plass for 17838800033"}, "fødselsnummer"),
        ({"answered_by": "201833445505"}, "DUF-nummer"),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(
    town: Town, campaign: Campaign, said: dict[str, Any], told: str
) -> None:
    row = of(campaign, "Elva skole").recipient

    with pytest.raises(Refused, match=told):
        answer(town, row, **said)

    assert not PracticePlace.objects.exists()
    assert CampaignRecipient.objects.get(pk=row.pk).answer == ""


def test_the_second_to_note_an_answer_is_told(town: Town, campaign: Campaign) -> None:
    row = of(campaign, "Elva skole").recipient
    other = CampaignRecipient.objects.get(pk=row.pk)
    answer(town, row)

    with pytest.raises(ChangedMeanwhile):
        answer(town, other, answer="later", seats=None)

    assert PracticePlace.objects.get().seats == 2


def test_the_database_keeps_a_yes_without_seats_out(town: Town, campaign: Campaign) -> None:
    row = of(campaign, "Elva skole").recipient
    rows = CampaignRecipient.objects.filter(pk=row.pk)

    for values in ({"answer": "yes"}, {"answer": "no"}, {"answered_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{"answered_on": TODAY, **values} if "answer" in values else values)


# Whom it asks


def test_recipients_are_added_once_and_taken_out_until_they_are_asked(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    by = town.actor(NINA)
    everybody = [each.pk for each in units]
    assert services.add_recipients(campaign, everybody, by=by, on=TODAY) == 1
    with pytest.raises(Refused, match="ikke er mottaker fra før"):
        services.add_recipients(campaign, everybody, by=by, on=TODAY)
    recipients = {one.recipient.employer.name: one.recipient.pk for one in asked(campaign)}
    services.remove_recipients(campaign, [recipients["Havnekafeen AS"]], by=by)
    send(town, campaign)

    gone = services.remove_recipients(campaign, list(recipients.values()), by=by)

    assert gone == 0
    assert len(asked(campaign)) == 3


def test_two_campaigns_have_two_names(town: Town, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="heter juni 2026 fra før") as raised:
        services.save_campaign(values={**CAMPAIGN, "name": "juni 2026"}, by=town.actor(NINA))

    assert raised.value.field == "name"


@pytest.mark.parametrize("name", [LIV, ODD, LEA])
def test_others_keep_no_campaigns(town: Town, campaign: Campaign, name: str) -> None:
    row, by = asked(campaign)[0].recipient, town.actor(name)
    reply = Reply(answer="later", answered_on=TODAY)

    for act in (
        lambda: services.save_campaign(values=CAMPAIGN, by=by),
        lambda: services.add_recipients(campaign, [], by=by, on=TODAY),
        lambda: services.remove_recipients(campaign, [row.pk], by=by),
        lambda: services.close_campaign(campaign, by=by, on=TODAY),
        lambda: services.note_reply(row, reply, by=by, today=TODAY, expected=1),
        lambda: services.take_reply_back(row, by=by, today=TODAY, expected=1),
    ):
        with pytest.raises(MayNot, match="koordinator"):
            act()


def test_what_is_done_is_logged_without_what_was_said(town: Town, campaign: Campaign) -> None:
    send(town, campaign)
    answer(town, of(campaign, "Elva skole").recipient, text="Spesielt")

    events = AuditEvent.objects.order_by("at")
    assert [event.action for event in events][-3:] == [
        "mark_campaign_sent",
        "offer_place",
        "note_campaign_reply",
    ]
    assert not any("Spesielt" in str(event.changes) for event in events)


# The list of addresses


def test_a_list_of_addresses_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    line = AddressLine("=HYPERLINK(1)", "Oppvekst", Reader("+47 Lars", "l@x.example"), "Per")

    content = address_list([line]).decode("utf-8-sig")

    assert content.splitlines()[1] == "'=HYPERLINK(1);Oppvekst;'+47 Lars;l@x.example;Per"
    assert address_list([])[:3] == b"\xef\xbb\xbf"


def test_reading_a_campaign_takes_as_many_queries_however_many_it_asks(
    town: Town, campaign: Campaign
) -> None:
    send(town, campaign)
    with CaptureQueriesContext(
        connection,
    ) as few:
        asked(campaign)
    more = Employer.objects.bulk_create(
        Employer(municipality=town.municipality, kind="municipal", name=f"Enhet {at}")
        for at in range(30)
    )
    services.add_recipients(campaign, [e.pk for e in more], by=town.actor(NINA), on=TODAY)
    send(town, campaign)

    with CaptureQueriesContext(connection) as many:
        assert len(asked(campaign)) == 33

    assert len(many) == len(few)
