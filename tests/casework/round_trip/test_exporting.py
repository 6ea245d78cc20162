"""Exporting the overview in the layout of a shared sheet."""

from typing import Any

import pytest
from django.db import connection

from innpass.casework.organisations.models import Municipality
from innpass.casework.round_trip import services
from innpass.exchange.workbooks.reading import read_workbook
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.round_trip.test_round_trip import export


def test_no_heading_carries_an_identity_number(municipality: Municipality) -> None:
    heading = {"Skap 13070196341": "B12"}
    take_in(municipality, {"o.xlsx": little.overview(changes={little.AMINA: heading})})

    sheets = read_workbook(export(municipality), file="ark.xlsx").sheets

    texts = [str(cell) for sheet in sheets for row in sheet.rows for cell in row if cell]
    assert any(text.startswith("Skap ") for text in texts)
    assert not [text for text in texts if "13070196341" in text]


def test_others_may_write_while_the_sheet_is_filled(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(municipality, {"o.xlsx": little.overview()})
    outside, inside = len(connection.savepoint_ids), []
    fill = services.fill

    def watched(*args: Any, **named: Any) -> Any:
        inside.append(len(connection.savepoint_ids))
        return fill(*args, **named)

    monkeypatch.setattr(services, "fill", watched)
    export(municipality)

    assert inside == [outside]
