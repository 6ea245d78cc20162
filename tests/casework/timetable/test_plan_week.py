"""``innpass plan_week``: what it prints, what it puts in force, and what it refuses in words."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from innpass.casework.timetable.models import Appointment, Timetable
from tests.casework.timetable.conftest import Centre

WEEK = "2026-W24"


def run(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    code = 0
    try:
        call_command("plan_week", *arguments, municipality="Lillevik")
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_it_prints_the_week_and_why_it_is_short_and_changes_nothing(
    centre: Centre, capsys: Any
) -> None:
    code, out, err = run(capsys, str(centre.amina.pk), "--week", WEEK)

    assert (code, err) == (0, "")
    assert "mandag 08.30–13.30  Norsk A1, 7,5\xa0t" in out
    assert "torsdag 08.00–15.30  Solbakken barnehage, 7,5\xa0t, arbeidsrettet" in out
    assert "I alt 35\xa0t av 37,5\xa0t, arbeidsrettet 15\xa0t av 15\xa0t." in out
    assert "det mangler 2,5\xa0t" in out
    assert not Timetable.objects.exists()


def test_taken_it_holds_from_the_monday(centre: Centre, capsys: Any) -> None:
    code, out, _ = run(capsys, str(centre.amina.pk), "--week", WEEK, "--take")

    assert (code, "gjelder fra mandagen" in out) == (0, True)
    kept = Timetable.objects.get()
    assert (kept.first_monday, kept.last_sunday) == (date(2026, 6, 8), None)


def test_demands_that_clash_are_named_and_nothing_is_kept(centre: Centre, capsys: Any) -> None:
    for name, start, end in (("Lege", 600, 660), ("Bank", 630, 690)):
        Appointment.objects.create(
            municipality=centre.amina.municipality,
            participant=centre.amina,
            name=name,
            day=3,
            start=start,
            end=end,
            first_day=date(2026, 6, 1),
        )

    code, out, err = run(capsys, str(centre.amina.pk), "--week", WEEK, "--take")

    assert code == 2
    assert "Lege, torsdag 10.00–11.00." in out
    assert "Bank, torsdag 10.30–11.30." in out
    assert "ikke tatt i bruk" in err
    assert not Timetable.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--week", "2026-W60"), "er ingen uke"),
        (("--week", "2025-W30"), "har ikke begynt"),
        (("--only-this-week",), "sammen med --take"),
        (("--as", "nobody"), "nobody"),
    ],
)
def test_wrong_input_gets_a_sentence(
    centre: Centre, capsys: Any, arguments: tuple[str, ...], says: str
) -> None:
    code, _, err = run(capsys, str(centre.amina.pk), *arguments)

    assert code == 2
    assert says in err
