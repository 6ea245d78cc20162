"""Where a timetable gives the hours of the week, the cell means no hours of the sheets."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview.models import OverviewRow
from innpass.casework.reconciliation.present import lacking, present_details
from innpass.domain.journey.current import PLANNED
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.records import TableKind
from tests.factories.people import ParticipantFactory, settle
from tests.factories.weeks import timetable_of

TODAY = date(2026, 6, 30)


@pytest.mark.django_db
def test_hours_by_a_timetable_belong_to_no_row(settings: object) -> None:
    settings.INNPASS_TODAY = TODAY  # type: ignore[attr-defined]
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        amina: Any = ParticipantFactory(municipality=lillevik, name="Amina")
        timetable_of(amina, minutes=900, week=IsoWeek.of(TODAY))
        settle([amina])

        row = OverviewRow.objects.get(participant=amina)
        present = present_details([amina], on=TODAY)

        assert (row.hours_of, row.hours_stated, row.total_hours) == (PLANNED, None, 15.0)
        assert {each[TableKind.ACTIVITY].mark for each in present.values()} <= {PLANNED}
        assert "kommer fra timeplanen" in lacking(TableKind.ACTIVITY, PLANNED)
