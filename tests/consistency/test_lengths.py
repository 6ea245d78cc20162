"""Every value that reading lets through has room in the table it goes to."""

import pytest
from django.apps import apps

from innpass.casework.reconciliation.cards import (
    ENROLMENT_FIELDS,
    PERSON_FIELDS,
    SCHOOLING_FIELDS,
)
from innpass.domain.sheets.fields import longest_of

COLUMNS = {
    **{("participants.Participant", name): name for name in PERSON_FIELDS},
    **{("programme.Enrolment", column): name for column, name in ENROLMENT_FIELDS.items()},
    **{("training.Schooling", column): name for column, name in SCHOOLING_FIELDS.items()},
    ("participants.Identifier", "plain"): "ids.socio",
    ("placements.Employer", "name"): "placement.unit",
    ("placements.Employer", "area"): "placement.area",
    ("placements.Placement", "area"): "placement.area",
    ("programme.Leave", "reason"): "leave.reason",
    ("overview.OverviewRow", "name"): "name",
    ("overview.OverviewRow", "unit"): "placement.unit",
    ("overview.OverviewRow", "area"): "placement.area",
}


@pytest.mark.parametrize(("column", "field"), COLUMNS.items())
def test_a_column_has_room_for_the_longest_value(column: tuple[str, str], field: str) -> None:
    model, name = column
    room = getattr(apps.get_model(model)._meta.get_field(name), "max_length", None)
    longest = longest_of(field)

    assert room is None or longest is None or room >= longest
