"""Attests: drafted from facts, edited, signed by the employer, and never changed after that."""

from copy import copy
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.accounts.queries import names_of
from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import told_of
from innpass.casework.agreements.signing import faults_of_scan, is_name_of, media_type
from innpass.casework.agreements.terms import ReadSomethingElse, mark_of, printed_on
from innpass.casework.agreements.versions import contacts_of
from innpass.casework.employers.queries import heirs
from innpass.casework.follow_up.models import Attest
from innpass.casework.follow_up.noting import note
from innpass.casework.follow_up.refusing import Refused, one_line, refused, several_lines
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.marks import attended_minutes, noted_between
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import VersionKind
from innpass.domain.placing.sentences import choice
from innpass.domain.placing.states import Outcome

FIELD = "attest.content"
_DAYS_PER_WEEK = 7
# Who may sign for the employer, by how an agreement names them; the foremost first.
SIGNING_ROLES = ("leader", "signer", "second_signer", "mentor")
_LETTERHEAD = ("municipality", "unit", "organisation_number", "employer_number")


def facts_of_case(case: PlacementCase, *, on: date) -> dict[str, Any]:
    """Return what is known of a placement for its attest; days as ISO, nothing guessed.

    ``total_hours`` is of the whole weeks until the last day, or until today where it still runs;
    ``until_today`` says which, ``counted_until`` the day. Attests signed before attendance was
    told lack ``attended_days``.
    """
    told = told_of([case])[case.pk]
    first, last = told.first_day, told.last_day
    hours = told.placement.hours_per_week if told.placement else None
    if told.in_force is not None:
        hours = told.in_force.minutes_per_week / 60
    end = min(last, on) if last else on
    total = None
    if hours and first and end > first:
        total = round(_hours(case, hours, first, end))
    return {
        "name": name_on_paper(owner_of(case.participant)),
        "employer": case.employer.name,
        "place": case.place.name if case.place else "",
        "first_day": first.isoformat() if first else "",
        "last_day": last.isoformat() if last else "",
        "until_today": last is None or last > on,
        "counted_until": end.isoformat(),
        "hours_per_week": hours,
        "total_hours": total,
        **(_attended(case, first, end) if first and first <= end else {"attended_days": 0}),
    }


def _attended(case: PlacementCase, first: date, last: date) -> dict[str, Any]:
    """Return what is noted of who came to a workplace between two days.

    ``attended_hours`` are hours of programme, on ``attended_days`` days; there are no hours where
    nothing is noted, which is something else than that nobody came.
    """
    person, of = owner_of(case.participant).pk, heirs()
    employer = of.get(case.employer_id, case.employer_id)
    rows = [
        row
        for row in noted_between(first, last, among={person}).get(person, ())
        if row.employer_id is not None and of.get(row.employer_id, row.employer_id) == employer
    ]
    if not rows:
        return {"attended_days": 0}
    minutes = {row.pk: attended_minutes(row) for row in rows}
    days = {row.on for row in rows if minutes[row.pk]}
    return {"attended_hours": round(sum(minutes.values()) / 60, 1), "attended_days": len(days)}


def _hours(case: PlacementCase, hours: float, first: date, last: date) -> float:
    """Add up the hours of two days and those between, as each agreement in force had them.

    A version holds from the day on which the last party signed it, the first one from the start.

    Args:
        hours: a week's, where the case has no agreement.
    """
    versions = (
        AgreementVersion.objects.filter(case=case, in_force_at__isnull=False)
        .exclude(kind=VersionKind.ENDED)  # says another last day, and nothing of hours
        .annotate(signed_on=Max("signatures__signed_on"))
        .order_by("number")
        .values_list("minutes_per_week", "first_day", "signed_on")
    )
    held = [(minutes / 60, max(begins, signed or begins)) for minutes, begins, signed in versions]
    weekly = [(held[0][0] if held else hours, first), *held[1:]]
    total, until = 0.0, last + timedelta(days=1)
    for each, begins in reversed(weekly):
        since = max(begins, first)
        total += each * max(0, (until - since).days) / _DAYS_PER_WEEK
        until = min(until, since)
    return total


def proposed_tasks(case: PlacementCase) -> tuple[str, str]:
    """Return the tasks of the agreement or the place, and what can be learned there."""
    told = told_of([case])[case.pk]
    tasks = told.in_force.tasks if told.in_force else ""
    place = case.place
    return tasks or (place.tasks if place else ""), place.can_learn if place else ""


def attests_of(cases: list[UUID]) -> list[Attest]:
    """Return the versions of some cases' attests, the latest first. One query."""
    rows = Attest.objects.filter(case__in=cases).defer("scan")
    rows = rows.select_related("made_by", "archived_by", "case__employer")
    return list(rows.order_by("-made_on", "-number"))


