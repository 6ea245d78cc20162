"""The page of standard terms, and where else they are read."""

from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.agreements.models import Signature, StandardTerms
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.terms import proposal
from tests.casework.agreements.placing import placing_in
from tests.factories.cast import ADA, NINA, PER, Town

SAID = {
    "organisation_number": "319990003",
    "unit": "Flyktningtjenesten",
    "dated": "01.07.2026",
    "nb": "Fravær\nSi fra samme dag.",
    "uk": "",
    "ar": "",
    "en": "",
}


def send(town: Town, **values: Any) -> Any:
    href = reverse("agreements:terms")
    version = town.browser(NINA).get(href).context["page"].version
    return town.browser(NINA).post(href, {**SAID, "version": version, **values})


def test_the_second_of_two_who_write_terms_sees_what_the_first_kept(town: Town) -> None:
    send(town)

    late = send(town, nb="Skade\nMeldes.", version=0)

    assert late.status_code == 409
    assert "Meldes." in late.content.decode()
    assert StandardTerms.objects.get().texts["nb"] == SAID["nb"]
    again = send(town, nb="Skade\nMeldes.", version=late.context["page"].version)
    assert again.status_code == 302
    assert StandardTerms.objects.get().version == 2


def test_terms_to_come_are_shown_and_changed(town: Town) -> None:
    send(town)
    nina = town.browser(NINA)
    shown = nina.get(reverse("agreements:terms"))
    (held,) = shown.context["page"].facts

    coming = nina.get(held.href).context["page"].form

    assert "Gjelder ikke ennå" in held.title
    assert (coming["nb"].value(), coming["dated"].value()) == (SAID["nb"], SAID["dated"])
    assert shown.context["page"].form["nb"].value() == proposal().texts["nb"]
    assert nina.get(reverse("agreements:terms") + "?fra=x").status_code == 200


@pytest.mark.parametrize("who", [ADA, NINA])
def test_the_page_begins_with_what_is_proposed(town: Town, who: str) -> None:
    page = town.browser(who).get(reverse("agreements:terms"))

    form = page.context["page"].form
    assert form["ar"].value() == proposal().texts["ar"]
    assert 'dir="rtl"' in page.content.decode()


def test_what_is_kept_is_listed_with_who_did_it(town: Town) -> None:
    saved = send(town)
    shown = town.browser(NINA).get(saved.headers["Location"]).content.decode()

    assert StandardTerms.objects.get().unit == "Flyktningtjenesten"
    assert "Fra 1. jul. 2026, av Nina Dahl" in shown
    assert "Si fra samme dag." in shown


def test_what_is_refused_is_told_at_its_field_and_kept(town: Town) -> None:
    answer = send(town, uk="Один\nТекст\n\nДва\nТекст")

    assert answer.status_code == 422
    assert answer.context["page"].form.errors.keys() == {"uk"}
    assert "Два" in answer.content.decode()


def test_whoever_signs_at_the_table_reads_the_terms(town: Town) -> None:
    here = placing_in(town)
    case = here.proposed()
    here.waiting(case)

    href = reverse("agreements:sign", args=[case.pk, "participant"])
    norwegian = town.browser(PER).get(href).content.decode()
    english = town.browser(PER).get(f"{href}?sprak=en").content.decode()

    assert "Taushetsplikt og opplysninger" in norwegian
    assert "Confidentiality and information" in english


def test_terms_that_change_while_somebody_reads_are_not_signed(town: Town) -> None:
    here = placing_in(town)
    case = here.proposed()
    here.waiting(case)
    href = reverse("agreements:sign", args=[case.pk, "employer"])
    per = town.browser(PER)
    shown = per.get(href).context["page"]
    said = {"name": "Et Navn", "agree": "on", "version": shown.version}
    send(town, dated="30.06.2026")

    answer = per.post(href, {**said, "read": shown.read})

    assert answer.status_code == 409
    page = answer.context["page"]
    assert "Les den på nytt" in answer.content.decode()
    assert (page.form["name"].value(), page.form["agree"].value()) == ("Et Navn", False)
    assert [title for title, _text in page.terms] == ["Fravær"]
    assert not Signature.objects.exists()
    assert per.post(href, {**said, "read": page.read}).status_code == 302
    assert Signature.objects.count() == 1


def test_keeping_says_once_how_many_agreements_get_the_new_text(town: Town) -> None:
    here = placing_in(town)
    here.waiting(here.proposed())
    signed = here.waiting(here.proposed("Bohdan"), place=None)
    here.sign(signed, Party.EMPLOYER)

    answer = town.browser(NINA).get(send(town).url)

    (said,) = map(str, answer.context["messages"])
    assert said.startswith("Vilkårene er lagret. 1 avtale uten underskrift får den nye teksten")
    assert said.endswith("1. jul. 2026.")
