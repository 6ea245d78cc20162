"""Every language has every word, and says it in its own letters; a week on paper shows them."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest

from innpass.casework.timetable.paper import Paper, PaperDay, PaperEntry, pdf_of
from innpass.casework.timetable.tongues import TONGUES, Tongue, apart
from innpass.domain.sheets.fields import Activity

LETTERS = {"nb": "LATIN", "en": "LATIN", "uk": "CYRILLIC", "ar": "ARABIC"}
_GIVEN = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=str)
def test_a_language_has_all_words_in_its_letters(tongue: Tongue) -> None:
    model = TONGUES["nb"]

    assert tongue.words.keys() == model.words.keys()
    assert {activity.value for activity in Activity} <= tongue.words.keys()
    assert len(set(tongue.days)) == 7
    for name, text in tongue.words.items():
        assert set(_GIVEN.findall(text)) == set(_GIVEN.findall(model.words[name])), name
        if name == "direction":
            continue
        own = _GIVEN.sub("", text).replace("Nav", "")
        letters = {unicodedata.name(sign).split()[0] for sign in own if sign.isalpha()}
        assert letters <= {LETTERS[tongue.code]}, name
    assert tongue.direction == ("rtl" if tongue.code == "ar" else "ltr")


@pytest.mark.parametrize("code", LETTERS)
def test_a_week_is_printed_in_letters_of_its_language(code: str) -> None:
    tongue = TONGUES[code]
    entry = PaperEntry(apart("08.30–12.00"), tongue.say("norwegian"), apart("Rom 101, Sentrum"))
    made = pdf_of(
        Paper(
            language=code,
            direction=tongue.direction,
            title=tongue.say("week"),
            week=tongue.say("number", number=24, year=2026),
            name=apart("Amina Zhaddad"),
            said="",
            days=tuple(
                PaperDay(day, apart(f"{date(2026, 6, 8 + n):%d.%m}."), tongue.say("nothing"), ())
                if n
                else PaperDay(day, "", "", (entry,))
                for n, day in enumerate(tongue.days)
            ),
            hours=tongue.say("hours", hours="35"),
            printed=tongue.say("printed", day="30.06.2026"),
        ),
        made_at=datetime(2026, 6, 30, tzinfo=UTC),
    )

    assert made.startswith(b"%PDF-1.7")
    assert f"/Lang({code})".encode() in made
    is_arabic = code == "ar"
    # Letters that no font has would have been written with Latin ones, in the other font.
    assert (b"IBMPlexSansArabic" in made) is is_arabic
    assert (b"Libertinus" in made) is not is_arabic
