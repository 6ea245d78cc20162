"""Which courses a week should hold: vocational Norwegian for the line of work."""

import pytest

from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.timetable.needs import Catalogue, course_needs
from innpass.casework.timetable.offered import groups_in
from innpass.casework.timetable.problems import assemble
from tests.casework.timetable.conftest import Centre
from tests.factories.weeks import WEEK, group

pytestmark = pytest.mark.django_db


def vocational(centre: Centre, name: str, trade: str) -> TeachingGroup:
    made = group(
        centre.amina.municipality,
        name,
        activity="vocational_norwegian",
        sessions=((0, 840, 930, 2),),
    )
    made.trade = trade
    made.save()
    return made


def offered(centre: Centre) -> set[str]:
    """Return the groups of vocational Norwegian that Amina, in a nursery, is offered."""
    problem = assemble([centre.amina.pk], week=WEEK).problem
    (amina,) = problem.participants
    return {
        problem.group[key].name
        for need in amina.courses
        for key in need.groups
        if need.course == "yrkesrettet norsk"
    }


@pytest.mark.parametrize(
    ("trades", "names"),
    [
        (("renhold", "helse og barnehage", ""), {"1"}),
        (("renhold", "", ""), {"1", "2"}),
        (("renhold", "bygg", "butikk"), {"0", "1", "2"}),
        (("barnehager", "barnehage", "og"), {"0", "1"}),
    ],
)
def test_vocational_norwegian_is_of_the_trade_or_for_all_or_any(
    centre: Centre, trades: tuple[str, ...], names: set[str]
) -> None:
    for number, trade in enumerate(trades):
        vocational(centre, str(number), trade)

    assert offered(centre) == names


def test_a_group_chosen_by_hand_suits_whatever_its_trade(centre: Centre) -> None:
    cleaning, nursery = vocational(centre, "0", "renhold"), vocational(centre, "1", "barnehage")
    groups = groups_in(WEEK)
    assert {cleaning.pk, nursery.pk} <= groups.keys()

    (need,) = course_needs(
        None, Catalogue(groups), class_name="", practice="Solbakken", chosen=[cleaning.pk]
    )

    assert need.groups == (str(cleaning.pk),)