def facts_of(attest: Attest, *, on: date) -> dict[str, Any]:
    """Return the facts of an attest: those that were signed, or of a draft what is known today."""
    if attest.signed_on is None:
        return facts_of_case(attest.case, on=on)
    signed: dict[str, Any] = {"counted_until": attest.signed_on.isoformat(), **attest.facts}
    return signed


def letterhead_on(case: PlacementCase, *, day: date) -> dict[str, str]:
    """Return who stands behind a paper, and the employer's number, as agreements print them."""
    printed = printed_on(case, day=day)
    return {name: printed[name] for name in _LETTERHEAD}


def letterhead_of(attest: Attest, *, on: date) -> dict[str, str]:
    """Return the letterhead that was signed; of one signed before them, the municipality's name."""
    if "letterhead" in attest.facts:
        signed: dict[str, str] = attest.facts["letterhead"]
        return signed
    now = letterhead_on(attest.case, day=on)
    if attest.signed_on is None:
        return now
    return {**dict.fromkeys(_LETTERHEAD, ""), "municipality": now["municipality"]}


def signers_of(case: PlacementCase, *, on: date) -> dict[str, str]:
    """Return the names of those who may sign for an employer, by role, as agreed or registered."""
    told = told_of([case])[case.pk]
    named = told.in_force.contacts if told.in_force else {}
    if not any(named.get(role, {}).get("name") for role in SIGNING_ROLES):
        named = contacts_of(case, on=on)
    return {role: named[role]["name"] for role in SIGNING_ROLES if named.get(role, {}).get("name")}


def mark_of_attest(attest: Attest, *, on: date) -> str:
    """Return what tells what an attest says today from what it said: what is signed must be it."""
    texts = {"tasks": attest.tasks, "learned": attest.learned, "words": attest.words}
    return mark_of({**texts, "facts": facts_of_case(attest.case, on=on)})


@transaction.atomic
def start_attest(case: PlacementCase, *, by: Actor, on: date) -> Attest:
    """Begin an attest from the facts, or a new version of the signed one; or return the draft.

    Raises:
        MayNot: attests are not theirs to write.
    """
    check_may_write(by, FIELD)
    PlacementCase.objects.select_for_update().get(pk=case.pk)
    draft: Attest | None = Attest.objects.filter(case=case, signed_on=None).first()
    if draft is not None:
        return draft
    before = Attest.objects.filter(case=case).order_by("-number").first()
    tasks, learned = proposed_tasks(case)
    last = Attest.objects.filter(case=case).aggregate(n=Max("number"))["n"] or 0
    made: Attest = Attest.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        number=last + 1,
        made_on=on,
        made_by_id=by.user_id,
        facts=facts_of_case(case, on=on),
        tasks=before.tasks if before else tasks,
        learned=before.learned if before else learned,
        words=before.words if before else "",
    )
    note(owner_of(case.participant), "start_attest", by=by, changes={"number": [None, last + 1]})
    return made


