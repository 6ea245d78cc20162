"""Standard terms: clauses in a text, alike many in every language, and translations behind."""

import pytest

from innpass.domain.placing.terms import (
    LANGUAGES,
    LONGEST,
    MASTER,
    clauses_of,
    faults_of,
    proposal,
    unseen,
)

TWO = "Fravær\nSi fra samme dag.\n\nSkade\nMeld den.\nStraks."


def test_a_clause_is_its_heading_and_what_stands_under_it() -> None:
    found = clauses_of(f"\n\n{TWO}\r\n\n \n")

    assert [(each.title, each.text) for each in found] == [
        ("Fravær", "Si fra samme dag."),
        ("Skade", "Meld den.\nStraks."),
    ]
    assert clauses_of(" \n") == ()


def test_what_is_proposed_can_stand_and_says_what_a_lawyer_looks_for() -> None:
    texts = proposal().texts

    assert tuple(texts) == LANGUAGES
    assert not list(faults_of(texts))
    for word in ("Taushetsplikt", "forsikring", "oppsigelse", "arbeidsmiljø", "erstatter ikke"):
        assert word in texts[MASTER]


@pytest.mark.parametrize(
    ("texts", "where", "told"),
    [
        ({"nb": ""}, "nb", "på norsk"),
        ({"nb": TWO, "uk": "Один\nТекст"}, "uk", "Her er det 1 punkter, på norsk 2"),
        ({"nb": "Bare overskrift"}, "nb", "står det ingenting"),
        ({"nb": "Langt\n" + "x" * LONGEST}, "nb", "for lang"),
    ],
)
def test_what_cannot_stand_is_told(texts: dict[str, str], where: str, told: str) -> None:
    assert [(code, told in text) for code, text in faults_of(texts)] == [(where, True)]


def test_a_language_may_be_left_out() -> None:
    assert not list(faults_of({"nb": TWO, "uk": " "}))


def test_a_translation_is_behind_when_the_norwegian_text_alone_is_new() -> None:
    before = {"nb": TWO, "uk": "А\nа\n\nБ\nб", "en": "A\na\n\nB\nb"}

    assert unseen(before, before) == ()
    assert unseen(before, {**before, "nb": TWO.replace("\n\n", "\n\n\n")}) == ()
    assert unseen(before, {**before, "nb": TWO + " Nytt."}) == ("uk", "en")
    assert unseen(before, {**before, "nb": TWO + " Nytt.", "uk": ""}) == ("en",)
