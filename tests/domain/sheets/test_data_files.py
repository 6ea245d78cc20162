"""The data files: every word is text, every code and note has what it needs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from innpass.domain import sheets
from innpass.domain.sheets.codes import known_code
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.headings import understand
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.sentences import issue_sentence, note_sentence
from innpass.domain.sheets.words import read_yaml, squash

FOLDER = Path(next(iter(sheets.__path__)))


def leaves(content: object) -> Iterator[object]:
    if isinstance(content, dict):
        for key, inner in content.items():
            yield key
            yield from leaves(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from leaves(inner)
    else:
        yield content


@pytest.mark.parametrize("name", ["headings.yml", "codewords.yml", "sentences.yml"])
def test_every_word_is_text_and_not_what_yaml_takes_for_yes_or_no(name: str) -> None:
    assert [one for one in leaves(read_yaml(name)) if not isinstance(one, str)] == []


def test_every_code_of_every_field_has_words() -> None:
    table = read_yaml("codewords.yml")["codes"]
    for field in FIELDS.values():
        if field.type is FieldType.CODE and field.codes is not None:
            assert set(table[field.name]) == {str(code) for code in field.codes}


def test_no_word_means_two_things_in_one_field() -> None:
    for field, codes in read_yaml("codewords.yml")["codes"].items():
        seen: dict[str, str] = {}
        for code, words in codes.items():
            for word in words:
                assert seen.setdefault(squash(word), code) == code, (field, word)
                assert known_code(word, field) == code


def test_every_issue_and_every_note_has_a_sentence() -> None:
    for issue in Issue:
        assert issue_sentence(issue, text="x").endswith(".")
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    for note in re.findall(r'note="(\w+)"', code):
        assert note_sentence(note).endswith(".")


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("f.dato", "birth_date"),
        ("Fnr/D-nr", "identity"),
        ("personnr", "identity"),
        ("DUF-nr", "duf"),
        ("Socionr. (Nav)", "socio"),
        ("Sosio", "socio"),
        ("Visma flyktning", "visma"),
        ("Vismanr. SLS", "visma"),
        ("Prog.rådg.", "adviser"),
        ("PV", "supervisor"),
        ("Kont. fra", "contract"),
        ("Ansatt fra", "contract"),
        ("Tj.omr.", "area"),
        ("Oppst.", "start"),
        ("Plan. slutt", "planned_end"),
        ("Eval.besøk", "evaluation_visit"),
        ("Besøk 4 uker", "evaluation_visit"),
        ("Timer pr. uke", "hours"),
        ("Faktisk slutt", "actual_end"),
        ("Overf. Nav", "handover"),
        ("Infomøte", "info_meeting"),
        ("Fødselsdatp", "birth_date"),
        ("Foedselsdato", "birth_date"),
        ("Yndlingsfarge", None),
        ("Skostørrelse", None),
        ("Bydel", "ignored"),
    ],
)
def test_headings_are_understood_in_many_forms(heading: str, meaning: str | None) -> None:
    assert understand(heading).meaning == meaning
