"""A version of an agreement on paper: Norwegian, with the participant's language beside it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from innpass.casework.agreements.models import AgreementVersion, PlacementCase, Signature
from innpass.casework.agreements.tongues import language_or_norwegian, say, set_apart
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.tongues import DEFAULT, TONGUES, Tongue
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Goal, Party, parties
from innpass.domain.placing.sentences import say as norwegian
from innpass.domain.planning.sentences import clock_text, hours_text
from innpass.exchange.pdf.printing import render_pdf

_CONTACTS = ("leader", "signer", "second_signer", "mentor", "supervisor")
_PARTY_WORDS = {
    Party.PARTICIPANT: "participant",
    Party.EMPLOYER: "employer",
    Party.SECOND_EMPLOYER: "employer",
    Party.SUPERVISOR: "supervisor",
}


def print_agreement(
    case: PlacementCase,
    version: AgreementVersion,
    *,
    language: str,
    made_at: datetime,
    by: Actor,
) -> bytes:
    """Return a version as tagged PDF; that it was read is noted.

    Args:
        language: code of the language beside the Norwegian; one that nobody has written gives
            Norwegian alone, and the paper says so.

    Raises:
        MayNot: agreements are not theirs to read.
    """
    check_may_read(by, "agreement.content")
    person = owner_of(case.participant)
    note_reading(participant=person, page="agreement_pdf", by=by)
    tongue = language_or_norwegian(language)
    return render_pdf("agreement", document_of(case, version, tongue=tongue), made_at=made_at)


def document_of(
    case: PlacementCase, version: AgreementVersion, *, tongue: Tongue
) -> dict[str, Any]:
    """Return what the template ``agreement`` asks for.

    Each word is a pair: Norwegian, and the other language or nothing.
    """
    person = owner_of(case.participant)

    def pair(word: str, **values: object) -> list[str]:
        other = "" if tongue.code == DEFAULT else say(tongue.code, word, **values)
        return [say(DEFAULT, word, **values), other]

    rows = [
        (pair("participant"), [name_on_paper(person), ""]),
        (pair("employer"), [version.employer_name, ""]),
        (pair("place"), [version.place_name, ""]),
        (pair("kind"), [_capitalised(norwegian(f"kind.{case.kind}")), ""]),
        (pair("period"), _period(version, tongue)),
        (pair("days"), _days(version, tongue)),
        (pair("hours"), [hours_text(version.minutes_per_week), ""]),
        (pair("tasks"), [version.tasks, ""]),
        (pair("goals"), _goals(version, tongue)),
        (pair("follow_up"), [version.follow_up, ""]),
    ]
    return {
        "title": say(DEFAULT, "title"),
        "heading": pair("title"),
        "version": pair("version", number=version.number),
        "language": tongue.code,
        "direction": tongue.direction,
        "is_alone": tongue.code == DEFAULT,
        "rows": [{"label": label, "value": value} for label, value in rows if value[0]],
        "note": pair("not_employed"),
        "contacts_heading": pair("contacts"),
        "contacts": [
            {"label": pair(role), "value": _contact(version.contacts[role])}
            for role in _CONTACTS
            if role in version.contacts
        ],
        "signatures_heading": pair("signatures"),
        "name": pair("name"),
        "date": pair("date"),
        "signatures": _signatures(version, pair, is_named=bool(name_on_paper(person))),
    }


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _period(version: AgreementVersion, tongue: Tongue) -> list[str]:
    first, last = f"{version.first_day:%d.%m.%Y}", f"{version.last_day:%d.%m.%Y}"
    return [f"{first} {say(DEFAULT, 'until')} {last}", _other(tongue, first, last)]


def _other(tongue: Tongue, first: str, last: str) -> str:
    if tongue.code == DEFAULT:
        return ""
    until = say(tongue.code, "until")
    return f"{set_apart(first, tongue)} {until} {set_apart(last, tongue)}"


def _days(version: AgreementVersion, tongue: Tongue) -> list[str]:
    def written(of: Tongue) -> str:
        return "\n".join(
            f"{of.days[day]} {set_apart(f'{clock_text(start)}–{clock_text(end)}', of)}"
            for day, start, end in version.days
        )

    return [written(TONGUES[DEFAULT]), "" if tongue.code == DEFAULT else written(tongue)]


def _goals(version: AgreementVersion, tongue: Tongue) -> list[str]:
    def written(code: str) -> str:
        comma = "، " if code == "ar" else ", "
        return comma.join(say(code, goal) for goal in version.goals if goal in set(Goal))

    said = ". ".join(filter(None, (written(DEFAULT), version.goal_text)))
    return [said, "" if tongue.code == DEFAULT else written(tongue.code)]


def _contact(said: dict[str, str]) -> str:
    return ", ".join(filter(None, (said.get("name"), said.get("phone"), said.get("email"))))


def _signatures(version: AgreementVersion, pair: Any, *, is_named: bool) -> list[dict[str, Any]]:
    rows: Iterable[Signature] = version.signatures.filter(lifting=None).defer("scan")
    signed = {Party(each.party): each for each in rows}
    found = []
    for party in parties(has_second_signer=version.has_second_signer):
        mine = signed.get(party)
        way = norwegian(f"way.{mine.way}") if mine else ""
        found.append(
            {
                "party": pair(_PARTY_WORDS[party]),
                "name": mine.name if mine and (is_named or party is not Party.PARTICIPANT) else "",
                "date": f"{mine.signed_on:%d.%m.%Y}" if mine else "",
                "way": way,
            }
        )
    return found
