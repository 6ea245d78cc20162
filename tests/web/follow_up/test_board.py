"""The five counters, their lists, and noting contact from a line."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.follow_up import services
from innpass.casework.follow_up.models import ContactLine
from innpass.casework.follow_up.services import Held, Lacking, Said, Terms
from innpass.casework.overview.models import OverviewRow
from innpass.casework.programme.models import Enrolment
from innpass.domain.following.hiring import ContractKind, Helper, Lack
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import Answer, Speaker, Theme
from tests.casework.follow_up.staying import UNIT, ago, followed_case, stay
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LEA, LIV, NINA, PER, Town

BOARD = reverse("follow_up:board")


def board(town: Town, slug: str = "", *, who: str = PER, asked: str = "?hvem=alle") -> Any:
    href = reverse("follow_up:list", args=[slug]) if slug else BOARD
    answer = town.browser(who).get(href + asked)
    assert answer.status_code == 200
    return answer.context["page"]


def counts(page: Any) -> list[int]:
    return [box.count for box in page.boxes]


def test_each_counter_is_as_long_as_its_list(town: Town) -> None:
    stay(town, "Amina", begun=40, left=20)
    case = followed_case(town, "Bohdan", begun=70)
    said = {Speaker.PARTICIPANT: Said({Theme.TASKS: Answer.WELL})}
    per = town.actor(PER)
    services.hold(case, VisitKind.EVALUATION, Held(ago(5)), said, by=per, on=TODAY)
    lacking = Lacking(Lack.VACANCY, "", Helper.EMPLOYER, "", ago(1))
    services.name_missing(town.people("Bohdan"), lacking, by=per, on=TODAY)

    page = board(town)

    visits, ending, silent, _below, waiting = counts(page)
    assert (visits, ending, silent, waiting) == (1, 1, 1, 2)
    for box, slug in zip(
        page.boxes, ("besok", "slutter", "uten-kontakt", "under-kravet", "venter"), strict=True
    ):
        assert len(board(town, slug).lines) == box.count


def test_the_list_of_those_waited_for_says_whom(town: Town) -> None:
    case = followed_case(town)
    services.hold(case, VisitKind.EVALUATION, Held(TODAY), {}, by=town.actor(PER), on=TODAY)

    lines = board(town, "venter").lines

    assert {line.tag for line in lines} == {"Deltakeren", "Arbeidsgiveren"}
    assert all("mangler etter besøket" in line.said for line in lines)


def test_ones_own_people_are_shown_first_and_all_on_demand(town: Town) -> None:
    case = followed_case(town, "Amina")
    case.supervisor = town.users[PER]
    case.save()
    stay(town, "Bohdan")

    assert [line.name for line in board(town, asked="").lines] == ["Amina Haddad"]
    assert len(board(town).lines) == 2


def test_whoever_has_nobody_sees_all(town: Town) -> None:
    stay(town)

    assert len(board(town, who=LIV, asked="").lines) == 1
    assert board(town, who=LIV, asked="?hvem=mine").lines == ()
    assert len(board(town, who=LEA, asked="").lines) == 1


def test_today_holds_what_was_agreed_for_today(town: Town) -> None:
    case = followed_case(town)
    services.book(case, VisitKind.EVALUATION, TODAY, by=town.actor(PER), on=TODAY)
    stay(town, "Bohdan", begun=0)

    assert {(each.what, each.unit) for each in board(town).today} == {
        ("Evalueringsbesøk", UNIT),
        ("Første dag", UNIT),
    }


def test_a_visit_agreed_for_today_counts_and_one_for_tomorrow_does_not(town: Town) -> None:
    per = town.actor(PER)
    case, other = followed_case(town), followed_case(town, "Bohdan", begun=5)
    services.book(case, VisitKind.EVALUATION, TODAY, by=per, on=TODAY)
    services.book(other, VisitKind.EVALUATION, ago(-1), by=per, on=TODAY)

    assert counts(board(town))[0] == 1
    assert [line.name for line in board(town, "besok").lines] == ["Amina Haddad"]


def test_those_at_a_workplace_stand_late_first_then_due_then_by_the_day(town: Town) -> None:
    stay(town, "Amina", begun=5)
    stay(town, "Bohdan", begun=28)
    stay(town, "Celine", begun=50)

    names = [line.name.split()[0] for line in board(town).lines]

    assert names == ["Celine", "Bohdan", "Amina"]


def test_whoever_is_below_the_law_is_told_of_the_mean_also_after_a_good_week(town: Town) -> None:
    person = town.people("Amina")
    OverviewRow.objects.filter(participant=person).update(
        is_active=True,
        verdict="below",
        hours=37.5,
        average=26.8,
        minimum=30.0,
        counts_from=ago(40),
    )

    (line,) = board(town, "under-kravet").lines

    assert line.tag == "Snittet er 3,2\N{NO-BREAK SPACE}t for lavt"
    assert "26,8\N{NO-BREAK SPACE}t i uken av minst 30\N{NO-BREAK SPACE}t" in line.said
    assert "Denne uken: 37,5\N{NO-BREAK SPACE}t." in line.said


def test_contact_is_noted_from_a_line_and_leads_back_to_it(town: Town) -> None:
    stay(town, begun=40)
    person = town.people("Amina")
    sent = {"way": "message", "text": "Kommer i morgen", "day": "29.6.2026"}

    answer = town.browser(PER).post(
        reverse("follow_up:contact", args=[person.pk]),
        {**sent, "liste": "uten-kontakt", "hvem": "alle"},
    )

    back = reverse("follow_up:list", args=["uten-kontakt"])
    assert answer["Location"] == f"{back}?hvem=alle#d-{person.pk}"
    assert ContactLine.objects.get().text == "Kommer i morgen"
    assert Enrolment.objects.get(participant=person).last_contact == ago(1)
    assert counts(board(town))[2] == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"day": "i går kanskje"}, "i går kanskje"),
        ({"day": "01.07.2026"}, "fram i tid"),
        ({"text": "fnr 17838800033"}, "fødselsnummer"),
        ({"way": "brevdue"}, "Velg fra listen."),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_what_was_typed_stays(
    sent: dict[str, str], sentence: str, town: Town
) -> None:
    person = town.people("Amina")
    usual = {"way": "phone", "text": "Ringte", "day": "29.06.2026"}

    answer = town.browser(PER).post(
        reverse("follow_up:contact", args=[person.pk]), {**usual, **sent}
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in said
    assert sent.get("text", "Ringte") in said
    assert not ContactLine.objects.exists()


def test_somebody_protected_is_counted_for_nobody_else(town: Town) -> None:
    stay(town, begun=40, left=20)
    town.protect("Amina")

    page = board(town)

    assert counts(page)[:3] == [0, 0, 0]
    assert page.lines == ()


def test_the_board_takes_as_many_queries_for_many_as_for_few(town: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            board(town)
        return len(taken)

    followed_case(town, "Amina")
    board(town)
    few = queries()
    followed_case(town, "Bohdan")
    followed_case(town, "Celine")

    assert queries() == few


def test_the_coordinator_sees_contracts_and_nobody_else_s_words(town: Town) -> None:
    browser, person = town.browser(NINA), town.people("Amina")
    services.note_contract(
        person,
        Terms(UNIT, kind=ContractKind.PERMANENT, percent=80, first_day=ago(5)),
        by=town.actor(PER),
        on=TODAY,
    )
    listed = reverse("follow_up:contracts")
    href = f'href="{reverse("follow_up:person", args=[person.pk])}"'

    assert browser.get(BOARD).status_code == 403
    told = browser.get(listed).content.decode()
    assert person.name in told
    assert href not in told  # it would be refused
    assert href in town.browser(PER).get(listed).content.decode()


def test_a_page_of_a_long_list_is_read_however_it_is_asked_for(town: Town) -> None:
    stay(town)

    for number in ("0", "-1", "99999", "tull"):
        assert len(board(town, asked=f"?hvem=alle&side={number}").lines) == 1
