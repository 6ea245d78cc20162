"""The page that puts an ending right, and what the case shows of the one before."""

import pytest
from django.urls import reverse

from innpass.casework.agreements import services
from innpass.casework.agreements.models import CaseEnding, PlacementCase
from innpass.domain.placing.states import Initiative, Outcome
from tests.casework.agreements.placing import Placing, placing_in
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LIV, PER, Town

SAID = {
    "outcome": "not_started",
    "initiative": "participant",
    "reason": "no_wish",
    "last_day": "30.06.2026",
    "told": "Vi finner noe annet.",
    "text": "",
    "why": "Det var deltakeren selv.",
    "version": "2",
}


@pytest.fixture
def ended(town: Town) -> PlacementCase:
    here: Placing = placing_in(town)
    case = here.proposed()
    services.end_case(
        case,
        outcome=Outcome.NOT_STARTED,
        initiative=Initiative.EMPLOYER,
        reason="other_chosen",
        last_day=TODAY,
        text="Stedet tok en annen.",
        by=here.per,
        on=TODAY,
    )
    return case


def test_the_form_begins_with_what_stands(town: Town, ended: PlacementCase) -> None:
    page = town.browser(PER).get(reverse("agreements:correct_end", args=[ended.pk]))

    text = page.content.decode()
    assert 'value="30.06.2026"' in text
    assert "Stedet tok en annen." in text
    assert page.context["page"].form["reason"].value() == "other_chosen"


def test_a_correction_is_shown_beside_what_stood_before(town: Town, ended: PlacementCase) -> None:
    href = reverse("agreements:correct_end", args=[ended.pk])

    saved = town.browser(PER).post(href, SAID)
    shown = town.browser(PER).get(saved.headers["Location"]).content.decode()

    assert CaseEnding.objects.get(case=ended).reason == "no_wish"
    assert "Før rettelsen" in shown
    assert "Stedet tok en annen." in shown
    assert "Det var deltakeren selv." in shown


def test_who_may_not_read_notes_reads_neither_why(town: Town, ended: PlacementCase) -> None:
    town.browser(PER).post(reverse("agreements:correct_end", args=[ended.pk]), SAID)

    shown = town.browser(LIV).get(reverse("agreements:case", args=[ended.pk])).content.decode()

    assert "Det var deltakeren selv." not in shown
    assert "Stedet tok en annen." not in shown
    assert "Før rettelsen" in shown


def test_what_is_refused_keeps_what_was_typed(town: Town, ended: PlacementCase) -> None:
    href = reverse("agreements:correct_end", args=[ended.pk])

    answer = town.browser(PER).post(href, {**SAID, "reason": "workplace_closed"})

    assert answer.status_code == 422
    assert "hører til utfallet" in answer.content.decode()
    assert "Vi finner noe annet." in answer.content.decode()
