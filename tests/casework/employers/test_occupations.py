"""Occupations are loaded whole or not at all, and found by what somebody writes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from innpass.casework.employers.models import Occupation
from innpass.casework.employers.occupations import find_code, occupations, similar, title_of

LIST = "kode,navn\n" + "\n".join(f"51{number},Yrke {number}" for number in range(10, 25))


@pytest.mark.django_db
def test_a_list_takes_the_place_of_the_short_one(tmp_path: Path) -> None:
    one, other, out = tmp_path / "a.csv", tmp_path / "b.csv", StringIO()
    one.write_text(LIST, encoding="utf-8")
    other.write_text(LIST.replace("51", "72").replace("Yrke", "Fag ø"), encoding="cp1252")
    assert title_of("5120") == "Kokker"

    call_command("load_reference", str(one), str(other), stdout=out)

    assert "Lastet 30 yrker" in out.getvalue()
    assert title_of("5120") == "Yrke 20"
    assert occupations()["7210"] == "Fag ø 10"
    assert title_of("9112") == "Renholdere i virksomheter"  # noted before, by the short list
    assert title_of("0000") == "0000"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"postnummer,poststed\n0010,OSLO", "b.csv: Dette er ikke en liste over yrker"),
        (b"\x81\x8d\x8f", "er ikke en tekstfil"),
        (None, "Finner ikke fila"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_nothing_is_loaded(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    right, wrong, told_to = tmp_path / "a.csv", tmp_path / "b.csv", StringIO()
    right.write_text(LIST)
    if content is not None:
        wrong.write_bytes(content)

    with pytest.raises(SystemExit) as ended:
        call_command("load_reference", str(right), str(wrong), stderr=told_to)

    assert ended.value.code == 2
    assert told in told_to.getvalue()
    assert "Ingenting er lastet" in told_to.getvalue()
    assert not Occupation.objects.exists()


AMONG = {"5120": "Kokker", "9412": "Kjøkkenassistenter", "5312": "Skoleassistenter"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("5120 Kokker", "5120"),
        ("5120", "5120"),
        ("  kokker ", "5120"),
        ("KJØKKEN", "9412"),
        ("assistent", None),  # which of the two?
        ("pilot", None),
        ("", None),
    ],
)
def test_what_is_typed_finds_one_or_none(typed: str, code: str | None) -> None:
    assert find_code(typed, AMONG) == code


def test_what_is_like_it_is_offered() -> None:
    assert similar("assistent på kjøkken", AMONG) == ["Skoleassistenter", "Kjøkkenassistenter"]
