"""The map and the pages of employers: found, read and changed without losing what was typed."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.employers.models import (
    ContactPerson,
    EmployerCard,
    MunicipalContact,
    PracticePlace,
)
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.models import Workplace
from tests.factories.cast import LEA, NINA, PER, RAGNHILD
from tests.factories.people import TODAY
from tests.factories.weeks import locality

pytestmark = pytest.mark.django_db
HOME = "/arbeidsplasser/"


def page(the_map: Any, href: str, *, as_: str = NINA, **headers: str) -> str:
    answer = the_map.town.browser(as_).get(href, headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(the_map: Any, view: str, args: list[Any], **typed: Any) -> Any:
    return the_map.town.browser(NINA).post(reverse(f"employers:{view}", args=args), typed)


def rows(text: str) -> list[str]:
    table = text.split('id="employers"')[1]
    return re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)</a>', table)


def test_units_and_firms_stand_apart(the_map: Any) -> None:
    assert rows(page(the_map, HOME)) == ["Bakken barnehage", "Elva skole"]
    assert rows(page(the_map, HOME + "?slag=bedrifter")) == ["Nordvind Bakeri AS"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sok=ELVA", ["Elva skole"]),
        ("?sok=oppvekst", ["Bakken barnehage", "Elva skole"]),
        ("?vis=ledig", ["Elva skole"]),
        ("?vis=ny", ["Bakken barnehage"]),
        ("?vis=mine", ["Bakken barnehage"]),
        ("?vis=spor", []),
        ("?omrade=Kultur", []),
        ("?omrade=Oppvekst&vis=uten", ["Elva skole"]),
        ("?vis=tull&side=99", ["Bakken barnehage", "Elva skole"]),
    ],
)
def test_filters_leave_those_that_are_asked_for(the_map: Any, query: str, found: list[str]) -> None:
    the_map.offer(the_map.school)
    EmployerCard.objects.create(
        municipality=the_map.town.municipality, employer=the_map.kindergarten
    )
    MunicipalContact.objects.create(
        municipality=the_map.town.municipality,
        employer=the_map.kindergarten,
        user=the_map.town.users[NINA],
        first_day=TODAY,
    )

    assert rows(page(the_map, HOME + query)) == found


def test_the_fragment_is_what_stands_on_the_page(the_map: Any) -> None:
    href = HOME + "?sok=skole"
    whole = page(the_map, href)
    part = page(the_map, href, **{"HX-Request": "true", "HX-Target": "employers"})

    assert part.strip() in whole
    assert "<html" not in part


def test_a_page_of_the_map_asks_as_much_however_many_there_are(the_map: Any) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as found:
            page(the_map, HOME)
        return len(found)

    the_map.offer(the_map.school)
    ask()
    few = ask()
    for number in range(12):
        unit = Employer.objects.create(
            municipality=the_map.town.municipality, kind="municipal", name=f"Enhet {number}"
        )
        the_map.offer(unit)
        the_map.participant(f"Deltaker {number}", unit)

    assert ask() == few


def test_an_employer_shows_places_people_and_contacts(the_map: Any) -> None:
    the_map.offer(the_map.school, "Kjøkkenassistent", seats=2, language_at_start="A2")
    the_map.participant("Amina", the_map.school)
    the_map.participant("Bohdan", the_map.school, last_day=TODAY - timedelta(days=3))

    said = page(the_map, reverse("employers:employer", args=[the_map.school.pk]), as_=LEA)

    assert "Kjøkkenassistent" in said
    assert "1 er her, 0 kommer, 1 har vært her" in said
    assert "Amina" in said
    assert "Ny praksisplass" not in said  # a leader reads


def test_who_is_hidden_is_neither_named_nor_counted(the_map: Any) -> None:
    the_map.offer(the_map.school)
    href = reverse("employers:employer", args=[the_map.school.pk])
    the_map.participant("Amina", the_map.school)
    the_map.town.protect("Amina", named=(RAGNHILD,))

    said = page(the_map, href, as_=LEA)

    assert "Amina" not in said
    assert "0 er her, 0 kommer, 0 har vært her" in said
    assert "Amina" in page(the_map, href, as_=RAGNHILD)


def test_a_unit_is_noted_by_hand(the_map: Any) -> None:
    answer = send(
        the_map,
        "new",
        [],
        kind="municipal",
        name="Svømmehallen",
        area=str(the_map.culture.pk),
        employees="14",
    )

    made = Employer.objects.get(name="Svømmehallen")
    assert answer.url == reverse("employers:employer", args=[made.pk])
    said = page(the_map, answer.url)
    assert "Kultur" in said
    nowhere = "Det er ikke ført hvor stedet er. Da kan ingen reisetid regnes dit."
    assert nowhere in said
    town = made.municipality
    Workplace.objects.create(municipality=town, employer=made, locality=locality(town))
    assert nowhere not in page(the_map, answer.url)


def test_what_is_wrong_is_told_and_what_was_typed_stays(the_map: Any) -> None:
    answer = send(the_map, "new", [], kind="private", name="Ny & Rar AS", organisation_number="123")

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "«123» er ikke et organisasjonsnummer" in said
    assert 'value="Ny &amp; Rar AS"' in said
    assert not Employer.objects.filter(name__startswith="Ny").exists()


PLACE = {
    "name": "Kjøkkenassistent",
    "occupation": "9412 Kjøkkenassistenter",
    "seats": "2",
    "weekdays": ["0", "2"],
    "times": "8-14.30",
    "language_at_start": "A1",
    "demands": ["clothing"],
    "offered_from": "1.6.2026",
    "version": "0",
}


def test_a_place_is_offered_and_changed(the_map: Any) -> None:
    send(the_map, "new_place", [the_map.school.pk], **PLACE)
    place = PracticePlace.objects.get()
    assert (place.occupation, place.weekdays, place.start, place.end) == ("9412", [0, 2], 480, 870)

    args = [the_map.school.pk, place.pk]
    said = page(the_map, reverse("employers:place", args=args))
    assert 'value="9412 Kjøkkenassistenter"' in said
    send(the_map, "place", args, **PLACE | {"seats": "3", "version": "1"})
    late = send(the_map, "place", args, **PLACE | {"seats": "4", "version": "1"})

    assert late.status_code == 409
    assert "Noen andre lagret dette" in late.content.decode()
    assert PracticePlace.objects.get().seats == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"occupation": "assistent"}, "Mente du «"),
        ({"occupation": "romfarer"}, "Vi kjenner ikke yrket «romfarer»"),
        ({"times": "15-8"}, "etter starten"),
        ({"weekdays": []}, "Velg minst én dag"),
        ({"seats": "mange"}, "Skriv et helt tall"),
        ({"days_a_week": "4"}, "åpen 2 dager i uka"),
        ({"offered_from": "i fjor"}, "Vi forstår ikke «i fjor»"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused(
    the_map: Any, typed: dict[str, Any], told: str
) -> None:
    answer = send(the_map, "new_place", [the_map.school.pk], **PLACE | typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not PracticePlace.objects.exists()


def test_one_form_keeps_a_contact_in_several_roles(the_map: Any) -> None:
    typed = {"name": "Cato Dal", "phone": "400 00 100", "first_day": "1.6.2026", "version": "0"}
    none = send(the_map, "new_contact", [the_map.school.pk], **typed)
    assert none.status_code == 422
    assert "Kryss av for minst én rolle." in none.content.decode()

    send(the_map, "new_contact", [the_map.school.pk], role=["leader", "signer"], **typed)
    leader = ContactPerson.objects.get(role="leader")
    send(
        the_map,
        "contact",
        [the_map.school.pk, leader.pk],
        role=["leader", "signer", "mentor"],
        **(typed | {"version": str(leader.version)}),
    )

    kept = ContactPerson.objects.filter(employer=the_map.school, name="Cato Dal")
    assert sorted(kept.values_list("role", flat=True)) == ["leader", "mentor", "signer"]


def test_contacts_are_kept_and_the_municipality_has_one(the_map: Any) -> None:
    school, users = the_map.school, the_map.town.users
    send(
        the_map,
        "new_contact",
        [school.pk],
        role="signer",
        name="Cato Dal",
        phone="400 00 100",
        first_day="1.6.2026",
        version="0",
    )
    send(
        the_map,
        "municipal_contact",
        [school.pk],
        user=str(users[PER].pk),
        first_day="30.6.2026",
        version="0",
    )

    said = page(the_map, reverse("employers:employer", args=[school.pk]))
    assert 'href="tel:40000100"' in said
    assert "Per Hauge" in said
    contact = ContactPerson.objects.get()
    args = [the_map.bakery.pk, contact.pk]
    assert (
        the_map.town.browser(NINA).get(reverse("employers:contact", args=args)).status_code == 404
    )


def test_who_is_asked_again_is_confirmed_by_one_click(the_map: Any) -> None:
    long_ago = TODAY - timedelta(days=200)
    the_map.offer(the_map.school, offered_from=long_ago, confirmed_on=long_ago)
    href = reverse("employers:ask_again")
    assert "Elva skole" in page(the_map, href)

    answer = send(the_map, "confirm", [the_map.school.pk], fra="spor")

    assert answer.url == href
    assert "Alle plasser er bekreftet" in page(the_map, href)


def test_what_becomes_free_stands_within_the_days_asked_for(the_map: Any) -> None:
    the_map.participant("Amina", the_map.school, last_day=TODAY + timedelta(days=40))
    href = reverse("employers:endings")

    assert "Amina" not in page(the_map, href)
    assert "Amina" in page(the_map, href + "?innen=60")
    assert "Ingen slutter så snart" in page(the_map, href + "?innen=tull")


def test_units_are_moved_from_a_day_on(the_map: Any) -> None:
    units = [str(the_map.school.pk), str(the_map.kindergarten.pk)]
    answer = the_map.town.browser(NINA).post(
        reverse("employers:move"),
        {"area": str(the_map.culture.pk), "first_day": "30.6.2026", "units": units},
    )

    assert answer.url == reverse("employers:map")
    assert rows(page(the_map, HOME + "?omrade=Kultur")) == ["Bakken barnehage", "Elva skole"]


def test_areas_are_kept_and_rows_added(the_map: Any) -> None:
    href = reverse("employers:areas")
    typed = {
        "rows": "3",
        "r0-pk": str(the_map.culture.pk),
        "r0-version": "1",
        "r0-name": "Kultur og idrett",
        "r0-employees": "180",
        "r2-name": "Teknisk",
    }
    more = the_map.town.browser(NINA).post(href, typed | {"act": "more"})
    assert more.content.decode().count('role="group" aria-label="Område') == 5

    assert the_map.town.browser(NINA).post(href, typed).url == href
    said = page(the_map, href)
    assert "Kultur og idrett" in said
    assert "Teknisk" in said


def test_the_days_until_it_is_asked_again_are_set_from_a_day(the_map: Any) -> None:
    href = reverse("employers:rules")
    the_map.town.browser(NINA).post(href, {"confirm_days": "45", "first_day": "1.7.2026"})

    assert "45 dager fra 1. jul" in page(the_map, href)


def test_two_spellings_are_joined_and_parted(the_map: Any) -> None:
    send(the_map, "join", [the_map.kindergarten.pk], heir=str(the_map.school.pk))
    assert rows(page(the_map, HOME)) == ["Elva skole"]

    said = page(the_map, reverse("employers:employer", args=[the_map.kindergarten.pk]))
    assert "en annen skrivemåte for" in said
    send(the_map, "part", [the_map.kindergarten.pk])
    assert rows(page(the_map, HOME)) == ["Bakken barnehage", "Elva skole"]


def test_what_is_not_there_is_not_found(the_map: Any) -> None:
    browser = the_map.town.browser(NINA)

    assert browser.get(reverse("employers:employer", args=[uuid4()])).status_code == 404
    assert (
        browser.get(reverse("employers:place", args=[the_map.school.pk, uuid4()])).status_code
        == 404
    )
