"""How many questions wait, of those somebody may see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from innpass.casework.imports.models import Question, SourceRow
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Disagreement
from innpass.casework.participants.queries import open_questions
from innpass.casework.reconciliation.disagreements import Waiting, count_waiting
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, RAGNHILD, SIRI, Town, make_town, populate

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Iterator[Town]:
    """Lillevik, where only Ragnhild may see Amina, and with no questions yet."""
    settings.INNPASS_TODAY = TODAY
    made = populate(make_town())
    with scope(municipality=made.municipality):
        made.protect("Amina", by=RAGNHILD)
        Question.objects.all().delete()
        yield made


def row_of(town: Town, given_name: str) -> SourceRow:
    found = SourceRow.objects.filter(link__participant=town.people(given_name)).first()
    assert found
    return found


def ask(town: Town, about: str, *, kind: str = "unclear_date", **more: Any) -> Question:
    return Question.objects.create(
        municipality=town.municipality,
        row=row_of(town, about),
        field=f"field_{Question.objects.count()}",
        kind=kind,
        **more,
    )


def candidates(town: Town, *given_names: str, holders: str = "Bohdan") -> dict[str, Any]:
    """Name people as they stand in a question whose row may be about one of them."""
    return {
        "candidates": [str(row_of(town, name).pk) for name in given_names],
        "holders": [[str(row_of(town, holders).pk)]],
    }


def test_questions_that_touch_somebody_hidden_are_neither_seen_nor_counted(town: Town) -> None:
    seen = [
        ask(town, "Bohdan"),
        ask(town, "Bohdan", kind="maybe_same_person", values=candidates(town, "Celine")),
        ask(town, "Bohdan", kind="row_without_person"),
    ]
    hidden = [
        ask(town, "Amina"),
        ask(town, "Bohdan", kind="maybe_same_person", values=candidates(town, "Celine", "Amina")),
    ]
    ask(town, "Bohdan", closed_at=timezone.now())

    kari, ragnhild = town.actor(KARI), town.actor(RAGNHILD)
    assert set(open_questions(kari)) == set(seen)
    assert count_waiting(kari).questions == 3
    assert set(open_questions(ragnhild)) == {*seen, *hidden}
    assert count_waiting(ragnhild).questions == 5


def test_each_counts_what_waits_in_the_own_municipality(town: Town) -> None:
    """The query is composed once for all who have the same roles, wherever they work."""
    waits = ask(town, "Bohdan")
    Disagreement.objects.all().delete()

    assert count_waiting(town.actor(RAGNHILD)) == Waiting(questions=1, disagreements=0)
    assert count_waiting(town.actor(SIRI)) == Waiting(questions=0, disagreements=0)
    assert count_waiting(operator(town.municipality)).questions == 1
    Disagreement.objects.create(
        municipality=town.municipality, participant=town.people("Bohdan"), row_id=waits.row_id,
        name="teacher", field="teacher", values=[],
    )  # fmt: skip
    assert count_waiting(town.actor(RAGNHILD)).disagreements == 1
    assert count_waiting(town.actor(SIRI)).disagreements == 0


def test_more_questions_ask_no_more_of_the_database(
    town: Town, django_assert_num_queries: Any
) -> None:
    kari, ragnhild = town.actor(KARI), town.actor(RAGNHILD)
    for _ in range(2):
        ask(town, "Bohdan", kind="maybe_same_person", values=candidates(town, "Amina"))
        ask(town, "Amina")
        with django_assert_num_queries(3):
            assert count_waiting(kari).questions == 0
    with django_assert_num_queries(1):
        assert count_waiting(ragnhild).questions == 4
