"""The figures, their pictures, and the people behind them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from innpass.casework.follow_up.services import Terms, note_contract
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.results.queries import DEFINITIONS
from innpass.casework.training.models import LanguageTest
from innpass.domain.following.hiring import ContractKind
from tests.factories.cast import ADA, KARI, LEA, LIV, NINA, ODD, RAGNHILD, SIRI, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town: Town) -> Town:
    """Amina in a kindergarten and then a shop, where she got a contract; Bohdan tested twice."""
    common = {"municipality": town.municipality}
    kindergarten = Employer.objects.create(
        kind="municipal", area="Oppvekst", name="Solbakken barnehage", **common
    )
    shop = Employer.objects.create(kind="private", name="Butikken", **common)
    amina, bohdan = town.people("Amina"), town.people("Bohdan")
    for employer, first_day, contract in (
        (kindergarten, date(2026, 2, 2), None),
        (shop, date(2026, 4, 1), date(2026, 6, 1)),
    ):
        Placement.objects.create(
            participant=amina,
            kind=employer.kind,
            employer=employer,
            first_day=first_day,
            contract=contract,
            has_contract=contract is not None,
            **common,
        )
    for day, reached in ((date(2026, 3, 3), False), (date(2026, 5, 5), True)):
        LanguageTest.objects.create(
            participant=bohdan, day=day, goal="B1", reached=reached, **common
        )
    return town


def results(town: Town, who: str = KARI, **query: str) -> Any:
    return town.browser(who).get(reverse("results:results"), query)


def counts(town: Town, who: str = KARI, **query: str) -> dict[str, int]:
    page = results(town, who, **query).context["page"]
    return {
        definition.key: figure.count
        for definition, figure in zip(DEFINITIONS, page.figures, strict=True)
    }


def behind(town: Town, key: str, who: str = KARI, **query: str) -> Any:
    return town.browser(who).get(reverse("results:people", args=[key]), query)


def test_each_figure_has_its_definition_and_denominator(town: Town) -> None:
    response = results(town)

    page = response.context["page"]
    assert counts(town) == {
        "participants": 3,
        "placed_municipal": 1,
        "units": 1,
        "moved_to_private": 1,
        "private_contracts": 1,
        "municipal_contracts": 0,
        "tests_taken": 1,
        "tests_reached": 1,
    }
    placed = page.figures[1]
    assert (placed.denominator, placed.denominator_label) == (3, "Deltakere i programmet")
    assert round(placed.percent) == 33
    said = response.content.decode()
    assert all(figure.definition in said for figure in page.figures)


@pytest.mark.parametrize(
    ("typed", "private", "reached"),
    [("2026-03-31", 0, 0), ("01.04.2026", 1, 0), ("5. mai 2026", 1, 1)],
)
def test_figures_are_as_of_the_day_asked_about(
    town: Town, typed: str, private: int, reached: int
) -> None:
    found = counts(town, dato=typed)

    assert (found["moved_to_private"], found["tests_reached"]) == (private, reached)


def test_a_contract_counts_from_its_day(town: Town) -> None:
    assert counts(town, dato="2026-05-31")["private_contracts"] == 0
    assert counts(town, dato="2026-06-01")["private_contracts"] == 1


def test_a_contract_counts_though_nobody_wrote_when_practice_began(town: Town) -> None:
    Placement.objects.create(
        municipality=town.municipality,
        participant=town.people("Celine"),
        kind="private",
        contract=date(2026, 5, 4),
        has_contract=True,
    )

    assert counts(town, dato="2026-05-03")["private_contracts"] == 0
    assert counts(town, dato="2026-05-04")["private_contracts"] == 1
    (celine,) = behind(town, "private_contracts", dato="2026-05-04").context["page"].people
    assert celine.day == date(2026, 5, 4)


def test_no_share_passes_a_hundred_percent(town: Town) -> None:
    """Nobody's start is known; one practised before, one has a contract from before practice."""
    Enrolment.objects.update(first_day=None)
    Placement.objects.create(
        municipality=town.municipality,
        participant=town.people("Celine"),
        kind="municipal",
        first_day=date(2026, 8, 1),
        contract=date(2026, 5, 4),
        has_contract=True,
    )

    figures = results(town).context["page"].figures

    assert figures[0].count == 3
    assert all(figure.percent <= 100 for figure in figures if figure.percent is not None)
    assert counts(town)["municipal_contracts"] == 1
    people = behind(town, "participants").context["page"].people
    assert {person.event for person in people} == {
        "Begynte i praksis: Solbakken barnehage",
        "Tok norskprøven, B1",
        "Begynte i praksis",
    }


@pytest.mark.parametrize("typed", ["tull", "2026-02-30", "<b>x</b>", "9999"])
def test_what_is_no_date_gets_a_sentence_and_stays(town: Town, typed: str) -> None:
    response = results(town, dato=typed)

    day = response.context["page"].day
    assert day.typed == typed
    assert "som en dato" in day.error
    assert day.on == date(2026, 6, 30)
    assert "<b>x</b>" not in response.content.decode()


