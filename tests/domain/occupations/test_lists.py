"""Lists of occupations are read as the statistics office gives them, or refused whole."""

import pytest

from innpass.domain.occupations.lists import WrongList, commonest, read_list

ROWS = [(f"51{number}", f"Yrke {number}") for number in range(10, 25)]
OFFICE = "\n".join(
    [
        '"code";"parentCode";"level";"name"',
        '"5";"";"1";"Salg"',
        *(f'"{c}";"51";"4";"{t}"' for c, t in ROWS),
    ]
)
OURS = "\n".join(["kode,nivaa,navn_ssb", *(f"{code},4,{title}" for code, title in ROWS)])


@pytest.mark.parametrize("text", [OFFICE, OURS, "\ufeff" + OURS])
def test_occupations_are_read_and_groups_above_left_out(text: str) -> None:
    assert read_list(text) == dict(ROWS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "ikke en liste over yrker"),
        ("postnummer,poststed\n0010,OSLO", "ikke en liste over yrker"),
        (OURS + "\nfem,4,Kokk", "Linje 17: «fem» er ikke en STYRK-kode"),
        (OURS + "\n5199,4,", "Linje 17: yrket 5199"),
        (OURS + "\n5110,4,Igjen", "Linje 17: koden 5110 står to ganger"),
        ("\n".join(OURS.splitlines()[:5]), "bare 4 yrker"),
    ],
)
def test_a_wrong_list_is_refused_with_the_line(text: str, told: str) -> None:
    with pytest.raises(WrongList, match=told):
        read_list(text)


def test_the_built_in_list_holds_occupations_by_code() -> None:
    built_in = commonest()

    assert len(built_in) > 80
    assert all(len(code) == 4 and code.isdigit() and title for code, title in built_in.items())
    assert built_in["5120"] == "Kokker"
