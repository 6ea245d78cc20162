"""The pages about disagreements: what they show, how one is decided, and what they keep back."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import CellEdit
from innpass.casework.participants.models import Disagreement
from innpass.casework.programme.models import Enrolment
from tests.casework.reconciliation import little
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.factories.cast import KARI, LEA, LIV, ODD, Town
from tests.web.menu import waits

pytestmark = pytest.mark.django_db

LIST = reverse("disagreements:disagreements")
DECIDED = reverse("disagreements:decided")
END = "programme.planned_end"


@pytest.fixture
def disputed(town: Town) -> Disagreement:
    """The shared sheet has another planned end of Amina's programme than the department."""
    changes = {AMINA: {"Planlagt slutt": date(2027, 3, 1)}}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    return Disagreement.objects.get(field=END)


def send(town: Town, who: str, found: Disagreement, **sent: str) -> Any:
    form = {"seen": str(found.version), **sent}
    return town.browser(who).post(reverse("disagreements:disagreement", args=[found.pk]), form)


def ends(town: Town) -> date | None:
    found: date | None = Enrolment.objects.get(participant=town.people("Amina")).planned_last_day
    return found


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# What is shown


def test_the_list_is_grouped_by_owner_and_the_viewers_own_body_is_first(
    town: Town, disputed: Disagreement
) -> None:
    page = town.browser(KARI).get(LIST).context["page"]

    (group,) = page.groups
    assert (group.key, group.is_mine, group.total) == ("refugee", True, 1)
    (one,) = group.disagreements
    assert (one.name, one.field) == ("Amina Haddad", "Planlagt slutt")
    assert [stand.value for stand in one.stands] == ["4. jan. 2027", "1. mar. 2027"]
    assert one.stands[1].sources[0].place == "oversikt.xlsx, 2026 E2"
    assert one.proposal.startswith("Flyktningtjenesten eier opplysningen")
    assert [tab.label for tab in page.tabs][1] == "Flyktningtjenesten"
    assert [tab.label for tab in town.browser(ODD).get(LIST).context["page"].tabs][1] == "Nav"


def test_the_menu_counts_what_the_list_counts(town: Town, disputed: Disagreement) -> None:
    answer = town.browser(KARI).get(LIST)

    assert waits(answer, "disagreements:disagreements") == answer.context["page"].total == 1


def test_the_list_can_be_of_one_body(town: Town, disputed: Disagreement) -> None:
    assert town.browser(KARI).get(f"{LIST}?eier=nav").context["page"].groups == ()
    assert len(town.browser(KARI).get(f"{LIST}?eier=refugee").context["page"].groups) == 1


def test_the_persons_page_tells_of_it_quietly(town: Town, disputed: Disagreement) -> None:
    href = reverse("participant:participant", args=[disputed.participant_id])

    said = text(town.browser(KARI).get(href))

    assert "Kildene er uenige om" in said
    assert reverse("disagreements:disagreement", args=[disputed.pk]) in said


def test_more_disagreements_ask_no_more_of_the_database(town: Town, disputed: Disagreement) -> None:
    browser = town.browser(KARI)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    more = {n: {"Planlagt slutt": date(2027, 3, 1)} for n in (AMINA, BOHDAN, CELINE)}
    town.take_in({"oversikt juli.xlsx": little.overview(changes=more)})

    with CaptureQueriesContext(connection) as many:
        page = browser.get(LIST).context["page"]

    assert page.total == 3
    assert len(many) == len(one)


# Deciding


def test_the_proposal_can_be_followed_without_a_reason(town: Town, disputed: Disagreement) -> None:
    answer = send(town, KARI, disputed, choice="0")

    assert answer.status_code == 302
    assert ends(town) == date(2027, 1, 4)
    (said,) = town.browser(KARI).get(DECIDED).context["page"].decisions
    assert said.by == "Kari Lunde"
    assert said.reason.startswith("Fulgte forslaget: Flyktningtjenesten eier")
    assert said.others == ("Felles oversiktsark: 1. mar. 2027",)


