"""Versions of an agreement: made, changed while nobody has signed, put away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import Held, checked_text, done, hold
from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import Told, standing_of
from innpass.casework.agreements.refusing import Fault, Refused, check_move, refused
from innpass.casework.agreements.surroundings import clashes_of, days_of
from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.queries import contact_of, contacts_at
from innpass.domain.access.roles import Actor
from innpass.domain.law.extended import last_day_of_months
from innpass.domain.placing.agreement import Goal, VersionKind
from innpass.domain.placing.clashes import Clash, Days, Wanted
from innpass.domain.placing.moves import Move
from innpass.domain.placing.states import CaseKind
from innpass.domain.placing.usual import usual

CONTACT_ROLES = ("leader", "signer", "second_signer", "mentor", "supervisor")
_CONTACT_PARTS = ("name", "phone", "email")
_SOON = (8 * 60, 15 * 60)  # where neither place nor agreement says when


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says; as the columns of ``AgreementVersion``.

    ``minutes_per_week`` is ``None`` for the whole of the days.
    """

    first_day: date
    last_day: date
    days: Days
    place: PracticePlace | None = None
    minutes_per_week: int | None = None
    tasks: str = ""
    goals: Sequence[str] = ()
    goal_text: str = ""
    follow_up: str = ""
    contacts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_second_signer: bool = False
    long_reason: str = ""

    @property
    def minutes(self) -> int:
        """Minutes a week."""
        if self.minutes_per_week is not None:
            return self.minutes_per_week
        return sum(max(0, end - start) for _day, start, end in self.days)

    def wanted(self, kind: str) -> Wanted:
        """What is held against everything around."""
        return Wanted(CaseKind(kind), self.first_day, self.last_day, self.days, self.minutes)


def suggested(case: PlacementCase, told: Told, *, on: date) -> Content:
    """Return what a new version begins with: the one in force, else what place and rows say.

    The length of a first one is the usual one of the day (``domain.placing.usual``).
    """
    before = told.latest or told.in_force
    if before is not None:
        return content_of(before)
    place = case.place
    first = told.first_day or max(on, place.offered_from if place else on)
    last = told.last_day or last_day_of_months(first, usual("agreement_months", on=on))
    hours = (place.start, place.end) if place else _SOON
    weekdays = place.weekdays if place and place.weekdays else range(5)
    return Content(
        first_day=first,
        last_day=last,
        days=tuple((int(day), *hours) for day in weekdays),
        place=place,
        tasks=place.tasks if place else "",
        goals=(Goal.EXPERIENCE, Goal.LANGUAGE),
        contacts=contacts_of(case, on=on),
    )


def contacts_of(case: PlacementCase, *, on: date) -> dict[str, dict[str, str]]:
    """Return the contact persons as the register has them on a day, by role. Two queries."""
    people = contacts_at([case.employer_id], on=on).get(case.employer_id, ())
    found: dict[str, dict[str, str]] = {}
    for each in people:
        role = str(each.role)
        if role == "signer" and "signer" in found:
            role = "second_signer"
        found.setdefault(role, {"name": each.name, "phone": each.phone, "email": each.email})
    ours = case.supervisor or contact_of(case.employer, on=on)
    if ours is not None:
        found["supervisor"] = {"name": str(ours), "phone": ours.phone, "email": ours.email}
    return found


def content_of(version: AgreementVersion) -> Content:
    """Return what a stored version says."""
    return Content(
        first_day=version.first_day,
        last_day=version.last_day,
        days=days_of(version.days),
        place=version.place,
        minutes_per_week=version.minutes_per_week,
        tasks=version.tasks,
        goals=tuple(version.goals),
        goal_text=version.goal_text,
        follow_up=version.follow_up,
        contacts=version.contacts,
        has_second_signer=version.has_second_signer,
        long_reason=version.long_reason,
    )


@transaction.atomic
def make_version(
    case: PlacementCase,
    content: Content,
    *,
    kind: VersionKind,
    by: Actor,
    on: date,
    reason: str = "",
    expected: int | None = None,
) -> AgreementVersion:
    """Make a new version, which waits for signatures.

    Args:
        kind: why there is one; the first is ``MADE``.
        reason: in words, demanded of all but the first.
        expected: the case's ``version`` on the screen.

    Raises:
        MayNot: the actor may not see the person or not write agreements.
        Refused: the table of moves does not permit it, or something around does not go together.
        ChangedMeanwhile: somebody did something with the case since.
    """
    held = hold(case, by=by, expected=expected, field="agreement.content")
    check_move(Move.MAKE_VERSION, standing_of(held.case, held.told, on=on), by=by)
    is_first = held.told.latest is None
    kind = VersionKind.MADE if is_first else kind
    if not is_first and kind in (VersionKind.MADE, VersionKind.ENDED):
        raise refused(_("Velg hva som er nytt i denne versjonen."), "kind")
    values = _values(held, content, kind=kind, reason=reason, by=by, on=on)
    number = AgreementVersion.objects.filter(case=held.case).aggregate(n=Max("number"))["n"]
    version: AgreementVersion = AgreementVersion.objects.create(
        municipality_id=held.case.municipality_id,
        case=held.case,
        number=(number or 0) + 1,
        kind=kind,
        made_on=on,
        made_by_id=by.user_id,
        **values,
    )
    done(held, "make_agreement", by=by, changes={"number": [None, version.number]})
    return version


