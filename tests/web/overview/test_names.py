"""Names of staff: known ones are offered where one is typed, and an unknown one is remarked on."""

import json
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.overview.known_names import STAFF_FIELDS, known_names, strangers
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LIV, PER, RAGNHILD, Town


def save(town: Town, field: str, text: str, *, who: str = PER) -> dict[str, Any]:
    change = {"person": str(town.people("Amina").pk), "field": field, "text": text, "seen": ""}
    answer = town.browser(who).post(
        reverse("overview:save_cells"), {"changes": json.dumps([change])}
    )
    told: dict[str, Any] = answer.json()
    return told


def test_those_who_work_here_and_those_in_the_sheets_are_known(town: Town) -> None:
    save(town, "next_step_owner", "Vera Vikar")

    known = known_names(STAFF_FIELDS, actor=town.actor(PER), on=TODAY)

    assert known["programme.adviser"][:2] == ("Kari Lunde", "Ragnhild Moe")
    assert "Vera Vikar" in known["next_step_owner"]
    assert "Per Hauge" in known["programme.supervisor"]
    assert len(known["next_step_owner"]) == len(set(known["next_step_owner"]))


def test_whoever_works_with_somebody_may_have_the_next_step(town: Town) -> None:
    advisers = set(OverviewRow.objects.values_list("adviser", flat=True)) - {""}

    known = known_names({"next_step_owner"}, actor=town.actor(PER), on=TODAY)

    assert advisers
    assert advisers <= set(known["next_step_owner"])
    assert set(known) == {"next_step_owner"}


def test_a_name_that_stands_with_somebody_protected_is_offered_to_nobody(town: Town) -> None:
    save(town, "next_step_owner", "Vera Vikar")
    town.protect("Amina")

    for who in (PER, RAGNHILD, KARI):
        known = known_names(STAFF_FIELDS, actor=town.actor(who), on=TODAY)
        assert "Vera Vikar" not in known["next_step_owner"]


def test_the_names_come_for_the_cells_one_may_edit(town: Town) -> None:
    answer = town.browser(LIV).get(reverse("overview:names"))

    assert set(answer.json()) <= {"next_step_owner", "teacher"}
    assert "Liv Solheim" in answer.json()["next_step_owner"]


def test_the_cell_page_offers_the_names_without_a_script(town: Town) -> None:
    where = reverse("overview:cell", args=[town.people("Amina").pk, "supervisor"])

    html = town.browser(PER).get(where).content.decode()

    assert '<datalist id="programme.supervisor-names">' in html
    assert '<option value="Per Hauge">' in html


@pytest.mark.parametrize(
    ("text", "is_known"), [("Per Hauge", True), ("per  hauge", True), ("Per Haugen", False)]
)
def test_a_name_nobody_has_is_saved_and_remarked_on(town: Town, text: str, is_known: bool) -> None:
    told = save(town, "next_step_owner", text)

    found = Enrolment.objects.get(participant=town.people("Amina")).next_step_owner
    assert (found.lower(), told["left"]) == (" ".join(text.lower().split()), [])
    assert ("Vi kjenner ingen med navnet «Per Haugen»" in told["said"]) is not is_known


def test_a_name_known_from_somebody_hidden_is_a_stranger(town: Town) -> None:
    amina: Participant = town.people("Amina")
    save(town, "next_step_owner", "Vera Vikar")
    values = [("next_step_owner", "Vera Vikar"), ("next_step", "Ring")]

    before = strangers(values, actor=town.actor(PER), on=TODAY)
    town.protect(amina.given_name)

    assert before == ()
    assert strangers(values, actor=town.actor(PER), on=TODAY) == ("Vera Vikar",)


def test_a_form_remarks_on_a_name_nobody_has(town: Town) -> None:
    where = reverse("entering:part", args=[town.people("Amina").pk, "kontakter"])
    page = town.browser(RAGNHILD).get(where)
    controls = [c for section in page.context["page"].sections for c in section.controls]
    form = {each.name: each.text for each in controls if each.is_writable}
    form |= {f"seen.{each.name}": each.seen for each in controls if each.is_writable}
    form |= {"programme.supervisor": "Peer Hauge"}

    html = town.browser(RAGNHILD).post(where, form, follow=True).content.decode()

    assert "Kontakter er lagret. Vi kjenner ingen med navnet «Peer Hauge» fra før." in html
