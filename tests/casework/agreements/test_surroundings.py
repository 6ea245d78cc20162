"""What is around an agreement: the seats are counted as the map counts them."""

from datetime import date

import pytest

from innpass.casework.agreements.refusing import Refused
from innpass.casework.employers.seats import free_seats
from innpass.casework.reconciliation.entering_rows import add_detail
from innpass.domain.sheets.records import TableKind
from tests.casework.agreements.placing import FIRST, LAST, Placing, place_at
from tests.casework.reconciliation.importing import TODAY


def laid(here: Placing, name: str) -> None:
    """Let a sheet tell that somebody is at the unit, at no named place."""
    add_detail(
        here.town.people(name),
        TableKind.PLACEMENT,
        {
            "placement.kind": "municipal",
            "placement.unit": here.employer.name,
            "placement.first_day": TODAY,
            "placement.last_day": LAST,
        },
        by=here.per,
    )


def test_a_place_that_is_closed_takes_nobody_up(here: Placing) -> None:
    place_at(here.employer, seats=5, name="Gammel", offered_until=date(2026, 1, 31))
    laid(here, "Bohdan")

    assert set(free_seats(FIRST, until=LAST)[here.place.pk].values()) == {0}
    with pytest.raises(Refused, match="Kjøkkenet er full"):
        here.waiting(here.proposed("Amina"))
