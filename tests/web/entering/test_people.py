"""The forms of a person: what is an input, what is wrong with what was typed, and saving it."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from innpass.casework.imports.models import LinkDecision
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.web.entering.forms import PARTS
from tests.casework.reconciliation import little
from tests.factories.cast import KARI, LIV, ODD, PER, RAGNHILD, Town

pytestmark = pytest.mark.django_db


def href(town: Town, slug: str = "oppfolging", who: str = "Amina") -> str:
    return reverse("entering:part", args=[town.people(who).pk, slug])


def controls_of(page: Any) -> dict[str, Any]:
    return {
        control.name: control
        for section in page.context["page"].sections
        for control in section.controls
    }


def as_shown(page: Any, **typed: str) -> dict[str, str]:
    """Return what a browser would send: what stands in the form, with some of it typed anew."""
    sent = {}
    for name, control in controls_of(page).items():
        if control.is_writable:
            sent[name] = typed.get(name, control.text)
            sent[f"seen.{name}"] = control.seen
    return sent | typed | {"form_id": page.context["page"].draft.form_id}


def enrolment(town: Town, who: str = "Amina") -> Enrolment:
    found: Enrolment = Enrolment.objects.get(participant=town.people(who))
    return found


def test_what_was_typed_is_saved_and_can_be_taken_back(town: Town) -> None:
    browser = town.browser(PER)
    page = browser.get(href(town))

    answer = browser.post(
        href(town), as_shown(page, next_step="Ring barnehagen", next_step_due="1.7.26")
    )

    person = reverse("participant:participant", args=[town.people("Amina").pk])
    assert answer["Location"] == person
    assert enrolment(town).next_step == "Ring barnehagen"
    assert f"{enrolment(town).next_step_due:%d.%m.%Y}" == "01.07.2026"
    (message,) = get_messages(answer.wsgi_request)
    undo = reverse("entering:undo", args=[message.extra_tags.removeprefix("act ")])
    assert f'action="{undo}"' in browser.get(person).content.decode()

    answer = browser.post(undo)
    assert answer["Location"] == person
    assert enrolment(town).next_step == ""


def test_nobody_takes_back_what_somebody_else_did(town: Town) -> None:
    browser = town.browser(PER)
    answer = browser.post(href(town), as_shown(browser.get(href(town)), next_step="Ring"))
    (message,) = get_messages(answer.wsgi_request)

    undo = reverse("entering:undo", args=[message.extra_tags.removeprefix("act ")])

    assert town.browser(ODD).post(undo).status_code == 404
    assert enrolment(town).next_step == "Ring"


@pytest.mark.parametrize(
    ("slug", "field", "typed", "said"),
    [
        ("oppfolging", "last_contact", "uke 34", "sier bare hvilken uke"),
        ("program", "programme.extent_percent", "120", "Skriv en prosent fra 0 til 100."),
        ("program", "programme.start", "31.2.2026", "ikke en mulig dato"),
        ("program", "programme.end_goal", "ferie", "Velg en av verdiene i listen."),
        ("program", "programme.planned_end", "1.1.2020", "er før programstart"),
        ("hvem", "ids.fnr", "12345678901", "Skriv et fødselsnummer med elleve siffer"),
        ("hvem", "ids.visma_refugee", little.BOHDAN, "står allerede på en annen deltaker"),
        ("hvem", "family_name", "", "Skriv både fornavn og etternavn."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    town: Town, slug: str, field: str, typed: str, said: str
) -> None:
    browser = town.browser(RAGNHILD)
    changes = {field: typed} | ({"given_name": ""} if field == "family_name" else {})

    answer = browser.post(href(town, slug), as_shown(browser.get(href(town, slug)), **changes))

    assert answer.status_code in (409, 422)
    controls = controls_of(answer)
    problems = [control.problem for control in controls.values() if control.problem]
    assert [problem for problem in problems if said in problem]
    assert controls[field].text == typed
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html or "radio" in html


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_mine(town: Town) -> None:
    per, odd = town.browser(PER), town.browser(ODD)
    before = per.get(href(town))
    odd.post(href(town), as_shown(odd.get(href(town)), last_contact="12.06.2026"))

    late = per.post(href(town), as_shown(before, last_contact="10.06.2026", remark="Ny bolig"))

    assert late.status_code == 409
    conflict = controls_of(late)["last_contact"].conflict
    assert (conflict.value, conflict.by) == ("12. jun. 2026", "Odd Berge")
    assert controls_of(late)["last_contact"].text == "10.06.2026"
    assert enrolment(town).remark == "Ny bolig"
    assert "Resten er lagret" in late.content.decode()

    unsettled = as_shown(late) | {"theirs.last_contact": "1"}
    assert per.post(href(town), unsettled).status_code == 409
    theirs = per.post(href(town), unsettled | {"choose.last_contact": "theirs"})
    assert theirs.status_code == 302
    assert f"{enrolment(town).last_contact:%d.%m}" == "12.06"
    mine = per.post(href(town), unsettled | {"choose.last_contact": "mine"})
    assert mine.status_code == 302
    assert f"{enrolment(town).last_contact:%d.%m}" == "10.06"


def test_what_nobody_touched_is_not_saved_over_what_others_wrote(town: Town) -> None:
    per, odd = town.browser(PER), town.browser(ODD)
    before = per.get(href(town))
    odd.post(href(town), as_shown(odd.get(href(town)), last_contact="12.06.2026"))

    assert per.post(href(town), as_shown(before, remark="Ny bolig")).status_code == 302

    assert f"{enrolment(town).last_contact:%d.%m}" == "12.06"


def test_only_what_one_may_write_is_an_input_and_what_one_may_read_is_shown(town: Town) -> None:
    program = controls_of(town.browser(LIV).get(href(town, "program")))
    writable = {name for name, control in program.items() if control.is_writable}

    assert writable == {"programme.upper_secondary"}
    assert "programme.start" in program
    assert "programme.protection" not in program
    sent = {"programme.start": "01.01.2030", "seen.programme.start": ""}
    town.browser(LIV).post(href(town, "program"), sent)
    assert enrolment(town).first_day.year != 2030  # type: ignore[union-attr]


@pytest.mark.parametrize("slug", PARTS)
def test_a_form_without_a_change_saves_nothing(town: Town, slug: str) -> None:
    who = LIV if slug == "norsk" else RAGNHILD
    browser = town.browser(who)

    answer = browser.post(href(town, slug), as_shown(browser.get(href(town, slug))))

    assert answer.status_code == 302
    (message,) = get_messages(answer.wsgi_request)
    assert "Ingenting var endret" in str(message)


def test_a_secret_number_is_replaced_or_removed_and_never_shown(town: Town) -> None:
    browser = town.browser(RAGNHILD)
    page = browser.get(href(town, "hvem"))
    browser.post(href(town, "hvem"), as_shown(page, **{"ids.dnr": "", "ids.fnr": "07857411735"}))
    person = town.people("Amina")
    kinds = set(person.identifiers.values_list("kind", flat=True))
    page = browser.get(href(town, "hvem"))
    known = [c for c in controls_of(page).values() if c.known]

    assert known
    assert "07857411735" not in page.content.decode()
    assert person.identifiers.get(kind="fnr").sealed == "07857411735"
    browser.post(href(town, "hvem"), as_shown(page) | {"clear.ids.fnr": "ja"})
    assert set(person.identifiers.values_list("kind", flat=True)) == kinds - {"fnr"}


# --- A new person -------------------------------------------------------------------------------

NEW = {"given_name": "Daria", "family_name": "Savenko", "birth_date": "30.8.2000"}


def add(browser: Client, **typed: Any) -> Any:
    return browser.post(reverse("entering:new_person"), NEW | typed)


def test_a_new_person_is_added(town: Town) -> None:
    answer = add(town.browser(RAGNHILD), **{"programme.start": "17.08.2026", "teacher": "Liv"})

    daria = town.people("Daria")
    assert answer["Location"] == reverse("participant:participant", args=[daria.pk])
    assert f"{enrolment(town, 'Daria').first_day:%d.%m.%Y}" == "17.08.2026"
    assert enrolment(town, "Daria").teacher == "", "an adviser does not write the teacher"


def test_a_new_person_can_be_taken_back(town: Town) -> None:
    browser = town.browser(RAGNHILD)
    answer = add(browser)
    (message,) = get_messages(answer.wsgi_request)

    undone = browser.post(reverse("entering:undo", args=[message.extra_tags.removeprefix("act ")]))

    assert undone["Location"] == reverse("overview:overview")
    assert not Participant.objects.filter(given_name="Daria").exists()


def test_somebody_alike_must_be_looked_at_first_and_the_answer_is_kept(town: Town) -> None:
    browser, amina = town.browser(RAGNHILD), town.people("Amina")
    typed = {"given_name": "Amina", "family_name": "Hadad", "birth_date": ""}

    answer = add(browser, **typed)

    assert answer.status_code == 422
    (alike,) = answer.context["page"].alike
    assert (alike.name, alike.href) == (
        "Amina Haddad",
        reverse("participant:participant", args=[amina.pk]),
    )
    assert 'value="Hadad"' in answer.content.decode()
    assert add(browser, **typed, other=[str(amina.pk)]).status_code == 302
    decision = LinkDecision.objects.get()
    assert decision.kind == "not_same"
    assert Participant.objects.filter(absorbed_by=None, family_name="Hadad").exists()


def test_a_number_of_a_known_person_is_said_beside_it(town: Town) -> None:
    answer = add(town.browser(RAGNHILD), **{"ids.visma_refugee": little.AMINA})

    assert answer.status_code == 422
    said = controls_of(answer)["ids.visma_refugee"].problem
    assert said == "Nummeret står allerede på en annen deltaker."
    assert [each.name for each in answer.context["page"].alike] == ["Amina Haddad"]


def test_of_a_hidden_person_nothing_is_said_but_that_the_number_cannot_be_used(
    town: Town,
) -> None:
    town.protect("Amina", by=RAGNHILD)
    browser = town.browser(KARI)

    answer = add(
        browser,
        given_name="Amina",
        family_name="Haddad",
        birth_date="",
        **{"ids.visma_refugee": little.AMINA},
    )

    assert answer.context["page"].alike == ()
    assert controls_of(answer)["ids.visma_refugee"].problem.startswith("Nummeret kan ikke brukes")
    part = browser.post(reverse("entering:alike"), {"given_name": "Amina", "family_name": "Haddad"})
    assert "Haddad" not in part.content.decode()


def test_the_part_that_is_fetched_while_typing_is_a_part_of_the_page(town: Town) -> None:
    browser = town.browser(RAGNHILD)
    typed = {"given_name": "Amina", "family_name": "Haddad"}

    part = browser.post(reverse("entering:alike"), typed).content.decode()
    page = browser.post(
        reverse("entering:new_person"), typed | {"programme.start": "x"}
    ).content.decode()

    assert "Amina Haddad" in part
    assert " ".join(part.split()) in " ".join(page.split())


def test_the_forms_take_few_queries(town: Town, django_assert_max_num_queries: Any) -> None:
    browser = town.browser(RAGNHILD)
    for slug in PARTS:
        if slug == "norsk":
            continue
        browser.get(href(town, slug))
        with django_assert_max_num_queries(26):
            browser.get(href(town, slug))
