"""A version of an agreement on paper: Norwegian, with the participant's language beside it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from innpass.casework.agreements.models import AgreementVersion, PlacementCase, Signature
from innpass.casework.agreements.terms import printed_of
from innpass.casework.agreements.tongues import language_or_norwegian, say, set_apart
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.tongues import DEFAULT, TONGUES, Tongue
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Goal, Party, parties
from innpass.domain.placing.moves import OF_NAV
from innpass.domain.placing.sentences import say as norwegian
from innpass.domain.placing.states import CaseKind
from innpass.domain.placing.terms import clauses_of
from innpass.domain.planning.sentences import clock_text, hours_text
from innpass.exchange.pdf.printing import render_pdf

_CONTACTS = ("leader", "signer", "second_signer", "mentor", "supervisor")
_FRAMES = {
    CaseKind.MUNICIPAL_PRACTICE: "practice_frame",
    CaseKind.PRIVATE_PRACTICE: "practice_frame",
    CaseKind.WORK_TRAINING: "work_training_frame",
    CaseKind.SUMMER_JOB: "summer_job_frame",
}


def print_agreement(
    case: PlacementCase,
    version: AgreementVersion,
    *,
    language: str,
    made_at: datetime,
    on: date,
    by: Actor,
) -> bytes:
    """Return a version as tagged PDF; that it was read is noted.

    Args:
        language: code of the language beside the Norwegian; one that nobody has written gives
            Norwegian alone, and the paper says so.
        on: whose terms a version has that nobody has signed.

    Raises:
        MayNot: agreements are not theirs to read.
    """
    check_may_read(by, "agreement.content")
    person = owner_of(case.participant)
    note_reading(participant=person, page="agreement_pdf", by=by)
    document = document_of(
        case,
        version,
        tongue=language_or_norwegian(language),
        on=on,
        shows_birth=may_read(by, "birth_date"),
    )
    return render_pdf("agreement", document, made_at=made_at)


def document_of(
    case: PlacementCase,
    version: AgreementVersion,
    *,
    tongue: Tongue,
    on: date,
    shows_birth: bool = False,
) -> dict[str, Any]:
    """Return what the template ``agreement`` asks for.

    Each word is a pair: Norwegian, and the other language or nothing. Whoever is protected is
    neither named nor dated.
    """
    person = owner_of(case.participant)
    name = name_on_paper(person)
    printed = printed_of(case, version, on=on)

    def pair(word: str, **values: object) -> list[str]:
        other = "" if tongue.code == DEFAULT else say(tongue.code, word, **values)
        return [say(DEFAULT, word, **values), other]

    born = person.birth_date if shows_birth and name else None
    rows = [
        (pair("participant"), [name, ""]),
        (pair("born"), [f"{born:%d.%m.%Y}" if born else "", ""]),
        (pair("employer"), [version.employer_name, ""]),
        (pair("place"), [version.place_name, ""]),
        (pair("kind"), pair(case.kind)),
        (pair("legal"), pair(_FRAMES[CaseKind(case.kind)])),
        (pair("period"), _period(version, tongue)),
        (pair("days"), _days(version, tongue)),
        (pair("hours"), [hours_text(version.minutes_per_week), ""]),
        (pair("tasks"), [version.tasks, ""]),
        (pair("goals"), _goals(version, tongue)),
        (pair("follow_up"), [version.follow_up, ""]),
    ]
    if printed["employer_number"]:
        number = say(DEFAULT, "organisation_number", number=spaced(printed["employer_number"]))
        rows[2][1][0] += f"\n{number}"
    return {
        "title": say(DEFAULT, "title"),
        "heading": pair("title"),
        "version": pair("version", number=version.number),
        "made": pair("made", day=f"{version.made_on:%d.%m.%Y}"),
        "letterhead": letterhead_lines(printed),
        "language": tongue.code,
        "direction": tongue.direction,
        "is_alone": tongue.code == DEFAULT,
        "norwegian_counts": pair("norwegian_counts"),
        "rows": [{"label": label, "value": value} for label, value in rows if value[0]],
        "contacts_heading": pair("contacts"),
        "contacts": [
            {"label": pair(role), "value": _contact(version.contacts[role])}
            for role in _CONTACTS
            if role in version.contacts
        ],
        "terms_heading": pair("terms"),
        **_terms(printed, pair, tongue),
        "signatures_heading": pair("signatures"),
        **{word: pair(word) for word in ("name", "date", "what", "agreed", "party")},
        "foot": " · ".join(filter(None, (name, version.employer_name))),
        "signatures": _signatures(case, version, pair, is_named=bool(name)),
    }


def letterhead_lines(printed: Mapping[str, Any]) -> list[str]:
    """Return the lines above a paper: the municipality, the service, the number."""
    number = printed["organisation_number"]
    told = say(DEFAULT, "organisation_number", number=spaced(number)) if number else ""
    return [each for each in (printed["municipality"], printed["unit"], told) if each]


def spaced(number: str) -> str:
    """Write an organisation number as the register does."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _terms(printed: Mapping[str, Any], pair: Any, tongue: Tongue) -> dict[str, Any]:
    """Return the standard terms clause by clause, the other language beside where it is written."""
    texts = printed["terms"]
    mine = clauses_of(texts.get(DEFAULT, ""))
    others = () if tongue.code == DEFAULT else clauses_of(texts.get(tongue.code, ""))
    is_beside = len(others) == len(mine)
    dated = date.fromisoformat(printed["dated"])
    lacks = bool(mine) and tongue.code != DEFAULT and not is_beside
    return {
        "terms_dated": pair("terms_dated", day=f"{dated:%d.%m.%Y}") if mine else ["", ""],
        "terms_note": pair("terms_norwegian") if lacks else ["", ""],
        "terms": [
            {
                "title": [clause.title, others[at].title if is_beside else ""],
                "text": [clause.text, others[at].text if is_beside else ""],
            }
            for at, clause in enumerate(mine)
        ],
    }


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


def _party_word(party: Party, case: PlacementCase) -> str:
    if party is not Party.SUPERVISOR:
        return str(party)
    return "nav_signer" if case.kind in OF_NAV else "practice_signer"


def _signatures(
    case: PlacementCase, version: AgreementVersion, pair: Any, *, is_named: bool
) -> list[dict[str, Any]]:
    rows: Iterable[Signature] = version.signatures.filter(lifting=None).defer("scan")
    signed = {Party(each.party): each for each in rows}
    found = []
    for party in parties(has_second_signer=version.has_second_signer):
        mine = signed.get(party)
        way = norwegian(f"way.{mine.way}") if mine else ""
        found.append(
            {
                "party": pair(_party_word(party, case)),
                "name": mine.name if mine and (is_named or party is not Party.PARTICIPANT) else "",
                "date": f"{mine.signed_on:%d.%m.%Y}" if mine else "",
                "way": way,
            }
        )
    return found
