"""The result does not depend on how the files come: together or one at a time, in any order."""

from typing import Any

import pytest

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from tests.casework.reconciliation.importing import exported, sample, take_in, without_ids

OVERVIEW, REFUGEE, NAV, LEARNING = (
    *("oversiktsark.xlsx", "flyktning.xlsx", "nav.xlsx", "laeringssenter.xlsx"),
)

# Each a list of batches.
ORDERS = [
    # The shared sheet first: everything it alone could not settle is settled by those that follow.
    [[OVERVIEW], [REFUGEE], [NAV], [LEARNING]],
    # The shared sheet last: three lists that know nothing of each other are joined by it.
    [[NAV], [LEARNING], [REFUGEE], [OVERVIEW]],
    [[LEARNING], [OVERVIEW], [NAV], [REFUGEE]],
    [[REFUGEE, NAV], [OVERVIEW, LEARNING]],
]


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "-".join(b[0][:3] for b in order))
def test_the_order_of_the_files_does_not_matter(
    order: list[list[str]], messy_export: dict[str, Any], municipality: Municipality
) -> None:
    files = sample("messy")

    for batch in order:
        take_in(municipality, {name: files[name] for name in batch})

    found, expected = without_ids(exported(municipality)), without_ids(messy_export)
    for part in expected:
        assert found[part] == expected[part], part
    # What the first files asked and later ones settled has closed itself.
    closed = Question.objects.exclude(closed_at=None)
    assert set(closed.values_list("closed_because", flat=True)) <= {"settled"}
    if order[0] == [OVERVIEW]:
        assert closed.exists()