def test_the_other_value_needs_a_reason_and_what_was_chosen_is_kept(
    town: Town, disputed: Disagreement
) -> None:
    answer = send(town, KARI, disputed, choice="1")

    assert answer.status_code == 422
    assert answer.context["page"].choice == "1"
    assert "Skriv kort hvorfor" in text(answer)
    assert send(town, KARI, disputed, choice="1", reason="Ringte").status_code == 302
    assert ends(town) == date(2027, 3, 1)


@pytest.mark.parametrize("typed", ["", "snart", "31.02.2027"])
def test_what_cannot_be_read_is_told_and_kept(
    typed: str, town: Town, disputed: Disagreement
) -> None:
    answer = send(town, KARI, disputed, choice="annen", value=typed, reason="Ringte")

    assert answer.status_code == 422
    page = answer.context["page"]
    assert page.value_problem
    assert (page.typed, page.reason) == (typed, "Ringte")
    assert not CellEdit.objects.exists()


def test_a_third_value_is_typed_as_people_type(town: Town, disputed: Disagreement) -> None:
    send(town, KARI, disputed, choice="annen", value="1/2-27", reason="Nytt vedtak")

    assert ends(town) == date(2027, 2, 1)


@pytest.mark.parametrize("choice", ["", "7", "-1", "x"])
def test_no_choice_is_told(choice: str, town: Town, disputed: Disagreement) -> None:
    answer = send(town, KARI, disputed, choice=choice, reason="Ringte")

    assert answer.status_code == 422
    assert answer.context["page"].choice_problem


def test_whoever_saw_something_older_is_shown_what_is_new(
    town: Town, disputed: Disagreement
) -> None:
    changes = {AMINA: {"Planlagt slutt": date(2027, 6, 30)}}
    town.take_in({"oversikt juli.xlsx": little.overview(changes=changes)})

    answer = send(town, KARI, disputed, choice="1", reason="Ringte")

    assert answer.status_code == 409
    assert "noe nytt" in answer.context["page"].refusal
    assert "30. jun. 2027" in text(answer)
    assert answer.context["page"].reason == "Ringte"


def test_who_may_not_write_the_field_reads_and_is_refused(
    town: Town, disputed: Disagreement
) -> None:
    page = town.browser(LIV).get(LIST).context["page"]
    (one,) = page.groups[0].disagreements

    assert not one.may_decide
    assert "programrådgiver" in one.who_may
    assert send(town, LIV, disputed, choice="0").status_code == 403
    assert not CellEdit.objects.exists()


def test_what_is_decided_already_is_told(town: Town, disputed: Disagreement) -> None:
    send(town, KARI, disputed, choice="0")

    answer = send(town, KARI, disputed, choice="1", reason="x")

    assert answer.status_code == 404
    assert "venter ikke lenger" in text(answer)


# Reopening


def test_a_decision_is_reopened_and_waits_again(town: Town, disputed: Disagreement) -> None:
    send(town, KARI, disputed, choice="1", reason="Ringte")
    (said,) = town.browser(KARI).get(DECIDED).context["page"].decisions
    act = reverse("disagreements:reopen", args=[said.act])

    assert not town.browser(LIV).get(DECIDED).context["page"].decisions[0].may_reopen
    assert town.browser(LIV).post(act).status_code == 403
    answer: Any = town.browser(KARI).post(act, follow=True)

    assert "Åpnet igjen" in text(answer)
    assert ends(town) == date(2027, 1, 4)
    assert town.browser(KARI).get(LIST).context["page"].total == 1
    assert town.browser(KARI).post(act).status_code == 404


def test_a_new_value_is_marked(town: Town, disputed: Disagreement) -> None:
    send(town, KARI, disputed, choice="0", reason="Ringte")
    changes = {AMINA: {"Planlagt slutt": date(2027, 6, 30)}}
    town.take_in({"oversikt juli.xlsx": little.overview(changes=changes)})

    said = text(town.browser(KARI).get(LIST))

    assert "ny verdi siden sist" in said
    assert "Ringte" in said
    assert town.browser(KARI).get(DECIDED).context["page"].decisions == ()


def test_leaders_read_and_others_are_refused(town: Town, disputed: Disagreement) -> None:
    assert town.browser(LEA).get(LIST).status_code == 200
    assert town.browser("nina").get(LIST).status_code == 403
