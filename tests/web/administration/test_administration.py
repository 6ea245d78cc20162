"""Who reads what, and protected addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.audit.models import AuditEvent
from innpass.casework.participants.models import ProtectionMark
from innpass.domain.access.fields import FIELDS
from tests.factories.cast import ADA, KARI, LEA, LIV, NINA, ODD, PER, RAGNHILD, SIRI, Town

pytestmark = pytest.mark.django_db


def fields_address() -> str:
    return reverse("administration:fields")


def address() -> str:
    return reverse("administration:protection")


def setting(town: Town, given_name: str, *named: str, reason: str = "Vedtak") -> dict[str, Any]:
    return {
        "act": "set",
        "participant": str(town.people(given_name).pk),
        "named": [str(town.users[name].pk) for name in named],
        "reason": reason,
    }


def names_seen(town: Town, who: str) -> str:
    return str(town.browser(who).get(reverse("overview:overview")).content.decode())


# Who reads what


def test_every_field_of_the_table_is_shown_once(town: Town) -> None:
    page = town.browser(KARI).get(fields_address()).context["page"]

    labels = [row.label.casefold() for group in page.groups for row in group.fields]
    assert sorted(labels) == sorted(row.label.casefold() for row in FIELDS.values())
    assert len({group.label for group in page.groups}) == len(page.groups)


def test_masked_numbers_say_who_sees_them_whole(town: Town) -> None:
    page = town.browser(KARI).get(fields_address()).context["page"]

    rows = {row.label: row for group in page.groups for row in group.fields}
    assert rows["Fødselsnummer"].revealers == ("programrådgiver", "Nav-veileder")
    assert rows["Navn"].readers == ("alle roller",)
    assert rows["Årsak til permisjon"].readers == ("programrådgiver", "leder (flyktningtjenesten)")


@pytest.mark.parametrize("who", [KARI, ODD, LIV, PER, NINA, LEA, ADA, SIRI])
def test_everybody_may_know_who_reads_what(town: Town, who: str) -> None:
    assert town.browser(who).get(fields_address()).status_code == 200


# Finding and marking a person


def test_a_search_offers_the_people_it_finds(town: Town) -> None:
    response = town.browser(KARI).post(address(), {"act": "search", "search": "haddad"})

    form = response.context["page"].set_form
    assert [label for _, label in form.fields["participant"].choices] == ["Amina Haddad, født 1990"]
    assert form.initial == {"participant": str(town.people("Amina").pk)}
    assert town.users[ODD].full_name in response.content.decode()


def test_a_search_that_finds_nobody_says_so(town: Town) -> None:
    page = town.browser(KARI).post(address(), {"act": "search", "search": "ukjent"}).context["page"]

    assert page.set_form is None
    assert page.note == "Ingen av dem du kan se, passer med søket."


def test_an_empty_search_gets_a_sentence(town: Town) -> None:
    response = town.browser(KARI).post(address(), {"act": "search", "search": " "})

    assert response.status_code == 422
    assert "Skriv navnet på den du leter etter." in response.content.decode()


def test_the_participants_page_may_lead_here(town: Town) -> None:
    pk = town.people("Amina").pk

    page = town.browser(KARI).get(address(), {"deltaker": str(pk)}).context["page"]

    assert page.set_form.initial == {"participant": str(pk)}


@pytest.mark.parametrize("asked", ["tull", "00000000-0000-4000-8000-000000000000"])
def test_a_person_who_is_not_there_is_not_offered(town: Town, asked: str) -> None:
    page = town.browser(KARI).get(address(), {"deltaker": asked}).context["page"]

    assert page.set_form is None


def test_a_marked_person_vanishes_for_others_at_once(town: Town) -> None:
    assert "Haddad" in names_seen(town, ODD)

    response = town.browser(RAGNHILD).post(address(), setting(town, "Amina", PER), follow=True)

    assert "Amina Haddad er merket." in response.content.decode()
    assert ["Haddad" in names_seen(town, who) for who in (RAGNHILD, PER, KARI, ODD)] == [
        True,
        True,
        False,
        False,
    ]
    person = reverse("participant:participant", args=[town.people("Amina").pk])
    assert town.browser(ODD).get(person).status_code == 404
    assert town.browser(PER).get(person).status_code == 200


def test_who_sets_a_mark_is_always_named(town: Town) -> None:
    town.browser(RAGNHILD).post(address(), setting(town, "Amina", PER))

    mark = ProtectionMark.objects.get()
    named = set(mark.named_staff.values_list("user", flat=True))
    assert named == {town.users[RAGNHILD].pk, town.users[PER].pk}
    event = AuditEvent.objects.get(action="set_protection")
    assert event.changes == {"named_staff": [None, sorted(map(str, named))]}
    assert event.reason == "Vedtak"


def test_a_mark_needs_a_reason_and_keeps_what_was_chosen(town: Town) -> None:
    response = town.browser(RAGNHILD).post(address(), setting(town, "Amina", PER, reason=" "))

    assert response.status_code == 422
    assert "Skriv hvorfor." in response.content.decode()
    form = response.context["page"].set_form
    assert form["named"].value() == [str(town.users[PER].pk)]
    assert not ProtectionMark.objects.exists()


def test_only_staff_of_the_municipality_may_be_named(town: Town) -> None:
    response = town.browser(RAGNHILD).post(address(), setting(town, "Amina", SIRI))

    assert response.status_code == 422
    assert not ProtectionMark.objects.exists()
    assert "Siri Aas" not in response.content.decode()


def test_a_person_one_does_not_see_is_not_marked(town: Town) -> None:
    posted = setting(town, "Amina")
    town.protect("Amina")

    response = town.browser(KARI).post(address(), posted)

    assert response.status_code == 422
    assert "Haddad" not in response.content.decode()
    assert ProtectionMark.objects.count() == 1


def test_a_person_is_marked_once(town: Town) -> None:
    posted = setting(town, "Amina")
    town.protect("Amina")

    response = town.browser(RAGNHILD).post(address(), posted, follow=True)

    assert "alt merket" in response.content.decode()
    assert ProtectionMark.objects.count() == 1


def test_an_unknown_person_gets_a_sentence(town: Town) -> None:
    for participant in ("", "tull", "00000000-0000-4000-8000-000000000000"):
        response = town.browser(KARI).post(
            address(), {**setting(town, "Amina"), "participant": participant}
        )
        assert response.status_code == 422
        assert "Velg hvem som skal merkes." in response.content.decode()


# The list, and lifting


def test_the_list_holds_only_marks_one_is_named_in(town: Town) -> None:
    town.protect("Amina", named=(ODD,))

    seen = {
        who: [person.name for person in town.browser(who).get(address()).context["page"].people]
        for who in (RAGNHILD, ODD, KARI, LEA)
    }

    assert seen == {RAGNHILD: ["Amina Haddad"], ODD: ["Amina Haddad"], KARI: [], LEA: []}
    assert "Haddad" not in town.browser(KARI).get(address()).content.decode()


def test_lifting_makes_the_person_visible_again(town: Town) -> None:
    mark = town.protect("Amina")
    posted = {"act": "lift", "mark": str(mark.pk), "reason": "Vedtaket er opphevet"}

    response = town.browser(RAGNHILD).post(address(), posted, follow=True)

    assert "Merket på Amina Haddad er opphevet." in response.content.decode()
    assert "Haddad" in names_seen(town, ODD)
    mark.refresh_from_db()
    assert (mark.lifted_by, mark.lifted_reason) == (town.users[RAGNHILD], "Vedtaket er opphevet")
    assert AuditEvent.objects.get(action="lift_protection").reason == "Vedtaket er opphevet"


def test_lifting_needs_a_reason_at_the_right_mark(town: Town) -> None:
    marks = [town.protect("Amina"), town.protect("Bohdan")]
    posted = {"act": "lift", "mark": str(marks[1].pk), "reason": ""}

    response = town.browser(RAGNHILD).post(address(), posted)

    assert response.status_code == 422
    page = response.context["page"]
    assert [bool(person.form.errors) for person in page.people] == [False, True]


def test_who_is_not_named_lifts_nothing_and_learns_nothing(town: Town) -> None:
    mark = town.protect("Amina")
    posted = {"act": "lift", "mark": str(mark.pk), "reason": "Nysgjerrig"}

    response = town.browser(KARI).post(address(), posted, follow=True)

    assert "Haddad" not in response.content.decode()
    mark.refresh_from_db()
    assert mark.lifted_at is None


def test_a_mark_is_lifted_once(town: Town) -> None:
    mark = town.protect("Amina")
    posted = {"act": "lift", "mark": str(mark.pk), "reason": "Opphevet"}
    browser = town.browser(RAGNHILD)
    browser.post(address(), posted)

    response = browser.post(address(), posted, follow=True)

    assert "Merket er alt opphevet." in response.content.decode()


# Who may


@pytest.mark.parametrize("who", [LIV, PER, NINA, ADA])
def test_who_may_not_set_marks_is_told_who_may(town: Town, who: str) -> None:
    browser = town.browser(who)

    for response in (browser.get(address()), browser.post(address(), setting(town, "Amina"))):
        assert response.status_code == 403
        assert "Du har ikke lov til å sette adressesperre. Det kan" in response.content.decode()
    assert not ProtectionMark.objects.exists()


def test_another_municipality_finds_nobody(town: Town) -> None:
    town.protect("Amina")
    browser = town.browser(SIRI)

    found = browser.post(address(), {"act": "search", "search": "Bohdan"}).context["page"]
    posted = browser.post(address(), setting(town, "Bohdan"))

    assert found.set_form is None
    assert browser.get(address()).context["page"].people == ()
    assert posted.status_code == 422
    assert ProtectionMark.objects.count() == 1


def test_nobody_and_the_wrong_method(town: Town, client: Client) -> None:
    assert client.get(fields_address()).status_code == client.get(address()).status_code == 302
    assert client.post(address(), {"act": "set"}).status_code == 302
    assert town.browser(KARI).post(fields_address()).status_code == 405
    assert town.browser(KARI).put(address()).status_code == 405