@transaction.atomic
def edit_version(
    version: AgreementVersion,
    content: Content,
    *,
    by: Actor,
    on: date,
    reason: str = "",
    expected: int | None = None,
) -> AgreementVersion:
    """Let a version that nobody has signed say something else.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``make_version``; the content is locked once somebody
            has signed.
    """
    held = hold(version.case, by=by, expected=expected, field="agreement.content")
    check_move(Move.EDIT_VERSION, standing_of(held.case, held.told, on=on), by=by)
    waiting = the_waiting(held, version)
    kind = VersionKind(waiting.kind)
    values = _values(held, content, kind=kind, reason=reason, by=by, on=on)
    for name, value in values.items():
        setattr(waiting, name, value)
    waiting.save_version(expected=waiting.version, fields=tuple(values))
    done(held, "edit_agreement", by=by, changes={"number": [waiting.number, waiting.number]})
    return waiting


@transaction.atomic
def discard_version(
    version: AgreementVersion, *, by: Actor, on: date, expected: int | None = None
) -> None:
    """Put a version that nobody has signed away; its number is not used again.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``make_version``.
    """
    held = hold(version.case, by=by, expected=expected, field="agreement.content")
    check_move(Move.DISCARD_VERSION, standing_of(held.case, held.told, on=on), by=by)
    waiting = the_waiting(held, version)
    waiting.discarded_at = timezone.now()
    waiting.save_version(expected=waiting.version, fields=("discarded_at",))
    done(held, "discard_agreement", by=by, changes={"number": [waiting.number, None]})


def the_waiting(held: Held, version: AgreementVersion) -> AgreementVersion:
    """Return the version of a case that waits, which must be the one that was meant.

    Raises:
        Refused: another one waits now.
    """
    waiting = held.told.waiting
    if waiting is None or waiting.pk != version.pk:
        raise refused(_("En annen versjon venter på underskrift nå. Last siden på nytt."))
    return waiting


def stopping(found: Sequence[Clash]) -> list[Fault]:
    """Return what among clashes stops an agreement, for the form."""
    return [Fault(each.text, each.about) for each in found if not each.is_warning]


def _faults_of_days(held: Held, content: Content, kind: VersionKind, on: date) -> list[Fault]:
    """Return what a version's days say against what has been: a past is never written away."""
    found = []
    before, begun = held.told.in_force, held.told.first_day
    known = {day for day in (begun, before.first_day if before else None) if day is not None}
    is_same_period = kind in (VersionKind.EXTENDED, VersionKind.SHORTENED)
    has_begun = begun is not None and begun <= on
    if known and content.first_day not in known and (has_begun or is_same_period):
        text = _(
            "Første dag er %(day)s og blir stående, også når avtalen forlenges. Velg den dagen her."
        )
        found.append(Fault(text % {"day": f"{begun or min(known):%d.%m.%Y}"}, "first_day"))
    if before is None:
        return found
    if kind is VersionKind.EXTENDED and content.last_day <= before.last_day:
        text = _("En forlengelse må ha en senere siste dag enn avtalen har nå.")
        found.append(Fault(text, "last_day"))
    if kind is VersionKind.SHORTENED and content.last_day >= before.last_day:
        found.append(Fault(_("Velg en tidligere siste dag enn avtalen har nå."), "last_day"))
    return found


def _values(
    held: Held, content: Content, *, kind: VersionKind, reason: str, by: Actor, on: date
) -> dict[str, Any]:
    """Return the columns of a version, checked.

    Raises:
        Refused: something in it does not go together.
    """
    case = held.case
    if content.place is not None and content.place.employer_id != case.employer_id:
        raise refused(_("Plassen er hos en annen arbeidsgiver. Velg en plass her."), "place")
    goals = [each.value for each in Goal if each.value in content.goals]
    faults = _faults_of_days(held, content, kind, on)
    if not goals:
        faults.append(Fault(_("Velg minst ett mål."), "goals"))
    if Goal.OTHER in goals and not content.goal_text.strip():
        faults.append(Fault(_("Skriv hva målet er."), "goal_text"))
    texts = {}
    for name, text in (
        ("tasks", content.tasks),
        ("goal_text", content.goal_text),
        ("follow_up", content.follow_up),
        ("long_reason", content.long_reason),
    ):
        try:
            texts[name] = checked_text(text, name)
        except Refused as no:
            faults += no.faults
    try:
        said = checked_text(reason, "reason", is_demanded=kind is not VersionKind.MADE)
    except Refused as no:
        faults += no.faults
        said = ""
    found = clashes_of(case, content.wanted(case.kind), place=content.place, by=by, on=on)
    faults += stopping(found)
    is_long = [each for each in found if each.needs_reason]
    if is_long and not content.long_reason.strip():
        faults += [Fault(each.text, "long_reason") for each in is_long]
    if faults:
        raise Refused(faults)
    if not is_long:
        texts["long_reason"] = ""
    return {
        **texts,
        "reason": said,
        "employer_name": case.employer.name,
        "place": content.place,
        "place_name": content.place.name if content.place else "",
        "first_day": content.first_day,
        "last_day": content.last_day,
        "days": [list(each) for each in sorted(content.days)],
        "minutes_per_week": content.minutes,
        "goals": goals,
        "contacts": {
            role: {part: str(said.get(part, ""))[:200] for part in _CONTACT_PARTS}
            for role, said in content.contacts.items()
            if role in CONTACT_ROLES and any(said.values())
        },
        "has_second_signer": content.has_second_signer,
    }