@transaction.atomic
def save_attest(
    attest: Attest, *, tasks: str, learned: str, words: str, by: Actor, on: date, expected: int
) -> Attest:
    """Save what a draft says, with the facts as they are now.

    Raises:
        MayNot: attests are not theirs to write.
        Refused: it is signed, or a text cannot stand.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may_write(by, FIELD)
    attest = copy(attest)  # what the caller holds stays as it was where it is not saved
    _check_open(attest)
    attest.tasks = several_lines(tasks, "tasks")
    attest.learned = several_lines(learned, "learned")
    attest.words = several_lines(words, "words")
    attest.facts = facts_of_case(attest.case, on=on)
    attest.save_version(expected=expected, fields=("tasks", "learned", "words", "facts"))
    person = owner_of(attest.case.participant)
    note(person, "save_attest", by=by, changes={"number": [attest.number, attest.number]})
    return attest


@transaction.atomic
def sign_attest(
    attest: Attest,
    *,
    name: str,
    day: date,
    is_on_paper: bool,
    by: Actor,
    on: date,
    expected: int,
    is_archived: bool = False,
    scan: bytes | None = None,
    read: str | None = None,
) -> Attest:
    """Note that the employer has signed an attest: it then stands, with the facts of that day.

    Args:
        name: of somebody at the employer, and never of whoever notes it; on the screen that of one
            whom the agreement or the register names, where they name any.
        read: ``mark_of_attest`` of what was on the screen that was handed over.
        is_archived: the paper is kept, demanded of one signed on paper; who said so is stored.
        scan: of the paper, where there is one; PDF, PNG or JPEG.

    Raises:
        MayNot: attests are not theirs to write.
        Refused: it is signed already, nobody signs, the day is to come, it says nothing, or the
            paper is not kept.
        ChangedMeanwhile: somebody else saved it: what is signed must be what was read.
        ReadSomethingElse: ``read`` is not what would be signed.
    """
    check_may_write(by, FIELD)
    attest = copy(attest)
    _check_open(attest)
    if not attest.tasks and not attest.learned:
        raise refused(
            _("Attesten sier ennå ikke hva deltakeren har gjort eller lært. Skriv det først."),
            field="tasks",
        )
    who = one_line(name, "name", most=200)
    if not who:
        raise refused(_("Skriv navnet på den som skriver under for arbeidsgiveren."), field="name")
    role = _role_of(who, attest.case, is_on_paper=is_on_paper, by=by, on=day)
    if day > on:
        raise refused(_("Underskriften kan ikke være fram i tid."), field="day")
    if is_on_paper and not is_archived:
        raise refused(
            _("Arkiver papiret med underskriften, og kryss av for at det er gjort."), "is_archived"
        )
    if scan is not None:
        _check_scan(scan, is_on_paper=is_on_paper)
    if read is not None and read != mark_of_attest(attest, on=day):
        raise ReadSomethingElse
    attest.signed_by, attest.signed_on, attest.is_on_paper = who, day, is_on_paper
    attest.facts = {
        **facts_of_case(attest.case, on=day),
        "signer_role": role,
        "letterhead": letterhead_on(attest.case, day=day),
    }
    fields = ["signed_by", "signed_on", "is_on_paper", "facts"]
    if is_on_paper:
        attest.archived_at, attest.archived_by_id = timezone.now(), by.user_id
        fields += ["archived_at", "archived_by"]
    if scan is not None:
        attest.scan, attest.scan_kind = scan, media_type(scan)
        fields += ["scan", "scan_kind"]
    attest.save_version(expected=expected, fields=tuple(fields))
    person = owner_of(attest.case.participant)
    note(person, "sign_attest", by=by, changes={"signed_on": [None, day]})
    return attest


def scan_of_attest(attest: Attest, *, by: Actor) -> tuple[bytes, str]:
    """Return the scan of a signed attest and its media type; that it was opened is noted.

    Raises:
        MayNot: attests are not theirs to read.
        Refused: there is none.
    """
    check_may_read(by, FIELD)
    stored = Attest.objects.get(pk=attest.pk)
    if stored.scan is None:
        raise refused(_("Det er ingen skannet kopi av denne attesten."))
    note_reading(participant=owner_of(stored.case.participant), page="attest_scan", by=by)
    return bytes(stored.scan), stored.scan_kind


def is_signed_so(attest: Attest, name: str, day: date) -> bool:
    """Tell whether an attest has a signature that is noted once more."""
    return (attest.signed_by, attest.signed_on) == (" ".join(name.split()), day)


def is_outdated(attest: Attest, *, on: date) -> bool:
    """Tell whether the days of the placement have been put right since an attest was signed.

    Also of one that is said to have come to nothing.
    """
    if attest.signed_on is None:
        return False
    ending = told_of([attest.case])[attest.case_id].ending
    if ending is not None and ending.outcome == Outcome.NOT_STARTED:
        return True
    now = facts_of_case(attest.case, on=attest.signed_on)
    return any(attest.facts.get(name) != now[name] for name in ("first_day", "last_day"))


def _role_of(who: str, case: PlacementCase, *, is_on_paper: bool, by: Actor, on: date) -> str:
    """Return the role of whoever signs for the employer; empty where none is known.

    Raises:
        Refused: it is whoever notes it, or on the screen nobody who is named at the employer.
    """
    named = signers_of(case, on=on)
    role = next((each for each, name in named.items() if is_name_of(who, name)), "")
    if role:
        return role
    if by.user_id and is_name_of(who, names_of({by.user_id}).get(by.user_id, "")):
        text = _(
            "Attesten er arbeidsgiverens. Du kan ikke skrive under den selv: Skriv navnet på den "
            "hos arbeidsgiveren som skriver under."
        )
        raise refused(text, field="name")
    if named and not is_on_paper:
        names = choice(dict.fromkeys(named.values()), last=_("eller"))
        text = _(
            "Her skal %(names)s skrive under. Skriver en annen hos arbeidsgiveren under, gir dere "
            "skjermen tilbake. Den ansatte skriver ut attesten og fører underskriften på papir."
        )
        raise refused(text % {"names": names}, field="name")
    return ""


def _check_scan(scan: bytes, *, is_on_paper: bool) -> None:
    if not is_on_paper:
        raise refused(_("En skannet kopi hører bare til underskrift på papir."), "scan")
    faults = faults_of_scan(scan)
    if faults:
        raise Refused(faults)


def _check_open(attest: Attest) -> None:
    if attest.signed_on is not None:
        raise refused(
            _("Attesten er underskrevet og endres ikke. Lag en ny versjon hvis noe er feil.")
        )
