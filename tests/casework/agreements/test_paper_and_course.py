"""The paper in two languages, and the course that begins with a placement."""

import pytest

from innpass.casework.agreements.course import course_for
from innpass.casework.agreements.models import AgreementVersion
from innpass.casework.agreements.paper import document_of
from innpass.casework.agreements.tongues import language_or_norwegian, languages, words
from innpass.casework.timetable.tongues import TONGUES
from innpass.domain.placing.agreement import Goal
from innpass.domain.sheets.fields import Activity
from tests.casework.agreements.placing import FIRST, Placing
from tests.casework.reconciliation.importing import TODAY
from tests.factories.weeks import group


def test_every_language_has_every_word() -> None:
    (norwegian, *others) = words()

    assert norwegian == "nb"
    assert {code: set(words()[code]) ^ set(words()["nb"]) for code in others} == {
        code: set() for code in others
    }
    assert {each.value for each in Goal} <= set(words()["nb"])
    assert [each.code for each in languages()] == list(TONGUES)


@pytest.mark.parametrize("code", ["uk", "ar", "en"])
def test_the_paper_says_each_thing_in_both(here: Placing, code: str) -> None:
    case = here.proposed()
    version = here.waiting(case)

    document = document_of(case, version, tongue=language_or_norwegian(code), on=TODAY)

    assert not document["is_alone"]
    assert all(all(row["label"]) for row in document["rows"])
    assert document["foot"] == f"{case.participant.name} · Solbakken barnehage"
    assert all(all(document[word]) for word in ("what", "agreed", "party"))
    days = next(row["value"] for row in document["rows"] if row["label"][0] == "Dager og tider")
    assert days[0].startswith("mandag 08.00–15.00")
    assert TONGUES[code].days[0] in days[1]
    assert [row["party"][0] for row in document["signatures"]] == [
        *("Deltaker", "Arbeidsgiver", "Praksisveileder, for kommunen")
    ]


def test_a_language_that_nobody_has_written_gives_norwegian_alone(here: Placing) -> None:
    case = here.proposed()

    document = document_of(case, here.waiting(case), tongue=language_or_norwegian("so"), on=TODAY)

    assert document["is_alone"]
    assert not any(row["label"][1] for row in document["rows"])


def test_a_protected_name_is_on_no_paper(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    here.town.protect("Amina")
    stored = AgreementVersion.objects.select_related("case__participant").get(pk=version.pk)

    document = document_of(stored.case, stored, tongue=language_or_norwegian("nb"), on=TODAY)

    assert "Amina" not in str(document["rows"])
    assert document["foot"] == "Solbakken barnehage"


def test_vocational_norwegian_is_offered_with_what_it_clashes_with(here: Placing) -> None:
    amina, of = here.town.people("Amina"), here.town.municipality
    course = Activity.VOCATIONAL_NORWEGIAN
    group(of, "Yrkesnorsk mandag", activity=course, sessions=((0, 540, 660, 2),))
    free = group(of, "Yrkesnorsk torsdag", activity=course, sessions=((3, 540, 660, 2),))

    offered = course_for(amina.pk, days=((0, 480, 900),), begins=FIRST)

    assert [(each.name, each.clashes) for each in offered.offers] == [
        ("Yrkesnorsk torsdag", ()),
        ("Yrkesnorsk mandag", ("Mandag 08.00–15.00: praksisen.",)),
    ]
    assert not offered.has_it
    assert free.pk == offered.offers[0].group
