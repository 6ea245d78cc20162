"""``innpass export`` and the workbook: what they hold as of a day, and who may read the file."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django_scopes import scope

from innpass.casework.audit.models import ReadEvent
from innpass.casework.exports.workbook import overview_workbook
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview.columns import IN_ORDER, readable_columns
from innpass.domain.access.roles import Actor, Role
from innpass.exchange.workbooks.reading import read_workbook
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lillevik(settings: Any) -> Iterator[Municipality]:
    settings.INNPASS_TODAY = TODAY
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        take_in(made, {"a.xlsx": little.refugee()})
        yield made


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("export", "participants", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def statuses(content: bytes) -> set[str]:
    """What the column for this week's status says."""
    sheet = read_workbook(content, file="a.xlsx").sheets[0]
    at = next(i for i, row in enumerate(sheet.rows) if "Status denne uken" in row)
    place = sheet.rows[at].index("Status denne uken")
    return {str(row[place]) for row in sheet.rows[at + 1 :]}


def test_the_workbook_says_what_held_on_the_day(lillevik: Municipality) -> None:
    by = operator(lillevik)

    before, _ = overview_workbook(actor=by, on=date(2025, 1, 1))
    now, _ = overview_workbook(actor=by, on=TODAY)
    later, _ = overview_workbook(actor=by, on=date(2027, 6, 1))

    assert statuses(before) == {"Gjelder ikke ennå"}
    assert statuses(now) <= {"Oppfylt", "Under kravet"}
    assert statuses(later) == {"Ingen krav"}


def test_only_the_owner_may_read_the_file(lillevik: Municipality, tmp_path: Path) -> None:
    old, new = tmp_path / "gammel.json", tmp_path / "ny.json"
    old.write_text("x")
    old.chmod(0o644)

    for file in (old, new):
        code, out, _ = run("--out", file)
        assert code == 0
        assert "3 deltakere er skrevet til" in out
        assert file.stat().st_mode & 0o777 == 0o600
        assert len(json.loads(file.read_text())["participants"]) == 3


@pytest.mark.parametrize("place", ["", "finnes-ikke/ut.json", "x" * 300])
def test_where_nothing_can_be_written_gets_a_sentence(
    place: str, lillevik: Municipality, tmp_path: Path
) -> None:
    code, _, err = run("--out", tmp_path / place)

    assert code == 2
    assert err.strip().endswith(".")


def headings(content: bytes) -> list[str]:
    """The headings above the people, below the title and the groups."""
    sheet = read_workbook(content, file="a.xlsx").sheets[0]
    row = next(row for row in sheet.rows if "Navn" in row)
    return [str(cell) for cell in row if cell is not None]


def test_the_columns_are_those_that_were_chosen_in_their_order(lillevik: Municipality) -> None:
    chosen, _ = overview_workbook(
        actor=operator(lillevik), on=TODAY, chosen_columns=["handover", "placement", "step"]
    )
    assert headings(chosen) == [
        *("Navn", "Fødselsår", "Opprinnelsesland", "Overføringsmøte"),
        *("Enhet eller bedrift", "Tjenesteområde", "Slutt", "Steg"),
    ]


def test_a_chosen_column_is_left_out_for_who_may_not_read_it(lillevik: Municipality) -> None:
    teacher = Actor(
        user_id=uuid4(),
        name="Liv",
        municipality_id=lillevik.pk,
        body="learning",
        roles=frozenset({Role.TEACHER}),
    )
    unread = set(IN_ORDER) - readable_columns(teacher)
    assert unread
    written, _ = overview_workbook(
        actor=teacher, on=TODAY, chosen_columns=[*sorted(unread), "teacher"]
    )
    assert headings(written)[-1] == "Lærer"
    assert len(headings(written)) <= 4


def test_the_read_log_says_what_kind_of_file_was_written(
    lillevik: Municipality, tmp_path: Path
) -> None:
    assert run("--out", tmp_path / "missing" / "a.json")[0] == 2
    assert not ReadEvent.objects.exists()

    run("--out", tmp_path / "a.json")

    said = set(ReadEvent.objects.values_list("purpose", flat=True))
    assert said == {"Eksport til JSON, 3 deltakere"}
