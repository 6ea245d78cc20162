"""The screens of Nav's schemes around a placement."""

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.agreements.models import PlacementCase, SchemeStep
from tests.casework.doors.letting_in import running_case
from tests.factories.cast import LIV, NINA, ODD, PER, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> PlacementCase:
    return running_case(town)


def page_of(browser: Client, case: PlacementCase) -> str:
    answer = browser.get(reverse("agreements:schemes", args=[case.pk]))
    return " ".join(answer.content.decode().split())


def move(browser: Client, case: PlacementCase, kind: str = "wage_subsidy", **data: str):
    href = reverse("agreements:scheme", args=[case.pk, kind])
    return browser.post(href, {"on": "30.06.2026", "version": "0", **data})


def test_each_scheme_tells_what_it_may_give_and_by_which_rule(
    town: Town, case: PlacementCase
) -> None:
    html = page_of(town.browser(PER), case)

    assert "40 prosent av lønna i inntil 6 måneder, og deretter 30 prosent" in html
    assert "Tiltaksforskriften § 9-4, slik den står fra 1. jan. 2026" in html
    for name in ("Arbeidstrening", "Varig lønnstilskudd", "Mentor", "Inkluderingstilskudd"):
        assert name in html
    assert html.count("Før hva som er gjort") == 6


def test_a_scheme_is_moved_by_a_form(town: Town, case: PlacementCase) -> None:
    answer = move(town.browser(PER), case, state="applied", first_day="1.9.2026", text="Sendt")

    assert answer.status_code == 302
    html = page_of(town.browser(PER), case)
    assert "Søkt" in html
    assert "Fra 1. sept. 2026" in html
    form = town.browser(ODD).get(reverse("agreements:scheme", args=[case.pk, "wage_subsidy"]))
    assert 'value="granted"' in form.content.decode()
    assert 'value="01.09.2026"' in form.content.decode()


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "Velg hva som er gjort"),
        ({"state": "granted"}, 422, ""),
        ({"state": "applied", "first_day": "i morgen"}, 422, "i morgen"),
        ({"state": "applied", "first_day": "1.7.2026"}, 422, "i praksis uten lønn"),
        ({"state": "discussed", "version": "3"}, 409, "Noen andre lagret"),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_is_kept(
    town: Town, case: PlacementCase, data: dict[str, str], status: int, said: str
) -> None:
    answer = move(town.browser(PER), case, text="Husk dette", **data)

    html = " ".join(answer.content.decode().split())
    assert answer.status_code == status
    assert said in html
    assert "Husk dette" in html
    assert not SchemeStep.objects.exists()


@pytest.mark.parametrize("name", [LIV, NINA])
def test_schemes_are_not_for_everybody(town: Town, case: PlacementCase, name: str) -> None:
    browser = town.browser(name)

    assert browser.get(reverse("agreements:schemes", args=[case.pk])).status_code == 403
    assert (
        "ordninger/" not in browser.get(reverse("agreements:case", args=[case.pk])).content.decode()
    )


def test_there_is_no_such_scheme(town: Town, case: PlacementCase) -> None:
    href = reverse("agreements:scheme", args=[case.pk, "kontantstotte"])

    assert town.browser(PER).get(href).status_code == 404
