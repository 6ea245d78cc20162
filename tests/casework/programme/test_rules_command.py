"""``innpass rules`` prints the register, or the texts that bind on a day."""

from typing import Any

import pytest
from django.core.management import call_command
from django_scopes import scope

from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.programme.readings import choose_reading
from innpass.domain.law.document import document


def test_the_whole_register_is_the_reference(capsys: Any) -> None:
    call_command("rules")

    assert capsys.readouterr().out.strip() == document().strip()


@pytest.mark.parametrize("day", ["2025-12-31", "31.12.2025"])
def test_on_a_day_only_its_texts_are_printed(capsys: Any, day: str) -> None:
    call_command("rules", "--on", day)
    printed = capsys.readouterr().out

    assert "integreringsforskriften § 43h første ledd" in printed
    assert "integreringsloven § 14 a tredje ledd" not in printed


@pytest.mark.parametrize("typed", ["i går", "2026-13-01", "x"])
def test_what_is_no_date_gets_a_sentence(capsys: Any, typed: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("rules", "--on", typed)

    assert stopped.value.code == 2
    assert f"«{typed}» er ingen dato" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_municipality_reads_it_in_its_way(capsys: Any) -> None:
    place = make_municipality(name="Lillevik", by=None)
    with scope(municipality=place):
        choose_reading(
            municipality=place, name="leave_weeks", value="counted", reason="x", by=operator(place)
        )

    call_command("rules", "--on", "2026-06-30", "--municipality", "Lillevik")
    assert "Teller en uke med permisjon i snittet? Ja, som andre uker." in capsys.readouterr().out
    call_command("rules", "--municipality", "Lillevik")
    assert "- Ja, som andre uker. **(slik kommunen leser den)**" in capsys.readouterr().out
    call_command("rules", "--on", "2026-06-30")
    assert "Ja, som andre uker." not in capsys.readouterr().out


@pytest.mark.django_db
def test_an_unknown_municipality_gets_a_sentence(capsys: Any) -> None:
    make_municipality(name="Lillevik", by=None)
    with pytest.raises(SystemExit):
        call_command("rules", "--municipality", "Ingensteds")

    assert capsys.readouterr().err.strip()
