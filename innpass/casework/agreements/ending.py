"""How a case ended, and putting right what was said of it; what it was before is kept."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import Held, checked_text, done, hold
from innpass.casework.agreements.laying import bring_back, correct, end_measure, lay, take_away
from innpass.casework.agreements.models import (
    AgreementVersion,
    CaseEnding,
    FormerEnding,
    PlacementCase,
)
from innpass.casework.agreements.objecting import objections
from innpass.casework.agreements.queries import standing_of
from innpass.casework.agreements.refusing import Fault, Refused, check_move, refused
from innpass.casework.agreements.surroundings import clashes_of, clashes_of_days
from innpass.casework.agreements.versions import content_of, stopping
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import VersionKind
from innpass.domain.placing.endings import is_reason
from innpass.domain.placing.moves import Move
from innpass.domain.placing.sentences import say
from innpass.domain.placing.states import Initiative, Outcome, State

# What is said of an ending, as columns.
SAID = ("outcome", "initiative", "reason", "text", "told", "last_day")


@dataclass(frozen=True, slots=True)
class Ending:
    """What somebody says of how a case ended.

    Attributes:
        reason: a code of ``domain.placing.endings`` that goes with the outcome.
        last_day: at the employer, inclusive, at most what is agreed: an ending lengthens nothing;
            of one that came to nothing the day that was clear.
        text: for those who follow the case; ``told``: what the participant is told.
    """

    outcome: Outcome
    initiative: Initiative
    reason: str
    last_day: date
    text: str = ""
    told: str = ""


@transaction.atomic
def end_case(
    case: PlacementCase,
    *,
    outcome: Outcome,
    initiative: Initiative,
    reason: str,
    last_day: date,
    by: Actor,
    on: date,
    text: str = "",
    told: str = "",
    expected: int | None = None,
) -> CaseEnding:
    """Say how a case ended: how, on whose initiative, why, and what the participant is told.

    A placement that is laid over the rows gets its last day; one that had not begun is taken back.
    A version that waits is put away, and an agreement in force gets a last version.

    Args:
        outcome, initiative, reason, last_day, text, told: as ``Ending`` has them.

    Raises:
        MayNot: the actor may not see the person or not write cases.
        Refused: the table of moves does not permit it, or what is said does not go together.
        ChangedMeanwhile: somebody did something with the case since.
    """
    held = hold(case, by=by, expected=expected)
    check_move(Move.END, standing_of(held.case, held.told, on=on), by=by)
    ending = _checked(Ending(outcome, initiative, reason, last_day, text, told))
    until, first = _until(held), held.told.first_day
    has_begun = held.told.state(on=on) in (State.RUNNING, State.ENDED)
    faults = _faults(ending, first=first, until=until, has_begun=has_begun, on=on)
    faults += _faults_of_what_is_known(held, outcome, on=on)
    if faults:
        raise Refused(faults)
    put_away_the_waiting(held)
    if held.case.row is not None and outcome is Outcome.NOT_STARTED:
        take_away(held, by=by, reason=say(f"outcome.{outcome}"))
    elif held.case.row is not None:
        _shorten(held, ending, by=by)
    if held.told.in_force is not None:
        _write_last_version(held, held.told.in_force, ending, by=by, on=on)
    made: CaseEnding = CaseEnding.objects.create(
        municipality_id=held.case.municipality_id,
        case=held.case,
        until=until,
        by_id=by.user_id,
        **{name: getattr(ending, name) for name in SAID},
    )
    done(held, "end_placement", by=by, changes={"outcome": [None, outcome.value]})
    return made


@transaction.atomic
def correct_end(
    case: PlacementCase,
    ending: Ending,
    *,
    why: str,
    by: Actor,
    on: date,
    expected: int | None = None,
) -> CaseEnding:
    """Put right what was said of how a case ended. What was said before is kept, with why.

    What hangs on it follows: the last day among the rows, Nav's measure, and a last version of the
    agreement, which takes the place of the one before. Whoever has a contract got work, and whoever
    was there did not stay away: what is known of that holds the outcome (``objecting``).

    Args:
        why: demanded; for those who follow the case.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``end_case``; also where nothing is new.
    """
    held = hold(case, by=by, expected=expected)
    check_move(Move.CORRECT_END, standing_of(held.case, held.told, on=on), by=by)
    stored = held.told.ending
    assert stored is not None  # noqa: S101  (the table of moves has seen to it)
    ending = _checked(ending)
    reason = checked_text(why, "why", is_demanded=True)
    changed = tuple(name for name in SAID if getattr(stored, name) != getattr(ending, name))
    if not changed:
        raise refused(_("Ingenting er endret. Rett det som er feil, eller gå tilbake."))
    signed = _signed(held)
    if signed is None and _is_to_be_again(stored, ending) and held.case.row is not None:
        held = bring_back(held, by=by, reason=say(f"outcome.{ending.outcome}"))
    faults = _faults_of_correction(held, stored, ending, signed, by=by, on=on)
    if faults:
        raise Refused(faults)
    _keep(stored, why=reason, by=by)
    if {"outcome", "last_day"} & set(changed):
        _follow(held, stored, ending, signed, by=by, on=on)
    before = str(stored.outcome)
    for name in changed:
        setattr(stored, name, getattr(ending, name))
    stored.by_id = by.user_id
    stored.save_version(expected=stored.version, fields=(*changed, "by"))
    done(
        held,
        "correct_ending",
        by=by,
        changes={"outcome": [before, ending.outcome.value]},
        fields=("row", "activity_row"),
    )
    return stored


def _is_to_be_again(stored: CaseEnding, ending: Ending) -> bool:
    """Tell whether what was said to have come to nothing is said to have been."""
    never = Outcome.NOT_STARTED
    return bool(stored.outcome == never and ending.outcome is not never)


def _checked(ending: Ending) -> Ending:
    text, told = checked_text(ending.text, "text"), checked_text(ending.told, "told")
    said = (ending.outcome, ending.initiative, ending.reason, ending.last_day)
    return Ending(*said, text=text, told=told)


def _keep(stored: CaseEnding, *, why: str, by: Actor) -> None:
    FormerEnding.objects.create(
        municipality_id=stored.municipality_id,
        case_id=stored.case_id,
        by_id=stored.by_id,
        why=why,
        replaced_by_id=by.user_id,
        **{name: getattr(stored, name) for name in SAID},
    )


def put_away_the_waiting(held: Held) -> None:
    """Put the version that waits for signatures away, where there is one."""
    waiting = held.told.waiting
    if waiting is not None:
        waiting.discarded_at = timezone.now()
        waiting.save_version(expected=waiting.version, fields=("discarded_at",))


def _shorten(held: Held, ending: Ending, *, by: Actor) -> None:
    why = say(f"outcome.{ending.outcome}")
    correct(held, {"placement.last_day": ending.last_day}, by=by, reason=why)
    end_measure(held, ending.last_day, by=by, reason=why)


def _write_last_version(
    held: Held, before: AgreementVersion, ending: Ending, *, by: Actor, on: date
) -> AgreementVersion:
    """Write the version that says that an agreement is over: nobody signs an end."""
    number = AgreementVersion.objects.filter(case=held.case).aggregate(n=Max("number"))["n"]
    last: AgreementVersion = AgreementVersion.objects.get(pk=before.pk)
    last.pk = None
    last._state.adding = True
    last.id = AgreementVersion().id
    last.number, last.version = number + 1, 1
    last.kind, last.reason = VersionKind.ENDED, ""
    if ending.outcome is not Outcome.NOT_STARTED:
        last.last_day = max(ending.last_day, before.first_day)
    last.made_on, last.made_by_id = on, by.user_id
    last.in_force_at = timezone.now()
    last.save(force_insert=True)
    return last


def _signed(held: Held) -> AgreementVersion | None:
    """Return the latest version that people have signed; an ending is signed by nobody."""
    versions = AgreementVersion.objects.filter(case=held.case, in_force_at__isnull=False)
    found: AgreementVersion | None = (
        versions.exclude(kind=VersionKind.ENDED).select_related("place").order_by("-number").first()
    )
    return found


def _again(held: Held, signed: AgreementVersion, ending: Ending) -> AgreementVersion:
    """Return what was signed, until the day that the ending says; extended once is extended."""
    again = copy(signed)
    again.last_day = max(ending.last_day, signed.first_day)
    extended = AgreementVersion.objects.filter(
        case=held.case, kind=VersionKind.EXTENDED, in_force_at__isnull=False
    )
    if extended.exists():
        again.kind = VersionKind.EXTENDED
    return again


def _follow(
    held: Held,
    stored: CaseEnding,
    ending: Ending,
    signed: AgreementVersion | None,
    *,
    by: Actor,
    on: date,
) -> None:
    """Let rows and agreement say what the ending says now."""
    never_was = stored.outcome == Outcome.NOT_STARTED
    if signed is not None:
        _write_last_version(held, signed, ending, by=by, on=on)
    if held.case.row is None:
        return
    if ending.outcome is Outcome.NOT_STARTED:
        if not never_was:
            take_away(held, by=by, reason=say(f"outcome.{ending.outcome}"))
    elif never_was and signed is not None:
        # What had been laid over the rows was withdrawn, and is laid anew.
        held.case.activity_row = None
        if held.told.placement is None:
            held.case.row = None
        lay(held, _again(held, signed, ending), by=by, on=on)
    else:
        _shorten(held, ending, by=by)


def _faults_of_correction(
    held: Held,
    stored: CaseEnding,
    ending: Ending,
    signed: AgreementVersion | None,
    *,
    by: Actor,
    on: date,
) -> list[Fault]:
    first = signed.first_day if signed else held.told.first_day
    was_there = held.told.is_laid and first is not None and first <= ending.last_day
    until = signed.last_day if signed else stored.until or _until(held)
    found = _faults(ending, first=first, until=until, has_begun=was_there, on=on)
    found += _faults_of_what_is_known(held, ending.outcome, on=on)
    is_longer = _is_to_be_again(stored, ending) or ending.last_day > stored.last_day
    if not found and is_longer and ending.outcome is not Outcome.NOT_STARTED:
        # Others may have come to the days that it left.
        if signed is not None:
            content, place = content_of(signed), signed.place
            wanted = replace(content.wanted(held.case.kind), last_day=ending.last_day)
            clashes = clashes_of(held.case, wanted, place=place, by=by, on=on)
        elif held.told.placement is not None:
            since = first if _is_to_be_again(stored, ending) else stored.last_day + timedelta(1)
            clashes = clashes_of_days(
                held.case, held.told.placement, since or on, ending.last_day, by=by, on=on
            )
        else:
            clashes = []
        found += [Fault(each.text, "last_day") for each in stopping(clashes)]
    return found


def _faults_of_what_is_known(held: Held, outcome: Outcome, *, on: date) -> list[Fault]:
    """Return what the rows and others know that an outcome would deny."""
    found = objections(held.case, outcome, on=on)
    contract = held.told.placement.contract if held.told.placement else None
    if contract is not None and outcome is not Outcome.HIRED and not found:
        text = _(
            "Arbeidskontrakten fra %(day)s er ført på denne praksisen, og da er utfallet «fikk "
            "jobb». Er kontrakten feil, ta den bort i oversikten først."
        )
        found.append(Fault(text % {"day": f"{contract:%d.%m.%Y}"}, "outcome"))
    return found


def _faults(
    ending: Ending, *, first: date | None, until: date | None, has_begun: bool, on: date
) -> list[Fault]:
    found = []
    outcome, last_day = ending.outcome, ending.last_day
    never = outcome is Outcome.NOT_STARTED
    if has_begun and never:
        text = _("Praksisen har begynt. Velg om deltakeren fikk jobb, gikk videre eller avbrøt.")
        found.append(Fault(text, "outcome"))
    if not has_begun and outcome in (Outcome.NEXT_PLACE, Outcome.STOPPED):
        text = _("Praksisen har ikke begynt. Velg at det ikke ble noe av.")
        found.append(Fault(text, "outcome"))
    if not is_reason(outcome, ending.reason):
        found.append(Fault(_("Velg en årsak som hører til utfallet."), "reason"))
    if first is not None and not never and last_day < first:
        text = _("Siste dag er før første dag (%(day)s). Rett dagen.")
        found.append(Fault(text % {"day": f"{first:%d.%m.%Y}"}, "last_day"))
    if until is not None and not never and last_day > until:
        text = _("Avtalen varer til %(day)s. Velg en dag til og med den, eller forleng først.")
        found.append(Fault(text % {"day": f"{until:%d.%m.%Y}"}, "last_day"))
    if (never or first is None) and last_day > on:
        found.append(Fault(_("Dagen er ikke kommet ennå."), "last_day"))
    return found


def _until(held: Held) -> date | None:
    """Return the last day that was signed or told of; ``None`` where nobody said any."""
    said = (held.told.in_force, held.told.placement)
    return max((each.last_day for each in said if each and each.last_day), default=None)
