"""An attest in words: facts on the screen, and on paper with the participant's language beside."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.utils.translation import gettext as _

from innpass.casework.agreements.paper import letterhead_lines, spaced
from innpass.casework.agreements.tongues import language_or_norwegian, set_apart
from innpass.casework.follow_up.attests import FIELD, facts_of, letterhead_of
from innpass.casework.follow_up.models import Attest
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.tongues import DEFAULT, TONGUES, Tongue
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.planning.sentences import hours_text
from innpass.domain.yaml_text import read_yaml
from innpass.exchange.pdf.printing import render_pdf

_HOUR = 60
# How whoever signed is called, where the role says more than that it was for the employer.
_ROLE_WORDS = {"leader": "leader_for_employer", "mentor": "mentor_for_employer"}
Pair = tuple[str, str]  # Norwegian, and the other language or nothing


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Give every word of an attest, by language and code."""
    text = Path(__file__).with_name("attest.yml").read_text(encoding="utf-8")
    return cast(Mapping[str, Mapping[str, str]], read_yaml(text))


def print_attest(attest: Attest, *, language: str, made_at: datetime, by: Actor, on: date) -> bytes:
    """Return an attest as tagged PDF; that it was read is noted.

    Args:
        language: code of the language beside the Norwegian; one that nobody has written gives
            Norwegian alone.

    Raises:
        MayNot: attests are not theirs to read.
    """
    check_may_read(by, FIELD)
    note_reading(participant=owner_of(attest.case.participant), page="attest_pdf", by=by)
    document = document_of(
        attest,
        tongue=language_or_norwegian(language),
        on=on,
        shows_birth=may_read(by, "birth_date"),
    )
    return render_pdf("attest", document, made_at=made_at)


def document_of(
    attest: Attest, *, tongue: Tongue, on: date, shows_birth: bool = False
) -> dict[str, Any]:
    """Return what the template ``attest`` of ``exchange.pdf`` asks for.

    Whoever is protected is neither named nor dated.
    """
    person = owner_of(attest.case.participant)
    name = name_on_paper(person)
    facts = facts_of(attest, on=on)
    rows = list(fact_rows(facts, tongue=tongue))
    number = letterhead_of(attest, on=on)["employer_number"]
    if number:
        at = 1 if facts.get("employer") else 0
        rows.insert(at, (_pair("organisation_number", tongue), (spaced(number), "")))
    if shows_birth and name and person.birth_date is not None:
        rows.insert(0, (_pair("born", tongue), _day(person.birth_date, tongue)))
    texts = (("tasks", attest.tasks), ("learned", attest.learned), ("words", attest.words))
    signed = ("", "")
    if attest.signed_on:
        day = f"{attest.signed_on:%d.%m.%Y}"
        signed = _pair("signed", tongue, who=attest.signed_by, day=day)
    employer = facts.get("employer", "")
    role = facts.get("signer_role", "")
    signed_for = _pair(_ROLE_WORDS.get(role, "for_employer"), tongue, employer=employer)
    printed = letterhead_of(attest, on=on)
    return {
        "title": ", ".join(filter(None, (words()[DEFAULT]["title"], name))),
        "heading": _pair("title", tongue),
        "name": name,
        "language": tongue.code,
        "direction": tongue.direction,
        "is_alone": tongue.code == DEFAULT,
        "norwegian_counts": _pair("norwegian_counts", tongue),
        "facts": rows,
        "note": note_of(facts, tongue=tongue),
        "sections": [
            {"title": _pair(word, tongue), "lines": text.splitlines()}
            for word, text in texts
            if text
        ],
        "is_draft": attest.signed_on is None,
        "draft": _pair("draft", tongue),
        "signed": signed,
        "signed_for": signed_for if attest.signed_on else ("", ""),
        "signing": []
        if attest.signed_on
        else [_pair("place_and_date", tongue), _pair("for_employer", tongue, employer=employer)],
        "letterhead": letterhead_lines(printed),
        "made": f"{attest.signed_on or on:%d.%m.%Y}",
        "footer": ", ".join(
            filter(None, (name, str(employer), f"Attest, versjon {attest.number}"))
        ),
        "page_word": "Side",
    }


def fact_rows(
    facts: Mapping[str, Any], *, tongue: Tongue = TONGUES[DEFAULT]
) -> Iterator[tuple[Pair, Pair]]:
    """Yield the facts of an attest: label and value; what is not known is left out."""
    for word in ("employer", "place"):
        if facts.get(word):
            yield _pair(word, tongue), (str(facts[word]), "")
    first, last = _date(facts, "first_day"), _date(facts, "last_day")
    if first and last:
        yield _pair("period", tongue), _pair("from_to", tongue, first=first, last=last)
    elif first:
        yield _pair("period", tongue), _pair("until_now", tongue, first=first)
    if facts.get("hours_per_week"):
        yield _pair("weekly", tongue), (hours_text(round(facts["hours_per_week"] * _HOUR)), "")
    if facts.get("total_hours"):
        about = "about_until" if facts.get("until_today") else "about"
        hours = hours_text(round(facts["total_hours"] * _HOUR))
        until = _date(facts, "counted_until")
        yield _pair("agreed", tongue), _pair(about, tongue, hours=hours, day=until)
    if "attended_hours" in facts:
        hours = hours_text(round(facts["attended_hours"] * _HOUR))
        said = _pair("attended_hours", tongue, hours=hours, days=facts["attended_days"])
        yield _pair("attended", tongue), said


def note_of(facts: Mapping[str, Any], *, tongue: Tongue = TONGUES[DEFAULT]) -> Pair:
    """Say which hours an attest counts: those agreed alone, or also what is noted of attendance.

    Where nothing is noted of attendance, nothing is said of it: that is no matter of a reader's.
    """
    if "attended_hours" in facts:
        return _pair("attended_note", tongue)
    return _pair("agreed_alone", tongue) if facts.get("total_hours") else ("", "")


def attest_facts(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the facts of an attest as lines of a screen, and which hours they count."""
    rows = tuple((label[0], value[0]) for label, value in fact_rows(facts))
    note = note_of(facts)[0]
    return (*rows, (_("Om timene"), note)) if note else rows


def _pair(word: str, tongue: Tongue, **values: object) -> Pair:
    norwegian = words()[DEFAULT][word].format(**values)
    if tongue.code == DEFAULT:
        return norwegian, ""
    apart = {name: set_apart(str(value), tongue) for name, value in values.items()}
    return norwegian, words()[tongue.code][word].format(**apart)


def _date(facts: Mapping[str, Any], name: str) -> str:
    stored = facts.get(name)
    return f"{date.fromisoformat(stored):%d.%m.%Y}" if stored else ""


def _day(day: date, tongue: Tongue) -> Pair:
    return f"{day:%d.%m.%Y}", ""