def test_pictures_are_tables_with_the_same_numbers(town: Town) -> None:
    pictures = results(town).context["page"].pictures

    assert {
        picture.title: {bar.label: bar.value for bar in picture.bars} for picture in pictures
    } == {
        "Praksis etter tjenesteområde": {"Oppvekst": 1, "Privat bedrift": 1},
        "Arbeidskontrakter": {"Kommunen": 0, "Privat bedrift": 1},
        "Norskprøver etter mål": {"B1": 1},
    }


def test_without_anything_to_show_there_is_no_picture(town: Town) -> None:
    assert results(town, dato="2026-01-10").context["page"].pictures == ()


@pytest.mark.parametrize(
    ("key", "name", "event", "day"),
    [
        ("placed_municipal", "Amina", "Begynte i praksis: Solbakken barnehage", date(2026, 2, 2)),
        ("moved_to_private", "Amina", "Begynte i praksis: Butikken", date(2026, 4, 1)),
        ("private_contracts", "Amina", "Arbeidskontrakt: Butikken", date(2026, 6, 1)),
        ("tests_taken", "Bohdan", "Tok norskprøven, B1", date(2026, 3, 3)),
        ("tests_reached", "Bohdan", "Nådde målet, B1", date(2026, 5, 5)),
    ],
)
def test_the_people_behind_a_figure_and_by_which_event(
    town: Town, key: str, name: str, event: str, day: date
) -> None:
    page = behind(town, key).context["page"]

    (person,) = page.people
    assert person.name.startswith(name)
    assert (person.event, person.day) == (event, day)
    assert str(town.people(name).pk) in person.href


def test_all_figures_lead_to_as_many_people_as_they_count(town: Town) -> None:
    for figure, definition in zip(results(town).context["page"].figures, DEFINITIONS, strict=True):
        if figure.people_href and definition.key != "units":
            page = town.browser(KARI).get(figure.people_href).context["page"]
            assert page.paging.total == figure.count, definition.key


def test_the_way_back_keeps_the_day(town: Town) -> None:
    page = behind(town, "participants", dato="01.04.2026").context["page"]

    assert page.results_href == reverse("results:results") + "?dato=2026-04-01"


def test_what_is_no_figure_is_not_found(town: Town) -> None:
    assert behind(town, "tull").status_code == 404


@pytest.mark.parametrize("typed", ["tull", "2026-02-30", "<b>x</b>"])
def test_what_is_no_date_keeps_the_people_of_today(town: Town, typed: str) -> None:
    response = behind(town, "participants", dato=typed)

    page = response.context["page"]
    assert (page.day.typed, page.day.on) == (typed, date(2026, 6, 30))
    assert "som en dato" in page.day.error
    assert page.paging.total == 3
    assert page.day.href == reverse("results:people", args=["participants"])
    assert f'value="{escape(typed)}"' in response.content.decode()


def test_a_protected_person_is_counted_only_for_the_named(town: Town) -> None:
    town.protect("Amina")

    assert counts(town, RAGNHILD)["placed_municipal"] == 1
    assert counts(town)["participants"] == 2
    assert counts(town)["placed_municipal"] == counts(town)["private_contracts"] == 0
    titles = [picture.title for picture in results(town).context["page"].pictures]
    assert titles == ["Norskprøver etter mål"]
    assert behind(town, "placed_municipal").context["page"].people == ()
    assert "Haddad" not in behind(town, "participants").content.decode()


def test_another_municipality_counts_its_own(town: Town) -> None:
    assert set(counts(town, SIRI).values()) == {0}
    assert behind(town, "participants", SIRI).context["page"].people == ()


@pytest.mark.parametrize("who", [KARI, ODD, LIV, NINA, LEA])
def test_who_sees_results(town: Town, who: str) -> None:
    assert results(town, who).status_code == behind(town, "participants", who).status_code == 200


def test_the_administrator_is_told_who_sees_results(town: Town) -> None:
    for response in (results(town, ADA), behind(town, "participants", ADA)):
        assert response.status_code == 403
        assert "Du har ikke lov til å se resultatene. Det kan" in response.content.decode()


def test_nobody_and_the_wrong_method(town: Town, client: Client) -> None:
    for address in (reverse("results:results"), reverse("results:people", args=["units"])):
        assert client.get(address).status_code == 302
        assert town.browser(KARI).post(address).status_code == 405


def test_whoever_got_a_contract_beside_a_placement_is_told_of_once(town: Town) -> None:
    def hire(name: str, employer: str, on: date) -> None:
        terms = Terms(employer, kind=ContractKind.PERMANENT, percent=80, first_day=on)
        note_contract(town.people(name), terms, by=town.actor(KARI), on=date(2026, 6, 30))

    before = results(town, dato="2026-06-30").context["page"].beside
    hire("Amina", "Kafeen", date(2026, 6, 10))  # her placement tells of one, and is counted
    hire("Bohdan", "Kafeen", date(2026, 6, 10))
    hire("Bohdan", "Hotellet", date(2026, 6, 20))

    answer = results(town, dato="2026-06-30")
    assert (before, answer.context["page"].beside) == (0, 1)
    assert "1 person til har arbeidskontrakt" in answer.content.decode()
    assert results(town, dato="2026-06-09").context["page"].beside == 0
