"""The screens of matching: reasons in words, a reason asked for, nothing typed lost."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.employers.models import PracticePlace
from innpass.casework.jobs.running import run_one
from innpass.casework.matching.locks import lock
from innpass.casework.matching.models import (
    MatchChoice,
    MatchLock,
    MatchRun,
    Presented,
    WorkProfile,
)
from innpass.casework.matching.weeks import usual_start
from innpass.casework.programme.models import Enrolment
from tests.casework.matching.conftest import TODAY, Office
from tests.factories.cast import LEA, PER, make_town


@pytest.fixture
def office(db: None, settings: Any) -> Iterator[Office]:
    settings.INNPASS_TODAY = TODAY
    town = make_town()
    with scope(municipality=town.municipality):
        yield Office(town, town.actor(PER), town.actor("ragnhild"))


@pytest.fixture
def browser(office: Office) -> Client:
    return office.town.browser(PER)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_person_s_list_says_why_and_what_would_have_to_change(
    office: Office, browser: Client
) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place(occupation="5311")
    office.place("Biblioteket", language_at_start="B1")

    answer = browser.get(reverse("matching:person", args=[amina.pk]))

    said = text_of(answer)
    assert answer.status_code == 200
    assert "Er yrket som er målet" in said
    assert "Krever B1. Har A2. Går hvis stedet tar imot på A2, eller etter bestått B1." in said
    assert said.count("Bostedet er ikke ført") == 0, "told once, beside the list"


def test_choosing_against_the_advice_keeps_what_was_typed_until_there_is_a_reason(
    office: Office, browser: Client
) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place(occupation="5311")
    second = office.place("Kantina", occupation="5120")
    href = reverse("matching:choose", args=[amina.pk, second.pk])

    refused = browser.post(href, {"reason": ""})
    too_much = browser.post(href, {"reason": "Fnr 17038812345"})

    assert (refused.status_code, too_much.status_code) == (422, 422)
    assert "Skriv kort hvorfor" in text_of(refused)
    assert "Fnr 17038812345" in too_much.content.decode()
    assert not PlacementCase.objects.exists()

    done = browser.post(href, {"reason": "Kjenner kokken."})

    assert done.status_code == 302
    case = PlacementCase.objects.get()
    page = browser.get(reverse("matching:advice", args=[case.pk]))
    assert "Kjenner kokken." in text_of(page)
    part = browser.get(reverse("matching:advice", args=[case.pk]), headers={"HX-Request": "true"})
    assert part.content.decode().strip() in page.content.decode()


def test_a_case_that_nobody_matched_has_no_advice(office: Office, browser: Client) -> None:
    case = PlacementCase.objects.create(
        municipality=office.town.municipality,
        participant=office.seeker("Amina Haddad"),
        employer=office.place().employer,
        kind="municipal_practice",
        proposed_on=TODAY,
    )
    href = reverse("matching:advice", args=[case.pk])

    part = browser.get(href, headers={"HX-Request": "true"})

    assert (part.status_code, part.content) == (200, b"")
    assert browser.get(href).status_code == 302


def test_places_alike_are_one_line_with_a_count(office: Office, browser: Client) -> None:
    amina = office.seeker("Amina Haddad", goal="9112")
    first = office.place("Renhold", name="Renholder", occupation="9112")
    for _number in range(9):
        PracticePlace.objects.create(
            municipality=first.municipality,
            employer=first.employer,
            name="Renholder",
            occupation="9112",
            weekdays=first.weekdays,
            offered_from=first.offered_from,
        )
    other = office.place("Renhold", name="Vaktmester", occupation="5153")
    url = reverse("matching:person", args=[amina.pk])

    page = browser.get(url).context["page"]
    counts = [(card.name, len(card.alike)) for card in page.fit]
    assert counts == [("Renholder", 10), ("Vaktmester", 1)]
    assert b"10 like plasser" in browser.get(url).content
    assert page.count_fit == 11

    lock(participant=amina, place=first, monday=usual_start(TODAY), by=office.supervisor)
    cards = browser.get(url).context["page"].fit
    assert sorted((len(card.alike), card.is_locked) for card in cards if card.key != other.pk) == [
        (1, True),
        (9, False),
    ]


def test_places_that_differ_in_anything_stand_by_themselves(
    office: Office, browser: Client
) -> None:
    amina = office.seeker("Amina Haddad", goal="9112")
    employer = office.place("Renhold", name="Renholder", occupation="9112").employer
    for differs in (
        {},
        {"weekdays": [0, 1]},
        {"start": 600},
        {"language_at_start": "A1"},
        {"demands": ["police_certificate"]},
        {"can_learn": "Gulv"},
        {"seats": 2},
        {"confirmed_on": TODAY},
    ):
        PracticePlace.objects.create(
            municipality=employer.municipality,
            employer=employer,
            **{
                "name": "Renholder",
                "occupation": "9112",
                "weekdays": [0, 1, 2, 3, 4],
                "offered_from": date(2026, 1, 1),
                **differs,
            },
        )

    cards = browser.get(reverse("matching:person", args=[amina.pk])).context["page"].fit

    assert sorted(len(card.alike) for card in cards) == [1] * 7 + [2]


def test_each_of_the_places_alike_can_be_reached(office: Office, browser: Client) -> None:
    amina, first = office.seeker("Amina Haddad"), office.place()
    second = office.place()
    PracticePlace.objects.filter(pk=second.pk).update(employer=first.employer)
    monday = usual_start(TODAY).isoformat()

    shown = browser.get(reverse("matching:person", args=[amina.pk])).content.decode()

    for place in (first, second):
        assert f'{reverse("matching:place", args=[place.pk])}?fra={monday}"' in shown


def test_all_the_people_of_a_place_are_reached_by_turning_pages(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("innpass.web.matching.assembling.ALL_SHOWN", 2)
    place = office.place(language_at_start="A2")
    people = [office.seeker(f"Deltaker {number}") for number in range(5)]
    people += [office.seeker(f"Nybegynner {number}", level="A1") for number in range(3)]
    href = reverse("matching:place", args=[place.pk]) + "?vis=alle"

    first = browser.get(href)
    assert (len(first.context["page"].fit), len(first.context["page"].out)) == (2, 2)
    assert "Viser 1–2 av 5" in text_of(first)
    links = re.findall(r'href="([^"]*(?:&amp;|\?)side[^"]*)"', first.content.decode())
    seen: dict[Any, int] = {}
    for link in {each.replace("&amp;", "&") for each in links} | {href}:
        page = browser.get(link).context["page"]
        seen |= {card.key: card.number for card in (*page.fit, *page.out)}

    assert set(seen) == {each.pk for each in people}
    assert sorted(number for number in seen.values() if number) == [1, 2, 3, 4, 5]


def test_a_lock_that_keeps_no_seat_can_be_lifted(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    lock(participant=amina, place=place, monday=usual_start(TODAY), by=office.supervisor)
    Enrolment.objects.filter(participant=amina).update(planned_last_day=date(2026, 7, 10))

    start = browser.get(reverse("matching:start"))
    assert "Holder ikke av plass fra denne dagen. Siste dag i programmet er 10.07.2026." in (
        text_of(start)
    )
    href = reverse("matching:person", args=[amina.pk])
    assert href in start.content.decode()
    page = browser.get(href)
    assert f"Låst til {place.name}, {place.employer.name}, men ingen" in text_of(page)
    assert reverse("matching:unlock", args=[amina.pk]) in page.content.decode()

    browser.post(reverse("matching:unlock", args=[amina.pk]))
    assert MatchLock.objects.get().lifted_at is not None


def test_locking_whoever_looks_for_no_place_says_why(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    browser.post(reverse("matching:choose", args=[amina.pk, place.pk]))

    said = text_of(browser.post(reverse("matching:lock", args=[amina.pk, place.pk]), follow=True))

    assert f"Amina Haddad er ikke låst til {place.name}. Er foreslått for" in said
    assert not MatchLock.objects.exists()


def test_everybody_is_matched_taken_and_locked_by_clicks(office: Office, browser: Client) -> None:
    amina = office.seeker("Amina Haddad", level="B1", goal="9112")
    bohdan = office.seeker("Bohdan Kovalenko", level="A1")
    office.place("Rene Rom", language_at_start="A1", occupation="9112")
    office.place("Kantina", language_at_start="B1", occupation="5120")
    assert "2 søker plass" in text_of(browser.get(reverse("matching:start")))

    asked = browser.post(reverse("matching:ask"))
    waiting = browser.get(asked["Location"])
    part = browser.get(asked["Location"], headers={"HX-Request": "true"})
    assert part.content.decode().strip() in waiting.content.decode()
    run_one(worker="test")
    found = browser.get(asked["Location"])

    said = text_of(found)
    assert "2 av 2 får plass." in said
    assert "1 mer enn om plassene ble delt ut i rekkefølge." in said
    run = MatchRun.objects.get()
    take = reverse("matching:take", args=[run.pk])
    nothing = browser.post(take, {"act": "marked"})
    assert nothing.status_code == 302
    assert not PlacementCase.objects.exists()
    one = run.proposals.get(participant=amina)
    browser.post(take, {"one": str(one.pk)})
    assert [case.participant for case in PlacementCase.objects.all()] == [amina]
    rest = browser.post(take, {"act": "all"})
    assert rest.status_code == 302
    assert {case.participant for case in PlacementCase.objects.all()} == {amina, bohdan}
    assert MatchChoice.objects.filter(run=run).count() == 2


def test_a_match_that_waits_is_found_again_from_the_start(office: Office, browser: Client) -> None:
    office.seeker("Amina Haddad")
    office.place()
    asked = browser.post(reverse("matching:ask"))

    start = browser.get(reverse("matching:start"))

    assert asked["Location"] in start.content.decode()
    assert "Venter på tur, fra" in text_of(start)
    browser.post(asked["Location"] + "stopp/")
    assert asked["Location"] not in browser.get(reverse("matching:start")).content.decode()


def test_a_no_is_taken_back_on_the_same_card(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    href = reverse("matching:refuse", args=[amina.pk, place.pk])
    browser.post(href)
    assert WorkProfile.objects.get().refused_places == [str(place.pk)]
    assert "Angre neiet" in text_of(browser.get(reverse("matching:person", args=[amina.pk])))

    browser.post(href, {"act": "undo"})

    assert WorkProfile.objects.get().refused_places == []
    assert "Angre neiet" not in text_of(browser.get(reverse("matching:person", args=[amina.pk])))


def test_a_proposed_case_leads_to_the_presentation(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    browser.post(reverse("matching:choose", args=[amina.pk, place.pk]))
    case = PlacementCase.objects.get()

    page = browser.get(reverse("agreements:case", args=[case.pk])).content.decode()

    href = reverse("matching:presentation", args=[case.pk])
    assert re.search(rf'href="{href}"[^>]*>\s*Skriv presentasjonen', page)


def test_what_no_longer_fits_is_said_at_its_line(office: Office, browser: Client) -> None:
    amina = office.seeker("Amina Haddad")
    office.place()
    asked = browser.post(reverse("matching:ask"))
    run_one(worker="test")
    WorkProfile.objects.create(
        municipality=office.town.municipality,
        participant=amina,
        refused_places=[str(MatchRun.objects.get().proposals.get().place_id)],
    )

    answer = browser.post(asked["Location"] + "ta/", {"act": "all"})

    assert answer.status_code == 409
    assert "Ikke foreslått. Deltakeren har sagt nei til" in text_of(answer)
    assert not PlacementCase.objects.exists()


def test_a_profile_keeps_what_was_typed_and_says_what_is_wrong(
    office: Office, browser: Client
) -> None:
    amina = office.seeker("Amina Haddad")
    href = reverse("matching:profile", args=[amina.pk])

    wrong = browser.post(
        href,
        {
            "version": "0",
            "goal": "romfarer",
            "experience-0": "5120",
            "demand-police_certificate": "yes",
            "day-licence_b": "01.06.2026",
            "hours_wanted": "90",
        },
    )

    said = text_of(wrong)
    assert wrong.status_code == 422
    assert "Vi finner ikke yrket «romfarer»" in said
    assert "Skriv dagen du så det (politiattest)." in said
    assert "Dagen gjelder bare når svaret er «Ja, sett»" in said
    assert "37,5 eller mindre" in said
    assert 'value="romfarer"' in wrong.content.decode()
    assert not WorkProfile.objects.exists()


def test_a_profile_is_kept_and_shown_again(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    href = reverse("matching:profile", args=[amina.pk])
    typed = {
        "version": "0",
        "goal": "5120 Kokker",
        "experience-0": "7512",
        "experience-1": "7512",
        "wished_employers-0": "solbakken BARNEHAGE",
        "demand-police_certificate": "yes",
        "day-police_certificate": "4.5.2026",
        "demand-licence_b": "no",
        "hours_wanted": "14,5",
    }

    done = browser.post(href, typed)

    assert done.status_code == 302
    kept = WorkProfile.objects.get()
    assert (kept.goal, kept.experience, kept.hours_wanted) == ("5120", ["7512"], 14.5)
    assert kept.wished_employers == [str(place.employer_id)]
    assert kept.demands == {"police_certificate": "2026-05-04", "licence_b": "no"}
    again = browser.get(href).content.decode()
    for shown in ("5120 Kokker", "04.05.2026", "14,5", "Solbakken barnehage"):
        assert f'value="{shown}"' in again
    assert browser.post(href, typed).status_code == 409, "somebody saved meanwhile"


def test_a_text_is_written_and_sent_and_the_cv_only_with_consent(
    office: Office, browser: Client
) -> None:
    amina, place = office.seeker("Amina Haddad", cv={"about": "Kokk."}), office.place()
    browser.post(reverse("matching:choose", args=[amina.pk, place.pk]))
    case = PlacementCase.objects.get()
    href = reverse("matching:presentation", args=[case.pk])
    browser.post(href, {"version": "0", "shows": "first", "text": "Hei, møt Amina."})
    sending = {
        "version": "1",
        "act": "send",
        "recipient": "Leder",
        "sent_on": "30.06.2026",
        "with_cv": "on",
    }

    refused = browser.post(href, sending)

    assert refused.status_code == 422
    assert "ikke samtykket" in text_of(refused)
    assert 'value="Leder"' in refused.content.decode()

    consent = {"version": "1", "act": "consent", "given_on": "29.06.2026"}
    assert browser.post(reverse("matching:cv", args=[amina.pk]), consent).status_code == 302
    assert browser.post(href, sending).status_code == 302
    sent = Presented.objects.get()
    shown = text_of(browser.get(reverse("matching:sent", args=[case.pk, sent.pk])))
    assert "Hei, møt Amina." in shown
    assert "Kokk." in shown


def test_a_place_shows_who_could_follow_when_it_becomes_free(
    office: Office, browser: Client
) -> None:
    office.seeker("Amina Haddad")
    place = office.place(offered_from=date(2026, 8, 20))
    href = reverse("matching:place", args=[place.pk])

    assert "Plassen tilbys ikke fra denne dagen." in text_of(browser.get(href))
    assert "Amina Haddad" in text_of(browser.get(href + "?om=60"))


def test_a_leader_sees_and_changes_nothing(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    leader = office.town.browser(LEA)

    page = leader.get(reverse("matching:person", args=[amina.pk]))

    assert page.status_code == 200
    assert "Foreslå" not in text_of(page)
    href = reverse("matching:choose", args=[amina.pk, place.pk])
    assert leader.post(href, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["start", "person", "place"])
def test_a_page_asks_as_often_however_many_there_are(
    name: str, office: Office, browser: Client
) -> None:
    amina, place = office.seeker("Amina Haddad", goal="5311"), office.place(occupation="5311")
    about = {"start": [], "person": [amina.pk], "place": [place.pk]}[name]
    href = reverse(f"matching:{name}", args=about)
    browser.get(href)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(href)
        return len(queries)

    before = asked()
    for number in range(3):
        office.seeker(f"Deltaker {number}", goal="5311")
        office.place(f"Enhet {number}", occupation="5311")

    assert asked() == before


def test_the_screens_start_without_the_solver() -> None:
    code = (
        "import sys, django; django.setup(); import innpass.web.matching.urls; "
        "sys.exit('ortools' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_version_that_nobody_has_read_is_not_sent(office: Office, browser: Client) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    browser.post(reverse("matching:choose", args=[amina.pk, place.pk]))
    href = reverse("matching:presentation", args=[PlacementCase.objects.get().pk])
    for number in ("0", "1"):
        browser.post(href, {"version": number, "shows": "first", "text": "Hei, møt Amina."})
    sending = {"act": "send", "recipient": "Leder", "sent_on": "30.06.2026"}

    refused = browser.post(href, {**sending, "version": "1"})

    assert refused.status_code == 409
    assert 'name="version" value="2"' in refused.content.decode()
    assert not Presented.objects.exists()
    for _click in range(2):
        assert browser.post(href, {**sending, "version": "2"}).status_code == 302
    assert Presented.objects.count() == 1


def test_how_long_the_way_may_be_is_said_from_a_day_on(office: Office, browser: Client) -> None:
    href = reverse("matching:travel")
    assert 'value="60"' in browser.get(href).content.decode()

    wrong = browser.post(href, {"longest_travel": "45", "first_day": "i morgen"})
    assert wrong.status_code == 422
    assert 'value="45"' in wrong.content.decode(), "nothing typed is lost"

    done = browser.post(href, {"longest_travel": "45", "first_day": "1.8.2026"}, follow=True)
    assert "45 minutter fra 1. aug" in text_of(done)
