"""A campaign on screen: from its text to the places that came of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers.models import ContactPerson, MunicipalContact, PracticePlace
from innpass.casework.outreach.models import (
    BulkOffer,
    Campaign,
    CampaignRecipient,
    CampaignSending,
)
from innpass.casework.placements.models import Employer
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LEA, NINA, PER, Town

pytestmark = pytest.mark.django_db
TEXT = "Kan dere ta imot noen?\n\nRing gjerne."
FORM = {
    "name": "Juni 2026",
    "sender": "Kommunedirektøren",
    "text": TEXT,
    "reply_by": "10.7.2026",
    "remind_after_days": "10",
}


def href(name: str, *args: Any) -> str:
    return reverse(f"outreach:{name}", args=args)


@pytest.fixture
def campaign(town: Town, units: list[Employer]) -> Campaign:
    """A campaign to the two units of one area, made on screen."""
    nina = town.browser(NINA)
    answer = nina.post(href("new_campaign"), FORM)
    made = Campaign.objects.get()
    assert answer["Location"] == href("recipients", made.pk)
    page = nina.get(href("recipients", made.pk), {"omrade": "Oppvekst"}).context["page"]
    assert page.is_filtered
    sent = [one.id for one in page.candidates if one.name in {e.name for e in units}]
    nina.post(href("recipients", made.pk), {"employer": sent})
    return made


def send(town: Town, campaign: Campaign, on: date | str = TODAY, **more: Any) -> Any:
    rows = [str(row.pk) for row in campaign.recipients.all()]
    sent_on = on if isinstance(on, str) else f"{on:%d.%m.%Y}"
    form = {"text": TEXT, "on": sent_on, "channel": "phone", "act": "send"}
    query = "?purring=1" if more.pop("is_reminder", False) else ""
    where = href("send", campaign.pk) + query
    return town.browser(NINA).post(where, {**form, "recipient": rows, **more})


def test_a_call_goes_from_its_text_to_the_place_that_came_of_it(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    nina = town.browser(NINA)
    assert campaign.recipients.count() == 2
    assert send(town, campaign)["Location"] == href("campaign", campaign.pk)
    row = campaign.recipients.get(employer=units[1])
    answer = nina.post(
        href("reply", row.pk),
        {
            "answer": "yes",
            "seats": "2",
            "place_name": "Assistent i SFO",
            "answered_on": "30.06.2026",
            "answered_by": "Rektor",
            "channel": "phone",
            "version": str(row.version),
        },
        follow=True,
    )

    assert answer.redirect_chain[-1][0] == f"{href('campaign', campaign.pk)}#r-{row.pk}"
    page = answer.content.decode()
    assert "Svaret fra Elva skole er lagret. 2 plasser er lagt inn." in page
    assert "Rektor, 30. jun. 2026, telefon" in page
    assert PracticePlace.objects.get(employer=units[1]).name == "Assistent i SFO"
    (line,) = nina.get(href("board")).context["page"].campaigns
    assert (line.asked, line.answered, line.reply_rate, line.seats) == (2, 1, 50, 2)
    area = answer.context["page"].areas[0]
    assert (area.name, area.asked, area.answered, area.seats) == ("Oppvekst", 2, 1, 2)


def test_the_numbers_are_the_lists_behind_them(town: Town, campaign: Campaign) -> None:
    send(town, campaign, on=TODAY - timedelta(days=12))
    row = campaign.recipients.first()
    assert row
    nina, where = town.browser(NINA), href("reply", row.pk)
    later = {"answer": "later", "answered_on": "30.06.2026", "version": "1"}
    nina.post(where, later)

    counters = nina.get(href("campaign", campaign.pk)).context["page"].counters

    for one in counters:
        assert one.number == str(nina.get(one.href).context["page"].paging.total)
    assert {one.href.partition("vis=")[2]: one.number for one in counters} == {
        "ja": "0",
        "senere": "1",
        "nei": "0",
        "venter": "1",
        "purres": "1",
    }


def test_the_letters_carry_the_contact_person_and_say_that_nothing_is_sent(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    MunicipalContact.objects.create(
        municipality=town.municipality,
        employer=units[0],
        user=town.users[PER],
        first_day=date(2026, 1, 1),
    )
    ContactPerson.objects.create(
        municipality=town.municipality,
        employer=units[0],
        role="leader",
        name="Lars",
        email="lars@bakken.example",
        first_day=date(2026, 1, 1),
    )

    answer = town.browser(NINA).get(href("send", campaign.pk))

    assert "Innpass sender ikke e-post selv" in answer.content.decode()
    own, mine = answer.context["page"].groups
    assert (own.contact, own.addresses, own.is_own) == ("Per Hauge", "lars@bakken.example", False)
    assert own.mail_hrefs[0].startswith(
        "mailto:?bcc=lars@bakken.example&subject=Juni%202026&body=Kan%20dere"
    )
    assert "10.%20juli%202026" in own.mail_hrefs[0]
    assert "Svar oss innen 10. juli 2026." in own.text
    assert own.text.endswith(
        "Kontaktpersonen deres i kommunen er Per Hauge.\n\nHilsen\nKommunedirektøren"
    )
    assert (mine.contact, mine.is_own, mine.recipients) == ("Nina Dahl", True, ())
    (to_call,) = mine.to_call
    assert (to_call.label, to_call.is_selected) == ("Elva skole", False)
    assert "Ring disse" in answer.content.decode()
    listed = town.browser(NINA).get(href("addresses", campaign.pk))
    event = AuditEvent.objects.get(action="take_campaign_addresses")
    assert (event.subject_id, event.changes) == (campaign.pk, {"recipients": [None, 2]})
    assert "Bakken barnehage;Oppvekst;Lars;lars@bakken.example;Per Hauge" in (
        listed.content.decode("utf-8-sig")
    )


def test_a_letter_is_shown_again_before_it_is_marked_and_stays_as_it_was_sent(
    town: Town, campaign: Campaign
) -> None:
    shown = send(town, campaign, text="Ny tekst", act="show")
    assert shown.status_code == 200
    assert shown.context["page"].groups[0].text.startswith("Ny tekst\n")
    assert not CampaignSending.objects.exists()

    send(town, campaign, text="Ny tekst")
    nina = town.browser(NINA)
    nina.post(href("edit_campaign", campaign.pk), {**FORM, "text": "Enda nyere", "version": "1"})

    sending = CampaignSending.objects.get()
    page = nina.get(href("sent", sending.pk)).content.decode()
    assert "Ny tekst" in page
    assert "Enda nyere" not in page
    assert "Alle mottakerne er spurt" in nina.get(href("send", campaign.pk)).content.decode()


def test_those_to_be_reminded_are_listed(town: Town, campaign: Campaign) -> None:
    send(town, campaign, on=TODAY - timedelta(days=10))
    where = href("send", campaign.pk) + "?purring=1"

    page = town.browser(NINA).get(where).context["page"]

    assert page.to_wait == ""
    # Neither has an address: they are to be called, and ticked by whoever has called.
    assert [one.is_selected for group in page.groups for one in group.to_call] == [False, False]
    assert "Vi har ikke fått svar på brevet vi sendte 20. juni 2026" in page.form["text"].value()
    assert send(town, campaign, is_reminder=True).status_code == 302
    reminder = CampaignSending.objects.get(is_reminder=True)
    assert reminder.letters.count() == 2
    assert send(town, campaign).status_code == 422  # nobody is left to be asked first


def test_nobody_is_reminded_before_the_days_have_passed(town: Town, campaign: Campaign) -> None:
    send(town, campaign, on=TODAY - timedelta(days=9))
    nina, where = town.browser(NINA), href("send", campaign.pk) + "?purring=1"

    assert where not in nina.get(href("campaign", campaign.pk)).content.decode()
    page = nina.get(where).context["page"]
    assert (
        page.to_wait
        == "Ingen skal purres ennå. Kampanjen venter 10 dager på svar, til 1. juli 2026."
    )


def test_a_letter_asks_for_no_answer_by_a_day_that_is_past(town: Town, campaign: Campaign) -> None:
    Campaign.objects.update(reply_by=TODAY - timedelta(days=1))

    (group,) = town.browser(NINA).get(href("send", campaign.pk)).context["page"].groups

    assert "Svar oss innen" not in group.text


def test_a_letter_too_long_for_a_link_is_copied(
    town: Town, campaign: Campaign, units: list[Employer]
) -> None:
    ContactPerson.objects.create(
        municipality=town.municipality,
        employer=units[0],
        role="leader",
        name="Lars",
        email="lars@bakken.example",
        first_day=date(2026, 1, 1),
    )
    recipients = [str(row.pk) for row in campaign.recipients.filter(employer=units[0])]

    shown = send(town, campaign, text="Kjære alle. " * 200, act="show", recipient=recipients)

    (href_of_mail,) = shown.context["page"].groups[0].mail_hrefs
    assert "&body=" not in href_of_mail
    assert "Brevet er for langt" in shown.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"channel": "email"}, "Ingen av de valgte har e-postadresse"),
        ({"text": "Om 17838800033"}, "fødselsnummer"),
        ({"on": "i morgen"}, "Skriv datoen som"),
        ({"on": "01.07.2026"}, "Dagen er ikke kommet ennå"),
        ({"recipient": []}, "Velg minst én mottaker"),
        ({"channel": "due"}, "Velg fra listen"),
    ],
)
def test_what_cannot_be_marked_as_sent_stays_typed(
    town: Town, campaign: Campaign, changed: dict[str, Any], told: str
) -> None:
    answer = send(town, campaign, **{"text": "Min tekst", **changed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert changed.get("text", "Min tekst") in page
    assert not CampaignSending.objects.exists()


def test_an_answer_that_cannot_be_kept_stays_typed(town: Town, campaign: Campaign) -> None:
    row = campaign.recipients.first()
    assert row
    said = {"answer": "yes", "answered_on": "30.06.2026", "text": "Gjerne det", "version": "1"}

    answer = town.browser(NINA).post(href("reply", row.pk), said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv hvor mange plasser de tilbyr" in page
    assert 'value="Gjerne det"' in page
    assert 'href="#id_seats"' in page
    unsaid = town.browser(NINA).post(href("reply", row.pk), {**said, "answer": ""})
    assert 'href="#id_answer_0"' in unsaid.content.decode()
    assert CampaignRecipient.objects.get(pk=row.pk).answer == ""


def test_the_second_to_save_is_told_and_may_go_on(town: Town, campaign: Campaign) -> None:
    nina, where = town.browser(NINA), href("edit_campaign", campaign.pk)
    nina.post(where, {**FORM, "name": "Først", "version": "1"})

    answer = nina.post(where, {**FORM, "name": "Sist", "version": "1"})

    assert answer.status_code == 409
    assert "Noen andre lagret dette mens du skrev" in answer.content.decode()
    again = {**FORM, "name": "Sist", "version": str(answer.context["page"].version)}
    assert nina.post(where, again).status_code == 302
    assert Campaign.objects.get().name == "Sist"


def test_an_answer_is_taken_back_and_the_campaign_closed(town: Town, campaign: Campaign) -> None:
    nina = town.browser(NINA)
    row = campaign.recipients.first()
    assert row
    yes = {"answer": "yes", "seats": "1", "answered_on": "30.06.2026", "version": "1"}
    nina.post(href("reply", row.pk), yes)

    told = nina.post(href("reply", row.pk), {"act": "take_back"}, follow=True).content.decode()
    assert "Svaret er tatt tilbake" in told
    assert PracticePlace.objects.get(employer=row.employer).offered_until == TODAY
    nina.post(href("campaign", campaign.pk), {"act": "close"})
    page = nina.get(href("campaign", campaign.pk)).content.decode()
    assert "Avsluttet: venter ikke på flere svar" in page
    nina.post(href("campaign", campaign.pk), {"act": "open"})
    assert Campaign.objects.get().closed_on is None


def test_the_leader_reads_and_changes_nothing(town: Town, campaign: Campaign) -> None:
    send(town, campaign)
    lea = town.browser(LEA)

    page = lea.get(href("campaign", campaign.pk)).content.decode()

    assert "Bakken barnehage" in page
    assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]
    assert lea.post(href("campaign", campaign.pk), {"act": "close"}).status_code == 403


def test_ten_places_are_made_with_one_form(town: Town, units: list[Employer]) -> None:
    form = {
        "name": "Ti plasser på renhold",
        "seats": "5",
        "employers": [str(units[0].pk), str(units[2].pk)],
        "weekdays": ["3", "4"],
        "start": "7",
        "end": "14.30",
        "offered_on": "1.7.2026",
    }

    answer = town.browser(NINA).post(href("new_offer"), form, follow=True)

    assert "Ti plasser på renhold: 10 plasser er lagt inn." in answer.content.decode()
    places = PracticePlace.objects.filter(origin__bulk_offer=BulkOffer.objects.get())
    assert {(p.seats, p.start, p.end, *p.weekdays) for p in places} == {(5, 420, 870, 3, 4)}
    refused = town.browser(NINA).post(
        href("new_offer"), {**form, "employers": [], "end": "06.00", "seats": "0"}
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Velg minst én arbeidsgiver." in page
    assert "Skriv et helt tall fra 1 til 99" in page
    assert "Slutten må komme etter starten" in page
    assert 'value="Ti plasser på renhold"' in page


def test_a_campaign_takes_as_many_queries_however_many_it_asks(
    town: Town, campaign: Campaign
) -> None:
    send(town, campaign)
    nina, where = town.browser(NINA), href("campaign", campaign.pk)
    nina.get(where)
    with CaptureQueriesContext(connection) as few:
        nina.get(where)
    more = Employer.objects.bulk_create(
        Employer(municipality=town.municipality, kind="municipal", name=f"Enhet {at}")
        for at in range(25)
    )
    nina.post(href("recipients", campaign.pk), {"employer": [str(e.pk) for e in more]})
    send(town, campaign)
    nina.get(where)  # which tells what was done, once

    with CaptureQueriesContext(connection) as many:
        nina.get(where)

    assert len(many) == len(few)
