"""The document of demands, expectations and rights stays one text in all its languages."""

from typing import Any

import pytest

from innpass.domain.placing.expectations import (
    MASTER,
    NoSuchTranslation,
    build,
    digest_of,
    expectations,
    expectations_in,
)

TEXT: dict[str, Any] = {
    "name": "N",
    "direction": "ltr",
    "title": "T",
    "intro": "I",
    "sections": [{"title": "S", "lines": ["en", "to"]}],
    "signing": ["a", "b"],
    "behind": "eldre",
    "unchecked": "ikke sett",
}


@pytest.mark.parametrize("code", expectations())
def test_each_language_has_what_the_master_has(code: str) -> None:
    master, one = expectations_in(MASTER), expectations_in(code)

    assert [len(s.lines) for s in one.sections] == [len(s.lines) for s in master.sections]
    assert len(one.signing) == len(master.signing)
    assert one.direction == ("rtl" if code == "ar" else "ltr")
    said = [one.title, one.intro, *(line for s in one.sections for line in (s.title, *s.lines))]
    assert all(said)
    assert len(set(said)) == len(said)
    if code != MASTER:
        assert not set(said) & {line for s in master.sections for line in (s.title, *s.lines)}


def test_the_languages_of_the_issue_are_there_and_none_is_behind() -> None:
    """Otherwise: translate anew, and write the master's digest into the file."""
    assert list(expectations()) == ["nb", "uk", "ar", "en"]
    assert [code for code, one in expectations().items() if one.is_behind] == []


def test_what_nobody_has_checked_says_so() -> None:
    assert expectations_in(MASTER).cautions == ()
    for code in ("uk", "ar", "en"):
        one = expectations_in(code)
        assert one.is_checked or one.cautions
        assert one.is_checked is (one.cautions == ())


@pytest.mark.parametrize(
    "change",
    [
        {"title": "U"},
        {"intro": "J"},
        {"signing": ["a", "c"]},
        {"sections": [{"title": "S", "lines": ["en", "tre"]}]},
        {"sections": [{"title": "S", "lines": ["en"]}]},
    ],
)
def test_a_translation_is_behind_when_the_master_has_changed(change: dict[str, Any]) -> None:
    before = digest_of(TEXT)
    translated = {**TEXT, "master": before, "checked_by": "Olena, 1.9.2026"}

    assert build("uk", translated, master=before).cautions == ()
    after = build("uk", translated, master=digest_of({**TEXT, **change}))
    assert after.is_behind
    assert after.cautions == ("eldre",)


def test_the_master_is_never_behind() -> None:
    assert build(MASTER, TEXT, master="x").cautions == ()


def test_there_is_no_such_translation() -> None:
    with pytest.raises(NoSuchTranslation):
        expectations_in("../../nb")
